// SPDX-License-Identifier: MIT
#include "theming/frame.hpp"

#include "theming/button.hpp"
#include "theming/chrome.hpp"
#include "theming/pattern.hpp"

#include <algorithm>

namespace leadlight::theming {

namespace {

// Under the title of a window without focus. Labels keep their distance from this tone.
constexpr Rgb pane = lead_dark;
constexpr Rgb pane_ink{0xc3, 0xc8, 0xd0};

// Logical pixels.
constexpr int after_name = 12;    // to where the title's field begins
constexpr int before_title = 12;  // from there
constexpr int before_note = 8;    // from the name to the compositor's words about the domain
constexpr int notch = 48;         // of pattern on a popup's upper border

// Where things of one title bar lie, from its left upper corner.
struct FrameLayout {
    FrameGeometry geometry;
    int outline;   // how wide the edge is that shows the label and nothing else
    int text_end;  // where the buttons begin
    int note;      // where the compositor's words begin
    int field;     // where the chip ends and the title's field begins
    int title;
    int room;  // for the title
};

FrameLayout frame_layout(const TextPainter& painter, const Identity& identity, Buttons buttons,
                         int width, Scale scale, std::string_view note_text) {
    const int outline = scale.px(logical::border);
    const Box outer{0, 0, width, scale.px(logical::title) + outline + 1};
    const auto geometry = FrameGeometry::around(outer, scale, FrameKind::window, buttons);
    int text_end = width - outline;
    for (const Box button : {geometry.close(), geometry.maximize(), geometry.minimize()}) {
        text_end = button.empty() ? text_end : std::min(text_end, button.x);
    }
    // The name comes first, whatever the title: it may use all that the buttons leave.
    const int name_end = chip_end(painter, identity, outline, text_end, scale);
    const int note = std::min(name_end + scale.px(before_note), text_end);
    const int note_end =
        note_text.empty()
            ? name_end
            : std::min(note + painter.width_of(note_text, title_style(scale)), text_end);
    const int field = std::min(note_end + scale.px(after_name), text_end);
    const int title = std::min(field + scale.px(before_title), text_end);
    const int room = std::clamp(text_end - title - scale.px(4), 0, max_strip_width);
    return {geometry, outline, text_end, note, field, title, room};
}

// The outline's inner half in the dark tone: the admin domain's border has two, no guest's has.
void line_with_lead(Canvas& canvas, int outline) {
    const int light = (outline + 1) / 2;
    const int dark = outline - light;
    canvas.fill({light, light, canvas.width() - 2 * light, dark}, lead_dark);
    canvas.fill({light, light, dark, canvas.height()}, lead_dark);
    canvas.fill({canvas.width() - outline, light, dark, canvas.height()}, lead_dark);
}

ButtonState state_of(const TitleBar& bar, FramePart part) {
    if (bar.hovered != part) {
        return ButtonState::resting;
    }
    return bar.pressed == part ? ButtonState::pressed : ButtonState::hovered;
}

}  // namespace

Bitmap paint_title_bar(const TextPainter& painter, const TitleBar& bar, int width, Scale scale) {
    const Rgb ground = ground_of(bar.identity);
    Canvas canvas(width, scale.px(logical::title), ground.argb());
    const FrameLayout at =
        frame_layout(painter, bar.identity, bar.buttons, canvas.width(), scale, bar.note);
    if (bar.identity.is_admin()) {
        line_with_lead(canvas, at.outline);
    }
    const int height = canvas.height() - 2 * at.outline;
    Rgb field = ground;
    Rgb ink = ink_on(ground);
    if (!bar.focused) {
        field = pane;
        ink = pane_ink;
        canvas.fill({at.field, at.outline, canvas.width() - at.outline - at.field, height}, field);
    } else if (at.room > 0) {
        const int line = scale.px(12);
        canvas.fill({at.field, at.outline + (height - line) / 2, scale.px(1), line},
                    mix(ground, ink, 0.5));
    }
    draw_chip(canvas, painter, bar.identity, {at.outline, at.outline}, at.text_end, scale);
    if (!bar.note.empty()) {
        const TextStyle style = title_style(scale);
        const TextStrip words = painter.paint(bar.note, style, std::max(0, at.text_end - at.note));
        canvas.stamp(words, {at.note, at.outline + (height - style.height) / 2}, ink_on(ground),
                     {at.note, at.outline, std::max(0, at.text_end - at.note), height});
    }
    const int line_top = at.outline + (height - bar.title.height) / 2;
    canvas.stamp(bar.title, {at.title, line_top}, ink, {at.title, at.outline, at.room, height},
                 scale.px(24));
    const auto button = [&](Box box, FramePart part) {
        if (!box.empty()) {
            const Box face{box.x, at.outline, box.width, height};
            draw_button(canvas, face, part, {field, ink, state_of(bar, part), bar.maximized},
                        scale);
        }
    };
    button(at.geometry.minimize(), FramePart::minimize);
    button(at.geometry.maximize(), FramePart::maximize);
    button(at.geometry.close(), FramePart::close);
    return std::move(canvas).take();
}

int title_room(const TextPainter& painter, const Identity& identity, Buttons buttons, int width,
               Scale scale, std::string_view note) {
    return frame_layout(painter, identity, buttons, width, scale, note).room;
}

Bitmap paint_edge(const Identity& identity, Edge edge, int length, Scale scale) {
    const int border = scale.px(logical::border);
    const int light = (border + 1) / 2;
    const bool upright = edge == Edge::left || edge == Edge::right;
    const int thick = edge == Edge::top ? scale.px(logical::popup_top) : border;
    Canvas canvas(upright ? border : length, upright ? length : thick, ground_of(identity).argb());
    const int across = canvas.width();
    if (!identity.is_admin()) {
        if (edge == Edge::top) {
            const int inset = scale.px(1);  // ground all around: the outline stays the label's
            const Box field{border, inset, std::min(scale.px(notch), across - 2 * border),
                            thick - 2 * inset};
            draw_pattern(canvas, field, identity.label().pattern, ink_on(ground_of(identity)),
                         scale);
        }
        return std::move(canvas).take();
    }
    switch (edge) {
    case Edge::left:
        canvas.fill({light, 0, border - light, length}, lead_dark);
        break;
    case Edge::right:
        canvas.fill({0, 0, border - light, length}, lead_dark);
        break;
    case Edge::top:
        canvas.fill({light, light, across - 2 * light, thick - light}, lead_dark);
        break;
    case Edge::bottom:
        canvas.fill({light, 0, across - 2 * light, border - light}, lead_dark);
        break;
    }
    return std::move(canvas).take();
}

}  // namespace leadlight::theming
