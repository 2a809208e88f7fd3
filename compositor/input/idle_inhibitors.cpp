// SPDX-License-Identifier: MIT
#include "compositor/input/idle_inhibitors.hpp"

#include "compositor/guest/guest.hpp"
#include "compositor/server.hpp"

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
    return desktop.any_uncovered(families);
}

}  // namespace leadlight::compositor
