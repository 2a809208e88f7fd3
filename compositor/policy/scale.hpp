// SPDX-License-Identifier: MIT
// An output's scale in 1/120, and the grid it puts on logical coordinates: only on multiples of
// step() is coordinate times scale a whole number of physical pixels. Windows lie on that grid,
// relative to their output, so that content is shown one to one, never resampled.
#pragma once

#include "compositor/policy/geometry.hpp"

#include <cstdint>
#include <numeric>

namespace leadlight::policy {

class Scale {
  public:
    static constexpr std::uint32_t one = 120;
    static constexpr std::uint32_t least = 60;      // 0.5
    static constexpr std::uint32_t greatest = 960;  // 8

    constexpr explicit Scale(std::uint32_t in_120ths = one)
        : value_(std::clamp(in_120ths, least, greatest)) {}

    constexpr std::uint32_t in_120ths() const { return value_; }
    bool operator==(const Scale&) const = default;

    /// 1 at whole scales, 2 at 1.5, 4 at 1.25.
    constexpr Coordinate step() const { return one / std::gcd(one, value_); }

    constexpr Coordinate snap_down(Coordinate logical) const {
        const Coordinate rest = logical % step();
        return logical - (rest < 0 ? rest + step() : rest);
    }
    constexpr Coordinate snap_up(Coordinate logical) const { return -snap_down(-logical); }
    /// Of a logical coordinate on the grid. Others are rounded down.
    constexpr Coordinate to_physical(Coordinate logical) const {
        return floor_divide(logical * value_, one);
    }
    /// The least logical length on the grid that holds so many physical pixels.
    constexpr Coordinate to_logical(Coordinate physical) const {
        return snap_up(-floor_divide(-physical * one, value_));
    }
    Size to_physical(Size logical) const {
        return {to_physical(logical.width), to_physical(logical.height)};
    }
    Size to_logical(Size physical) const {
        return {to_logical(physical.width), to_logical(physical.height)};
    }

  private:
    static constexpr Coordinate floor_divide(Coordinate a, Coordinate b) {
        return a / b - (a % b < 0 ? 1 : 0);
    }

    std::uint32_t value_;
};

}  // namespace leadlight::policy
