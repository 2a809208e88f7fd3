// SPDX-License-Identifier: MIT
// Whose a node of the scene is. The `data` of a wlr_scene_node is null or points to one of these,
// and nothing else in the compositor: that is what makes hit testing safe.
#pragma once

#include <cstdint>

namespace leadlight::compositor {

struct SceneOwner {
    enum class Kind : std::uint8_t {
        window,         // a Window (window.hpp): guest or admin toplevel, guest popup
        layer_surface,  // of compositor/shell/
        trusted,        // the compositor's own drawing: bar, switcher
    };
    explicit SceneOwner(Kind owner_kind) : kind(owner_kind) {}
    const Kind kind;
};

}  // namespace leadlight::compositor
