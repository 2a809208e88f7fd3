// SPDX-License-Identifier: MIT
// Where a confined pointer may go. Pure.
#pragma once

#include "compositor/input/recipient.hpp"
#include "compositor/policy/geometry.hpp"
#include "protocol/types.hpp"

namespace leadlight::compositor {

using PointerRegion = protocol::List<protocol::Rect, 16>;

/// Whether the point is in the content, and in `region` unless that is empty. Physical pixels.
bool allowed(LayoutPoint point, const PointerRegion& region, policy::Size content);

/// Where the pointer goes instead of `to`, coming from `from`, which is allowed: as far as it may,
/// then along the edge.
LayoutPoint confined(LayoutPoint from, LayoutPoint to, const PointerRegion& region,
                     policy::Size content);

}  // namespace leadlight::compositor
