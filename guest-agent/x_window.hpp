// SPDX-License-Identifier: MIT
// A window of an X11 program. A managed one is a toplevel and lies, in the guest's own X11 layout,
// at the origin of the screen; an override-redirect one (menu, tooltip) is an offset from its
// owner.
#pragma once

#include "guest-agent/window.hpp"

namespace leadlight::agent {

class XWindow : public Window {
  public:
    XWindow(Agent& agent, wlr_xwayland_surface* surface);

    wlr_surface* surface() const override { return x_->surface; }
    Box geometry() const override;
    Window* parent() const override { return owner_; }
    void close() override;
    void kill() override;
    void take_keyboard(wlr_seat* seat, const wlr_keyboard& keyboard) override;
    void lose_keyboard() override;
    /// Focus follows the person (rule 5), also among the windows of one X11 program: a program that
    /// answers WM_TAKE_FOCUS too late would have the keys of one window come to another.
    void return_focus();
    void before_pointer() override;
    void other_gone(const Window& other) override;
    void other_announced(const Window& other) override;
    void surface_committed() override;
    void surface_gone() override;
    /// Menus of a toplevel say where they are in X11's own coordinates.
    const wlr_xwayland_surface& wl() const { return *x_; }

  protected:
    void announce(protocol::WindowId id) override;
    void apply(const protocol::Configure& configure) override;
    protocol::Serial answered() override;
    /// X11 knows no scale: its pixels are physical ones.
    bool follows_scale() const override { return false; }

  private:
    void associate();
    void dissociate();
    void configure_request(const wlr_xwayland_surface_configure_event& event);
    void moved();
    void flush();
    /// Whose menu or the like it is. `any`: a window of its program does that nothing points to.
    XWindow* find_owner(bool any) const;
    /// Above all that the X server has, and what lies on it above it.
    void raise(xcb_connection_t* connection);
    protocol::UnmanagedPlace place(protocol::WindowId id) const;
    void send_title();
    void send_app_id();
    void send_type();
    void send_parent();
    void send_limits();
    void send_urgency();
    void activate(protocol::Serial serial);
    void wish(protocol::StateWish wish);

    wlr_xwayland_surface* x_;
    XWindow* owner_ = nullptr;
    /// How often the focus may be returned before the program has its way: two that insist would go
    /// on for ever.
    int returns_left_ = 0;
    protocol::Token token_{};
    protocol::UnmanagedPlace place_;
    bool was_mapped_ = false;
    bool urgent_ = false;
    /// The admin domain decided the size: maximized or the like.
    bool size_is_given_ = false;
    /// X11 has no acknowledgement: content of the size that was asked for is the answer.
    struct {
        protocol::Serial serial = 0;
        int width = 0, height = 0;
    } asked_;

    Listener<> destroy_, associate_, dissociate_, set_geometry_, override_redirect_;
    Listener<> set_title_, set_class_, set_parent_, set_type_;
    Listener<> set_hints_, move_, maximize_, fullscreen_, activate_;
    Listener<wlr_xwayland_surface_configure_event> configure_;
    Listener<wlr_xwayland_resize_event> resize_;
    Listener<wlr_xwayland_minimize_event> minimize_;
};

}  // namespace leadlight::agent
