// SPDX-License-Identifier: MIT
// wlroots' sets of edges and the protocol's.
#pragma once

#include "protocol/types.hpp"
#include "wlr-headers/wlroots.hpp"

namespace leadlight::agent {

inline std::uint32_t wlr_edges_of(protocol::Flags<protocol::Edge> edges) {
    using enum protocol::Edge;
    const int mask = (edges.has(top) ? WLR_EDGE_TOP : WLR_EDGE_NONE) |
                     (edges.has(bottom) ? WLR_EDGE_BOTTOM : WLR_EDGE_NONE) |
                     (edges.has(left) ? WLR_EDGE_LEFT : WLR_EDGE_NONE) |
                     (edges.has(right) ? WLR_EDGE_RIGHT : WLR_EDGE_NONE);
    return static_cast<std::uint32_t>(mask);
}

/// No edge at all is valid in Wayland, and nothing that a pointer could draw at.
inline bool can_resize(protocol::Flags<protocol::Edge> edges) {
    using enum protocol::Edge;
    return edges.bits() != 0 && !(edges.has(top) && edges.has(bottom)) &&
           !(edges.has(left) && edges.has(right));
}

inline protocol::Flags<protocol::Edge> edges_of(std::uint32_t wlr) {
    using enum protocol::Edge;
    protocol::Flags<protocol::Edge> edges;
    edges.set(top, (wlr & WLR_EDGE_TOP) != 0);
    edges.set(bottom, (wlr & WLR_EDGE_BOTTOM) != 0);
    edges.set(left, (wlr & WLR_EDGE_LEFT) != 0);
    edges.set(right, (wlr & WLR_EDGE_RIGHT) != 0);
    return edges;
}

}  // namespace leadlight::agent
