// SPDX-License-Identifier: MIT
#include "compositor/policy/mode.hpp"

namespace leadlight::policy {

// A menu's grab keeps it open; it takes nothing away from anyone.
bool guests_hear(Mode mode) {
    return mode == Mode::guest_grab || mode == Mode::normal;
}

bool focus_is_shown(Mode mode) {
    return mode != Mode::switcher;
}

// The switcher's keys open it and step in it; the others act on the focused window.
bool works_in(Action action, Mode mode) {
    return action == Action::next_window || action == Action::previous_window || guests_hear(mode);
}

std::optional<ModeChange> ModeMachine::enter(Mode mode) {
    if (mode >= mode_) {
        return std::nullopt;
    }
    return change_to(mode);
}

std::optional<ModeChange> ModeMachine::leave(Mode mode) {
    if (mode != mode_ || mode == Mode::normal) {
        return std::nullopt;
    }
    return change_to(Mode::normal);
}

ModeChange ModeMachine::change_to(Mode after) {
    const bool silences = guests_hear(mode_) && !guests_hear(after);
    const ModeChange change{
        .after = after,
        .finish_drag = mode_ == Mode::person_drag && after < mode_,
        .dismiss_popups = mode_ == Mode::guest_grab || silences,
        .silences_guests = silences,
        .focus_changes = focus_is_shown(mode_) != focus_is_shown(after),
    };
    mode_ = after;
    return change;
}

}  // namespace leadlight::policy
