// SPDX-License-Identifier: MIT
#include "compositor/input/hotkey_match.hpp"

#include <vector>
#include <xkbcommon/xkbcommon.h>

namespace leadlight::compositor {

namespace {

using KeyUse = policy::InputOwner::KeyUse;

bool held(xkb_state* state, const char* modifier) {
    return xkb_state_mod_name_is_active(state, modifier, XKB_STATE_MODS_DEPRESSED) > 0;
}

// The key's symbols at its first level: of the active layout, then of the others, so that Super+F
// is found in a Cyrillic layout too.
std::vector<policy::KeySym> first_level(xkb_state* state, xkb_keycode_t key) {
    xkb_keymap* keymap = xkb_state_get_keymap(state);
    const xkb_layout_index_t count = xkb_keymap_num_layouts_for_key(keymap, key);
    const xkb_layout_index_t active = xkb_state_key_get_layout(state, key);
    std::vector<policy::KeySym> all;
    const auto add = [&](xkb_layout_index_t layout) {
        const xkb_keysym_t* syms = nullptr;
        const int size = xkb_keymap_key_get_syms_by_level(keymap, key, layout, 0, &syms);
        for (int i = 0; i < size; ++i) {
            all.push_back(xkb_keysym_to_lower(syms[i]));
        }
    };
    if (active < count) {
        add(active);
    }
    for (xkb_layout_index_t layout = 0; layout < count; ++layout) {
        if (layout != active) {
            add(layout);
        }
    }
    return all;
}

}  // namespace

bool super_held(xkb_state* state) {
    return held(state, XKB_MOD_NAME_LOGO);
}

KeyMeaning meaning_of(std::uint32_t code, xkb_state* state, const policy::Hotkeys& hotkeys,
                      policy::Mode mode) {
    const xkb_keycode_t key = code + 8;
    const auto syms = first_level(state, key);
    KeyMeaning meaning;
    for (const policy::KeySym sym : syms) {
        if (sym == XKB_KEY_Super_L || sym == XKB_KEY_Super_R) {
            meaning.use = KeyUse::reserved;
            return meaning;
        }
    }
    meaning.escape = !syms.empty() && syms.front() == XKB_KEY_Escape;

    // With the modifiers applied: Ctrl+Alt+F2 is a symbol of its own.
    const xkb_keysym_t sym = xkb_state_key_get_one_sym(state, key);
    if (sym >= XKB_KEY_XF86Switch_VT_1 && sym <= XKB_KEY_XF86Switch_VT_12) {
        meaning.use = KeyUse::completes_hotkey;
        meaning.terminal = sym - XKB_KEY_XF86Switch_VT_1 + 1;
        return meaning;
    }
    const policy::Modifiers modifiers{.super = super_held(state),
                                      .control = held(state, XKB_MOD_NAME_CTRL),
                                      .alt = held(state, XKB_MOD_NAME_ALT),
                                      .shift = held(state, XKB_MOD_NAME_SHIFT)};
    if (const auto action = hotkeys.match(modifiers, syms)) {
        meaning.use = KeyUse::completes_hotkey;
        if (works_in(*action, mode)) {
            meaning.action = action;
        }
    }
    return meaning;
}

}  // namespace leadlight::compositor
