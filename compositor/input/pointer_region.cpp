// SPDX-License-Identifier: MIT
#include "compositor/input/pointer_region.hpp"

#include <algorithm>

namespace leadlight::compositor {

namespace {

bool inside(LayoutPoint point, double x, double y, double width, double height) {
    return point.x >= x && point.y >= y && point.x < x + width && point.y < y + height;
}

}  // namespace

bool allowed(LayoutPoint point, const PointerRegion& region, policy::Size content) {
    return inside(point, 0, 0, static_cast<double>(content.width),
                  static_cast<double>(content.height)) &&
           (region.empty() || std::ranges::any_of(region, [point](const protocol::Rect& rect) {
                return inside(point, rect.x, rect.y, rect.width, rect.height);
            }));
}

LayoutPoint confined(LayoutPoint from, LayoutPoint to, const PointerRegion& region,
                     policy::Size content) {
    if (allowed(to, region, content)) {
        return to;
    }
    // The last allowed point on the way, halving what is left of it; then along each axis alone, so
    // that the pointer slides along the edge.
    const auto approach = [&](LayoutPoint start, LayoutPoint goal) {
        LayoutPoint reached = start;
        double low = 0;
        double high = 1;
        for (int i = 0; i < 20; ++i) {
            const double middle = (low + high) / 2;
            const LayoutPoint point{start.x + (goal.x - start.x) * middle,
                                    start.y + (goal.y - start.y) * middle};
            if (allowed(point, region, content)) {
                low = middle;
                reached = point;
            } else {
                high = middle;
            }
        }
        return reached;
    };
    const LayoutPoint straight = approach(from, to);
    const LayoutPoint across = approach(straight, {to.x, straight.y});
    return approach(across, {across.x, to.y});
}

}  // namespace leadlight::compositor
