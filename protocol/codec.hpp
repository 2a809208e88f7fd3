// SPDX-License-Identifier: MIT
// Bytes to values and back, driven by each struct's schema. Little-endian, no padding. Two layouts
// of the same values: `packed` for messages (a list carries its count and that many items) and
// `fixed` for records (a list carries its count and room for all), where every field has one
// offset.
#pragma once

#include "protocol/bounded.hpp"
#include "protocol/containers.hpp"
#include "protocol/schema.hpp"
#include "protocol/violation.hpp"

#include <cstring>
#include <expected>
#include <vector>

namespace leadlight::protocol {

enum class Layout { packed, fixed };

class Writer {
  public:
    explicit Writer(std::vector<std::byte>& out) : out_(out) {}

    template <class T>
    void integer(T value) {
        using Unsigned = std::make_unsigned_t<T>;
        auto bits = static_cast<Unsigned>(value);
        for (std::size_t i = 0; i < sizeof(T); ++i) {
            out_.push_back(static_cast<std::byte>(bits & 0xff));
            bits = static_cast<Unsigned>(static_cast<std::uint64_t>(bits) >> 8);
        }
    }
    void bytes(std::span<const std::byte> bytes) {
        if (bytes.empty()) {
            return;
        }
        // Not insert(): inlined, g++ 14 takes its growth for an overflow (-Wstringop-overflow).
        const std::size_t start = out_.size();
        out_.resize(start + bytes.size());
        std::memcpy(out_.data() + start, bytes.data(), bytes.size());
    }
    void zeros(std::size_t count) { out_.insert(out_.end(), count, std::byte{0}); }

  private:
    std::vector<std::byte>& out_;
};

/// Reads untrusted bytes. The first defect sticks: everything read after it is void, and the caller
/// asks once, at the end.
class Reader {
  public:
    explicit Reader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    template <class T>
    T integer() {
        using Unsigned = std::make_unsigned_t<T>;
        const auto taken = take(sizeof(T));
        Unsigned bits = 0;
        for (std::size_t i = 0; i < taken.size(); ++i) {
            bits = static_cast<Unsigned>(bits | (static_cast<std::uint64_t>(taken[i]) << (8 * i)));
        }
        return static_cast<T>(bits);
    }
    std::span<const std::byte> take(std::size_t count) {
        if (count > bytes_.size()) {
            fail(Violation::wrong_length);
            return {};
        }
        const auto taken = bytes_.first(count);
        bytes_ = bytes_.subspan(count);
        return taken;
    }
    /// The unused room of a fixed layout: zero, so that one value has one form.
    void zeros(std::size_t count) {
        if (std::ranges::any_of(take(count), [](std::byte byte) { return byte != std::byte{0}; })) {
            fail(Violation::reserved_not_zero);
        }
    }
    void fail(Violation violation) {
        if (!violation_) {
            violation_ = violation;
            failed_field_ = field_;
        }
        bytes_ = {};
    }
    void enter(std::string_view field) { field_ = field; }

    std::optional<Violation> violation() const { return violation_; }
    std::string_view failed_field() const { return failed_field_; }
    bool at_end() const { return bytes_.empty(); }

