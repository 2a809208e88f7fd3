// SPDX-License-Identifier: MIT
// An xdg_toplevel of a program.
#pragma once

#include "guest-agent/window.hpp"

#include <deque>

namespace leadlight::agent {

class Toplevel : public Window {
  public:
    Toplevel(Agent& agent, wlr_xdg_toplevel* toplevel);

    wlr_surface* surface() const override;
    Box geometry() const override;
    void close() override;
    void surface_committed() override;
    void surface_gone() override;
    void other_announced(const Window& other) override;
    void activate(std::uint32_t local_serial);
    /// Null when it goes.
    void set_decoration(wlr_xdg_toplevel_decoration_v1* decoration);
    /// The compositor draws the frame (rule 1); a second title bar inside it helps nobody.
    void refuse_own_decoration();
    wlr_xdg_toplevel* wl() const { return toplevel_; }

  protected:
    void announce(protocol::WindowId id) override;
    void apply(const protocol::Configure& configure) override;
    protocol::Serial answered() override;

  private:
    /// The local serial of a configure and the one of the admin domain that it carries on.
    struct Answer {
        std::uint32_t local;
        protocol::Serial admin;
    };
    /// The configure that answers the first commit. What the admin domain says follows.
    void offer_first_size();
    /// The largest size that makes sense, in physical pixels.
    void set_bounds(int width, int height);
    void send_title();
    void send_app_id();
    /// Null also for one that is no window yet.
    const Window* window_of_parent() const;
    void send_parent();
    void send_limits();
    void wish(protocol::StateWish wish);

    wlr_xdg_toplevel* toplevel_;
    protocol::Token token_{};
    std::deque<Answer> answers_;
    bool was_mapped_ = false;
    bool offered_ = false;  // the first size, for the initial commit
    /// The program had its first configure: before, no other may go out.
    bool configured_ = false;
    wlr_xdg_toplevel_decoration_v1* decoration_ = nullptr;
    Listener<> destroy_, set_title_, set_app_id_, set_parent_;
    Listener<> maximize_, fullscreen_, minimize_;
    Listener<wlr_xdg_toplevel_move_event> move_;
    Listener<wlr_xdg_toplevel_resize_event> resize_;
};

}  // namespace leadlight::agent
