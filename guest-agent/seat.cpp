// SPDX-License-Identifier: MIT
#include "guest-agent/seat.hpp"

#include "guest-agent/agent.hpp"

namespace leadlight::agent {

Seat::Seat(Agent& agent)
    : seat_(wlr_seat_create(agent.display(), "seat0")), keyboard_(agent, seat_),
      pointer_(agent, seat_), touch_(agent, seat_), cursor_(agent, seat_, pointer_),
      constraints_(agent, seat_, pointer_), drags_(agent, seat_) {
    wlr_seat_set_capabilities(seat_, WL_SEAT_CAPABILITY_KEYBOARD | WL_SEAT_CAPABILITY_POINTER |
                                         WL_SEAT_CAPABILITY_TOUCH);
    // Copying and pasting stays inside the domain here; what crosses is a gesture's (rule 6).
    wlr_data_device_manager_create(agent.display());
    wlr_primary_selection_v1_device_manager_create(agent.display());
    set_selection_.connect(seat_->events.request_set_selection,
                           [this](const wlr_seat_request_set_selection_event* event) {
                               wlr_seat_set_selection(seat_, event->source, event->serial);
                           });
    set_primary_selection_.connect(
        seat_->events.request_set_primary_selection,
        [this](const wlr_seat_request_set_primary_selection_event* event) {
            wlr_seat_set_primary_selection(seat_, event->source, event->serial);
        });
}

void Seat::connection_lost() {
    drags_.cancel();  // before the buttons: nobody let go of it over anything
    keyboard_.connection_lost();
    constraints_.connection_lost();
    pointer_.connection_lost();
    touch_.on(protocol::TouchCancel{});
}

}  // namespace leadlight::agent
