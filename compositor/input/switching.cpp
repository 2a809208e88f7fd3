// SPDX-License-Identifier: MIT
// The switcher: a list of all windows that the compositor draws while the keys of its hotkey are
// held. No guest hears anything meanwhile, and none of them can change what is in the list.
#include "compositor/input/input.hpp"
#include "compositor/output/output.hpp"
#include "compositor/server.hpp"

#include <algorithm>
#include <ranges>

namespace leadlight::compositor {

Input::Switching::Switching(Server& server, const Output& output, policy::Switcher windows)
    : list(std::move(windows)), view(server, output) {}

// By last use; those that never had the focus come last, the topmost first.
std::vector<policy::WindowId> Input::windows_by_use() const {
    std::vector<policy::WindowId> windows;
    for (const Window* window : desktop_.recent()) {
        if (window->mapped()) {
            windows.push_back(window->id());
        }
    }
    const auto stacked = desktop_.stacked();
    for (const Window* window : std::views::reverse(stacked)) {
        if (window->role() == WindowRole::toplevel && window->mapped() &&
            std::ranges::find(windows, window->id()) == windows.end()) {
            windows.push_back(window->id());
        }
    }
    return windows;
}

void Input::step_switcher(bool forward) {
    if (!switching_) {
        auto windows = windows_by_use();
        const Output* output = server_.outputs->at(cursor_.x(), cursor_.y());
        if (windows.empty() || output == nullptr) {
            return;
        }
        const bool focused = desktop_.focused() != nullptr;
        const auto change = mode_.enter(policy::Mode::switcher);
        if (!change) {
            return;
        }
        change_mode(change);
        switching_.emplace(server_, *output, policy::Switcher(std::move(windows), focused));
    }
    switching_->list.step(forward);
    switching_->stale = false;
    switching_->view.show(switching_->list);
}

// The focus moves while no guest hears of it: the one that had it is not told that it has it again.
void Input::end_switcher(bool choose) {
    if (!switching_) {
        return;
    }
    // A list that changed meanwhile is not shown yet: what would be chosen was never seen chosen.
    Window* window =
        choose && !switching_->stale ? desktop_.find(switching_->list.selected()) : nullptr;
    switching_.reset();
    if (window != nullptr) {
        desktop_.choose(*window);
    }
    change_mode(mode_.leave(policy::Mode::switcher));
    scene_changed();
}

// A press is for what the person sees.
void Input::press_in_switcher(LayoutPoint at) {
    if (switching_->stale) {
        return;
    }
    const auto row = switching_->view.row_at(at.x, at.y);
    if (row) {
        switching_->list.select(*row);
    }
    end_switcher(/*choose=*/row.has_value());
}

}  // namespace leadlight::compositor
