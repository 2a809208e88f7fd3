// SPDX-License-Identifier: MIT
// What the desktop is doing as a whole, and what follows from it for input. One mode holds at a
// time, the most important of those wanted; a less important one cannot open above it, and is ended
// when a more important one opens, but for a prompt, which waits below the attention view.
#pragma once

#include <cstdint>
#include <optional>

namespace leadlight::policy {

/// The most important first: the order is the rule.
enum class Mode : std::uint8_t {
    locked,
    attention,
    prompt,
    switcher,
    person_drag,  // the person moves or resizes a window
    guest_grab,   // a guest's menu is open
    normal,
};

enum class Receiver : std::uint8_t { locker, compositor, guests };

/// Who gets what kind of input.
struct Routing {
    Receiver keys;
    Receiver pointer;
    Receiver touch;
    bool operator==(const Routing&) const = default;
};
Routing routing(Mode mode);

/// Hotkeys by what they do to modes; which of them still work in which mode.
enum class HotkeyClass : std::uint8_t {
    session,    // switching the virtual terminal: the kernel's, works always
    lock,       // works unless locked
    attention,  // opens the attention view
    switcher,   // opens it, and steps in it
    window,     // acts on the focused window or starts a program
};
bool works_in(HotkeyClass hotkey, Mode mode);

/// What a change of mode means for others. The caller does these in the order of declaration.
struct ModeChange {
    Mode before;
    Mode after;
    bool deny_prompt = false;  // the person did not answer: that is no
    bool close_attention = false;
    bool close_switcher = false;  // without choosing
    bool finish_drag = false;     // the window stays where it is now
    bool dismiss_popups = false;  // every guest's menus
    bool end_pointer_locks = false;
    bool release_keys = false;   // of the focused domain, at once
    bool pointer_leave = false;  // with the releases of held buttons
    bool touch_cancel = false;
    bool focus_out = false;  // the focused domain learns that it is not
    bool focus_in = false;   // and that it is again
    bool operator==(const ModeChange&) const = default;
};

class ModeMachine {
  public:
    ModeMachine() = default;
    /// A compositor that ended other than by logout starts locked (rule 8).
    explicit ModeMachine(Mode start) : mode_(start) {}

    Mode mode() const { return mode_; }
    /// Nothing if a more important mode holds, or this one already does.
    [[nodiscard]] std::optional<ModeChange> enter(Mode mode);
    /// Nothing if it does not hold and does not wait below.
    [[nodiscard]] std::optional<ModeChange> leave(Mode mode);

  private:
    [[nodiscard]] ModeChange change_to(Mode after);

    Mode mode_ = Mode::normal;
    bool prompt_waits_ = false;  // below the attention view
};

}  // namespace leadlight::policy
