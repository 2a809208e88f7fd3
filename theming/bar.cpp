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

constexpr int chip_height = 20;
constexpr int chip_gap = 6;
constexpr int chip_most = 200;  // so that several have room
constexpr std::string_view asking = "attention:";

struct BarLayout {
    int chip_limit;  // where the focused domain's chip ends at the latest
    int clock;
    std::vector<Box> asking;  // chips, left to right
    int words;                // where the words before them begin
    int left;                 // where what stands on the left ends at the latest
};

// From the right: clock, chips, their words. Those that ask later give way first.
BarLayout bar_layout(const TextPainter& painter, const TrustedBar& bar, int width, Scale scale) {
    const TextStyle style = title_style(scale);
    const int gap = scale.px(margin);
    const int clock_width = bar.clock.empty() ? 0 : painter.width_of(bar.clock, style);
    BarLayout at{
        .chip_limit = 0, .clock = width - gap - clock_width, .asking = {}, .words = 0, .left = 0};
    int end = bar.clock.empty() ? width - gap : at.clock - gap;
    const int words = painter.width_of(asking, style);
    std::vector<int> widths;
    int sum = 0;
    for (const Identity& who : bar.attention) {
        const int name = chip_end(painter, who, 0, scale.px(chip_most), scale);
        const int chip = name + scale.px(chip_gap);
        if (sum + chip + words + gap > end - width / 2) {
            break;
        }
        widths.push_back(chip);
        sum += chip + scale.px(chip_gap);
    }
    const int top = (scale.px(logical::bar) - scale.px(rim) - scale.px(chip_height)) / 2;
    int x = end - sum;
    at.words = x - words - scale.px(chip_gap);
    for (const int chip : widths) {
        at.asking.push_back({x + scale.px(chip_gap), top, chip, scale.px(chip_height)});
        x += chip + scale.px(chip_gap);
    }
    at.left = std::max(0, (widths.empty() ? end : at.words) - gap);
    at.chip_limit = std::min(at.left, width / 2);
    return at;
}

}  // namespace

std::vector<Box> attention_chips(const TextPainter& painter, const TrustedBar& bar, int width,
                                 Scale scale) {
    return bar_layout(painter, bar, width, scale).asking;
}

Bitmap paint_bar(const TextPainter& painter, const TrustedBar& bar, int width, Scale scale) {
    Canvas canvas(width, scale.px(logical::bar), bar_ground.argb());
    const BarLayout at = bar_layout(painter, bar, canvas.width(), scale);
    const int edge = scale.px(rim);
    const int gap = scale.px(margin);
    const int line = canvas.height() - edge;
    const TextStyle style = title_style(scale);
    const auto write = [&](std::string_view text, int x, Rgb ink, int limit) {
        const TextStrip strip = painter.paint(text, style, std::max(0, limit - x));
        canvas.stamp(strip, {x, (line - style.height) / 2}, ink, canvas.whole());
        return x + strip.width;
    };
    const auto& edged = bar.below ? bar.below : bar.focused;
    canvas.fill({0, line, canvas.width(), edge}, edged ? ground_of(*edged) : lead_dark);
    if (edged && edged->is_admin()) {
        canvas.fill({0, canvas.height() - edge / 2, canvas.width(), edge / 2}, lead_dark);
    }
    const int chip_top = (line - scale.px(chip_height)) / 2;
    int x = gap;
    if (bar.focused) {
        // Half as wide as the bar at most: the mode stands beside the chip at any length of name.
        const int end = chip_end(painter, *bar.focused, edge, at.chip_limit, scale);
        canvas.fill({0, 0, end + gap, line}, ground_of(*bar.focused));
        draw_chip(canvas, painter, *bar.focused, {edge, chip_top}, at.chip_limit, scale);
        x = end + 2 * gap;
    } else {
        x = write("no window has the keyboard", x, bar_faint, at.left) + gap;
    }
    if (bar.below) {
        x = write("full screen:", x, bar_faint, at.left) + scale.px(chip_gap);
        const int end = chip_end(painter, *bar.below, x, at.left, scale);
        canvas.fill({x, 0, end + scale.px(chip_gap) - x, line}, ground_of(*bar.below));
        draw_chip(canvas, painter, *bar.below, {x, chip_top}, at.left, scale);
        x = end + 2 * gap;
    }
    if (!bar.mode.empty()) {
        write(bar.mode, x, bar_ink, at.left);
    }
    if (!at.asking.empty()) {
        write(asking, at.words, bar_faint, at.asking.front().x);
    }
    for (std::size_t i = 0; i < at.asking.size(); ++i) {
        const Box chip = at.asking[i];
        const Identity& who = bar.attention[i];
        canvas.fill(chip, ground_of(who));
        draw_chip(canvas, painter, who, {chip.x, chip.y}, chip.x + chip.width - scale.px(chip_gap),
                  scale);
    }
    write(bar.clock, at.clock, bar_ink, canvas.width());
    return std::move(canvas).take();
}

}  // namespace leadlight::theming
