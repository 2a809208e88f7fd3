// SPDX-License-Identifier: MIT
#include "compositor/policy/mode.hpp"

namespace leadlight::policy {
namespace {

bool guests_hear(Mode mode) {
    return routing(mode).keys == Receiver::guests;
}

}  // namespace

Routing routing(Mode mode) {
    switch (mode) {
    case Mode::locked:
        return {Receiver::locker, Receiver::locker, Receiver::locker};
    case Mode::attention:
    case Mode::prompt:
    case Mode::switcher:
    case Mode::person_drag:
        return {Receiver::compositor, Receiver::compositor, Receiver::compositor};
    case Mode::guest_grab:  // a grab keeps a menu open; it takes nothing away from anyone
    case Mode::normal:
        break;
    }
    return {Receiver::guests, Receiver::guests, Receiver::guests};
}

bool works_in(HotkeyClass hotkey, Mode mode) {
    switch (hotkey) {
    case HotkeyClass::session:
        return true;
    case HotkeyClass::lock:
    case HotkeyClass::attention:
        return mode != Mode::locked;
    case HotkeyClass::switcher:
        return mode >= Mode::switcher;
    case HotkeyClass::window:
        break;
    }
    return guests_hear(mode);
}

std::optional<ModeChange> ModeMachine::enter(Mode mode) {
    if (mode >= mode_) {
        return std::nullopt;
    }
    const Mode before = mode_;
    auto change = change_to(mode);
    change.close_attention = before == Mode::attention;
    change.close_switcher = before == Mode::switcher;
    change.finish_drag = before == Mode::person_drag;
    if (mode == Mode::locked) {
        change.deny_prompt = before == Mode::prompt || prompt_waits_;
        prompt_waits_ = false;
    } else {
        prompt_waits_ = before == Mode::prompt;
    }
    return change;
}

std::optional<ModeChange> ModeMachine::leave(Mode mode) {
    if (mode == Mode::prompt && prompt_waits_) {
        prompt_waits_ = false;
        return ModeChange{.before = mode_, .after = mode_};
    }
    if (mode != mode_ || mode == Mode::normal) {
        return std::nullopt;
    }
    if (prompt_waits_) {
        prompt_waits_ = false;
        return change_to(Mode::prompt);
    }
    return change_to(Mode::normal);
}

ModeChange ModeMachine::change_to(Mode after) {
    ModeChange change{.before = mode_, .after = after};
    if (guests_hear(mode_) && !guests_hear(after)) {
        change.end_pointer_locks = true;
        change.release_keys = true;
        change.pointer_leave = true;
        change.touch_cancel = true;
    }
    change.dismiss_popups = mode_ == Mode::guest_grab || change.release_keys;
    // A window that is dragged keeps its look of the focused one.
    const auto focused = [](Mode mode) { return mode >= Mode::person_drag; };
    change.focus_out = focused(mode_) && !focused(after);
    change.focus_in = !focused(mode_) && focused(after);
    mode_ = after;
    return change;
}

}  // namespace leadlight::policy
