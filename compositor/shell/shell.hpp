// SPDX-License-Identifier: MIT
// The admin domain's own programs: xdg-shell windows, layer-shell panels, and the protocols that
// they need. Only programs of this session reach the compositor's Wayland socket; guests never do.
// Nothing here lets a program type or click for the person: there is no virtual keyboard and no
// virtual pointer (rule 6).
#pragma once

#include "compositor/input/admin_surfaces.hpp"
#include "compositor/shell/admin_popup.hpp"
#include "compositor/shell/admin_window.hpp"
#include "compositor/shell/layer_surface.hpp"

#include <list>
#include <map>
#include <memory>

namespace leadlight::compositor {

class Input;
class Output;
class Server;

class Shell final : public AdminSurfaces {
  public:
    Shell(Server& server, Input& input);
    ~Shell() override;
    Shell(const Shell&) = delete;
    Shell& operator=(const Shell&) = delete;

    // AdminSurfaces
    wlr_surface* keyboard_surface(policy::WindowId id) override;
    policy::WindowId layer_surface(const SceneOwner& owner) override;
    void layer_surface_pressed(policy::WindowId id) override;
    void window_pressed() override;
    void dismiss_menus() override;
    bool inhibit_idle() const override;

  private:
    void new_toplevel(wlr_xdg_toplevel* toplevel);
    void new_popup(wlr_xdg_popup* popup);
    void add_popup(wlr_xdg_popup* popup, policy::WindowId root, wlr_scene_tree* parent,
                   std::function<wlr_box()> bounds);
    void new_layer_surface(wlr_layer_surface_v1* surface);
    void new_idle_inhibitor(wlr_idle_inhibitor_v1* inhibitor);
    bool in_sight(const wlr_surface* surface) const;
    void arrange();
    void update_layer_focus();
    LayerSurface* find_layer(policy::WindowId id);

    Server& server_;
    Input& input_;
    wlr_idle_notifier_v1* idle_notifier_;
    std::list<std::unique_ptr<AdminWindow>> windows_;
    std::list<std::unique_ptr<LayerSurface>> layers_;  // the newest last
    std::list<std::unique_ptr<AdminPopup>> popups_;    // the newest last
    struct IdleInhibitor {
        wlr_idle_inhibitor_v1* inhibitor;
        Listener<> destroy;
    };
    std::list<IdleInhibitor> idle_inhibitors_;
    std::map<policy::OutputId, policy::Box> work_areas_;  // as last told
    policy::WindowId pressed_layer_;  // has the keys because the person pressed it
    bool launcher_ = false;           // a layer surface takes all keys
    bool arranging_ = false;

    Listener<wlr_xdg_toplevel> on_toplevel_;
    Listener<wlr_xdg_popup> on_popup_;
    Listener<wlr_layer_surface_v1> on_layer_;
    Listener<wlr_xdg_toplevel_decoration_v1> on_decoration_;
    Listener<wlr_cursor_shape_manager_v1_request_set_shape_event> on_cursor_shape_;
    Listener<wlr_idle_inhibitor_v1> on_idle_inhibitor_;
    Listener<> on_layout_;
};

}  // namespace leadlight::compositor
