// SPDX-License-Identifier: MIT
// The switcher while it is open: a list of all windows that the compositor draws while the keys of
// its hotkey are held. No guest hears anything meanwhile, and none of them can change what is in
// the list but by going.
#pragma once

#include "compositor/input/recipient.hpp"
#include "compositor/policy/switcher.hpp"
#include "compositor/scene/switcher_view.hpp"

#include <cstdint>
#include <vector>

namespace leadlight::compositor {

class Desktop;

/// What the switcher lists: by last use, then those that never had the focus, the topmost first.
std::vector<policy::WindowId> windows_by_use(const Desktop& desktop);

class Switching {
  public:
    Switching(Server& server, const Output& output, policy::Switcher list);

    void step(bool forward);
    /// The window is gone. True: it was in the list, which is shown anew with the next frame.
    bool forget(policy::WindowId window);
    bool empty() const { return list_.windows().empty(); }
    /// Before a frame is drawn.
    void show_changes();

    /// What is seen chosen, or none: a list that changed is not seen yet.
    policy::WindowId chosen() const;
    /// What the person pressed: a row, which is chosen now, or none, so they want none of it. A
    /// list that is not what is seen takes no press.
    enum class Pressed : std::uint8_t { ignored, row, elsewhere };
    [[nodiscard]] Pressed press(LayoutPoint at);

  private:
    policy::Switcher list_;
    SwitcherView view_;
    bool stale_ = false;  // the view shows windows that left the list
};

}  // namespace leadlight::compositor
