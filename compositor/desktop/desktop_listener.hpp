// SPDX-License-Identifier: MIT
// What the desktop tells the code that handles input (compositor/input/): changes that move focus,
// the pointer's target or a grab, and the requests of guests that only input can answer. All are
// calls from the event loop; none may destroy a window or a guest.
#pragma once

#include "compositor/policy/resize.hpp"
#include "compositor/policy/types.hpp"
#include "protocol/records.hpp"
#include "shm-grants/descriptor.hpp"

namespace leadlight::compositor {

class Guest;
class Window;

class DesktopListener {
  public:
    virtual ~DesktopListener() = default;

    /// A guest said hello and has its welcome: it needs keymap and repeat before any window.
    virtual void guest_arrived(Guest& guest) = 0;
    /// It is gone, or does not respond: focus, grabs and touches are taken from it.
    virtual void guest_lost(policy::DomainId domain) = 0;
    /// It reads again; what it knew of input is void.
    virtual void guest_resumed(Guest& guest) = 0;

    /// Another window has the focus, or none. Comes after the window's activated state was set.
    virtual void focus_moved() = 0;
    /// Windows came, went, moved or were restacked: another one may lie under the resting pointer.
    virtual void scene_changed() = 0;
    /// The window leaves the screen for good; no pointer to it may be kept.
    virtual void window_gone(Window& window) = 0;

    /// Requests that were already vouched for by a serial (rule 5).
    virtual void move_asked(Window& window) = 0;
    virtual void resize_asked(Window& window, policy::Edges edges) = 0;

    /// The desktop settles before a frame is drawn: what guests asked for since the last one, of
    /// which the last counts, is done now.
    virtual void before_frame() = 0;

    /// A popup with a grab is about to be shown; its serial was vouched for.
    virtual void popup_grabs(Window& popup) = 0;

    /// Not checked but for their form: serial and pointer position are input's to judge.
    virtual void cursor_shape(Guest& guest, const protocol::CursorShapeSet& request) = 0;
    /// The file's size and seals were checked; it holds width * height * 4 bytes.
    virtual void cursor_image(Guest& guest, const protocol::CursorFile& request,
                              grants::Descriptor file) = 0;
    virtual void constraint(Window& window, const protocol::Constraint& request) = 0;
    /// A drag of the guest's own, without or with an icon. Its serial was vouched for.
    virtual void drag_begin(Guest& guest, Window* icon) = 0;
    virtual void drag_end(Guest& guest) = 0;
    virtual void idle_inhibit(Window& window, bool inhibit) = 0;
};

}  // namespace leadlight::compositor
