// SPDX-License-Identifier: MIT
#include "guest-agent/pointer.hpp"

#include "guest-agent/agent.hpp"

namespace leadlight::agent {

Pointer::Pointer(Agent& agent, wlr_seat* seat)
    : agent_(agent), seat_(seat),
      relative_(wlr_relative_pointer_manager_v1_create(agent.display())) {}

Pointer::Place Pointer::place_in(const Window& window, std::int32_t x, std::int32_t y) const {
    return {window.scale().to_logical(from_fine(x)), window.scale().to_logical(from_fine(y))};
}

void Pointer::move(Window& window, Place place) {
    if (window.surface() == nullptr) {
        return;
    }
    const Box geometry = window.geometry();
    const double x = place.x + geometry.x, y = place.y + geometry.y;
    double surface_x = 0, surface_y = 0;
    wlr_surface* surface = wlr_surface_surface_at(window.surface(), x, y, &surface_x, &surface_y);
    if (surface == nullptr) {
        // A part of the window that takes no input. What lies below gets none either: a click
        // never goes through a frame.
        wlr_seat_pointer_notify_clear_focus(seat_);
        return;
    }
    offset_x_ = surface_x - place.x;
    offset_y_ = surface_y - place.y;
    wlr_seat_pointer_notify_enter(seat_, surface, surface_x, surface_y);
}

void Pointer::on(const protocol::PointerEnter& enter) {
    Window* window = agent_.windows().find(enter.window);
    if (window == nullptr) {
        return;
    }
    window_ = enter.window;
    last_enter_ = enter.serial;
    x_ = enter.x;
    y_ = enter.y;
    window->before_pointer();
    agent_.for_serial(enter.serial, SerialMap::Cause::pointer,
                      [&] { move(*window, place_in(*window, enter.x, enter.y)); });
}

void Pointer::surfaces_changed(Window& window) {
    if (!window_ || window.id() != window_ || !pressed_.empty() || window.surface() == nullptr ||
        !window.surface()->mapped) {
        return;
    }
    agent_.for_serial(last_enter_, SerialMap::Cause::other,
                      [&] { move(window, place_in(window, x_, y_)); });
}

void Pointer::on(const protocol::PointerLeave& leave) {
    if (window_ != leave.window) {
        return;
    }
    window_.reset();
    agent_.for_serial(leave.serial, SerialMap::Cause::other,
                      [&] { wlr_seat_pointer_notify_clear_focus(seat_); });
}

void Pointer::on(const protocol::PointerMotion& motion) {
    Window* window = agent_.windows().find(motion.window);
    if (window == nullptr) {
        return;
    }
    x_ = motion.x;
    y_ = motion.y;
    const Place place = place_in(*window, motion.x, motion.y);
    // The surface of the press hears of all until the last button is up; a drag looks for targets.
    if (pressed_.empty() || seat_->drag != nullptr) {
        move(*window, place);
    }
    wlr_seat_pointer_notify_motion(seat_, agent_.local_time(motion.time), place.x + offset_x_,
                                   place.y + offset_y_);
}

double Pointer::logical(std::int32_t distance) const {
    const Window* window = agent_.windows().find(window_);
    const WindowScale scale = window == nullptr ? WindowScale() : window->scale();
    return scale.to_logical(from_fine(distance));
}

void Pointer::on(const protocol::PointerRelative& relative) {
    // What the device said itself is in no unit of a screen.
    wlr_relative_pointer_manager_v1_send_relative_motion(
        relative_, seat_, agent_.local_microseconds(relative.time), logical(relative.dx),
        logical(relative.dy), from_fine(relative.dx_raw), from_fine(relative.dy_raw));
}

void Pointer::on(const protocol::PointerButton& button) {
    if (button.pressed) {
        pressed_.insert(button.button);
        pressed_window_ = window_;
    } else {
        pressed_.erase(button.button);
    }
    agent_.for_serial(
        button.serial, button.pressed ? SerialMap::Cause::press : SerialMap::Cause::pointer, [&] {
            wlr_seat_pointer_notify_button(seat_, agent_.local_time(button.time), button.button,
                                           button.pressed ? WL_POINTER_BUTTON_STATE_PRESSED
                                                          : WL_POINTER_BUTTON_STATE_RELEASED);
        });
    // While it was held nothing was entered; and of a menu that it ended nothing is left to be.
    if (Window* window = agent_.windows().find(window_); window != nullptr && pressed_.empty()) {
        surfaces_changed(*window);
    }
}

void Pointer::on(const protocol::PointerAxis& axis) {
    // The protocol's enumerators are Wayland's.
    wlr_seat_pointer_notify_axis(
        seat_, agent_.local_time(axis.time), static_cast<wl_pointer_axis>(axis.orientation),
        logical(axis.value), axis.value120, static_cast<wl_pointer_axis_source>(axis.source),
        axis.inverted ? WL_POINTER_AXIS_RELATIVE_DIRECTION_INVERTED
                      : WL_POINTER_AXIS_RELATIVE_DIRECTION_IDENTICAL);
}

void Pointer::on(const protocol::PointerFrame&) {
    wlr_seat_pointer_notify_frame(seat_);
}

void Pointer::connection_lost() {
    for (const std::uint32_t button : pressed_) {
        wlr_seat_pointer_notify_button(seat_, agent_.local_time(0), button,
                                       WL_POINTER_BUTTON_STATE_RELEASED);
    }
    if (!pressed_.empty()) {
        wlr_seat_pointer_notify_frame(seat_);
    }
    pressed_.clear();
    window_.reset();
    pressed_window_.reset();
    last_enter_ = 0;
    wlr_seat_pointer_notify_clear_focus(seat_);
}

}  // namespace leadlight::agent
