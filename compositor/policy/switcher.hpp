// SPDX-License-Identifier: MIT
// The choice among windows while the switcher is open. The list is what it was when it opened, so
// that no guest moves rows about under the person's choice: windows that come meanwhile are not in
// it, and those that go leave it without changing the order.
#pragma once

#include "compositor/policy/types.hpp"

#include <cstddef>
#include <vector>

namespace leadlight::policy {

class Switcher {
  public:
    /// By last use, the focused window first; `focused`: whether there is one, and the next after
    /// it is what the person wants.
    Switcher(std::vector<WindowId> windows, bool focused);

    void step(bool forward);
    void window_gone(WindowId window);

    const std::vector<WindowId>& windows() const { return windows_; }
    /// Of windows(), unless that is empty.
    std::size_t selected_row() const { return selected_; }
    /// No window: none is left.
    WindowId selected() const;
    /// The first row to show where `room` of them fit: the selected one is among them.
    std::size_t first_row(std::size_t room) const;

  private:
    std::vector<WindowId> windows_;
    std::size_t selected_ = 0;
    bool fresh_;  // nothing was stepped to yet, and no window has the focus
};

}  // namespace leadlight::policy
