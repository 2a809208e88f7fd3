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
constexpr float came = 1.25F;  // logical, half the width of the lead

// A number in [0, 1) that is always the same for the same pane.
float chance(int column, int row, std::uint32_t salt) {
    std::uint32_t h = static_cast<std::uint32_t>(column) * 0x9e3779b1u ^
                      static_cast<std::uint32_t>(row) * 0x85ebca77u ^ salt;
    h = (h ^ (h >> 15)) * 0x2c1b3c6du;
    h = (h ^ (h >> 12)) * 0x297a2d39u;
    return static_cast<float>((h ^ (h >> 15)) >> 8) / 16777216.0F;
}

struct Glass {
    float r, g, b;
};

Glass glass_of(int column, int row) {
    const float shade = 0.78F + 0.44F * chance(column, row, 1);
    const float hue = chance(column, row, 2);
    return {(16 + 6 * hue) * shade, (22 + 3 * (1 - hue)) * shade, (31 + 8 * hue) * shade};
}

constexpr Glass lead{9, 10, 12};

std::uint32_t pixel(const Glass& glass, float share, float light) {
    const auto channel = [&](float from, float to) {
        return static_cast<std::uint32_t>((from + (to - from) * share) * light);
    };
    return 0xff000000U | channel(lead.r, glass.r) << 16 | channel(lead.g, glass.g) << 8 |
           channel(lead.b, glass.b);
}

float to_edge(float at) {
    return std::min(at, 1.0F - at);
}

}  // namespace

Bitmap paint_background(int width, int height, Scale scale) {
    Bitmap bitmap(std::max(1, width), std::max(1, height));
    const auto w = static_cast<float>(scale.px(pane_width));
    const auto h = static_cast<float>(scale.px(pane_height));
    const float half = came * static_cast<float>(scale.in_120ths()) / 120.0F;
    const float across = 1.0F / w;
    const float along = 1.0F / h;
    // The lattice is counted along its two diagonals, a pane being 1 by 1; that is `unit` pixels
    // across the lead.
    const float unit = 1.0F / std::hypot(across, along);
    const float bevel_end = 1.0F / (8.0F * half);
    const float centre_x = static_cast<float>(bitmap.width) * 0.5F;
    const float centre_y = static_cast<float>(bitmap.height) * 0.35F;
    const float far_y = static_cast<float>(bitmap.height) - centre_y;
    const float falloff = 0.9F / (centre_x * centre_x + far_y * far_y);
    for (int y = 0; y < bitmap.height; ++y) {
        std::uint32_t* row = bitmap.row(y);
        const float down = static_cast<float>(y) + 0.5F - centre_y;
        // The pane that the last pixel was in; at first one that no pixel is in.
        float column = -1e9F;
        float line = 0;
        Glass glass{};
        for (int x = 0; x < bitmap.width; ++x) {
            const float right = static_cast<float>(x) + 0.5F - centre_x;
            const float rising = right * across + down * along;
            const float falling = right * across - down * along;
            if (rising < column || rising >= column + 1 || falling < line || falling >= line + 1) {
                column = std::floor(rising);
                line = std::floor(falling);
                glass = glass_of(static_cast<int>(column), static_cast<int>(line));
            }
            const float away =
                std::min(to_edge(rising - column), to_edge(falling - line)) * unit - half;
            const float light = 1.5F - falloff * (right * right + down * down);
            // The glass is bevelled towards the lead: there it catches more light.
            const float bevel = std::max(0.0F, 1.0F - away * bevel_end);
            row[x] = pixel(
                glass, std::clamp(away + 0.5F, 0.0F, 1.0F) * (1.0F + 0.55F * bevel * bevel), light);
        }
    }
    return bitmap;
}

}  // namespace leadlight::theming
