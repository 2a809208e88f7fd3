// SPDX-License-Identifier: MIT
// Locked and confined pointers, for games and the like. A program asks, the admin domain holds the
// pointer, or does not, and says so; nothing is locked here.
#pragma once

#include "guest-agent/surfaces.hpp"
#include "protocol/message.hpp"

#include <unordered_map>

namespace leadlight::agent {

class Agent;
class Pointer;
class Window;

class Constraints {
  public:
    Constraints(Agent& agent, wlr_seat* seat, const Pointer& pointer);

    void on(const protocol::ConstraintState& state);
    /// Nobody holds the pointer any more.
    void connection_lost();

  private:
    struct Followed {
        Listener<> set_region, destroy;
        /// The admin domain holds the pointer for it, as its program knows.
        bool active = false;
    };
    void added(wlr_pointer_constraint_v1* constraint);
    /// The pointer is on this surface; or on none.
    void entered(wlr_surface* surface);
    void end(wlr_pointer_constraint_v1* constraint, Followed& followed);
    void ask(wlr_pointer_constraint_v1* constraint);
    Window* window_of(const wlr_pointer_constraint_v1* constraint) const;

    Agent& agent_;
    wlr_seat* seat_;
    const Pointer& pointer_;
    wlr_pointer_constraints_v1* constraints_;
    /// The one that was asked for last.
    wlr_pointer_constraint_v1* asked_ = nullptr;
    std::unordered_map<wlr_pointer_constraint_v1*, Followed> followed_;
    Listener<wlr_pointer_constraint_v1> new_constraint_;
    Listener<wlr_seat_pointer_focus_change_event> focus_change_;
};

}  // namespace leadlight::agent
