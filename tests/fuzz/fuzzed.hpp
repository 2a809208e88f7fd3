// SPDX-License-Identifier: MIT
// Values of the protocol from a fuzzer's bytes: few different ids and serials, so that messages
// meet, and the edges of each range.
#pragma once

#include "protocol/records.hpp"

namespace leadlight::fuzz {

namespace lp = leadlight::protocol;

class Input {
  public:
    explicit Input(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
    bool at_end() const { return bytes_.empty(); }
    /// Zeros after the end.
    std::uint8_t next() {
        if (bytes_.empty()) {
            return 0;
        }
        const std::uint8_t first = bytes_.front();
        bytes_ = bytes_.subspan(1);
        return first;
    }

  private:
    std::span<const std::uint8_t> bytes_;
};

template <class T>
struct Fuzzed;
template <class T>
T fuzzed(Input& in) {
    return Fuzzed<T>::from(in);
}

template <class T>
    requires std::is_integral_v<T>
struct Fuzzed<T> {
    static T from(Input& in) {
        const int byte = in.next();
        return byte == 255 ? std::numeric_limits<T>::max() : static_cast<T>(byte % 16);
    }
};
template <>
struct Fuzzed<bool> {
    static bool from(Input& in) { return in.next() % 2 != 0; }
};
template <class T, T Min, T Max>
struct Fuzzed<lp::Bounded<T, Min, Max>> {
    static lp::Bounded<T, Min, Max> from(Input& in) {
        const int byte = in.next();
        return lp::Bounded<T, Min, Max>::clamped(byte == 255   ? std::int64_t{Max}
                                                 : byte == 254 ? std::int64_t{Min}
                                                               : std::int64_t{byte} % 64);
    }
};
template <class Tag>
struct Fuzzed<lp::Id<Tag>> {
    static lp::Id<Tag> from(Input& in) { return *lp::Id<Tag>::from(1 + in.next() % 24); }
};
template <class Tag>
struct Fuzzed<std::optional<lp::Id<Tag>>> {
    static std::optional<lp::Id<Tag>> from(Input& in) { return lp::Id<Tag>::from(in.next() % 24); }
};
template <lp::NamedEnum Enum>
struct Fuzzed<Enum> {
    static Enum from(Input& in) { return static_cast<Enum>(in.next() % lp::names<Enum>.size()); }
};
template <class Enum>
struct Fuzzed<lp::Flags<Enum>> {
    static lp::Flags<Enum> from(Input& in) {
        return *lp::Flags<Enum>::from(in.next() & lp::Flags<Enum>::known);
    }
};
template <std::size_t Size>
struct Fuzzed<std::array<std::uint8_t, Size>> {
    static std::array<std::uint8_t, Size> from(Input& in) { return {in.next()}; }
};
template <class T, std::size_t Max>
struct Fuzzed<lp::List<T, Max>> {
    static lp::List<T, Max> from(Input& in) {
        lp::List<T, Max> list;
        for (int left = in.next() % 4; left > 0; --left) {
            list.push_back(fuzzed<T>(in));
        }
        return list;
    }
};
/// State knows no text and no bytes beyond their number.
template <std::size_t Max>
struct Fuzzed<lp::Text<Max>> {
    static lp::Text<Max> from(Input&) { return {}; }
};
template <std::size_t Max>
struct Fuzzed<lp::Bytes<Max>> {
    static lp::Bytes<Max> from(Input& in) {
        const std::vector<std::byte> bytes(std::size_t{4} * (in.next() % 16));
        return *lp::Bytes<Max>::from(bytes);
    }
};
template <lp::Described T>
struct Fuzzed<T> {
    static T from(Input& in) {
        T value{};
        lp::each_field<T>(
            [&]<class... F>(F...) { ((value.*F::member = fuzzed<typename F::Type>(in)), ...); });
        return value;
    }
};

/// One of the structs of a list, of the kind that a byte says.
template <class List>
typename List::Any any_of(Input& in, std::size_t kind) {
    typename List::Any result;
    std::size_t place = 0;
    List::each([&]<class T>(std::type_identity<T>) {
        if (place++ == kind) {
            result = fuzzed<T>(in);
        }
    });
    return result;
}

}  // namespace leadlight::fuzz
