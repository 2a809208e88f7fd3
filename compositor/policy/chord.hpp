// SPDX-License-Identifier: MIT
// A hotkey as the administrator writes it, "Super+Shift+F", and as the keyboard has it: modifiers
// and one key symbol. Key names are xkbcommon's; the function that knows them is passed in.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <string_view>

namespace leadlight::policy {

/// A set of the four modifiers that a hotkey can name. Locks are not among them.
struct Modifiers {
    bool super = false;
    bool control = false;
    bool alt = false;
    bool shift = false;
    auto operator<=>(const Modifiers&) const = default;
};

/// An xkb key symbol of the keymap's first level, Latin letters in lower case.
using KeySym = std::uint32_t;

struct Chord {
    Modifiers modifiers;
    KeySym key = 0;
    auto operator<=>(const Chord&) const = default;
};

enum class ChordError : std::uint8_t {
    empty_part,         // "Super++F", ""
    unknown_modifier,   // all parts but the last are Super, Ctrl, Alt or Shift
    repeated_modifier,  // "Alt+Alt+F"
    unknown_key,
    modifier_as_key,    // "Super": a chord has a key besides
    would_take_typing,  // a letter or digit with no modifier but Shift would be lost to every guest
};
std::string_view to_string(ChordError error);

/// xkb_keysym_from_name, or a table in a test. 0: no such key.
using KeySymByName = std::function<KeySym(std::string_view name)>;

[[nodiscard]] std::expected<Chord, ChordError> parse_chord(std::string_view text,
                                                           const KeySymByName& by_name);

}  // namespace leadlight::policy
