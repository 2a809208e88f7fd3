// SPDX-License-Identifier: MIT
// What input asks of the code that holds the admin domain's programs (compositor/shell/).
#pragma once

#include "compositor/policy/types.hpp"

struct wlr_surface;

namespace leadlight::compositor {

struct SceneOwner;

class AdminSurfaces {
  public:
    virtual ~AdminSurfaces() = default;

    /// The surface that gets keys for a window or layer surface of the admin domain, or null.
    virtual wlr_surface* keyboard_surface(policy::WindowId id) = 0;
    /// The id of what `owner` is, if it is a layer surface; none for all else.
    virtual policy::WindowId layer_surface(const SceneOwner& owner) = 0;
    /// The person pressed a button or put a finger on the layer surface.
    virtual void layer_surface_pressed(policy::WindowId id) = 0;
    /// The person pressed a window: keys that a press gave to a layer surface go back.
    virtual void window_pressed() = 0;
    /// Menus of admin programs end: the person pressed elsewhere, or the mode changed.
    virtual void dismiss_menus() = 0;
    /// Whether one that the person sees keeps the screen on.
    virtual bool inhibit_idle() const = 0;
};

}  // namespace leadlight::compositor
