// SPDX-License-Identifier: MIT
#include "theming/desktop.hpp"

#include <algorithm>
#include <cmath>

namespace leadlight::theming {

namespace {

// A leadlight of diamond panes at night: hardly any colour, so that labels are the only colours on
// the desktop, and a light that comes from above the middle.
constexpr int pane_width = 96;  // logical
constexpr int pane_height = 144;
constexpr double came = 1.25;  // logical, half the width of the lead

// A number in [0, 1) that is always the same for the same pane.
double chance(int column, int row, std::uint32_t salt) {
    std::uint32_t h = static_cast<std::uint32_t>(column) * 0x9e3779b1u ^
                      static_cast<std::uint32_t>(row) * 0x85ebca77u ^ salt;
    h = (h ^ (h >> 15)) * 0x2c1b3c6du;
    h = (h ^ (h >> 12)) * 0x297a2d39u;
    return static_cast<double>((h ^ (h >> 15)) >> 8) / 16777216.0;
}

struct Glass {
    double r, g, b;
};

Glass glass_of(int column, int row) {
    const double shade = 0.75 + 0.5 * chance(column, row, 1);
    const double hue = chance(column, row, 2);
    return {(17 + 7 * hue) * shade, (21 + 3 * (1 - hue)) * shade, (29 + 8 * hue) * shade};
}

constexpr Glass lead{9, 10, 12};

std::uint32_t pixel(const Glass& c, double light) {
    const auto channel = [light](double v) {
        return static_cast<std::uint32_t>(std::clamp(v * light, 0.0, 255.0) + 0.5);
    };
    return 0xff000000u | channel(c.r) << 16 | channel(c.g) << 8 | channel(c.b);
}

}  // namespace

Bitmap paint_background(int width, int height, Scale scale) {
    Bitmap bitmap(std::max(1, width), std::max(1, height));
    const double w = scale.px(pane_width);
    const double h = scale.px(pane_height);
    const double half = came * scale.in_120ths() / 120.0;
    // Both diagonals of the lattice count in units of one pane; a pixel is this many of them wide,
    // measured across the line.
    const double unit = 1.0 / std::hypot(1.0 / w, 1.0 / h);
    const double centre_x = bitmap.width / 2.0;
    const double centre_y = bitmap.height * 0.35;
    const double reach = 1.0 / std::hypot(centre_x, bitmap.height * 0.65);
    for (int y = 0; y < bitmap.height; ++y) {
        std::uint32_t* row = bitmap.row(y);
        const double v = (y - centre_y) / h;
        for (int x = 0; x < bitmap.width; ++x) {
            const double u = (x - centre_x) / w;
            const double rising = u + v;
            const double falling = u - v;
            const double column = std::floor(rising);
            const double line = std::floor(falling);
            const auto to_edge = [](double at) { return std::min(at, 1.0 - at); };
            const double away = std::min(to_edge(rising - column), to_edge(falling - line)) * unit;
            const double distance = std::hypot(x - centre_x, y - centre_y) * reach;
            const double light = 1.55 - 0.85 * distance;
            const double share = std::clamp(away - half + 0.5, 0.0, 1.0);
            const Glass glass = glass_of(static_cast<int>(column), static_cast<int>(line));
            // A pane is a little brighter along the lead, where the glass is bevelled.
            const double bevel = 1.0 + 0.5 * std::exp(-std::max(0.0, away - half) / (2.0 * half));
            const Glass mixed{lead.r + (glass.r * bevel - lead.r) * share,
                              lead.g + (glass.g * bevel - lead.g) * share,
                              lead.b + (glass.b * bevel - lead.b) * share};
            row[x] = pixel(mixed, light);
        }
    }
    return bitmap;
}

}  // namespace leadlight::theming
