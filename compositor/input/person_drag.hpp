// SPDX-License-Identifier: MIT
// The person moves or resizes a window: by its frame, by Super and a button, by a hotkey, or
// because its guest asked for it in answer to a press. All of it follows the pointer, and nothing a
// guest does in between changes where it goes.
#pragma once

#include "compositor/input/recipient.hpp"
#include "compositor/policy/resize.hpp"
#include "compositor/policy/types.hpp"

namespace leadlight::compositor {

class Desktop;
class Window;

/// A drag that begins: of those edges, or (none) of the whole window.
struct DragStart {
    Window* window;
    policy::Edges edges;
    /// This point of the window stays under the pointer, though the drag may begin a little later.
    LayoutPoint from;
};

class PersonDrag {
  public:
    PersonDrag(Desktop& desktop, const DragStart& start);

    policy::WindowId window() const { return window_; }
    /// The theme's name of what it looks like.
    const char* shape() const;
    void follow(LayoutPoint pointer);
    /// The window stays where it is.
    void finish();
    /// It goes back to where it was.
    void cancel();

  private:
    bool resizes() const { return edges_ != policy::Edges{}; }

    Desktop& desktop_;
    policy::WindowId window_;
    policy::Edges edges_;
    LayoutPoint from_;
    policy::Box start_;
};

}  // namespace leadlight::compositor
