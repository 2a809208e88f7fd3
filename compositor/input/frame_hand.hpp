// SPDX-License-Identifier: MIT
// The person's hand on a frame: its buttons, its title, its edges. All of it is the compositor's
// own drawing, so no guest hears of any of it (rule 4).
#pragma once

#include "compositor/input/person_drag.hpp"
#include "compositor/policy/types.hpp"
#include "theming/frame_geometry.hpp"

#include <optional>

namespace leadlight::compositor {

class Desktop;
class Window;
struct Hit;

class FrameHand {
  public:
    explicit FrameHand(Desktop& desktop) : desktop_(desktop) {}

    /// A button was pressed on a frame, which may begin a drag at once.
    [[nodiscard]] std::optional<DragStart> press(const Hit& hit, LayoutPoint pointer,
                                                 policy::Time time);
    /// The pointer moved. A title becomes a handle by that: a click on it moves nothing.
    [[nodiscard]] std::optional<DragStart> pointer_moved(LayoutPoint pointer);
    void release(LayoutPoint pointer);
    /// A finger came down on a frame: on a button it is a click, on a handle it drags.
    [[nodiscard]] std::optional<DragStart> finger_down(Window& window, theming::FramePart part,
                                                       LayoutPoint at);

    /// The pointer is over that part; null: over none, or a drag goes on.
    void hover(Window* window, theming::FramePart part);
    /// Whatever was pressed, something else goes on now.
    void let_go();
    /// The window is gone.
    void forget(policy::WindowId window);

  private:
    /// A press that has not become a drag.
    struct Press {
        policy::WindowId window;
        theming::FramePart part;
        LayoutPoint at;
    };
    struct Click {
        policy::WindowId window;
        policy::Time time{};
        LayoutPoint at;
    };
    void click(Window& window, theming::FramePart button);

    Desktop& desktop_;
    std::optional<Press> press_;
    std::optional<Click> title_click_;  // the first of two, perhaps
    policy::WindowId hovered_;
};

}  // namespace leadlight::compositor
