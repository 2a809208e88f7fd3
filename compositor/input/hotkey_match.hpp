// SPDX-License-Identifier: MIT
// What a pressed key is to the compositor, before any guest may hear of it (rule 4).
#pragma once

#include "compositor/policy/hotkeys.hpp"
#include "compositor/policy/input_owner.hpp"
#include "compositor/policy/mode.hpp"

#include <cstdint>
#include <optional>

struct xkb_state;

namespace leadlight::compositor {

struct KeyMeaning {
    policy::InputOwner::KeyUse use = policy::InputOwner::KeyUse::ordinary;
    std::optional<policy::Action> action;
    std::optional<unsigned> terminal;  // the number of a virtual terminal to switch to
    bool escape = false;
};

/// `state`: of the physical keyboard, as it was before this key. Only actions that work in
/// `mode` count; a hotkey that does not work now is no reason to hand it to a guest, though, so it
/// is still taken.
KeyMeaning meaning_of(std::uint32_t code, xkb_state* state, const policy::Hotkeys& hotkeys,
                      policy::Mode mode);

/// Whether Super, in whatever place the keymap has it, is held.
bool super_held(xkb_state* state);

}  // namespace leadlight::compositor
