// SPDX-License-Identifier: MIT
#include "theming/switcher.hpp"

#include "theming/chrome.hpp"

#include <algorithm>

namespace leadlight::theming {

namespace {

constexpr Rgb ground{0x16, 0x18, 0x1c};
constexpr Rgb selected_ground{0x3a, 0x40, 0x4a};
constexpr Rgb ink{0xe6, 0xe8, 0xec};
constexpr Rgb faint{0x9a, 0xa1, 0xac};

// Logical pixels.
constexpr int widest = 640;
constexpr int row_height = 36;
constexpr int edge = 8;  // around the rows; the outer half is lead
constexpr int chip_width = 208;
constexpr int chip_height = 24;
constexpr int gap = 12;

}  // namespace

SwitcherGeometry::SwitcherGeometry(int room_width, int room_height, Scale scale)
    : width_(std::clamp(room_width - 2 * scale.px(edge), 1, scale.px(widest))), room_(room_height),
      row_height_(scale.px(row_height)), edge_(scale.px(edge)) {}

std::size_t SwitcherGeometry::most_rows() const {
    return static_cast<std::size_t>(std::max(1, (room_ - 4 * edge_) / row_height_));
}

int SwitcherGeometry::height(std::size_t rows) const {
    return static_cast<int>(rows) * row_height_ + 2 * edge_;
}

Box SwitcherGeometry::row(std::size_t index) const {
    return {edge_, edge_ + static_cast<int>(index) * row_height_, std::max(1, width_ - 2 * edge_),
            row_height_};
}

std::optional<std::size_t> SwitcherGeometry::row_at(Point point, std::size_t rows) const {
    for (std::size_t index = 0; index < rows; ++index) {
        const Box box = row(index);
        if (point.x >= box.x && point.x < box.x + box.width && point.y >= box.y &&
            point.y < box.y + box.height) {
            return index;
        }
    }
    return std::nullopt;
}

Bitmap paint_switcher(const TextPainter& painter, const SwitcherPicture& picture,
                      const SwitcherGeometry& geometry, Scale scale) {
    Canvas canvas(geometry.width(), geometry.height(picture.rows.size()), lead_light.argb());
    const int lead = scale.px(edge) / 4;
    canvas.fill({lead, lead, canvas.width() - 2 * lead, canvas.height() - 2 * lead}, lead_dark);
    canvas.fill({2 * lead, 2 * lead, canvas.width() - 4 * lead, canvas.height() - 4 * lead},
                ground);
    const TextStyle style = title_style(scale);
    for (std::size_t index = 0; index < picture.rows.size(); ++index) {
        const SwitcherRow& shown = picture.rows[index];
        const Box box = geometry.row(index);
        const bool selected = index == picture.selected;
        const int middle = box.y + box.height / 2;
        if (selected) {
            canvas.fill(box, selected_ground);
            canvas.fill({box.x, box.y, scale.px(4), box.height}, ground_of(shown.identity));
        }
        const int chip_size = scale.px(chip_height);
        const Box chip{box.x + scale.px(gap), middle - chip_size / 2,
                       std::min(scale.px(chip_width), box.width / 2), chip_size};
        canvas.fill(chip, ground_of(shown.identity));
        const int inset = (chip_size - scale.px(20)) / 2;
        draw_chip(canvas, painter, shown.identity, {chip.x + inset, chip.y + inset},
                  chip.x + chip.width - scale.px(4), scale);
        int right = box.x + box.width - scale.px(gap);
        const auto note = [&](std::string_view words) {
            const TextStrip strip = painter.paint(words, style);
            right -= strip.width;
            canvas.stamp(strip, {right, middle - style.height / 2}, faint, box);
            right -= scale.px(gap);
        };
        if (shown.minimized) {
            note("put away");
        }
        if (shown.attention) {
            note("attention");
        }
        const int title = chip.x + chip.width + scale.px(gap);
        canvas.stamp(shown.title, {title, middle - shown.title.height / 2}, selected ? ink : faint,
                     {title, box.y, std::max(0, right - title), box.height}, scale.px(24));
    }
    const auto more = [&](int y) {
        canvas.fill({canvas.width() / 2 - scale.px(12), y, scale.px(24), lead}, faint);
    };
    if (picture.more_above) {
        more(3 * lead);
    }
    if (picture.more_below) {
        more(canvas.height() - 4 * lead);
    }
    return std::move(canvas).take();
}

}  // namespace leadlight::theming
