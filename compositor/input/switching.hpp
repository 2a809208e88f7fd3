// SPDX-License-Identifier: MIT
// The switcher while it is open: a list of all windows that the compositor draws while the keys of
// its hotkey are held. No guest hears anything meanwhile, and none of them can change what is in
// the list but by going.
#pragma once

#include "compositor/input/recipient.hpp"
#include "compositor/policy/switcher.hpp"
#include "compositor/scene/switcher_view.hpp"

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

    // What counts is what is seen, which may be windows that are gone since.
    /// The window that is seen chosen, or none.
    policy::WindowId chosen() const;
    /// The window whose row is seen there, or none.
    policy::WindowId at(LayoutPoint point) const;

  private:
    void show();

    policy::Switcher list_;
    policy::Switcher seen_;
    SwitcherView view_;
};

}  // namespace leadlight::compositor
