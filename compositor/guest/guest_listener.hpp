// SPDX-License-Identifier: MIT
// What guests tell the code that handles input (compositor/input/): who can be spoken to, and the
// requests that only input can answer. All are calls from the event loop; none may destroy a window
// or a guest.
#pragma once

#include "compositor/policy/types.hpp"
#include "protocol/records.hpp"
#include "shm-grants/descriptor.hpp"

namespace leadlight::compositor {

class Guest;
class Window;

class GuestListener {
  public:
    virtual ~GuestListener() = default;

    /// A guest said hello and has its welcome: it needs keymap and repeat before any window.
    virtual void guest_arrived(Guest& guest) = 0;
    /// It is gone, or does not respond: focus, grabs and touches are taken from it.
    virtual void guest_lost(policy::DomainId domain) = 0;
    /// It reads again; what it knew of input is void.
    virtual void guest_resumed(Guest& guest) = 0;

    /// Keys go to one of its windows: what the person does is meant for it.
    virtual bool has_keys(policy::DomainId domain) const = 0;

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
