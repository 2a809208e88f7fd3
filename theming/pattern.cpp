// SPDX-License-Identifier: MIT
#include "theming/pattern.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace leadlight::theming {

namespace {

// Lines at 45 degrees, `step` apart along the box's edge.
void slanted(cairo_t* cairo, Box box, double step, double width, bool rising) {
    cairo_set_line_width(cairo, width);
    const double reach = box.height;
    const double first = box.x - reach - step / 2;
    for (int i = 0; first + i * step < box.right(); ++i) {
        const double x = first + i * step;
        cairo_move_to(cairo, x, rising ? box.bottom() + 1 : box.y - 1);
        cairo_line_to(cairo, x + reach + 2, rising ? box.y - 1 : box.bottom() + 1);
    }
    cairo_stroke(cairo);
}

void bars(Canvas& canvas, Box box, int step, int width, bool upright, Rgb ink) {
    const int span = upright ? box.width : box.height;
    // Centred, with ground before the first bar and after the last.
    const int count = std::max(0, span - 2 * width) / step + 1;
    const int first = (span - (count - 1) * step - width) / 2;
    for (int i = 0; i < count; ++i) {
        const int at = first + i * step;
        canvas.fill(upright ? Box{box.x + at, box.y, width, box.height}
                            : Box{box.x, box.y + at, box.width, width},
                    ink);
    }
}

// As many figures as fit at about `step`, spread evenly.
void round_figures(cairo_t* cairo, Box box, double step, double radius, double line) {
    const auto fitting = [&](int length) {
        return std::max(1, static_cast<int>(std::lround(length / step)));
    };
    const int columns = fitting(box.width);
    const int rows = fitting(box.height);
    const double across = static_cast<double>(box.width) / columns;
    const double down = static_cast<double>(box.height) / rows;
    radius = std::min({radius, (across - line) / 2, (down - line) / 2});
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            cairo_new_sub_path(cairo);
            cairo_arc(cairo, box.x + (column + 0.5) * across, box.y + (row + 0.5) * down, radius, 0,
                      2 * std::numbers::pi);
        }
    }
    if (line > 0) {
        cairo_set_line_width(cairo, line);
        cairo_stroke(cairo);
    } else {
        cairo_fill(cairo);
    }
}

void checks(Canvas& canvas, Box box, int size, Rgb ink) {
    for (int row = 0; row * size < box.height; ++row) {
        for (int column = row % 2; column * size < box.width; column += 2) {
            const Box square{box.x + column * size, box.y + row * size, size, size};
            canvas.fill({square.x, square.y, std::min(size, box.right() - square.x),
                         std::min(size, box.bottom() - square.y)},
                        ink);
        }
    }
}

void waves(cairo_t* cairo, Box box, double step, double width) {
    cairo_set_line_width(cairo, width);
    const int rows = static_cast<int>(box.height / step) + 2;
    const int zigs = static_cast<int>(2 * box.width / step) + 3;
    for (int row = 0; row < rows; ++row) {
        const double y = box.y + (row - 0.5) * step;
        cairo_move_to(cairo, box.x - step / 2, y - step / 4);
        for (int zig = 0; zig < zigs; ++zig) {
            cairo_line_to(cairo, box.x + zig * step / 2, y + (zig % 2 == 0 ? step : -step) / 4);
        }
    }
    cairo_stroke(cairo);
}

}  // namespace

void draw_pattern(Canvas& canvas, Box box, Pattern pattern, Rgb ink, Scale scale) {
    const int unit = scale.px(2);  // of what stands on whole pixels
    const double u = scale.in_120ths() / 60.0;
    const auto cairo = [&](auto draw) { canvas.with_cairo(box, ink, draw); };
    switch (pattern) {
    case Pattern::rising:
        cairo([&](cairo_t* c) { slanted(c, box, 3.3 * u, 1.3 * u, true); });
        break;
    case Pattern::falling:
        cairo([&](cairo_t* c) { slanted(c, box, 3.3 * u, 1.3 * u, false); });
        break;
    case Pattern::vertical:
        bars(canvas, box, 3 * unit, unit, true, ink);
        break;
    case Pattern::horizontal:
        bars(canvas, box, 3 * unit, unit, false, ink);
        break;
    case Pattern::dots:
        cairo([&](cairo_t* c) { round_figures(c, box, 3.3 * u, 1.0 * u, 0); });
        break;
    case Pattern::checks:
        checks(canvas, box, 2 * unit, ink);
        break;
    case Pattern::rings:
        cairo([&](cairo_t* c) { round_figures(c, box, 5 * u, 1.7 * u, 0.9 * u); });
        break;
    case Pattern::waves:
        cairo([&](cairo_t* c) { waves(c, box, 3.3 * u, 1.1 * u); });
        break;
    }
}

void draw_lattice(Canvas& canvas, Box box, Rgb ink, Scale scale) {
    canvas.with_cairo(box, ink, [&](cairo_t* cairo) {
        slanted(cairo, box, scale.px(10), scale.px(1), true);
        slanted(cairo, box, scale.px(10), scale.px(1), false);
    });
}

}  // namespace leadlight::theming
