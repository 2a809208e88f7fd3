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
    return std::ranges::any_of(windows_, [&](policy::WindowId id) {
        const Desktop& desktop = *server_.desktop;
        Window* window = desktop.find(id);
        const Guest* guest = window != nullptr ? server_.domains->guest(window->domain()) : nullptr;
        return guest != nullptr && guest->responding() && desktop.in_sight(*window) &&
               !desktop.is_covered(desktop.root_of(*window));
    });
}

}  // namespace leadlight::compositor
