// SPDX-License-Identifier: MIT
// Numbers that carry their proof: a Bounded is in its range, an Id names something, a Flags holds
// known bits only. Each is made from raw bits in one place, `from_wire`, and trusted afterwards.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace leadlight::protocol {

/// An integer in [Min, Max]. Starts as 0 where that is in range, else as Min.
template <class T, T Min, T Max>
class Bounded {
    static_assert(std::is_integral_v<T> && Min <= Max);

  public:
    using Raw = T;
    static constexpr T min = Min;
    static constexpr T max = Max;

    constexpr Bounded() = default;
    /// A constant of our own code: out of range does not compile.
    consteval Bounded(int constant) : value_(static_cast<T>(constant)) {
        if (!holds(constant)) {
            throw "constant out of range";
        }
    }

    template <class U>
    static constexpr bool holds(U value) {
        return std::cmp_greater_equal(value, Min) && std::cmp_less_equal(value, Max);
    }
    template <class U>
    static constexpr std::optional<Bounded> from(U value) {
        if (!holds(value)) {
            return std::nullopt;
        }
        Bounded bounded;
        bounded.value_ = static_cast<T>(value);
        return bounded;
    }
    /// The nearest value in range.
    template <class U>
    static constexpr Bounded clamped(U value) {
        Bounded bounded;
        bounded.value_ = std::cmp_less(value, Min)      ? Min
                         : std::cmp_greater(value, Max) ? Max
                                                        : static_cast<T>(value);
        return bounded;
    }

    constexpr T get() const { return value_; }
    constexpr operator T() const { return value_; }

  private:
    T value_ = (Min <= T{0} && T{0} <= Max) ? T{0} : Min;
};

/// The name of a pool, buffer or window of one connection: never zero, and greater than each one
/// of its kind before it, so that an id is never reused.
template <class Tag>
class Id {
  public:
    constexpr Id() = default;
    static constexpr std::optional<Id> from(std::uint64_t value) {
        return value == 0 ? std::nullopt : std::optional(Id(value));
    }
    constexpr std::uint64_t get() const { return value_; }
    constexpr auto operator<=>(const Id&) const = default;

  private:
    explicit constexpr Id(std::uint64_t value) : value_(value) {}
    std::uint64_t value_ = 1;
};

/// The enumerators' names in order of their values, from 0 without a gap. Specialise for each enum
/// of the protocol: it is the check, and the table in docs/protocol.md.
template <class Enum>
inline constexpr std::nullptr_t names = nullptr;

template <class Enum>
concept NamedEnum =
    std::is_enum_v<Enum> && !std::is_null_pointer_v<decltype(names<Enum>)> && sizeof(Enum) == 1;

template <NamedEnum Enum>
constexpr std::string_view name_of(Enum value) {
    return names<Enum>[static_cast<std::size_t>(value)];
}

/// A set of enumerators, bit n for the enumerator of value n.
template <NamedEnum Enum>
class Flags {
  public:
    static constexpr std::uint32_t known = (1ull << names<Enum>.size()) - 1;

    constexpr Flags() = default;
    constexpr Flags(Enum flag) : bits_(1u << static_cast<unsigned>(flag)) {}
    static constexpr std::optional<Flags> from(std::uint32_t bits) {
        if ((bits & ~known) != 0) {
            return std::nullopt;
        }
        Flags flags;
        flags.bits_ = bits;
        return flags;
    }

    constexpr std::uint32_t bits() const { return bits_; }
    constexpr bool has(Enum flag) const { return (bits_ & Flags(flag).bits_) != 0; }
    constexpr void set(Enum flag, bool on = true) {
        bits_ = on ? bits_ | Flags(flag).bits_ : bits_ & ~Flags(flag).bits_;
    }
    constexpr bool operator==(const Flags&) const = default;

  private:
    std::uint32_t bits_ = 0;
};

}  // namespace leadlight::protocol
