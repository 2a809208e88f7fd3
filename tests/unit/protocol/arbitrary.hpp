// SPDX-License-Identifier: MIT
// Random values of everything that has a schema, the edges of each range more often than the rest.
// A failing test prints the seed it ran with; the same seed gives the same values.
#pragma once

#include "protocol/records.hpp"

#include <random>

namespace leadlight::protocol::testing {

using Random = std::mt19937_64;

template <class T>
struct Arbitrary;

template <class T>
T arbitrary(Random& random) {
    return Arbitrary<T>::make(random);
}

template <class T>
    requires std::is_integral_v<T>
struct Arbitrary<T> {
    static T make(Random& random) {
        return between(random, std::numeric_limits<T>::min(), std::numeric_limits<T>::max());
    }
    static T between(Random& random, T min, T max) {
        switch (random() % 4) {
        case 0:
            return min;
        case 1:
            return max;
        default: {
            const std::uint64_t span =
                static_cast<std::uint64_t>(max) - static_cast<std::uint64_t>(min);
            const std::uint64_t step = span == UINT64_MAX ? random() : random() % (span + 1);
            return static_cast<T>(static_cast<std::uint64_t>(min) + step);
        }
        }
    }
};
template <>
struct Arbitrary<bool> {
    static bool make(Random& random) { return random() % 2 == 0; }
};
template <class T, T Min, T Max>
struct Arbitrary<Bounded<T, Min, Max>> {
    static Bounded<T, Min, Max> make(Random& random) {
        return *Bounded<T, Min, Max>::from(Arbitrary<T>::between(random, Min, Max));
    }
};
template <class Tag>
struct Arbitrary<Id<Tag>> {
    static Id<Tag> make(Random& random) {
        return *Id<Tag>::from(Arbitrary<std::uint64_t>::between(random, 1, UINT64_MAX));
    }
};
template <class Tag>
struct Arbitrary<std::optional<Id<Tag>>> {
    static std::optional<Id<Tag>> make(Random& random) {
        return random() % 2 == 0 ? std::nullopt : std::optional(arbitrary<Id<Tag>>(random));
    }
};
template <NamedEnum Enum>
struct Arbitrary<Enum> {
    static Enum make(Random& random) { return static_cast<Enum>(random() % names<Enum>.size()); }
};
template <class Enum>
struct Arbitrary<Flags<Enum>> {
    static Flags<Enum> make(Random& random) {
        return *Flags<Enum>::from(static_cast<std::uint32_t>(random()) & Flags<Enum>::known);
    }
};
template <std::size_t Size>
struct Arbitrary<std::array<std::uint8_t, Size>> {
    static std::array<std::uint8_t, Size> make(Random& random) {
        std::array<std::uint8_t, Size> bytes;
        for (auto& byte : bytes) {
            byte = static_cast<std::uint8_t>(random());
        }
        return bytes;
    }
};
template <class T, std::size_t Max>
struct Arbitrary<List<T, Max>> {
    static List<T, Max> make(Random& random) {
        List<T, Max> list;
        for (auto left = Arbitrary<std::size_t>::between(random, 0, Max); left > 0; --left) {
            list.push_back(arbitrary<T>(random));
        }
        return list;
    }
};
template <std::size_t Max>
struct Arbitrary<Text<Max>> {
    static Text<Max> make(Random& random) {
        static constexpr std::string_view pieces[] = {"a", "é", "漢", "𝄞", "\u202e", " "};
        const auto wanted = Arbitrary<std::size_t>::between(random, 0, Max);
        std::string text;
        while (true) {
            const std::string_view piece = pieces[random() % std::size(pieces)];
            if (text.size() + piece.size() > wanted) {
                return *Text<Max>::from(text);
            }
            text += piece;
        }
    }
};
template <std::size_t Max>
struct Arbitrary<Bytes<Max>> {
    static Bytes<Max> make(Random& random) {
        std::vector<std::byte> bytes(random() % 300);
        for (auto& byte : bytes) {
            byte = static_cast<std::byte>(random());
        }
        return *Bytes<Max>::from(bytes);
    }
};
template <Described T>
struct Arbitrary<T> {
    static T make(Random& random) {
        T value{};
        each_field<T>([&]<class... F>(F...) {
            ((value.*F::member = arbitrary<typename F::Type>(random)), ...);
        });
        return value;
    }
};

}  // namespace leadlight::protocol::testing
