// SPDX-License-Identifier: MIT
#include "guest-agent/touch.hpp"

#include "guest-agent/agent.hpp"

namespace leadlight::agent {

void Touch::on(const protocol::TouchDown& down) {
    Window* window = agent_.windows().find(down.window);
    if (window == nullptr || window->surface() == nullptr) {
        return;
    }
    window->before_pointer();
    const double x = window->scale().to_logical(from_fine(down.x)),
                 y = window->scale().to_logical(from_fine(down.y));
    const Box geometry = window->geometry();
    double surface_x = 0, surface_y = 0;
    wlr_surface* surface = wlr_surface_surface_at(window->surface(), x + geometry.x, y + geometry.y,
                                                  &surface_x, &surface_y);
    if (surface == nullptr) {
        return;
    }
    fingers_[down.point] = {down.window, surface_x - x, surface_y - y};
    agent_.for_serial(down.serial, SerialMap::Cause::press, [&] {
        wlr_seat_touch_notify_down(seat_, surface, agent_.local_time(down.time), down.point,
                                   surface_x, surface_y);
    });
}

void Touch::on(const protocol::TouchMotion& motion) {
    const auto finger = fingers_.find(motion.point);
    if (finger == fingers_.end()) {
        return;
    }
    const Window* window = agent_.windows().find(finger->second.window);
    if (window == nullptr) {
        return;
    }
    wlr_seat_touch_notify_motion(
        seat_, agent_.local_time(motion.time), motion.point,
        window->scale().to_logical(from_fine(motion.x)) + finger->second.offset_x,
        window->scale().to_logical(from_fine(motion.y)) + finger->second.offset_y);
}

void Touch::on(const protocol::TouchUp& up) {
    if (fingers_.erase(up.point) == 0) {
        return;
    }
    agent_.for_serial(up.serial, SerialMap::Cause::other, [&] {
        wlr_seat_touch_notify_up(seat_, agent_.local_time(up.time), up.point);
    });
}

void Touch::on(const protocol::TouchFrame&) {
    wlr_seat_touch_notify_frame(seat_);
}

void Touch::on(const protocol::TouchCancel&) {
    // Sending the cancel removes that client's points from the list.
    while (wl_list_empty(&seat_->touch_state.touch_points) == 0) {
        wlr_touch_point* point = wl_container_of(seat_->touch_state.touch_points.next, point, link);
        const std::int32_t id = point->touch_id;
        wlr_seat_touch_notify_cancel(seat_, point->client);
        if (wlr_seat_touch_get_point(seat_, id) != nullptr) {
            wlr_seat_touch_notify_up(seat_, agent_.local_time(0), id);
        }
    }
    fingers_.clear();
}

}  // namespace leadlight::agent
