// SPDX-License-Identifier: MIT
// Physical pixels and the scale that leads to them. Every length of the frame is a multiple of four
// logical pixels, so at 1x, 1.25x, 1.5x, 1.75x and 2x it is a whole number of physical ones and no
// edge is ever blended.
#pragma once

#include <cstdint>

namespace leadlight::theming {

/// Output scale in 1/120, as fractional-scale-v1 has it. Values outside of 1x to 4x are clamped.
class Scale {
  public:
    constexpr explicit Scale(std::uint32_t in_120ths = 120)
        : value_(in_120ths < 120 ? 120 : (in_120ths > 480 ? 480 : static_cast<int>(in_120ths))) {}

    constexpr int in_120ths() const { return value_; }

    /// Logical to physical pixels, rounded to the nearest; what is not nothing stays visible.
    constexpr int px(int logical) const {
        const int rounded = (logical * value_ + 60) / 120;
        return logical > 0 && rounded == 0 ? 1 : rounded;
    }

    friend constexpr bool operator==(Scale, Scale) = default;

  private:
    int value_;
};

struct Point {
    int x = 0, y = 0;
    friend constexpr bool operator==(Point, Point) = default;
};

struct Box {
    int x = 0, y = 0, width = 0, height = 0;

    constexpr int right() const { return x + width; }
    constexpr int bottom() const { return y + height; }
    constexpr bool empty() const { return width <= 0 || height <= 0; }
    constexpr bool contains(Point p) const {
        return p.x >= x && p.x < right() && p.y >= y && p.y < bottom();
    }
    friend constexpr bool operator==(const Box&, const Box&) = default;
};

}  // namespace leadlight::theming
