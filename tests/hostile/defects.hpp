// SPDX-License-Identifier: MIT
// Every way in which one field of a message or record can be malformed, from the same schema that
// the codec reads: a field that is added is attacked without a word here. Starts from a good value,
// so that nothing else is wrong with what comes out, and names the reason that must follow.
#pragma once

#include "protocol/message.hpp"

#include <set>
#include <string>
#include <vector>

namespace leadlight::hostile {

namespace lp = leadlight::protocol;

struct Defect {
    std::string what;  // "commit.layers[0].source.width: 0"
    std::vector<std::byte> body;
    lp::Violation reason;
};

template <lp::Layout layout>
class Defects {
  public:
    template <lp::Described T>
    static std::vector<Defect> of(const T& good) {
        Defects walk;
        lp::Writer writer(walk.body_);
        lp::Wire<T>::template write<layout>(writer, good);
        walk.path_ = lp::schema<T>.name;
        walk.visit(good);
        return std::move(walk.found_);
    }

  private:
    using Violation = lp::Violation;

    void add(const std::string& what, std::vector<std::byte> body, Violation reason) {
        found_.push_back({path_ + ": " + what, std::move(body), reason});
    }
    /// The good body with other bytes at `offset`.
    void put(const std::string& what, std::size_t offset, const std::vector<std::byte>& bytes,
             Violation reason) {
        auto body = body_;
        std::ranges::copy(bytes, body.begin() + static_cast<std::ptrdiff_t>(offset));
        add(what, std::move(body), reason);
    }
    template <class Raw>
    void put_number(Raw value, Violation reason) {
        std::vector<std::byte> bytes;
        lp::Writer(bytes).integer(value);
        put(std::to_string(value), offset_, bytes, reason);
    }
    template <class Raw>
    void put_numbers(const std::set<Raw>& values, Violation reason) {
        for (const Raw value : values) {
            put_number(value, reason);
        }
    }
    /// The body ends one byte before this field does.
    template <class T>
    void cut(std::size_t size) {
        if (size > 0) {
            add("cut by a byte",
                {body_.begin(), body_.begin() + static_cast<std::ptrdiff_t>(offset_ + size - 1)},
                Violation::wrong_length);
        }
    }
    template <class T>
    static std::size_t size_of(const T& value) {
        std::vector<std::byte> bytes;
        lp::Writer writer(bytes);
        lp::Wire<T>::template write<layout>(writer, value);
        return bytes.size();
    }

    template <class T>
    void visit(const T& value) {
        const std::size_t size = size_of(value);
        if constexpr (lp::Described<T>) {
            lp::each_field<T>([&]<class... F>(F... field) {
                ((within("." + std::string(field.name), value.*F::member)), ...);
            });
        } else {
            cut<T>(size);
            attack(value);
            offset_ += size;
        }
    }
    template <class T>
    void within(const std::string& name, const T& value) {
        const std::size_t length = path_.size();
        path_ += name;
        visit(value);
        path_.resize(length);
    }

    /// Any bits are a value: only the connection's state can find it wrong.
    template <class T>
        requires std::is_integral_v<T>
    void attack(const T&) {}
    template <std::size_t Size>
    void attack(const std::array<std::uint8_t, Size>&) {}
    template <class Tag>
    void attack(const std::optional<lp::Id<Tag>>&) {}

