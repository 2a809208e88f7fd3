// SPDX-License-Identifier: MIT
#include "guest-agent/surfaces.hpp"

namespace leadlight::agent {

PixelAccess::PixelAccess(wlr_buffer* buffer) : buffer_(buffer) {
    void* data = nullptr;
    std::uint32_t format = 0;
    std::size_t stride = 0;
    if (buffer_ == nullptr ||
        !wlr_buffer_begin_data_ptr_access(buffer_, WLR_BUFFER_DATA_PTR_ACCESS_READ, &data, &format,
                                          &stride)) {
        buffer_ = nullptr;
        return;
    }
    // wl_shm offers these two only, and single-pixel buffers are ARGB8888.
    if (format == DRM_FORMAT_ARGB8888 || format == DRM_FORMAT_XRGB8888) {
        pixels_ = {static_cast<const std::byte*>(data), stride, buffer_->width, buffer_->height,
                   format == DRM_FORMAT_ARGB8888};
    }
}

PixelAccess::~PixelAccess() {
    if (buffer_ != nullptr) {
        wlr_buffer_end_data_ptr_access(buffer_);
    }
}

namespace {

// Its state is applied in the middle of its parent's commit, which tells of both when it is done.
bool waits_for_parent(wlr_surface* surface) {
    while (const auto* part = wlr_subsurface_try_from_wlr_surface(surface)) {
        if (part->synchronized) {
            return true;
        }
        surface = part->parent;
    }
    return false;
}

}  // namespace

Surfaces::Surfaces(wlr_compositor* compositor)
    : new_surface_(compositor->events.new_surface,
                   [this](wlr_surface* surface) { follow(surface); }) {}

void Surfaces::follow(wlr_surface* wl) {
    auto surface = std::make_unique<Surface>();
    surface->wl = wl;
    Surface& followed = *surface;
    followed.commit.connect(wl->events.commit, [this, &followed] { committed(followed); });
    // X11's surfaces are mapped after the commit event, others before it.
    followed.map.connect(wl->events.map, [this, &followed] { changed(followed.wl); });
    followed.unmap.connect(wl->events.unmap, [this, &followed] { tell_user(followed.wl); });
    followed.destroy.connect(wl->events.destroy, [this, wl] {
        const auto gone = std::move(surfaces_.extract(wl).mapped());
        if (gone->user != nullptr) {
            gone->user->surface_gone();
        }
    });
    surfaces_.emplace(wl, std::move(surface));
}

void Surfaces::committed(Surface& surface) {
    const auto& current = surface.wl->current;
    if ((current.committed & WLR_SURFACE_STATE_BUFFER) != 0) {
        surface.buffer = BufferLock(current.buffer);
        surface.kept = {};
        surface.has_content = current.buffer != nullptr;
    }
    surface.damage.add(&surface.wl->buffer_damage);
    surface.dx += current.dx;
    surface.dy += current.dy;
    changed(surface.wl);
}

void Surfaces::changed(wlr_surface* surface) {
    if (!waits_for_parent(surface)) {
        tell_user(surface);
    }
}

void Surfaces::tell_user(wlr_surface* surface) {
    if (SurfaceUser* user = user_of(surface)) {
        user->surface_committed();
    }
}

Surface* Surfaces::find(wlr_surface* surface) {
    const auto found = surfaces_.find(surface);
    return found == surfaces_.end() ? nullptr : found->second.get();
}

SurfaceUser* Surfaces::user_of(wlr_surface* any_of_tree) {
    const Surface* root = find(wlr_surface_get_root_surface(any_of_tree));
    return root == nullptr ? nullptr : root->user;
}

void Surfaces::clear_user(const SurfaceUser* user) {
    for (auto& [wl, surface] : surfaces_) {
        if (surface->user == user) {
            surface->user = nullptr;
        }
    }
}

}  // namespace leadlight::agent
