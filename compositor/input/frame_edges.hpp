// SPDX-License-Identifier: MIT
// A frame's edges as handles, and what the pointer looks like on them.
#pragma once

#include "compositor/policy/resize.hpp"
#include "theming/frame_geometry.hpp"

namespace leadlight::compositor {

/// The edges of a window that a part of its frame takes hold of; none for other parts.
policy::Edges edges_of(theming::FramePart part);

/// The cursor theme's name for a drag of those edges, of which there is at least one.
const char* resize_shape(policy::Edges edges);

}  // namespace leadlight::compositor
