// SPDX-License-Identifier: MIT
// Frames to pixels. The left, right and bottom borders of a guest's frame are its label's colour
// and nothing else; the title bar shows it too, with the pattern, the domain's name (first, never
// displaced) and the title that its warden rasterised. Focus never changes the colour: the focused
// bar is all label, the others let the title lie on a neutral pane.
#pragma once

#include "theming/bitmap.hpp"
#include "theming/frame_geometry.hpp"
#include "theming/label.hpp"
#include "theming/text.hpp"

#include <string>
#include <string_view>

namespace leadlight::theming {

struct TitleBar {
    Identity identity;
    bool focused = false;
    bool maximized = false;
    Buttons buttons = {};
    FramePart hovered = FramePart::outside;  // a button under the pointer is lit
    FramePart pressed = FramePart::outside;
    TextStripView title;  // from the warden; ignored if not valid()
    /// The compositor's own words about the domain, after its name: "(not responding)".
    std::string note = {};
};

/// The title bar of a frame `width` physical pixels wide, logical::title high; opaque.
Bitmap paint_title_bar(const TextPainter& painter, const TitleBar& bar, int width, Scale scale);

/// What is left for the title in it: the max_width to ask the warden for. 0 if there is no room.
int title_room(const TextPainter& painter, const Identity& identity, Buttons buttons, int width,
               Scale scale, std::string_view note = {});

/// The colour of a guest's left, right and bottom border, of popups too.
inline Rgb border_colour(const Identity& guest) {
    return guest.label().colour;
}

enum class Edge : std::uint8_t { left, right, top, bottom };

/// A border `length` physical pixels long and logical::border wide. Needed for the admin domain,
/// whose border is of two tones; a guest's is one colour (border_colour), except for the notch of
/// its pattern at the left end of a popup's upper border (Edge::top).
Bitmap paint_edge(const Identity& identity, Edge edge, int length, Scale scale);

}  // namespace leadlight::theming
