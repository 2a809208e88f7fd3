// SPDX-License-Identifier: MIT
// What shows through a menu with round corners or a shadow. Nothing may show through to what the
// admin domain has there (rule 1), so the agent paints what it knows to be under it: content of its
// own domain.
#include "guest-agent/agent.hpp"
#include "guest-agent/window.hpp"

#include <algorithm>

namespace leadlight::agent {

std::vector<Piece> Window::backdrop() const {
    std::vector<Piece> pieces;
    if (!lies_on_parent()) {
        return pieces;
    }
    int x = x_, y = y_;
    for (Window* below = parent(); below != nullptr; below = below->parent()) {
        if (const auto* latest = below->buffers_.latest()) {
            const Target content = below->buffers_.target(*latest);
            pieces.push_back(
                {.placement = {.source = {0, 0, static_cast<double>(content.width),
                                          static_cast<double>(content.height)},
                               .place = {-x, -y, content.width, content.height}},
                 .pixels = {content.data, content.stride, content.width, content.height, false},
                 .opaque = true});
        }
        x += below->x_;
        y += below->y_;
    }
    std::ranges::reverse(pieces);
    return pieces;
}

bool Window::lets_through(const Arrangement& arrangement) const {
    if (parent() == nullptr) {
        return false;
    }
    const Box whole{0, 0, arrangement.width, arrangement.height};
    Region opaque;
    for (std::size_t i = 0; i < arrangement.surfaces.size(); ++i) {
        const Surface& surface = *arrangement.surfaces[i];
        wlr_shm_attributes shm{};
        const bool has_alpha =
            surface.buffer.get() != nullptr &&
            (!wlr_buffer_get_shm(surface.buffer.get(), &shm) || shm.format == DRM_FORMAT_ARGB8888);
        pixman_box32_t all{0, 0, surface.wl->current.width, surface.wl->current.height};
        if (!has_alpha || pixman_region32_contains_rectangle(
                              const_cast<pixman_region32_t*>(&surface.wl->opaque_region), &all) ==
                              PIXMAN_REGION_IN) {
            opaque.add(arrangement.placements[i].place);
        }
    }
    return !opaque.covers(whole);
}

}  // namespace leadlight::agent
