// SPDX-License-Identifier: MIT
// Programs count logical units, the wire counts physical pixels; a window's scale in 1/120 is
// between the two. Edges are rounded, not sizes, so that neighbours never gap or overlap.
#pragma once

#include "guest-agent/region.hpp"

#include <cmath>
#include <cstdint>

namespace leadlight::agent {

class WindowScale {
  public:
    constexpr WindowScale() = default;
    explicit constexpr WindowScale(std::uint16_t in_120ths) : in_120ths_(in_120ths) {}

    constexpr double factor() const { return in_120ths_ / 120.0; }
    /// For programs that know whole numbers only: they draw too large, and it is shrunk.
    constexpr int whole() const { return (in_120ths_ + 119) / 120; }
    constexpr std::uint16_t in_120ths() const { return in_120ths_; }

    int to_physical(double logical) const {
        return static_cast<int>(std::lround(logical * factor()));
    }
    /// The largest logical size whose pixels fit.
    int fits_logical(int physical) const { return physical * 120 / in_120ths_; }
    double to_logical(double physical) const { return physical / factor(); }
    Box to_physical(const Box& logical) const {
        const int x = to_physical(logical.x), y = to_physical(logical.y);
        return {x, y, to_physical(logical.x + logical.width) - x,
                to_physical(logical.y + logical.height) - y};
    }

    constexpr bool operator==(const WindowScale&) const = default;

  private:
    std::uint16_t in_120ths_ = 120;
};

/// A coordinate of the wire, 1/256 pixel.
inline double from_fine(std::int32_t fine) {
    return fine / 256.0;
}

}  // namespace leadlight::agent
