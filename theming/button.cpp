// SPDX-License-Identifier: MIT
#include "theming/button.hpp"

namespace leadlight::theming {

namespace {

// A hollow square with lines `line` thick.
void outline(Canvas& canvas, Box box, int line, Rgb ink) {
    canvas.fill({box.x, box.y, box.width, line}, ink);
    canvas.fill({box.x, box.bottom() - line, box.width, line}, ink);
    canvas.fill({box.x, box.y, line, box.height}, ink);
    canvas.fill({box.right() - line, box.y, line, box.height}, ink);
}

void cross(Canvas& canvas, Box box, Rgb ink, double line) {
    canvas.with_cairo(box, ink, [&](cairo_t* cairo) {
        const double inset = line / 2;
        cairo_set_line_width(cairo, line);
        cairo_move_to(cairo, box.x + inset, box.y + inset);
        cairo_line_to(cairo, box.right() - inset, box.bottom() - inset);
        cairo_move_to(cairo, box.right() - inset, box.y + inset);
        cairo_line_to(cairo, box.x + inset, box.bottom() - inset);
        cairo_set_line_cap(cairo, CAIRO_LINE_CAP_SQUARE);
        cairo_stroke(cairo);
    });
}

}  // namespace

void draw_button(Canvas& canvas, Box face, FramePart part, const ButtonLook& look, Scale scale) {
    Rgb ink = look.ink;
    if (look.state == ButtonState::pressed) {
        canvas.fill(face, look.ink);
        ink = look.ground;
    } else if (look.state == ButtonState::hovered) {
        canvas.fill(face, mix(look.ground, look.ink, 0.2));
    }
    // The figure has the face's parity, so that it is centred on whole pixels.
    const int line = scale.px(1);
    int size = scale.px(10);
    size += (face.width - size) % 2;
    const Box figure{face.x + (face.width - size) / 2, face.y + (face.height - size) / 2, size,
                     size};
    if (part == FramePart::close) {
        cross(canvas, figure, ink, 1.5 * line);
    } else if (part == FramePart::minimize) {
        canvas.fill({figure.x, figure.bottom() - 2 * line, size, 2 * line}, ink);
    } else if (!look.maximized) {
        outline(canvas, figure, line, ink);
        canvas.fill({figure.x, figure.y, size, 2 * line}, ink);
    } else {
        const int shift = scale.px(3);
        const Box front{figure.x, figure.y + shift, size - shift, size - shift};
        outline(canvas, front, line, ink);
        canvas.fill({figure.x + shift, figure.y, size - shift, line}, ink);
        canvas.fill({figure.right() - line, figure.y, line, size - shift}, ink);
    }
}

}  // namespace leadlight::theming
