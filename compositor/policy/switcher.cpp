// SPDX-License-Identifier: MIT
#include "compositor/policy/switcher.hpp"

#include <algorithm>
#include <utility>

namespace leadlight::policy {

Switcher::Switcher(std::vector<WindowId> windows, bool focused)
    : windows_(std::move(windows)), fresh_(!focused) {}

void Switcher::step(bool forward) {
    const std::size_t count = windows_.size();
    if (count == 0) {
        return;
    }
    // Without a focused window the first step forward is to the first row.
    if (std::exchange(fresh_, false) && forward) {
        return;
    }
    selected_ = (selected_ + (forward ? 1 : count - 1)) % count;
}

void Switcher::window_gone(WindowId window) {
    const auto found = std::ranges::find(windows_, window);
    if (found == windows_.end()) {
        return;
    }
    const auto row = static_cast<std::size_t>(found - windows_.begin());
    windows_.erase(found);
    // The selected window stays selected; if it is the one that went, nothing slips into its place
    // unseen: the row above is selected.
    if (row <= selected_ && selected_ != 0) {
        --selected_;
    }
}

WindowId Switcher::selected() const {
    return windows_.empty() ? WindowId{} : windows_[selected_];
}

std::size_t Switcher::first_row(std::size_t room) const {
    if (windows_.size() <= room || room == 0) {
        return 0;
    }
    const std::size_t before = room / 2;
    return std::min(selected_ > before ? selected_ - before : 0, windows_.size() - room);
}

}  // namespace leadlight::policy
