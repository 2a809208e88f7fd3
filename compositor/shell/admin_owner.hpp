// SPDX-License-Identifier: MIT
// What of the admin domain's programs lies in the scene beside their windows: layer surfaces, and
// menus. For input each is known by the id of what it belongs to.
#pragma once

#include "compositor/policy/types.hpp"
#include "compositor/scene/scene_owner.hpp"

namespace leadlight::compositor {

struct AdminOwner : SceneOwner {
    explicit AdminOwner(policy::WindowId root) : SceneOwner(Kind::layer_surface), id(root) {}
    const policy::WindowId id;
};

}  // namespace leadlight::compositor
