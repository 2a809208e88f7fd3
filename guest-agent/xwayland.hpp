// SPDX-License-Identifier: MIT
// The X server for X11 programs, started when the first of them connects, and the window manager
// that it sees.
#pragma once

#include "guest-agent/event_source.hpp"
#include "protocol/types.hpp"
#include "wlr-headers/listener.hpp"
#include "wlr-headers/wlroots.hpp"

#include <map>
#include <string>

namespace leadlight::agent {

class Agent;

class Xwayland {
  public:
    /// Not running where there is no Xwayland; that is logged, and the rest goes on.
    Xwayland(Agent& agent, wlr_compositor* compositor);
    ~Xwayland();
    Xwayland(const Xwayland&) = delete;
    Xwayland& operator=(const Xwayland&) = delete;

    /// For DISPLAY; empty where there is none.
    std::string display_name() const;
    xcb_connection_t* connection() const;
    protocol::WindowType type_of(const wlr_xwayland_surface& surface) const;
    /// X11 programs fit their windows into what they read of it, too.
    void output_changed();
    bool is_server(const wl_client* client) const;
    const wl_global* shell_global() const;

  private:
    void ready();
    xcb_window_t root() const;
    /// What programs have that set no cursor; X's own is a cross.
    void set_root_cursor();
    void tell_scale();
    /// X11's focus moved, by our word or by a program's own will: then the person's counts.
    void focus_moved();
    void return_focus();

    Agent& agent_;
    wlr_xwayland* xwayland_;
    std::map<xcb_atom_t, protocol::WindowType> types_;
    EventSource return_focus_;
    Listener<> ready_;
    Listener<wlr_xwayland_surface> new_surface_;
};

}  // namespace leadlight::agent
