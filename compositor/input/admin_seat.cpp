// SPDX-License-Identifier: MIT
#include "compositor/input/admin_seat.hpp"

namespace leadlight::compositor {

AdminSeat::AdminSeat(wl_display* display, wlr_keyboard* keyboard)
    : seat_(wlr_seat_create(display, "seat0")) {
    wlr_seat_set_keyboard(seat_, keyboard);
    // The seat has checked the serials of these two.
    on_selection_.connect(seat_->events.request_set_selection,
                          [this](wlr_seat_request_set_selection_event* request) {
                              wlr_seat_set_selection(seat_, request->source, request->serial);
                          });
    on_primary_selection_.connect(seat_->events.request_set_primary_selection,
                                  [this](wlr_seat_request_set_primary_selection_event* request) {
                                      wlr_seat_set_primary_selection(seat_, request->source,
                                                                     request->serial);
                                  });
    on_start_drag_.connect(
        seat_->events.request_start_drag, [this](wlr_seat_request_start_drag_event* request) {
            if (wlr_seat_validate_pointer_grab_serial(seat_, request->origin, request->serial)) {
                wlr_seat_start_pointer_drag(seat_, request->drag, request->serial);
            } else {
                wlr_data_source_destroy(request->drag->source);
            }
        });
}

}  // namespace leadlight::compositor
