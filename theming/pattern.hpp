// SPDX-License-Identifier: MIT
// The eight patterns that say a label's name to eyes for which colours do not: different in kind
// and direction, not just in size.
#pragma once

#include "theming/canvas.hpp"
#include "theming/label.hpp"

namespace leadlight::theming {

/// Draws in `ink` over what is in `box`; the figures keep their size, the box shows more of them.
void draw_pattern(Canvas& canvas, Box box, Pattern pattern, Rgb ink, Scale scale);

/// The admin domain's own: a lattice of lead. No label can have it.
void draw_lattice(Canvas& canvas, Box box, Rgb ink, Scale scale);

}  // namespace leadlight::theming
