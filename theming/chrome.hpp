// SPDX-License-Identifier: MIT
// What title bars, popups and the trusted bar have in common: the chip that says whose something
// is, pattern first and then the name.
#pragma once

#include "theming/canvas.hpp"
#include "theming/label.hpp"
#include "theming/text.hpp"

namespace leadlight::theming {

/// The ground that an identity stands on: the label's colour, or the light tone of lead.
Rgb ground_of(const Identity& identity);

/// Draws pattern and name from `at` on (the pattern's upper left corner; the row is `height` high),
/// in the ink that reads on the identity's ground, which is there already. Not past `limit`: a name
/// with too little room is elided, nothing else moves it. Returns where the name ends.
int draw_chip(Canvas& canvas, const TextPainter& painter, const Identity& identity, Point at,
              int limit, Scale scale);

/// Where the chip's name would end, without drawing.
int chip_end(const TextPainter& painter, const Identity& identity, int x, int limit, Scale scale);

}  // namespace leadlight::theming
