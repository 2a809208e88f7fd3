// SPDX-License-Identifier: MIT
#include "compositor/input/event_time.hpp"
#include "compositor/input/input.hpp"
#include "compositor/server.hpp"

#include <linux/input-event-codes.h>

namespace leadlight::compositor {

void Input::motion(const wlr_pointer_motion_event& event) {
    const policy::Time time = event_time(event.time_msec, now());
    policy::DomainId told;
    if (constraints_.locked()) {
        person_is_active();
        // It is where it was.
        const Window* window = desktop_.find(constraints_.active());
        told = window != nullptr ? window->domain() : policy::DomainId{};
    } else {
        settle_scene();
        const auto before = owner_.pointed();
        const LayoutPoint to = constraints_.confine(
            pointer(), {cursor_.x() + event.delta_x, cursor_.y() + event.delta_y});
        wlr_cursor_move(cursor_.wlr(), &event.pointer->base, to.x - cursor_.x(),
                        to.y - cursor_.y());
        pointer_moved(time);
        // The way into a window is not told: it was over another's, and would say how far two
        // windows of a domain are apart.
        if (before && owner_.pointed() == before) {
            told = before->domain;
        }
    }
    if (GuestRecipient* guest = recipients_.find_guest(told)) {
        guest->relative_motion(event.delta_x, event.delta_y, event.unaccel_dx, event.unaccel_dy,
                               time);
    }
}

void Input::motion_absolute(const wlr_pointer_motion_absolute_event& event) {
    const policy::Time time = event_time(event.time_msec, now());
    LayoutPoint to;
    wlr_cursor_absolute_to_layout_coords(cursor_.wlr(), &event.pointer->base, event.x, event.y,
                                         &to.x, &to.y);
    if (constraints_.locked()) {
        return;  // and such a device has no relative way to tell
    }
    settle_scene();
    to = constraints_.confine(pointer(), to);
    wlr_cursor_warp_closest(cursor_.wlr(), &event.pointer->base, to.x, to.y);
    pointer_moved(time);
}

void Input::pointer_moved(policy::Time time) {
    person_is_active();
    const Hit hit = under_pointer();
    guard_.moved(domain_of(hit));
    if (drag_ && !drag_finger_) {
        drag_->follow(pointer());
    } else if (const auto start = frame_hand_.pointer_moved(pointer());
               start && begin_drag(*start)) {
        drag_->follow(pointer());
    }
    deliver(owner_.pointer(target_of(hit)), time);
    drag_icon_.follow(pointer());
    update_look(hit);
}

void Input::update_look(const Hit& hit) {
    if (drag_) {
        frame_hand_.hover(nullptr, theming::FramePart::outside);
        cursor_.show(drag_->shape());
        return;
    }
    const bool held = !buttons_down_.empty();
    if (!held) {
        frame_hand_.hover(hit.window, hit.part);
    }
    // Whoever holds the buttons keeps the look, wherever the pointer is.
    const policy::DomainId whose = owner_.hovered();
    const GuestRecipient* guest = recipients_.find_guest(whose);
    look_.show(hit, whose, guest != nullptr ? desktop_.find(guest->entered()) : nullptr, held);
}

void Input::button(const wlr_pointer_button_event& event) {
    person_is_active();
    settle_scene();
    const policy::Time time = event_time(event.time_msec, now());
    if (event.state == WL_POINTER_BUTTON_STATE_PRESSED) {
        buttons_down_.insert(event.button);
        pressed(event.button, time);
    } else {
        buttons_down_.erase(event.button);
        released(event.button, time);
    }
}

void Input::pressed(std::uint32_t button, policy::Time time) {
    const auto nowhere = [&] { deliver(owner_.button_pressed(button, /*allowed=*/false), time); };
    desktop_.person_acted();
    if (drag_) {
        // A drag that a hotkey began ends with a click; in one that a button began, other buttons
        // mean nothing.
        nowhere();
        if (buttons_down_.size() == 1) {
            end_drag(/*cancelled=*/false);
        }
        return;
    }
    // Else what was pressed first has the others too (rule 4), and nothing here changes.
    const bool first = buttons_down_.size() == 1;
    if (!first) {
        deliver(owner_.button_pressed(button), time);
        return;
    }
    if (!guard_.allows_press(time)) {
        return nowhere();
    }
    const Hit hit = under_pointer();
    const auto target = target_of(hit);
    if (press_ends_menus(target)) {
        nowhere();
        return turn_to(hit, target);
    }
    if (is_our_own(hit)) {
        nowhere();
        return press_on_our_own(hit, pointer());
    }
    turn_to(hit, target);
    if (hit.window != nullptr && super_held(devices_.state())) {
        nowhere();
        return drag_with_super(*hit.window, button);
    }
    if (!target) {
        nowhere();
        if (hit.window != nullptr && button == BTN_LEFT) {
            if (const auto start = frame_hand_.press(hit, pointer(), time)) {
                begin_drag(*start);
            }
        }
        return;
    }
    deliver(owner_.button_pressed(button), time);
    if (hit.window != nullptr && hit.window->is_guest()) {
        constraints_.pressed(*hit.window, pointer());
    }
}

void Input::released(std::uint32_t button, policy::Time time) {
    deliver(owner_.button_released(button), time);
    if (!buttons_down_.empty()) {
        return;
    }
    if (drag_ && !drag_finger_) {
        end_drag(/*cancelled=*/false);
    }
    drag_icon_.put_down();
    frame_hand_.release(pointer());
    // Where the pointer is may be another's; but nothing moved.
    const Hit hit = under_pointer();
    deliver(owner_.pointer(target_of(hit), /*moved=*/false), time);
    update_look(hit);
}

void Input::axis(const wlr_pointer_axis_event& event) {
    person_is_active();
    settle_scene();
    const Scroll scroll{
        .horizontal = event.orientation == WL_POINTER_AXIS_HORIZONTAL_SCROLL,
        .source = static_cast<std::uint8_t>(event.source),
        .value = event.delta,
        .value120 = event.delta_discrete,
        .inverted = event.relative_direction == WL_POINTER_AXIS_RELATIVE_DIRECTION_INVERTED,
    };
    deliver(owner_.axis(), event_time(event.time_msec, now()), &scroll);
}

}  // namespace leadlight::compositor
