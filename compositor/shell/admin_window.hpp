// SPDX-License-Identifier: MIT
// A window of an admin program: xdg-shell content inside the admin domain's own kind of frame,
// which no guest can get (theming::Identity). On the desktop it is a window like all others.
#pragma once

#include "compositor/desktop/window.hpp"
#include "wlr-headers/listener.hpp"
#include "wlr-headers/wlroots.hpp"

#include <functional>

namespace leadlight::compositor {

class AdminWindow final : public Window {
  public:
    /// `gone` is the last call, and may free it.
    AdminWindow(Desktop& desktop, wlr_xdg_toplevel* toplevel,
                std::function<void(AdminWindow&)> gone);
    ~AdminWindow() override;

    wlr_surface* surface() const { return toplevel_->base->surface; }
    wlr_xdg_toplevel* toplevel() const { return toplevel_; }
    /// What of the surface is window and not shadow, in its own units.
    wlr_box geometry() const;
    /// The admin domain's frame is drawn around it, so its program shall draw none.
    void set_decoration(wlr_xdg_toplevel_decoration_v1* decoration);

    void ask_close() override;

  private:
    std::uint32_t send_configure(const policy::Box& wished) override;
    void fit_content() override;
    void minimized_changed() override;
    void title_room_changed(int room) override;

    void committed();
    void read_limits();
    void title_changed();
    policy::Size content_size() const;

    wlr_xdg_toplevel* toplevel_;
    wlr_scene_tree* surface_tree_;
    wlr_xdg_toplevel_decoration_v1* decoration_ = nullptr;

    Listener<> map_, unmap_, commit_, destroy_;
    Listener<> set_title_, set_app_, set_parent_, move_, maximize_, minimize_, fullscreen_;
    Listener<wlr_xdg_toplevel_resize_event> resize_;
    Listener<> decoration_mode_, decoration_gone_;
};

}  // namespace leadlight::compositor
