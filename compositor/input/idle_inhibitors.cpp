// SPDX-License-Identifier: MIT
#include "compositor/input/idle_inhibitors.hpp"

#include "compositor/guest/guest.hpp"
#include "compositor/server.hpp"

#include <algorithm>

namespace leadlight::compositor {

void IdleInhibitors::set(policy::WindowId window, bool inhibits) {
    if (inhibits) {
        windows_.insert(window);
    } else {
        windows_.erase(window);
    }
}

bool IdleInhibitors::any() const {
    const Desktop& desktop = *server_.desktop;
    std::set<policy::WindowId> families;
    for (const policy::WindowId id : windows_) {
        Window* window = desktop.find(id);
        const Guest* guest = window != nullptr ? server_.domains->guest(window->domain()) : nullptr;
        if (guest != nullptr && guest->responding() && desktop.in_sight(*window)) {
            families.insert(desktop.root_of(*window).id());
        }
    }
    if (families.empty()) {
        return false;
    }
    const auto seen = desktop.uncovered();
    return std::ranges::any_of(families, [&](auto id) { return seen.contains(id); });
}

}  // namespace leadlight::compositor
