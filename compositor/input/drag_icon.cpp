// SPDX-License-Identifier: MIT
#include "compositor/input/drag_icon.hpp"

#include "compositor/desktop/desktop.hpp"

#include <cmath>
#include <utility>

namespace leadlight::compositor {

void DragIcon::take(Window& icon, LayoutPoint pointer) {
    window_ = icon.id();
    follow(pointer);
}

void DragIcon::follow(LayoutPoint pointer) {
    if (Window* icon = desktop_.find(window_)) {
        desktop_.carry(*icon, {std::lround(pointer.x), std::lround(pointer.y)});
    }
}

void DragIcon::put_down() {
    if (Window* icon = desktop_.find(std::exchange(window_, {}))) {
        desktop_.put_down(*icon);
    }
}

void DragIcon::put_down_of(policy::DomainId domain) {
    const Window* icon = desktop_.find(window_);
    if (icon != nullptr && icon->domain() == domain) {
        put_down();
    }
}

void DragIcon::forget(policy::WindowId window) {
    if (window_ == window) {
        window_ = {};
    }
}

}  // namespace leadlight::compositor
