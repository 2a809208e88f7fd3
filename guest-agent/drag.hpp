// SPDX-License-Identifier: MIT
// Drag and drop inside the domain. The admin domain must know of it: only then does the pointer
// enter other windows of the domain while the button is held (rule 4).
#pragma once

#include "guest-agent/window.hpp"

namespace leadlight::agent {

/// What hangs on the pointer meanwhile.
class DragIcon : public Window {
  public:
    DragIcon(Agent& agent, wlr_drag_icon* icon, Window& origin);

    wlr_surface* surface() const override { return icon_->surface; }
    Box geometry() const override;
    Window* parent() const override { return origin_; }
    /// It hangs on the pointer, whatever that is over.
    bool lies_on_parent() const override { return false; }
    void other_gone(const Window& other) override;
    void surface_committed() override;
    void surface_gone() override;

  protected:
    void announce(protocol::WindowId id) override;
    void apply(const protocol::Configure&) override {}

  private:
    protocol::UnmanagedPlace place(protocol::WindowId id) const;

    wlr_drag_icon* icon_;
    Window* origin_;
    protocol::UnmanagedPlace place_;
    Listener<> destroy_;
};

class Drags {
  public:
    Drags(Agent& agent, wlr_seat* seat);

    /// What is dragged is dropped nowhere.
    void cancel();

  private:
    void requested(const wlr_seat_request_start_drag_event& event);
    void started(wlr_drag* drag);

    Agent& agent_;
    wlr_seat* seat_;
    wlr_surface* origin_ = nullptr;
    protocol::Serial press_ = 0;
    Listener<wlr_seat_request_start_drag_event> request_;
    Listener<wlr_drag> start_;
    Listener<> end_;
};

}  // namespace leadlight::agent
