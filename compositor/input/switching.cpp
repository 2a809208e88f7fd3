// SPDX-License-Identifier: MIT
#include "compositor/input/switching.hpp"

#include "compositor/desktop/desktop.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

namespace leadlight::compositor {

std::vector<policy::WindowId> windows_by_use(const Desktop& desktop) {
    std::vector<policy::WindowId> windows;
    for (const Window* window : desktop.recent()) {
        if (window->mapped()) {
            windows.push_back(window->id());
        }
    }
    const auto stacked = desktop.stacked();
    for (const Window* window : std::views::reverse(stacked)) {
        if (window->role() == WindowRole::toplevel && window->mapped() &&
            std::ranges::find(windows, window->id()) == windows.end()) {
            windows.push_back(window->id());
        }
    }
    return windows;
}

Switching::Switching(Server& server, const Output& output, policy::Switcher list)
    : list_(std::move(list)), seen_(list_), view_(server, output) {}

void Switching::step(bool forward) {
    list_.step(forward);
    show();
}

bool Switching::forget(policy::WindowId window) {
    const std::size_t before = list_.windows().size();
    list_.window_gone(window);
    return list_.windows().size() != before;
}

void Switching::show_changes() {
    if (list_.windows().size() != seen_.windows().size()) {
        show();
    }
}

void Switching::show() {
    seen_ = list_;
    view_.show(seen_);
}

policy::WindowId Switching::chosen() const {
    return seen_.selected();
}

policy::WindowId Switching::at(LayoutPoint point) const {
    const auto row = view_.row_at(point.x, point.y);
    return row ? seen_.windows()[*row] : policy::WindowId{};
}

}  // namespace leadlight::compositor
