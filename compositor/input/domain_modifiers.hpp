// SPDX-License-Identifier: MIT
// Which modifiers a domain sees: those of the keys that it was given, and no other (rule 4). The
// person who holds Shift while the focus moves does not tell the next domain that; but locks and
// the layout are the keyboard's, and everybody's.
#pragma once

#include "compositor/config/keymap.hpp"

#include <cstdint>

namespace leadlight::compositor {

/// As wl_keyboard.modifiers has them.
struct ModifierState {
    std::uint32_t depressed = 0;
    std::uint32_t latched = 0;
    std::uint32_t locked = 0;
    std::uint32_t group = 0;
    bool operator==(const ModifierState&) const = default;
};

class DomainModifiers {
  public:
    explicit DomainModifiers(xkb_keymap* keymap)
        : own_(xkb_state_new(keymap)), mixed_(xkb_state_new(keymap)) {}

    /// An evdev code that the domain was given.
    void key(std::uint32_t code, bool pressed);
    /// `physical`: the state of the keyboard, for its locks and layout.
    ModifierState state(xkb_state* physical) const;

  private:
    XkbState own_;    // from the given keys alone
    XkbState mixed_;  // never sees a key: xkbcommon mixes no keys and masks in one state
};

}  // namespace leadlight::compositor
