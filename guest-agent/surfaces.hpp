// SPDX-License-Identifier: MIT
// The latest content of every wl_surface. wlroots holds a committed buffer only during the commit
// event, and a subsurface may commit before its window is mapped, so each surface is followed from
// its birth and its buffer locked.
#pragma once

#include "guest-agent/flatten.hpp"
#include "wlr-headers/buffer_lock.hpp"
#include "wlr-headers/listener.hpp"
#include "wlr-headers/wlroots.hpp"

#include <memory>
#include <unordered_map>

namespace leadlight::agent {

/// Reads a buffer's pixels while it lives. A client that truncates its file gets zeros read and an
/// error of its own: wlroots guards the access.
class PixelAccess {
  public:
    explicit PixelAccess(wlr_buffer* buffer);
    PixelAccess(PixelAccess&& other) noexcept
        : buffer_(std::exchange(other.buffer_, nullptr)), pixels_(other.pixels_) {}
    PixelAccess& operator=(PixelAccess&&) = delete;
    ~PixelAccess();
    /// `data` is null when the buffer cannot be read.
    const Pixels& pixels() const { return pixels_; }

  private:
    wlr_buffer* buffer_;
    Pixels pixels_;
};

/// Whoever shows a tree of surfaces: a window, the cursor.
class SurfaceUser {
  public:
    virtual ~SurfaceUser() = default;
    SurfaceUser(const SurfaceUser&) = delete;
    SurfaceUser& operator=(const SurfaceUser&) = delete;
    /// A surface of the tree committed; said twice of the commit that maps it.
    virtual void surface_committed() = 0;
    /// The root surface is going away.
    virtual void surface_gone() = 0;

  protected:
    SurfaceUser() = default;
};

struct Surface {
    wlr_surface* wl = nullptr;
    /// The program's buffer, until all of it was copied into a granted one: then it goes back at
    /// once, so that a program needs no second.
    BufferLock buffer;
    /// A copy of our own of what went back, when the granted buffer had to go too.
    std::vector<std::byte> kept;
    /// It shows something, wherever that is.
    bool has_content = false;
    /// In buffer pixels, since whoever shows it last took it.
    Region damage;
    /// How far it moved by its own word since it has its user.
    int dx = 0, dy = 0;
    /// How many objects of its program keep the screen on for it.
    int idle_inhibitors = 0;
    /// Set on the root of a tree.
    SurfaceUser* user = nullptr;
    Listener<> commit, destroy, map, unmap;
};

class Surfaces {
  public:
    explicit Surfaces(wlr_compositor* compositor);

    /// Never null for a surface that lives.
    Surface& of(wlr_surface* surface) { return *surfaces_.at(surface); }
    /// The user hears of the tree until the surface goes, or another is set.
    void set_user(wlr_surface* root, SurfaceUser* user) {
        Surface& surface = of(root);
        surface.user = user;
        surface.dx = surface.dy = 0;
    }
    void clear_user(const SurfaceUser* user);
    /// Null for one that is gone: at the end of a client, what belongs to it may ask after that.
    Surface* find(wlr_surface* surface);
    SurfaceUser* user_of(wlr_surface* any_of_tree);

  private:
    void follow(wlr_surface* surface);
    void committed(Surface& surface);
    void changed(wlr_surface* surface);
    void tell_user(wlr_surface* surface);

    std::unordered_map<wlr_surface*, std::unique_ptr<Surface>> surfaces_;
    Listener<wlr_surface> new_surface_;
};

}  // namespace leadlight::agent
