// SPDX-License-Identifier: MIT
// Where windows of Wayland programs come from: xdg-shell, with what belongs to it.
#pragma once

#include "wlr-headers/listener.hpp"
#include "wlr-headers/wlroots.hpp"

#include <unordered_map>

namespace leadlight::agent {

class Agent;

class Shell {
  public:
    explicit Shell(Agent& agent);

  private:
    void inhibit_idle(wlr_surface* surface, int more);
    void decorate(wlr_xdg_toplevel_decoration_v1* decoration);

    Agent& agent_;
    Listener<wlr_xdg_toplevel> new_toplevel_;
    Listener<wlr_xdg_popup> new_popup_;
    Listener<wlr_xdg_toplevel_decoration_v1> new_decoration_;
    Listener<wlr_xdg_activation_v1_request_activate_event> request_activate_;
    Listener<wlr_idle_inhibitor_v1> new_inhibitor_;

    struct Decoration {
        Listener<> request_mode, destroy;
    };
    std::unordered_map<wlr_xdg_toplevel_decoration_v1*, Decoration> decorations_;
    struct Inhibitor {
        Listener<> destroy;
    };
    std::unordered_map<wlr_idle_inhibitor_v1*, Inhibitor> inhibitors_;
};

}  // namespace leadlight::agent
