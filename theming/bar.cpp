// SPDX-License-Identifier: MIT
#include "theming/chrome.hpp"
#include "theming/desktop.hpp"
#include "theming/frame_geometry.hpp"
#include "theming/pattern.hpp"

#include <algorithm>

namespace leadlight::theming {

namespace {

constexpr Rgb bar_ground{0x16, 0x18, 0x1c};
constexpr Rgb bar_ink{0xe6, 0xe8, 0xec};
constexpr Rgb bar_faint{0x9a, 0xa1, 0xac};

// Logical pixels.
constexpr int margin = 12;
constexpr int rim = 4;  // the focused domain's colour along the whole bar

}  // namespace

Bitmap paint_bar(const TextPainter& painter, const TrustedBar& bar, int width, Scale scale) {
    Canvas canvas(width, scale.px(logical::bar), bar_ground.argb());
    const int edge = scale.px(rim);
    const int gap = scale.px(margin);
    const int line = canvas.height() - edge;
    const TextStyle style = title_style(scale);
    const auto write = [&](std::string_view text, int x, Rgb ink, int limit) {
        const TextStrip strip = painter.paint(text, style, std::max(0, limit - x));
        canvas.stamp(strip, {x, (line - style.height) / 2}, ink, canvas.whole());
        return x + strip.width;
    };
    const int clock_width = bar.clock.empty() ? 0 : painter.width_of(bar.clock, style);
    const int clock_at = canvas.width() - gap - clock_width;
    const int limit = std::max(0, clock_at - gap);
    int x = gap;
    if (bar.focused) {
        const Identity& who = *bar.focused;
        const Rgb ground = ground_of(who);
        // Half as wide as the bar at most: the mode stands beside the chip at any length of name.
        const int chip_limit = std::min(limit, canvas.width() / 2);
        const int end = chip_end(painter, who, edge, chip_limit, scale);
        canvas.fill({0, 0, end + gap, line}, ground);
        canvas.fill({0, line, canvas.width(), edge}, ground);
        draw_chip(canvas, painter, who, {edge, (line - scale.px(20)) / 2}, chip_limit, scale);
        if (who.is_admin()) {
            canvas.fill({0, canvas.height() - edge / 2, canvas.width(), edge / 2}, lead_dark);
        }
        x = end + 2 * gap;
    } else {
        canvas.fill({0, line, canvas.width(), edge}, lead_dark);
        x = write("no window has the keyboard", x, bar_faint, limit) + gap;
    }
    if (!bar.mode.empty()) {
        write(bar.mode, x, bar_ink, limit);
    }
    write(bar.clock, clock_at, bar_ink, canvas.width());
    return std::move(canvas).take();
}

Bitmap paint_text(const TextPainter& painter, std::string_view text, Rgb ink,
                  const TextStyle& style, int max_width) {
    const TextStrip strip = painter.paint(text, style, max_width);
    Canvas canvas(strip.width, strip.height);
    canvas.stamp(strip, {0, 0}, ink, canvas.whole());
    return std::move(canvas).take();
}

}  // namespace leadlight::theming
