// SPDX-License-Identifier: MIT
// When a window's program may paint again, and when it was seen.
#include "guest-agent/agent.hpp"
#include "guest-agent/window.hpp"

namespace leadlight::agent {

void Window::set_hidden(bool hidden) {
    hidden_ = hidden;
    // A commit in flight still gets its `frame`.
    if (hidden) {
        keep_content();
        buffers_.destroy_all();
        forget_shown();
    }
    present();
}

bool Window::callbacks_wait() const {
    bool wait = false;
    wlr_surface_for_each_surface(
        surface(),
        [](wlr_surface* wl, int, int, void* data) {
            if (wl_list_empty(&wl->current.frame_callback_list) == 0) {
                *static_cast<bool*>(data) = true;
            }
        },
        &wait);
    return wait;
}

void Window::rest() {
    // Nothing of it will be seen, and that is said at once.
    sample_feedback();
    in_flight_feedback_.clear();
    if (!callbacks_wait()) {
        return;
    }
    if (resting_ == nullptr) {
        resting_.reset(wl_event_loop_add_timer(
            wl_display_get_event_loop(agent_.display()),
            [](void* data) {
                auto* self = static_cast<Window*>(data);
                self->rests_ = false;
                self->send_frame_done();
                return 0;
            },
            this));
    }
    if (!std::exchange(rests_, true)) {
        constexpr int milliseconds = 1000;
        wl_event_source_timer_update(resting_.get(), milliseconds);
    }
}

void Window::sample_feedback() {
    wlr_surface_for_each_surface(
        surface(),
        [](wlr_surface* wl, int, int, void* data) {
            if (auto* feedback = wlr_presentation_surface_sampled(wl)) {
                static_cast<std::vector<Feedback>*>(data)->emplace_back(
                    feedback, &wlr_presentation_feedback_destroy);
            }
        },
        &in_flight_feedback_);
}

void Window::frame() {
    in_flight_ = false;
    // What was drawn before and never said to be on the screen was replaced before it got there.
    drawn_feedback_ = std::move(in_flight_feedback_);
    in_flight_feedback_.clear();
    send_frame_done();
    present();
}

void Window::send_frame_done() {
    if (surface() == nullptr) {
        return;
    }
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    wlr_surface_for_each_surface(
        surface(),
        [](wlr_surface* wl, int, int, void* when) {
            wlr_surface_send_frame_done(wl, static_cast<const timespec*>(when));
        },
        &now);
}

void Window::presented(const protocol::Presented& presented) {
    constexpr std::int64_t second = 1'000'000'000;
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    // The age is what crosses: the domains' clocks differ.
    const std::int64_t then =
        now.tv_sec * second + now.tv_nsec - static_cast<std::int64_t>(presented.age) * 1000;
    wlr_presentation_event event{
        .output = agent_.output().wl(),
        .tv_sec = static_cast<std::uint64_t>(then / second),
        .tv_nsec = static_cast<std::uint32_t>(then % second),
        .refresh = presented.refresh,
        .seq = presented.sequence,
        .flags =
            static_cast<std::uint32_t>(presented.vsync ? WP_PRESENTATION_FEEDBACK_KIND_VSYNC : 0),
    };
    for (const Feedback& feedback : drawn_feedback_) {
        wlr_presentation_feedback_send_presented(feedback.get(), &event);
    }
    drawn_feedback_.clear();
}

}  // namespace leadlight::agent
