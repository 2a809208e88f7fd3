// SPDX-License-Identifier: MIT
#include "compositor/policy/hotkeys.hpp"

#include <array>
#include <utility>

namespace leadlight::policy {
namespace {

struct Entry {
    Action action;
    std::string_view name;
};

constexpr auto entries = std::to_array<Entry>({
    {Action::close_window, "close-window"},
    {Action::next_window, "next-window"},
    {Action::previous_window, "previous-window"},
    {Action::move_window, "move-window"},
    {Action::resize_window, "resize-window"},
    {Action::maximize, "maximize"},
    {Action::fullscreen, "fullscreen"},
});

static_assert([] {
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (std::to_underlying(entries[i].action) != i) {
            return false;
        }
    }
    return true;
}());

}  // namespace

std::string_view to_string(Action action) {
    return entries[std::to_underlying(action)].name;
}

std::optional<Action> action_from(std::string_view name) {
    for (const auto& entry : entries) {
        if (entry.name == name) {
            return entry.action;
        }
    }
    return std::nullopt;
}

std::expected<void, Action> Hotkeys::add(Chord chord, Action action) {
    const auto [at, added] = actions_.emplace(chord, action);
    if (!added) {
        return std::unexpected(at->second);
    }
    return {};
}

std::optional<Action> Hotkeys::match(Modifiers held, std::span<const KeySym> keys) const {
    for (const auto key : keys) {
        if (const auto found = actions_.find({held, key}); found != actions_.end()) {
            return found->second;
        }
    }
    return std::nullopt;
}

}  // namespace leadlight::policy
