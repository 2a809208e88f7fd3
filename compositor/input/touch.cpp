// SPDX-License-Identifier: MIT
// Fingers. Each belongs, from down to up, to the domain that it was put down on; on a frame's title
// it moves the window, on its edges it resizes it, on a frame's button it is a click.
#include "compositor/input/event_time.hpp"
#include "compositor/input/input.hpp"
#include "compositor/server.hpp"

#include <cmath>
#include <utility>

namespace leadlight::compositor {

namespace {

// What the wire can name; no screen has more.
bool countable(std::int32_t finger) {
    return protocol::TouchPoint::holds(finger);
}

LayoutPoint place_of(wlr_cursor* cursor, wlr_touch* touch, double x, double y) {
    LayoutPoint at;
    wlr_cursor_absolute_to_layout_coords(cursor, &touch->base, x, y, &at.x, &at.y);
    return at;
}

}  // namespace

void Input::touch_down(const wlr_touch_down_event& event) {
    person_is_active();
    if (!countable(event.touch_id)) {
        return;
    }
    settle_scene();
    desktop_.person_acted();
    const auto finger = static_cast<std::uint32_t>(event.touch_id);
    const policy::Time time = event_time(event.time_msec, now());
    const LayoutPoint at = place_of(cursor_.wlr(), event.touch, event.x, event.y);
    fingers_[finger] = at;
    const Hit hit = desktop_.at(at.x, at.y);
    const auto target = target_of(hit);
    const auto nowhere = [&] {
        deliver(owner_.touch_down(finger, std::nullopt, /*allowed=*/false), time);
    };
    // What was seen when the finger came down, not when this is read. Our own drawing and panels
    // are no guest's to slide under a finger, nor to keep it from.
    const bool guarded = hit.window != nullptr &&
                         !touch_guard_.allows_touch({std::lround(at.x), std::lround(at.y)}, time);
    if (drag_ || guarded) {
        return nowhere();
    }
    if (press_ends_menus(target)) {
        nowhere();
        return turn_to(hit, target);
    }
    if (is_our_own(hit)) {
        nowhere();
        return press_on_our_own(hit, at);
    }
    turn_to(hit, target);
    if (target) {
        deliver(owner_.touch_down(finger, target), time);
        return;
    }
    nowhere();
    if (hit.window == nullptr) {
        return;
    }
    if (const auto start = frame_hand_.finger_down(*hit.window, hit.part, at)) {
        wlr_cursor_warp_closest(cursor_.wlr(), nullptr, at.x, at.y);
        if (begin_drag(*start)) {
            drag_finger_ = finger;
        }
    }
}

// What lies where, for the guard; only where there is a screen to touch.
void Input::watch_for_touch() {
    if ((devices_.capabilities() & WL_SEAT_CAPABILITY_TOUCH) == 0) {
        return;
    }
    policy::TouchGuard::Picture picture;
    for (const Window* window : desktop_.stacked()) {
        if (desktop_.in_sight(*window)) {
            picture.push_back({window->seen_frame_box(), window->domain()});
        }
    }
    touch_guard_.scene_changed(std::move(picture), now());
}

void Input::touch_motion(const wlr_touch_motion_event& event) {
    person_is_active();
    const auto finger = static_cast<std::uint32_t>(event.touch_id);
    if (!countable(event.touch_id) || !fingers_.contains(finger)) {
        return;
    }
    const LayoutPoint at = place_of(cursor_.wlr(), event.touch, event.x, event.y);
    fingers_[finger] = at;
    if (drag_ && drag_finger_ == finger) {
        drag_->follow(at);
    }
    deliver(owner_.touch_moved(finger), event_time(event.time_msec, now()));
}

void Input::touch_up(const wlr_touch_up_event& event) {
    person_is_active();
    if (!countable(event.touch_id)) {
        return;
    }
    const auto finger = static_cast<std::uint32_t>(event.touch_id);
    deliver(owner_.touch_up(finger), event_time(event.time_msec, now()));
    fingers_.erase(finger);
    if (drag_finger_ == finger) {
        end_drag(/*cancelled=*/false);
    }
}

// The device took it all back: a palm, or a gesture of its own.
void Input::touch_cancelled() {
    for (const auto& [finger, at] : std::exchange(fingers_, {})) {
        deliver(owner_.touch_up(finger), now());
    }
    if (drag_finger_) {
        end_drag(/*cancelled=*/true);
    }
}

}  // namespace leadlight::compositor
