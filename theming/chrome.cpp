// SPDX-License-Identifier: MIT
#include "theming/chrome.hpp"

#include "theming/pattern.hpp"

#include <algorithm>

namespace leadlight::theming {

namespace {

constexpr int pattern_size = 20;
constexpr int gap = 8;  // between pattern and name

}  // namespace

Rgb ground_of(const Identity& identity) {
    return identity.is_admin() ? lead_light : identity.label().colour;
}

int draw_chip(Canvas& canvas, const TextPainter& painter, const Identity& identity, Point at,
              int limit, Scale scale) {
    const int size = scale.px(pattern_size);
    const Rgb ink = ink_on(ground_of(identity));
    const Box field{at.x, at.y, std::min(size, limit - at.x), size};
    if (field.width > 0) {
        if (identity.is_admin()) {
            draw_lattice(canvas, field, lead_dark, scale);
        } else {
            draw_pattern(canvas, field, identity.label().pattern, ink, scale);
        }
    }
    const int x = at.x + size + scale.px(gap);
    const TextStyle style = title_style(scale, Weight::bold);
    const TextStrip name = painter.paint(identity.name(), style, std::max(0, limit - x));
    canvas.stamp(name, {x, at.y + (size - style.height) / 2}, ink,
                 {x, 0, std::max(0, limit - x), canvas.height()});
    return x + name.width;
}

int chip_end(const TextPainter& painter, const Identity& identity, int x, int limit, Scale scale) {
    const int name = x + scale.px(pattern_size) + scale.px(gap);
    const int width = painter.width_of(identity.name(), title_style(scale, Weight::bold));
    return name + std::clamp(width, 0, std::max(0, limit - name));
}

}  // namespace leadlight::theming
