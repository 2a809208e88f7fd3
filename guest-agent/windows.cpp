// SPDX-License-Identifier: MIT
#include "guest-agent/windows.hpp"

#include <algorithm>

namespace leadlight::agent {

void Windows::remove(Window& window) {
    std::erase(all_, &window);
    for (Window* other : all()) {
        other->other_gone(window);
    }
    std::erase_if(by_id_, [&](const auto& entry) { return entry.second == &window; });
}

void Windows::announced(Window& window) {
    std::erase_if(by_id_, [&](const auto& entry) { return entry.second == &window; });
    by_id_[window.id()->get()] = &window;
}

void Windows::discard(Window& window) {
    // Out of the map before its destructor runs, which asks for its children.
    const auto ended = owned_.extract(&window);
}

Window* Windows::find(protocol::WindowId id) const {
    const auto found = by_id_.find(id.get());
    // An id of an earlier announcement names nobody.
    return found == by_id_.end() || found->second->id() != id ? nullptr : found->second;
}

void Windows::try_one_more() {
    for (Window* window : all_) {
        if (!window->waits()) {
            continue;
        }
        window->connected();
        if (window->id()) {
            return;
        }
    }
}

std::vector<Window*> Windows::children_of(const Window& parent) const {
    std::vector<Window*> children;
    std::ranges::copy_if(all_, std::back_inserter(children),
                         [&](const Window* window) { return window->parent() == &parent; });
    return children;
}

}  // namespace leadlight::agent
