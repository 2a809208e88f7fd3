// SPDX-License-Identifier: MIT
// wlroots' sets of edges and the protocol's.
#pragma once

#include "protocol/types.hpp"
#include "wlr-headers/wlroots.hpp"

namespace leadlight::agent {

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
