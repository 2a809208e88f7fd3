// SPDX-License-Identifier: MIT
// Which chord does what. A chord that is taken is refused: of two actions on one key, the person
// could not know which comes.
#pragma once

#include "compositor/policy/chord.hpp"

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <span>
#include <string_view>

namespace leadlight::policy {

enum class Action : std::uint8_t {
    close_window,
    next_window,
    previous_window,
    move_window,
    resize_window,
    maximize,
    fullscreen,
};
std::string_view to_string(Action action);  // as the configuration names it
std::optional<Action> action_from(std::string_view name);

class Hotkeys {
  public:
    /// The action that has the chord already, if one has.
    [[nodiscard]] std::expected<void, Action> add(Chord chord, Action action);
    /// `keys`: the pressed key's first-level symbols, the active layout's before those of the
    /// others, so that Super+F is found in a Cyrillic layout too.
    std::optional<Action> match(Modifiers held, std::span<const KeySym> keys) const;
    bool operator==(const Hotkeys&) const = default;

  private:
    std::map<Chord, Action> actions_;
};

}  // namespace leadlight::policy
