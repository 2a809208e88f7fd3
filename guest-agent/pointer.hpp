// SPDX-License-Identifier: MIT
// The pointer that programs see. The admin domain says which window it is in and where; which
// surface of that window it is on is found here.
#pragma once

#include "protocol/message.hpp"
#include "wlr-headers/listener.hpp"
#include "wlr-headers/wlroots.hpp"

#include <optional>
#include <set>

namespace leadlight::agent {

class Agent;
class Window;

class Pointer {
  public:
    Pointer(Agent& agent, wlr_seat* seat);

    void on(const protocol::PointerEnter& enter);
    void on(const protocol::PointerLeave& leave);
    void on(const protocol::PointerMotion& motion);
    void on(const protocol::PointerRelative& relative);
    void on(const protocol::PointerButton& button);
    void on(const protocol::PointerAxis& axis);
    void on(const protocol::PointerFrame& frame);
    void connection_lost();
    /// Another of the window's surfaces may lie under the pointer now, which rests.
    void surfaces_changed(Window& window);

    /// Of the admin domain, for what acts on the pointer's look; 0 before the first of a
    /// connection.
    protocol::Serial last_enter() const { return last_enter_; }
    struct Place {
        double x, y;  // logical
    };
    /// Where the surface that has the pointer begins in its window's content.
    Place surface_in_window() const { return {-offset_x_, -offset_y_}; }
    std::optional<protocol::WindowId> window() const { return window_; }
    /// The window of the last press: an X11 menu of its program that names no owner lies on it.
    std::optional<protocol::WindowId> pressed_window() const { return pressed_window_; }

  private:
    Place place_in(const Window& window, std::int32_t x, std::int32_t y) const;
    void move(Window& window, Place place);
    /// A distance of the wire, as the window that has the pointer counts.
    double logical(std::int32_t distance) const;

    Agent& agent_;
    wlr_seat* seat_;
    wlr_relative_pointer_manager_v1* relative_;
    std::optional<protocol::WindowId> window_, pressed_window_;
    protocol::Serial last_enter_ = 0;
    std::set<std::uint32_t> pressed_;
    /// From the window's content to the surface that has the pointer.
    double offset_x_ = 0, offset_y_ = 0;
    /// In the window's content, as it came last; of the wire.
    std::int32_t x_ = 0, y_ = 0;
};

}  // namespace leadlight::agent
