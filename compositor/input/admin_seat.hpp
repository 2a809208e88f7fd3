// SPDX-License-Identifier: MIT
// The seat of the compositor's own Wayland socket: what the admin domain's programs see of the
// person's devices, and their clipboard and drags among each other. Guests have no part in it.
#pragma once

#include "wlr-headers/listener.hpp"
#include "wlr-headers/wlroots.hpp"

namespace leadlight::compositor {

class AdminSeat {
  public:
    AdminSeat(wl_display* display, wlr_keyboard* keyboard);
    AdminSeat(const AdminSeat&) = delete;
    AdminSeat& operator=(const AdminSeat&) = delete;

    wlr_seat* wlr() const { return seat_; }

  private:
    wlr_seat* seat_;  // the display's
    Listener<wlr_seat_request_set_selection_event> on_selection_;
    Listener<wlr_seat_request_set_primary_selection_event> on_primary_selection_;
    Listener<wlr_seat_request_start_drag_event> on_start_drag_;
};

}  // namespace leadlight::compositor
