// SPDX-License-Identifier: MIT
// What a window shows, and where its pixels are.
#include "guest-agent/agent.hpp"
#include "guest-agent/window.hpp"

#include <algorithm>

namespace leadlight::agent {

Window::Arrangement Window::arrange() const {
    struct Walk {
        const Window& window;
        Box geometry;
        Arrangement result;
    } walk{*this, geometry(), {}};
    const Box content = scale_.to_physical(Box{0, 0, walk.geometry.width, walk.geometry.height});
    walk.result.width = std::clamp(content.width, 1, protocol::max_extent);
    walk.result.height = std::clamp(content.height, 1, protocol::max_extent);
    wlr_surface_for_each_surface(
        surface(),
        [](wlr_surface* wl, int x, int y, void* data) {
            auto& [window, geometry, result] = *static_cast<Walk*>(data);
            Surface& followed = window.agent_.surfaces().of(wl);
            if (!followed.has_content) {
                return;
            }
            wlr_fbox source;
            wlr_surface_get_buffer_source_box(wl, &source);
            result.surfaces.push_back(&followed);
            result.placements.push_back(
                {wl,
                 {source.x, source.y, source.width, source.height},
                 static_cast<Turn>(wl->current.transform),
                 window.scale_.to_physical(
                     Box{x - geometry.x, y - geometry.y, wl->current.width, wl->current.height})});
        },
        &walk);
    return std::move(walk.result);
}

Region Window::damage(const Arrangement& now) const {
    const Box whole{0, 0, now.width, now.height};
    if (now.width != shown_width_ || now.height != shown_height_) {
        return Region(whole);
    }
    Region result = rearranged(shown_, now.placements);
    for (std::size_t i = 0; i < now.surfaces.size(); ++i) {
        result.add(to_content(now.surfaces[i]->damage, now.placements[i]));
    }
    result.intersect(whole);
    return result;
}

bool Window::is_plain(const Arrangement& now) {
    if (now.surfaces.size() != 1) {
        return false;
    }
    const Placement& only = now.placements[0];
    const wlr_surface* wl = now.surfaces[0]->wl;
    return only.one_to_one() && only.source.x == 0 && only.source.y == 0 &&
           only.source.width == wl->current.buffer_width &&
           only.source.height == wl->current.buffer_height &&
           only.place == Box{0, 0, now.width, now.height};
}

void Window::keep_content() {
    const auto* latest = buffers_.latest();
    if (latest == nullptr || plain_ == nullptr || plain_->buffer.get() != nullptr) {
        return;
    }
    const Target source = buffers_.target(*latest);
    plain_->kept.assign(source.data,
                        source.data + source.stride * static_cast<std::size_t>(source.height));
}

Pixels Window::pixels_of(const Surface& surface, const PixelAccess& access) {
    if (surface.buffer.get() != nullptr) {
        return access.pixels();
    }
    const int width = surface.wl->current.buffer_width, height = surface.wl->current.buffer_height;
    const auto stride = static_cast<std::size_t>(width) * 4;
    if (surface.kept.size() == stride * static_cast<std::size_t>(height)) {
        return {surface.kept.data(), stride, width, height, false};
    }
    const auto* latest = buffers_.latest();
    if (latest != nullptr && latest->width == width && latest->height == height) {
        return {buffers_.target(*latest).data, stride, width, height, false};
    }
    return {};
}

void Window::draw(const Arrangement& now, WindowBuffers::Buffer& buffer) {
    std::vector<PixelAccess> access;
    std::vector<Piece> pieces = backdrop();
    access.reserve(now.surfaces.size());
    for (std::size_t i = 0; i < now.surfaces.size(); ++i) {
        access.emplace_back(now.surfaces[i]->buffer.get());
        const Pixels pixels = pixels_of(*now.surfaces[i], access.back());
        if (pixels.data == nullptr) {
            continue;
        }
        if (pixels.data == buffers_.target(buffer).data) {
            // Without room for a second buffer it may be its own source: nothing is stale.
            buffer.stale.clear();
            return;
        }
        const wlr_surface* wl = now.surfaces[i]->wl;
        pixman_box32_t all{0, 0, wl->current.width, wl->current.height};
        const bool opaque =
            !pixels.has_alpha ||
            pixman_region32_contains_rectangle(const_cast<pixman_region32_t*>(&wl->opaque_region),
                                               &all) == PIXMAN_REGION_IN;
        pieces.push_back({now.placements[i], pixels, opaque});
    }
    agent_.counters().bytes_copied +=
        flatten(buffers_.target(buffer), pieces, buffer.stale, parent() == nullptr ? black : grey);
    buffer.stale.clear();
}

}  // namespace leadlight::agent
