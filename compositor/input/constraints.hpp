// SPDX-License-Identifier: MIT
// Pointer locks and confinement that guests ask for. One is active at a time, in the window that
// has the focus and the pointer; whatever takes either away ends it, and so does Super: no guest
// keeps the pointer from the person.
#pragma once

#include "compositor/input/pointer_region.hpp"
#include "protocol/records.hpp"

#include <functional>
#include <map>
#include <optional>

namespace leadlight::compositor {

class Desktop;
class Window;

class Constraints {
  public:
    /// `tell` hears of each change of state.
    Constraints(Desktop& desktop, std::function<void(Window& window, bool active)> tell)
        : desktop_(desktop), tell_(std::move(tell)) {}

    /// What the window wants from now on; nothing begins by it. What is active goes on if it is of
    /// the same kind and the pointer is in the new region: a one-shot constraint that ends is over.
    void ask(Window& window, const protocol::Constraint& request, LayoutPoint pointer);
    /// Begins what the window asked for, if the pointer is where that holds. The caller knows that
    /// the window has focus and pointer.
    void begin(Window& window, LayoutPoint pointer);
    void end();
    /// The person took the pointer back: nothing begins until a press in a window.
    void take_back();
    /// The person pressed in that window's content.
    void pressed(Window& window, LayoutPoint pointer);
    /// The window is gone.
    void forget(policy::WindowId window);

    /// The window that holds the pointer, or none.
    policy::WindowId active() const { return active_; }
    bool locked() const;
    /// Where the pointer may go instead of `to`.
    LayoutPoint confine(LayoutPoint from, LayoutPoint to) const;

  private:
    Desktop& desktop_;
    std::function<void(Window& window, bool active)> tell_;
    std::map<policy::WindowId, protocol::Constraint> asked_;
    policy::WindowId active_;
    bool taken_back_ = false;
};

}  // namespace leadlight::compositor
