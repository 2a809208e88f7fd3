// SPDX-License-Identifier: MIT
// How much of a guest's pixels is shown, so that they are shown 1:1: wlr_scene takes logical
// lengths and rounds them to physical ones, and content must come out with exactly the pixels it
// has, or it would be resampled. Pure.
#pragma once

#include "compositor/policy/scale.hpp"

namespace leadlight::compositor {

/// For something that begins on the output's grid: the greatest logical length of which wlr_scene
/// makes at most so many physical pixels, and how many it makes of it.
struct ShownLength {
    int logical, physical;
    bool operator==(const ShownLength&) const = default;
};
ShownLength shown_length(int physical, policy::Scale scale);

/// Physical pixels that wlr_scene makes of a logical length which begins at `from` on the output.
int physical_length(policy::Coordinate from, policy::Coordinate length, policy::Scale scale);

}  // namespace leadlight::compositor