    void attack(const bool&) { put_numbers<std::uint8_t>({2, 0x80, 0xff}, Violation::not_boolean); }
    template <class Tag>
    void attack(const lp::Id<Tag>&) {
        put_number(std::uint64_t{0}, Violation::zero_id);
    }
    template <class Raw, Raw Min, Raw Max>
    void attack(const lp::Bounded<Raw, Min, Max>&) {
        using Limits = std::numeric_limits<Raw>;
        // The last ones are the bits of infinities and NaNs of that width.
        std::set<Raw> values = {
            static_cast<Raw>(Min - (Min == Limits::min() ? 0 : 1)),
            static_cast<Raw>(Max + (Max == Limits::max() ? 0 : 1)),
            Limits::min(),
            Limits::max(),
            static_cast<Raw>(sizeof(Raw) == 2 ? 0x7e00 : 0x7fc00000),
            static_cast<Raw>(sizeof(Raw) == 2 ? 0xfc00 : 0xff800000),
        };
        std::erase_if(values, [](Raw value) { return lp::Bounded<Raw, Min, Max>::holds(value); });
        put_numbers(values, Violation::out_of_bounds);
    }
    template <lp::NamedEnum Enum>
    void attack(const Enum&) {
        put_numbers<std::uint8_t>(
            {static_cast<std::uint8_t>(lp::names<Enum>.size()), 0x7f, 0x80, 0xff},
            Violation::unknown_enumerator);
    }
    template <class Enum>
    void attack(const lp::Flags<Enum>& flags) {
        constexpr std::uint32_t known = lp::Flags<Enum>::known;
        put_numbers<std::uint32_t>(
            {flags.bits() | (known + 1), flags.bits() | 0x8000'0000u, ~known, ~std::uint32_t{0}},
            Violation::unknown_flag);
    }

    template <class T, std::size_t Max>
    void attack(const lp::List<T, Max>& list) {
        put_counts<std::uint16_t>(list.size(), Max);
        if constexpr (layout == lp::Layout::fixed) {
            stain(offset_ + 2 + list.size() * lp::Wire<T>::max_size,
                  offset_ + 2 + Max * lp::Wire<T>::max_size);
        }
        if (list.empty()) {
            return;
        }
        // Both ends of the list; what is checked for one could be forgotten for the next.
        const std::size_t begin = offset_;
        offset_ += 2;
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (i == 0 || i + 1 == list.size()) {
                within("[" + std::to_string(i) + "]", list[i]);
            } else {
                offset_ += size_of(list[i]);
            }
        }
        offset_ = begin;
    }
    template <std::size_t Max>
    void attack(const lp::Text<Max>& text) {
        put_counts<std::uint16_t>(text.view().size(), Max);
        if constexpr (layout == lp::Layout::fixed) {
            stain(offset_ + 2 + text.view().size(), offset_ + 2 + Max);
        }
        // Needs four bytes of good text to write over.
        const auto bad = [&](const char* what, std::size_t from_end,
                             std::initializer_list<int> bytes) {
            std::vector<std::byte> raw;
            for (const int byte : bytes) {
                raw.push_back(static_cast<std::byte>(byte));
            }
            if (text.view().size() >= 4) {
                put(what, offset_ + 2 + (from_end == 0 ? 0 : text.view().size() - from_end), raw,
                    Violation::bad_text);
            }
        };
        bad("NUL", 0, {0});
        bad("NUL at the end", 1, {0});
        bad("a continuation alone", 0, {0x80});
        bad("0xff", 0, {0xff});
        bad("an overlong slash", 0, {0xc0, 0xaf});
        bad("an overlong NUL", 0, {0xe0, 0x80, 0x80});
        bad("a surrogate", 0, {0xed, 0xa0, 0x80});
        bad("past the last code point", 0, {0xf4, 0x90, 0x80, 0x80});
        bad("a character that ends with the text", 2, {0xe2, 0x82});
    }
    template <std::size_t Max>
    void attack(const lp::Bytes<Max>& bytes) {
        put_counts<std::uint32_t>(bytes.span().size(), Max);
    }

    /// Counts beyond the cap, and ones that are not how many there are.
    template <class Raw>
    void put_counts(std::size_t count, std::size_t max) {
        const auto put_count = [&](std::size_t value, Violation reason) {
            std::vector<std::byte> bytes;
            lp::Writer(bytes).integer(static_cast<Raw>(value));
            put("count " + std::to_string(value), offset_, bytes, reason);
        };
        put_count(max + 1, Violation::list_too_long);
        put_count(std::numeric_limits<Raw>::max(), Violation::list_too_long);
        // In a fixed layout what follows is room, and has its own case: `stain`.
        if constexpr (layout == lp::Layout::packed) {
            if (count < max) {
                put_count(count + 1, Violation::wrong_length);
            }
            if (count > 0) {
                put_count(count - 1, Violation::wrong_length);
            }
        }
    }
    /// Room that is not used must be zero: the first and the last byte of it.
    void stain(std::size_t begin, std::size_t end) {
        for (const std::size_t at : {begin, end - 1}) {
            if (begin < end) {
                put("unused byte " + std::to_string(at - begin), at, {std::byte{1}},
                    Violation::reserved_not_zero);
            }
        }
    }

    std::vector<std::byte> body_;
    std::size_t offset_ = 0;
    std::string path_;
    std::vector<Defect> found_;
};

}  // namespace leadlight::hostile
