// SPDX-License-Identifier: MIT
#include "compositor/input/frame_edges.hpp"

namespace leadlight::compositor {

policy::Edges edges_of(theming::FramePart part) {
    using theming::FramePart;
    const auto is = [part](auto... any) { return ((part == any) || ...); };
    return {.left = is(FramePart::left, FramePart::top_left, FramePart::bottom_left),
            .top = is(FramePart::top, FramePart::top_left, FramePart::top_right),
            .right = is(FramePart::right, FramePart::top_right, FramePart::bottom_right),
            .bottom = is(FramePart::bottom, FramePart::bottom_left, FramePart::bottom_right)};
}

const char* resize_shape(policy::Edges edges) {
    const auto [left, top, right, bottom] = edges;
    if (left || right) {
        if (top) {
            return left ? "nw-resize" : "ne-resize";
        }
        if (bottom) {
            return left ? "sw-resize" : "se-resize";
        }
        return left ? "w-resize" : "e-resize";
    }
    return top ? "n-resize" : "s-resize";
}

}  // namespace leadlight::compositor
