// SPDX-License-Identifier: MIT
#include "compositor/policy/chord.hpp"

#include <algorithm>
#include <array>

namespace leadlight::policy {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool* modifier_named(std::string_view name, Modifiers& in) {
    const auto is = [name](std::string_view wanted) {
        return std::ranges::equal(name, wanted, {}, lower);
    };
    return is("super")   ? &in.super
           : is("ctrl")  ? &in.control
           : is("alt")   ? &in.alt
           : is("shift") ? &in.shift
                         : nullptr;
}

// Ranges of X11's keysymdef.h, which does not change.
bool is_modifier(KeySym key) {
    constexpr KeySym shift_l = 0xffe1, hyper_r = 0xffee, iso_lock = 0xfe01,
                     iso_level5_lock = 0xfe13, mode_switch = 0xff7e, num_lock = 0xff7f;
    return (key >= shift_l && key <= hyper_r) || (key >= iso_lock && key <= iso_level5_lock) ||
           key == mode_switch || key == num_lock;
}

// Keys that write nothing and that programs do without.
bool is_spare(KeySym key) {
    constexpr KeySym f1 = 0xffbe, f35 = 0xffe0, print = 0xff61, pause = 0xff13;
    constexpr KeySym first_vendor = 0x10080000, last_vendor = 0x1008ffff;  // XF86: media keys
    return (key >= f1 && key <= f35) || key == print || key == pause ||
           (key >= first_vendor && key <= last_vendor);
}

}  // namespace

std::string_view to_string(ChordError error) {
    switch (error) {
    case ChordError::empty_part:
        return "a part between two + is empty (the key itself is called plus)";
    case ChordError::unknown_modifier:
        return "modifiers are Super, Ctrl, Alt and Shift";
    case ChordError::repeated_modifier:
        return "a modifier stands there twice";
    case ChordError::unknown_key:
        return "no key has that name";
    case ChordError::modifier_as_key:
        return "a hotkey needs a key besides its modifiers";
    case ChordError::would_take_typing:
        break;
    }
    return "without Super, Ctrl or Alt this key could not be typed any more";
}

std::expected<Chord, ChordError> parse_chord(std::string_view text, const KeySymByName& by_name) {
    Chord chord;
    for (auto plus = text.find('+'); plus != text.npos; plus = text.find('+')) {
        const auto name = text.substr(0, plus);
        text.remove_prefix(plus + 1);
        if (name.empty()) {
            return std::unexpected(ChordError::empty_part);
        }
        bool* const held = modifier_named(name, chord.modifiers);
        if (held == nullptr) {
            return std::unexpected(ChordError::unknown_modifier);
        }
        if (*held) {
            return std::unexpected(ChordError::repeated_modifier);
        }
        *held = true;
    }
    if (text.empty()) {
        return std::unexpected(ChordError::empty_part);
    }
    Modifiers ignored;
    if (modifier_named(text, ignored) != nullptr) {
        return std::unexpected(ChordError::modifier_as_key);
    }
    // A letter names its key, and its key's first level is the small one.
    const char letter = lower(text.front());
    chord.key = by_name(text.size() == 1 ? std::string_view(&letter, 1) : text);
    if (chord.key == 0) {
        return std::unexpected(ChordError::unknown_key);
    }
    if (is_modifier(chord.key)) {
        return std::unexpected(ChordError::modifier_as_key);
    }
    const auto& held = chord.modifiers;
    if (!held.super && !held.control && !held.alt && !is_spare(chord.key)) {
        return std::unexpected(ChordError::would_take_typing);
    }
    return chord;
}

}  // namespace leadlight::policy
