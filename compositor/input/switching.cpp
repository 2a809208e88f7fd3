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
    : list_(std::move(list)), view_(server, output) {}

void Switching::step(bool forward) {
    list_.step(forward);
    stale_ = false;
    view_.show(list_);
}

bool Switching::forget(policy::WindowId window) {
    const std::size_t before = list_.windows().size();
    list_.window_gone(window);
    stale_ = stale_ || list_.windows().size() != before;
    return list_.windows().size() != before;
}

void Switching::show_changes() {
    if (std::exchange(stale_, false)) {
        view_.show(list_);
    }
}

policy::WindowId Switching::chosen() const {
    return stale_ ? policy::WindowId{} : list_.selected();
}

Switching::Pressed Switching::press(LayoutPoint at) {
    if (stale_) {
        return Pressed::ignored;
    }
    const auto row = view_.row_at(at.x, at.y);
    if (!row) {
        return Pressed::elsewhere;
    }
    list_.select(*row);
    return Pressed::row;
}

}  // namespace leadlight::compositor
