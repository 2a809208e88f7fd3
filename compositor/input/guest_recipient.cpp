// SPDX-License-Identifier: MIT
#include "compositor/input/guest_recipient.hpp"

#include "compositor/clock.hpp"
#include "compositor/desktop/desktop.hpp"
#include "compositor/guest/guest.hpp"

#include <cmath>
#include <utility>

namespace leadlight::compositor {

namespace {

// 1/256 pixel, within what the wire can say.
protocol::FinePlace fine(double pixels) {
    constexpr double most = protocol::max_extent;
    return protocol::FinePlace::clamped(std::lround(std::clamp(pixels, -most, most) * 256));
}

struct FinePoint {
    protocol::FinePlace x, y;
};

FinePoint place_in(const Window* window, LayoutPoint at) {
    if (window == nullptr) {
        return {};
    }
    const auto [x, y] = Desktop::content_point(*window, at.x, at.y);
    return {fine(x), fine(y)};
}

double scale_of(const Window* window) {
    return window == nullptr ? 1 : window->scale().in_120ths() / 120.0;
}

}  // namespace

GuestRecipient::GuestRecipient(Desktop& desktop, Guest& guest, xkb_keymap* keymap)
    : desktop_(desktop), guest_(guest), modifiers_(keymap) {}

Window* GuestRecipient::window_of_ours(policy::WindowId id) const {
    Window* window = id ? desktop_.find(id) : nullptr;
    return window != nullptr && window->domain() == guest_.id() ? window : nullptr;
}

// A release may be the compositor's word and not the person's: a guest that begins a drag, or
// answers again after it did not, would have one to vouch for it whenever it likes.
protocol::Serial GuestRecipient::serial_of(bool press) {
    return press ? guest_.next_serial(now()) : guest_.next_unvouched_serial();
}

void GuestRecipient::keymap(xkb_keymap* keymap) {
    modifiers_.emplace(keymap);
    told_.reset();
}

void GuestRecipient::send_modifiers(xkb_state* physical) {
    const ModifierState state = modifiers_->state(physical);
    if (state == told_) {
        return;
    }
    told_ = state;
    guest_.send(protocol::Modifiers{.serial = guest_.next_unvouched_serial(),
                                    .depressed = state.depressed,
                                    .latched = state.latched,
                                    .locked = state.locked,
                                    .group = state.group});
}

void GuestRecipient::focus(policy::WindowId id, xkb_state* physical) {
    const Window* window = window_of_ours(id);
    focused_ = window != nullptr ? id : policy::WindowId{};
    protocol::Focus focus{.window = {}, .serial = guest_.next_unvouched_serial()};
    if (window != nullptr) {
        focus.window = Guest::wire_id(*window);
    }
    guest_.send(focus);
    told_.reset();
    if (window != nullptr) {
        send_modifiers(physical);
    }
}

void GuestRecipient::key(std::uint32_t code, bool pressed, policy::Time time, xkb_state* physical) {
    // What it was not told is down is not told up either.
    if (pressed ? !guest_.responding() : keys_.erase(code) == 0) {
        return;
    }
    if (pressed) {
        keys_.insert(code);
    }
    modifiers_->key(code, pressed);
    guest_.send(protocol::Key{.serial = serial_of(pressed),
                              .time = guest_.wire_time(time),
                              .key = static_cast<std::uint16_t>(code),
                              .pressed = pressed});
    send_modifiers(physical);
}

void GuestRecipient::locks_changed(xkb_state* physical) {
    if (focused_) {
        send_modifiers(physical);
    }
}

void GuestRecipient::pointer_enter(policy::WindowId id, LayoutPoint at) {
    const Window* window = window_of_ours(id);
    if (window == nullptr) {
        return;
    }
    entered_ = id;
    entered_with_ = guest_.next_unvouched_serial();
    const FinePoint place = place_in(window, at);
    guest_.send(protocol::PointerEnter{
        .serial = entered_with_, .window = Guest::wire_id(*window), .x = place.x, .y = place.y});
    frame_due_ = true;
}

void GuestRecipient::pointer_leave(policy::WindowId id) {
    // The window that a drag took the pointer to, if one did.
    const Window* window = window_of_ours(entered_ ? entered_ : id);
    entered_ = {};
    if (window == nullptr) {
        return;  // its end was the leave
    }
    guest_.send(protocol::PointerLeave{.serial = guest_.next_unvouched_serial(),
                                       .window = Guest::wire_id(*window)});
    frame_due_ = true;
}

void GuestRecipient::pointer_motion(policy::WindowId id, policy::WindowId under, LayoutPoint at,
                                    policy::Time time) {
    if (dragging_) {
        if (under != entered_ && entered_) {
            pointer_leave(entered_);
        }
        if (!under) {
            return;
        }
        if (entered_ != under) {
            pointer_enter(under, at);
            return;
        }
        id = under;
    }
    const Window* window = window_of_ours(id);
    if (window == nullptr) {
        return;
    }
    const FinePoint place = place_in(window, at);
    protocol::PointerMotion motion{.time = guest_.wire_time(time),
                                   .window = Guest::wire_id(*window),
                                   .x = place.x,
                                   .y = place.y,
                                   .under = {}};
    if (const Window* below = window_of_ours(under)) {
        motion.under = Guest::wire_id(*below);
    }
    guest_.send(motion);
    frame_due_ = true;
}

void GuestRecipient::button(std::uint32_t code, bool pressed, policy::Time time) {
    if (pressed ? !guest_.responding() : buttons_.erase(code) == 0) {
        return;
    }
    if (pressed) {
        buttons_.insert(code);
    }
    guest_.send(protocol::PointerButton{.serial = serial_of(pressed),
                                        .time = guest_.wire_time(time),
                                        .button = static_cast<std::uint16_t>(code),
                                        .pressed = pressed});
    frame_due_ = true;
    if (buttons_.empty()) {
        dragging_ = false;
    }
}

void GuestRecipient::drop_nowhere() {
    if (std::exchange(dragging_, false) && entered_) {
        pointer_leave(entered_);
    }
}

void GuestRecipient::scroll(const Scroll& scroll, policy::Time time) {
    const Window* window = window_of_ours(entered_);
    guest_.send(protocol::PointerAxis{
        .time = guest_.wire_time(time),
        .orientation = scroll.horizontal ? protocol::AxisOrientation::horizontal
                                         : protocol::AxisOrientation::vertical,
        .source = static_cast<protocol::AxisSource>(scroll.source),
        .value = fine(scroll.value * scale_of(window)),
        .value120 = scroll.value120,
        .inverted = scroll.inverted,
    });
    frame_due_ = true;
}

void GuestRecipient::pointer_frame() {
    if (std::exchange(frame_due_, false)) {
        guest_.send(protocol::PointerFrame{});
    }
}

void GuestRecipient::relative_motion(double dx, double dy, double dx_raw, double dy_raw,
                                     policy::Time time) {
    const Window* window = window_of_ours(entered_);
    if (window == nullptr) {
        return;  // a drag that left all of its windows, or one of them went
    }
    const double scale = scale_of(window);
    guest_.send(protocol::PointerRelative{.time = guest_.wire_time(time),
                                          .dx = fine(dx * scale),
                                          .dy = fine(dy * scale),
                                          .dx_raw = fine(dx_raw),
                                          .dy_raw = fine(dy_raw)});
    frame_due_ = true;
}

void GuestRecipient::touch_down(std::uint32_t finger, policy::WindowId id, LayoutPoint at,
                                policy::Time time) {
    const Window* window = window_of_ours(id);
    if (window == nullptr) {
        return;
    }
    fingers_[finger] = id;
    const FinePoint place = place_in(window, at);
    guest_.send(protocol::TouchDown{.serial = serial_of(/*press=*/true),
                                    .time = guest_.wire_time(time),
                                    .point = protocol::TouchPoint::clamped(finger),
                                    .window = Guest::wire_id(*window),
                                    .x = place.x,
                                    .y = place.y});
    touch_frame_due_ = true;
}

void GuestRecipient::touch_motion(std::uint32_t finger, LayoutPoint at, policy::Time time) {
    const auto touched = fingers_.find(finger);
    const Window* window = touched != fingers_.end() ? window_of_ours(touched->second) : nullptr;
    if (window == nullptr) {
        return;
    }
    const FinePoint place = place_in(window, at);
    guest_.send(protocol::TouchMotion{.time = guest_.wire_time(time),
                                      .point = protocol::TouchPoint::clamped(finger),
                                      .x = place.x,
                                      .y = place.y});
    touch_frame_due_ = true;
}

void GuestRecipient::touch_up(std::uint32_t finger, policy::Time time) {
    if (fingers_.erase(finger) == 0) {
        return;
    }
    guest_.send(protocol::TouchUp{.serial = serial_of(/*press=*/false),
                                  .time = guest_.wire_time(time),
                                  .point = protocol::TouchPoint::clamped(finger)});
    touch_frame_due_ = true;
}

void GuestRecipient::touch_cancel() {
    if (!fingers_.empty()) {
        fingers_.clear();
        guest_.send(protocol::TouchCancel{});
    }
}

void GuestRecipient::touch_frame() {
    if (std::exchange(touch_frame_due_, false)) {
        guest_.send(protocol::TouchFrame{});
    }
}

void GuestRecipient::start_anew() {
    const policy::Time time = now();
    for (const std::uint32_t code : std::exchange(keys_, {})) {
        guest_.send(protocol::Key{.serial = serial_of(/*press=*/false),
                                  .time = guest_.wire_time(time),
                                  .key = static_cast<std::uint16_t>(code),
                                  .pressed = false});
    }
    for (const std::uint32_t code : std::set(buttons_)) {
        button(code, false, time);
    }
    if (entered_) {
        pointer_leave(entered_);
    }
    touch_cancel();
    pointer_frame();
    focused_ = {};
    told_.reset();
    guest_.send(protocol::Focus{.window = {}, .serial = guest_.next_unvouched_serial()});
}

}  // namespace leadlight::compositor
