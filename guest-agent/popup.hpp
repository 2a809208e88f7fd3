// SPDX-License-Identifier: MIT
// An xdg_popup: a menu or the like, placed on its parent by the admin domain.
#pragma once

#include "guest-agent/window.hpp"

namespace leadlight::agent {

class Popup : public Window {
  public:
    Popup(Agent& agent, wlr_xdg_popup* popup);

    wlr_surface* surface() const override;
    Box geometry() const override;
    Window* parent() const override;
    void dismiss() override;
    /// It has all keys and presses of its program, until it is dismissed.
    bool grabs() const { return popup_->seat != nullptr; }
    void surface_committed() override;
    void surface_gone() override;

  protected:
    void announce(protocol::WindowId id) override;
    void apply(const protocol::Configure& configure) override;
    protocol::Serial answered() override;

  private:
    protocol::Positioner positioner() const;
    void tell_own_size();

    wlr_xdg_popup* popup_;
    bool was_mapped_ = false;
    int own_width_ = 0, own_height_ = 0;  // logical, what the program chose last
    std::uint32_t local_serial_ = 0;
    protocol::Serial admin_serial_ = 0;
    Listener<> destroy_, reposition_;
};

}  // namespace leadlight::agent
