// SPDX-License-Identifier: MIT
#include "compositor/shell/layer_surface.hpp"

#include "compositor/desktop/desktop.hpp"
#include "compositor/server.hpp"

namespace leadlight::compositor {

LayerSurface::LayerSurface(Desktop& desktop, wlr_layer_surface_v1* surface, Events events)
    : AdminOwner(desktop.new_id()), desktop_(desktop), surface_(surface),
      events_(std::move(events)),
      scene_(wlr_scene_layer_surface_v1_create(tree_for_layer(), surface)),
      popup_tree_(wlr_scene_tree_create(desktop.server().layers.shell_overlay)) {
    scene_->tree->node.data = static_cast<SceneOwner*>(this);
    surface->data = this;
    const auto changed = [this] {
        events_.arrange();
        events_.keyboard_changed(*this);
    };
    map_.connect(surface->surface->events.map, changed);
    unmap_.connect(surface->surface->events.unmap, changed);
    commit_.connect(surface->surface->events.commit, [this] { committed(); });
    new_popup_.connect(surface->events.new_popup,
                       [this](wlr_xdg_popup* popup) { events_.new_popup(popup, *this); });
    destroy_.connect(surface->events.destroy, [this] {
        wlr_scene_node_destroy(&popup_tree_->node);
        const auto gone = events_.gone;  // outlives this
        gone(*this);
    });
}

wlr_scene_tree* LayerSurface::tree_for_layer() const {
    const Layers& layers = desktop_.server().layers;
    switch (surface_->pending.layer) {
    case ZWLR_LAYER_SHELL_V1_LAYER_BACKGROUND:
        return layers.shell_background;
    case ZWLR_LAYER_SHELL_V1_LAYER_BOTTOM:
        return layers.shell_bottom;
    case ZWLR_LAYER_SHELL_V1_LAYER_TOP:
        return layers.shell_top;
    case ZWLR_LAYER_SHELL_V1_LAYER_OVERLAY:
        break;
    }
    return layers.shell_overlay;
}

void LayerSurface::committed() {
    const std::uint32_t committed = surface_->current.committed;
    if ((committed & WLR_LAYER_SURFACE_V1_STATE_LAYER) != 0) {
        wlr_scene_node_reparent(&scene_->tree->node, tree_for_layer());
    }
    if (surface_->initial_commit || committed != 0) {
        events_.arrange();
    }
    if ((committed & WLR_LAYER_SURFACE_V1_STATE_KEYBOARD_INTERACTIVITY) != 0) {
        events_.keyboard_changed(*this);
    }
}

bool LayerSurface::takes_keyboard_at_once() const {
    return mapped() && surface_->current.layer >= ZWLR_LAYER_SHELL_V1_LAYER_TOP &&
           surface_->current.keyboard_interactive ==
               ZWLR_LAYER_SURFACE_V1_KEYBOARD_INTERACTIVITY_EXCLUSIVE;
}

bool LayerSurface::takes_keyboard_when_pressed() const {
    return mapped() && surface_->current.keyboard_interactive !=
                           ZWLR_LAYER_SURFACE_V1_KEYBOARD_INTERACTIVITY_NONE;
}

void LayerSurface::configure(const wlr_box& full, wlr_box& usable) {
    if (!surface_->initialized) {
        return;
    }
    full_ = full;
    wlr_scene_layer_surface_v1_configure(scene_, &full, &usable);
    wlr_scene_node_set_position(&popup_tree_->node, scene_->tree->node.x, scene_->tree->node.y);
}

wlr_box LayerSurface::popup_bounds() const {
    return {full_.x - scene_->tree->node.x, full_.y - scene_->tree->node.y, full_.width,
            full_.height};
}

}  // namespace leadlight::compositor
