// SPDX-License-Identifier: MIT
// Where a popup goes: the rules of xdg_positioner, kept for every popup whatever its guest allowed,
// so that a menu with its frame lies wholly inside the work area of its parent's output (rule 1).
// wlroots has the same arithmetic, but unchecked against overflow; here every field is bounded
// first.
#pragma once

#include "compositor/policy/placement.hpp"

#include <cstdint>

namespace leadlight::policy {

/// One side, a corner, or the middle, as in xdg_positioner's anchor and gravity.
struct Side {
    std::int8_t x = 0;  // -1 left, 1 right
    std::int8_t y = 0;  // -1 top, 1 bottom
    bool operator==(const Side&) const = default;
};

struct Adjustment {
    bool slide_x = false, slide_y = false;
    bool flip_x = false, flip_y = false;
    bool resize_x = false, resize_y = false;
};

/// As the guest sent it; relative to the parent's content. place_popup() bounds all of it.
struct PopupRules {
    Size size;
    Box anchor_rect;
    Side anchor;
    Side gravity;
    Adjustment adjustment;
    Point offset;
};

inline constexpr Coordinate positioner_bound = 16'384;

/// Every field within its bound: sizes 1 to 16,384, places +-16,384, sides -1 to 1.
PopupRules bounded(PopupRules untrusted);

/// The popup's content, in the layout's coordinates, for a parent whose content lies at `parent`
/// and is at home on `output`.
Box place_popup(const PopupRules& untrusted, Point parent, const Insets& frame,
                const OutputArea& output);

}  // namespace leadlight::policy
