// SPDX-License-Identifier: MIT
// What the desktop tells the code that handles input (compositor/input/): changes that move focus,
// the pointer's target or a grab. All are calls from the event loop; none may destroy a window.
#pragma once

#include "compositor/policy/resize.hpp"

namespace leadlight::compositor {

class Window;

class DesktopListener {
  public:
    virtual ~DesktopListener() = default;

    /// Another window has the focus, or none. Comes after the window's activated state was set.
    virtual void focus_moved() = 0;
    /// Windows came, went, moved or were restacked: another one may lie under the resting pointer.
    virtual void scene_changed() = 0;
    /// A window's content is cropped to another size.
    virtual void content_fitted(Window& window) = 0;
    /// The window leaves the screen for good; no pointer to it may be kept.
    virtual void window_gone(Window& window) = 0;

    /// Its program would have the person move or resize it. A guest's serial was vouched for
    /// (rule 5).
    virtual void move_asked(Window& window) = 0;
    virtual void resize_asked(Window& window, policy::Edges edges) = 0;

    /// The desktop settles before a frame is drawn: what guests asked for since the last one, of
    /// which the last counts, is done now.
    virtual void before_frame() = 0;
};

}  // namespace leadlight::compositor
