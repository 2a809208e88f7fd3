// SPDX-License-Identifier: MIT
// What an input method shows beside the cursor of a text field, such as its candidates: a popup of
// the field's window without a grab.
#pragma once

#include "guest-agent/window.hpp"

namespace leadlight::agent {

class InputPopup : public Window {
  public:
    InputPopup(Agent& agent, wlr_input_popup_surface_v2* popup);

    wlr_surface* surface() const override { return popup_->surface; }
    Box geometry() const override;
    Window* parent() const override { return parent_; }
    void other_gone(const Window& other) override;
    void surface_committed() override;
    void surface_gone() override;

    /// The window of the field, or null, and the cursor in that window's surface.
    void show_on(Window* window, const Box& cursor);

  protected:
    void announce(protocol::WindowId id) override;
    void apply(const protocol::Configure& configure) override;

  private:
    protocol::Positioner positioner() const;

    wlr_input_popup_surface_v2* popup_;
    Window* parent_ = nullptr;
    /// In logical units of the parent's content.
    Box cursor_;
    /// As the admin domain knows it.
    protocol::Positioner placed_;
    Listener<> destroy_;
};

}  // namespace leadlight::agent
