// SPDX-License-Identifier: MIT
#include "compositor/input/guest_menus.hpp"

#include "compositor/desktop/desktop.hpp"

#include <algorithm>

namespace leadlight::compositor {

bool GuestMenus::open_in(policy::DomainId domain) const {
    return std::ranges::any_of(menus_, [&](policy::WindowId id) {
        const Window* menu = desktop_.find(id);
        return menu != nullptr && menu->domain() == domain;
    });
}

void GuestMenus::forget(policy::DomainId domain) {
    std::erase_if(menus_, [&](policy::WindowId id) {
        const Window* menu = desktop_.find(id);
        return menu == nullptr || menu->domain() == domain;
    });
}

void GuestMenus::forget_hidden() {
    std::erase_if(menus_, [&](policy::WindowId id) {
        const Window* menu = desktop_.find(id);
        return menu == nullptr || !desktop_.is_open(*menu);
    });
}

}  // namespace leadlight::compositor