  private:
    std::span<const std::byte> bytes_;
    std::optional<Violation> violation_;
    std::string_view field_;
    std::string_view failed_field_;
};

/// How one type of field is written and checked: write, read, least and greatest size in bytes.
template <class T>
struct Wire;

template <class T>
    requires std::is_integral_v<T>
struct Wire<T> {
    static constexpr std::size_t min_size = sizeof(T), max_size = sizeof(T);
    template <Layout>
    static void write(Writer& out, T value) {
        out.integer(value);
    }
    template <Layout>
    static T read(Reader& in) {
        return in.integer<T>();
    }
};

template <>
struct Wire<bool> {
    static constexpr std::size_t min_size = 1, max_size = 1;
    template <Layout>
    static void write(Writer& out, bool value) {
        out.integer<std::uint8_t>(value ? 1 : 0);
    }
    template <Layout>
    static bool read(Reader& in) {
        const auto raw = in.integer<std::uint8_t>();
        if (raw > 1) {
            in.fail(Violation::not_boolean);
        }
        return raw == 1;
    }
};

template <class T, T Min, T Max>
struct Wire<Bounded<T, Min, Max>> {
    static constexpr std::size_t min_size = sizeof(T), max_size = sizeof(T);
    template <Layout>
    static void write(Writer& out, Bounded<T, Min, Max> value) {
        out.integer(value.get());
    }
    template <Layout>
    static Bounded<T, Min, Max> read(Reader& in) {
        const auto value = Bounded<T, Min, Max>::from(in.integer<T>());
        if (!value) {
            in.fail(Violation::out_of_bounds);
        }
        return value.value_or(Bounded<T, Min, Max>());
    }
};

template <class Tag>
struct Wire<Id<Tag>> {
    static constexpr std::size_t min_size = 8, max_size = 8;
    template <Layout>
    static void write(Writer& out, Id<Tag> id) {
        out.integer(id.get());
    }
    template <Layout>
    static Id<Tag> read(Reader& in) {
        const auto id = Id<Tag>::from(in.integer<std::uint64_t>());
        if (!id) {
            in.fail(Violation::zero_id);
        }
        return id.value_or(Id<Tag>());
    }
};

/// An id that may be absent is 0 on the wire.
template <class Tag>
struct Wire<std::optional<Id<Tag>>> {
    static constexpr std::size_t min_size = 8, max_size = 8;
    template <Layout>
    static void write(Writer& out, std::optional<Id<Tag>> id) {
        out.integer<std::uint64_t>(id ? id->get() : 0);
    }
    template <Layout>
    static std::optional<Id<Tag>> read(Reader& in) {
        return Id<Tag>::from(in.integer<std::uint64_t>());
    }
};

template <NamedEnum Enum>
struct Wire<Enum> {
    static constexpr std::size_t min_size = 1, max_size = 1;
    template <Layout>
    static void write(Writer& out, Enum value) {
        out.integer(static_cast<std::uint8_t>(value));
    }
    template <Layout>
    static Enum read(Reader& in) {
        const auto raw = in.integer<std::uint8_t>();
        if (raw < names<Enum>.size()) {
            return static_cast<Enum>(raw);
        }
        in.fail(Violation::unknown_enumerator);
        return Enum{};
    }
};

template <class Enum>
struct Wire<Flags<Enum>> {
    static constexpr std::size_t min_size = 4, max_size = 4;
    template <Layout>
    static void write(Writer& out, Flags<Enum> flags) {
        out.integer(flags.bits());
    }
    template <Layout>
    static Flags<Enum> read(Reader& in) {
        const auto flags = Flags<Enum>::from(in.integer<std::uint32_t>());
        if (!flags) {
            in.fail(Violation::unknown_flag);
        }
        return flags.value_or(Flags<Enum>());
    }
};

template <std::size_t Size>
struct Wire<std::array<std::uint8_t, Size>> {
    static constexpr std::size_t min_size = Size, max_size = Size;
    template <Layout>
    static void write(Writer& out, const std::array<std::uint8_t, Size>& value) {
        out.bytes(std::as_bytes(std::span(value)));
    }
    template <Layout>
    static std::array<std::uint8_t, Size> read(Reader& in) {
        std::array<std::uint8_t, Size> value{};
        // Nothing was taken where the bytes end before.
        if (const auto taken = in.take(Size); !taken.empty()) {
            std::memcpy(value.data(), taken.data(), taken.size());
        }
        return value;
    }
};

template <class T, std::size_t Max>
struct Wire<List<T, Max>> {
    static constexpr std::size_t min_size = 2, max_size = 2 + Max * Wire<T>::max_size;
    template <Layout layout>
    static void write(Writer& out, const List<T, Max>& list) {
        out.integer(static_cast<std::uint16_t>(list.size()));
        for (const T& item : list) {
            Wire<T>::template write<layout>(out, item);
        }
        if constexpr (layout == Layout::fixed) {
            out.zeros((Max - list.size()) * Wire<T>::max_size);
        }
    }
    template <Layout layout>
    static List<T, Max> read(Reader& in) {
        List<T, Max> list;
        const std::size_t count = in.integer<std::uint16_t>();
        if (count > Max) {
            in.fail(Violation::list_too_long);
            return list;
        }
        for (std::size_t i = 0; i < count && !in.violation(); ++i) {
            list.push_back(Wire<T>::template read<layout>(in));
        }
        if constexpr (layout == Layout::fixed) {
            if (!in.violation()) {
                in.zeros((Max - count) * Wire<T>::max_size);
            }
        }
        return list;
    }
};

template <std::size_t Max>
struct Wire<Text<Max>> {
    static constexpr std::size_t min_size = 2, max_size = 2 + Max;
    template <Layout layout>
    static void write(Writer& out, const Text<Max>& text) {
        const std::string_view view = text.view();
        out.integer(static_cast<std::uint16_t>(view.size()));
        out.bytes(std::as_bytes(std::span(view)));
        if constexpr (layout == Layout::fixed) {
            out.zeros(Max - view.size());
        }
    }
    template <Layout layout>
    static Text<Max> read(Reader& in) {
        const std::size_t size = in.integer<std::uint16_t>();
        if (size > Max) {
            in.fail(Violation::list_too_long);
            return {};
        }
        const auto taken = in.take(size);
        const auto text =
            Text<Max>::from({reinterpret_cast<const char*>(taken.data()), taken.size()});
        if (!text) {
            in.fail(Violation::bad_text);
        }
        if constexpr (layout == Layout::fixed) {
            if (!in.violation()) {
                in.zeros(Max - size);
            }
        }
        return text.value_or(Text<Max>());
    }
};

template <std::size_t Max>
struct Wire<Bytes<Max>> {
    static constexpr std::size_t min_size = 4, max_size = 4 + Max;
    template <Layout layout>
    static void write(Writer& out, const Bytes<Max>& bytes) {
        static_assert(layout == Layout::packed, "a record carries bytes in a memfd");
        out.integer(static_cast<std::uint32_t>(bytes.span().size()));
        out.bytes(bytes.span());
    }
    template <Layout layout>
    static Bytes<Max> read(Reader& in) {
        static_assert(layout == Layout::packed, "a record carries bytes in a memfd");
        const std::size_t size = in.integer<std::uint32_t>();
        if (size > Max) {
            in.fail(Violation::list_too_long);
            return {};
        }
        return Bytes<Max>::from(in.take(size)).value_or(Bytes<Max>());
    }
};

/// A struct with a schema is its fields, one after the other.
template <Described T>
struct Wire<T> {
    static constexpr std::size_t min_size = each_field<T>(
        []<class... F>(F...) { return (std::size_t{0} + ... + Wire<typename F::Type>::min_size); });
    static constexpr std::size_t max_size = each_field<T>(
        []<class... F>(F...) { return (std::size_t{0} + ... + Wire<typename F::Type>::max_size); });

    template <Layout layout>
    static void write(Writer& out, const T& value) {
        each_field<T>([&]<class... F>(F...) {
            (Wire<typename F::Type>::template write<layout>(out, value.*F::member), ...);
        });
    }
    template <Layout layout>
    static T read(Reader& in) {
        T value{};
        each_field<T>([&]<class... F>(F... field) {
            ((in.enter(field.name),
              value.*F::member = Wire<typename F::Type>::template read<layout>(in)),
             ...);
        });
        return value;
    }
};

/// Reads one whole struct; what is left over is as wrong as what is missing.
template <Described T, Layout layout>
[[nodiscard]] std::expected<T, Fault> decode(std::span<const std::byte> bytes) {
    Reader in(bytes);
    T value = Wire<T>::template read<layout>(in);
    if (!in.violation() && !in.at_end()) {
        in.fail(Violation::wrong_length);
    }
    if (in.violation()) {
        return std::unexpected(Fault{*in.violation(), schema<T>.name, in.failed_field()});
    }
    return value;
}

}  // namespace leadlight::protocol
