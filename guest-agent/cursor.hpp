// SPDX-License-Identifier: MIT
// What the pointer looks like over this domain's windows: one of the compositor's own shapes, or an
// image that a program drew, which it shows inside the window's content only (rule 1).
#pragma once

#include "guest-agent/event_source.hpp"
#include "guest-agent/surfaces.hpp"
#include "protocol/message.hpp"

namespace leadlight::agent {

class Agent;
class Pointer;

class Cursor : public SurfaceUser {
  public:
    Cursor(Agent& agent, wlr_seat* seat, const Pointer& pointer);

    void surface_committed() override;
    void surface_gone() override;
    /// What was too much for the connection may be sent now.
    void room();

  private:
    void set_surface(wlr_surface* surface, int hotspot_x, int hotspot_y);
    void send_image();
    void send_frame_done();
    void send_shape(protocol::CursorShape shape);
    /// The program has the pointer, and the admin domain an event that it can name for it.
    bool may_set(const wlr_seat_client* client) const;

    Agent& agent_;
    wlr_seat* seat_;
    const Pointer& pointer_;
    wlr_surface* surface_ = nullptr;
    int hotspot_x_ = 0, hotspot_y_ = 0;
    /// The image waits for room in the connection.
    bool waits_ = false;
    EventSource frame_timer_;
    Listener<wlr_seat_pointer_request_set_cursor_event> set_cursor_;
    Listener<wlr_cursor_shape_manager_v1_request_set_shape_event> set_shape_;
};

}  // namespace leadlight::agent
