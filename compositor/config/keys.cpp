// SPDX-License-Identifier: MIT
#include "compositor/config/parts.hpp"

#include <xkbcommon/xkbcommon.h>

#include <algorithm>
#include <array>
#include <map>

namespace leadlight::compositor {

namespace {

using policy::Action;

struct Default {
    Action action;
    std::string_view chord;
};
constexpr std::array defaults{
    Default{Action::close_window, "Super+Q"},
    Default{Action::next_window, "Super+Tab"},
    Default{Action::previous_window, "Super+Shift+Tab"},
    Default{Action::maximize, "Super+M"},
    Default{Action::fullscreen, "Super+F"},
    Default{Action::move_window, "Super+G"},
    Default{Action::resize_window, "Super+R"},
};

policy::KeySym keysym_named(std::string_view name) {
    return xkb_keysym_from_name(std::string(name).c_str(), XKB_KEYSYM_CASE_INSENSITIVE);
}

policy::Hotkeys from_chords(const std::map<Action, std::vector<policy::Chord>>& chords) {
    policy::Hotkeys hotkeys;
    for (const auto& [action, list] : chords) {
        for (const policy::Chord& chord : list) {
            // Refused only where a chord is taken, which is ruled out before.
            (void)hotkeys.add(chord, action);
        }
    }
    return hotkeys;
}

std::map<Action, std::vector<policy::Chord>> default_chords() {
    std::map<Action, std::vector<policy::Chord>> chords;
    for (const auto& [action, text] : defaults) {
        if (const auto chord = policy::parse_chord(text, keysym_named)) {
            chords[action].push_back(*chord);
        }
    }
    return chords;
}

// The chords of one action: a text, or a list of them; "" and [] for none.
std::vector<policy::Chord> read_chords(Section& keys, std::string_view action) {
    std::vector<policy::Chord> chords;
    const Value* value = keys.value(action);
    const Array one{*value};
    const auto* list = std::get_if<Array>(&value->data);
    for (const Value& item : list != nullptr ? *list : one) {
        const auto* text = std::get_if<std::string>(&item.data);
        if (text == nullptr) {
            keys.problem(action, "'" + std::string(action) +
                                     "' is a hotkey like \"Super+Q\" or a list of them");
            return {};
        }
        if (text->empty()) {
            continue;
        }
        const auto chord = policy::parse_chord(*text, keysym_named);
        if (!chord) {
            keys.problem(action, "'" + *text + "': " + std::string(to_string(chord.error())));
            return {};
        }
        chords.push_back(*chord);
    }
    return chords;
}

}  // namespace

policy::Hotkeys default_hotkeys() {
    return from_chords(default_chords());
}

void read_keys(Section keys, Config& config) {
    auto chords = default_chords();
    std::map<policy::Chord, Action> taken;
    for (const std::string& name : keys.keys()) {
        const auto action = policy::action_from(name);
        if (!action) {
            keys.problem(name, "there is no action '" + name + "'");
            continue;
        }
        chords[*action] = read_chords(keys, name);
        for (const policy::Chord& chord : chords[*action]) {
            const auto [other, is_new] = taken.emplace(chord, *action);
            if (!is_new) {
                keys.problem(name, "'" + name + "' has the hotkey of '" +
                                       std::string(to_string(other->second)) + "'");
            }
        }
    }
    // A default gives way to what the file says.
    for (auto& [action, list] : chords) {
        std::erase_if(list, [&](const policy::Chord& chord) {
            const auto owner = taken.find(chord);
            return owner != taken.end() && owner->second != action;
        });
    }
    config.hotkeys = from_chords(chords);
}

}  // namespace leadlight::compositor
