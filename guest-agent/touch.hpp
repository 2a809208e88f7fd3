// SPDX-License-Identifier: MIT
// Fingers. A finger belongs to the window that it came down on until it is up.
#pragma once

#include "protocol/message.hpp"
#include "wlr-headers/wlroots.hpp"

#include <map>

namespace leadlight::agent {

class Agent;

class Touch {
  public:
    Touch(Agent& agent, wlr_seat* seat) : agent_(agent), seat_(seat) {}

    void on(const protocol::TouchDown& down);
    void on(const protocol::TouchMotion& motion);
    void on(const protocol::TouchUp& up);
    void on(const protocol::TouchFrame& frame);
    void on(const protocol::TouchCancel& cancel);

  private:
    struct Finger {
        protocol::WindowId window;
        /// From the window's content to the surface, logical.
        double offset_x, offset_y;
    };

    Agent& agent_;
    wlr_seat* seat_;
    std::map<std::int32_t, Finger> fingers_;
};

}  // namespace leadlight::agent
