// SPDX-License-Identifier: MIT
// The icon of a guest's drag, which the pointer carries until the buttons are up: above other
// domains' windows, in its own frame, and nothing that a press could land on. Whatever is below it
// stays what the pointer is over, so no drop crosses.
#pragma once

#include "compositor/input/recipient.hpp"
#include "compositor/policy/types.hpp"

namespace leadlight::compositor {

class Desktop;
class Window;

class DragIcon {
  public:
    explicit DragIcon(Desktop& desktop) : desktop_(desktop) {}

    /// Only while none is carried: put_down() comes first.
    void take(Window& icon, LayoutPoint pointer);
    /// The pointer moved, or the output that it was on is gone.
    void follow(LayoutPoint pointer);
    void put_down();
    /// Only if it is that domain's.
    void put_down_of(policy::DomainId domain);
    /// The window is gone.
    void forget(policy::WindowId window);

  private:
    Desktop& desktop_;
    policy::WindowId window_;  // or none
};

}  // namespace leadlight::compositor
