// SPDX-License-Identifier: MIT
// A panel, launcher or wallpaper of an admin program (wlr-layer-shell). It lies where it asks to,
// but never over the trusted bar.
#pragma once

#include "compositor/shell/admin_owner.hpp"
#include "wlr-headers/listener.hpp"
#include "wlr-headers/wlroots.hpp"

#include <functional>

namespace leadlight::compositor {

class Desktop;
struct Layers;

class LayerSurface final : public AdminOwner {
  public:
    struct Events {
        std::function<void()> arrange;  // places or reserved room may have changed
        std::function<void(LayerSurface&)> keyboard_changed;
        std::function<void(wlr_xdg_popup*, LayerSurface&)> new_popup;
        std::function<void(LayerSurface&)> gone;  // the last call; may free it
    };
    LayerSurface(Desktop& desktop, wlr_layer_surface_v1* surface, Events events);
    LayerSurface(const LayerSurface&) = delete;
    LayerSurface& operator=(const LayerSurface&) = delete;

    wlr_layer_surface_v1* layer_surface() const { return surface_; }
    wlr_surface* surface() const { return surface_->surface; }
    wlr_scene_tree* popup_tree() const { return popup_tree_; }
    bool mapped() const { return surface_->surface->mapped; }
    bool takes_keyboard_at_once() const;
    bool takes_keyboard_when_pressed() const;

    /// Places it in `full`; what it reserves is taken off `usable`.
    void configure(const wlr_box& full, wlr_box& usable);
    /// Where its menus may lie, from its own top left.
    wlr_box popup_bounds() const;

  private:
    wlr_scene_tree* tree_for_layer() const;
    void committed();

    Desktop& desktop_;
    wlr_layer_surface_v1* surface_;
    Events events_;
    wlr_scene_layer_surface_v1* scene_;
    wlr_scene_tree* popup_tree_;
    wlr_box full_{};
    Listener<> map_, unmap_, commit_, destroy_;
    Listener<wlr_xdg_popup> new_popup_;
};

}  // namespace leadlight::compositor
