// SPDX-License-Identifier: MIT
// What the desktop is doing as a whole, and what follows from it for input. One mode holds at a
// time, the most important of those wanted; a less important one cannot open above it, and is ended
// when a more important one opens.
#pragma once

#include "compositor/policy/hotkeys.hpp"

#include <cstdint>
#include <optional>

namespace leadlight::policy {

/// The most important first: the order is the rule.
enum class Mode : std::uint8_t {
    switcher,
    person_drag,  // the person moves or resizes a window
    guest_grab,   // a guest's menu is open
    normal,
};

/// Keys, pointer and touch are the guests' own; in the other modes they are the compositor's.
bool guests_hear(Mode mode);
/// The focused window's domain has the keyboard as far as it knows. A window that is dragged keeps
/// its look of the focused one.
bool focus_is_shown(Mode mode);
/// Whether a hotkey does anything then.
bool works_in(Action action, Mode mode);

/// What a change of mode means for others.
struct ModeChange {
    Mode after;
    bool finish_drag = false;     // the window stays where it is now
    bool dismiss_popups = false;  // every guest's menus
    bool silences_guests = false;
    bool focus_changes = false;  // the focused domain learns that it is not, or that it is again
    bool operator==(const ModeChange&) const = default;
};

class ModeMachine {
  public:
    Mode mode() const { return mode_; }
    /// Nothing if a more important mode holds, or this one already does.
    [[nodiscard]] std::optional<ModeChange> enter(Mode mode);
    /// Nothing if it does not hold.
    [[nodiscard]] std::optional<ModeChange> leave(Mode mode);

  private:
    [[nodiscard]] ModeChange change_to(Mode after);

    Mode mode_ = Mode::normal;
};

}  // namespace leadlight::policy
