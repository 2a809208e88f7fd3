// SPDX-License-Identifier: MIT
// Guests come and go, and ask what only input can answer. A guest's wish about the pointer counts
// while its pointer_enter is the last word, and over its own content only.
#include "compositor/guest/guest.hpp"
#include "compositor/input/input.hpp"
#include "compositor/server.hpp"

#include <utility>

namespace leadlight::compositor {

void Input::guest_arrived(Guest& guest) {
    recipients_.add(guest, devices_.keymap());
    guest_keymap_.send(guest);
}

void Input::guest_lost(policy::DomainId domain) {
    const Guest* guest = server_.domains->guest(domain);
    if (guest == nullptr || guest->ended() || !guest->ready()) {
        recipients_.remove(domain);  // first: nothing below may speak to it
    }
    if (const Window* held = desktop_.find(constraints_.active());
        held != nullptr && held->domain() == domain) {
        constraints_.end();
    }
    drag_icon_.put_down_of(domain);
    if (GuestRecipient* known = recipients_.find_guest(domain)) {
        known->drop_nowhere();
    }
    deliver(owner_.take_all_from(domain), now());
    look_.forget(domain);
    if (told_focus_ == domain) {
        if (Recipient* old = recipients_.find(domain)) {
            old->focus({}, devices_.state());  // it may still read, though it does not answer
        }
        told_focus_ = {};
    }
    menus_.forget(domain);
    end_grab_without_menus();
    scene_changed();
}

void Input::guest_resumed(Guest& guest) {
    if (GuestRecipient* known = recipients_.find_guest(guest.id())) {
        known->start_anew();
    }
    // Whoever else has the focus hears nothing of it.
    if (desktop_.focus().domain() == guest.id()) {
        update_focus();
    }
    scene_changed();
}

void Input::popup_grabs(Window& popup) {
    if (!guests_hear(mode_.mode())) {
        // The person is at something else; menus ended when that began.
        desktop_.dismiss_popups(popup.domain());
        return;
    }
    menus_.add(popup.id());
    change_mode(mode_.enter(policy::Mode::guest_grab));
}

bool Input::names_last_enter(const Guest& guest, protocol::Serial serial) const {
    const GuestRecipient* known = recipients_.find_guest(guest.id());
    return known != nullptr && known->entered() && known->entered_with() == serial;
}

void Input::cursor_shape(Guest& guest, const protocol::CursorShapeSet& request) {
    if (names_last_enter(guest, request.serial)) {
        look_.wish(guest.id(), request.shape);
        frame_due();
    }
}

void Input::cursor_image(Guest& guest, const protocol::CursorFile& request,
                         grants::Descriptor file) {
    if (names_last_enter(guest, request.serial)) {
        look_.wish(guest.id(), request, std::move(file));
        frame_due();
    }
}

void Input::constraint(Window& window, const protocol::Constraint& request) {
    constraints_.ask(window, request, pointer());
    // It holds only where the person is: in the focused window, under the pointer.
    if (desktop_.focused() == &window && owner_.hovered() == window.domain() &&
        mode_.mode() == policy::Mode::normal) {
        constraints_.begin(window, pointer());
    }
}

void Input::drag_begin(Guest& guest, Window* icon) {
    GuestRecipient* known = recipients_.find_guest(guest.id());
    if (known == nullptr || owner_.grabbing() != guest.id()) {
        return;
    }
    known->drag(true);
    drag_icon_.put_down();
    if (icon != nullptr) {
        drag_icon_.take(*icon, pointer());
    }
}

void Input::drag_end(Guest& guest) {
    if (GuestRecipient* known = recipients_.find_guest(guest.id())) {
        known->drag(false);
    }
    drag_icon_.put_down_of(guest.id());
}

void Input::idle_inhibit(Window& window, bool inhibit) {
    idle_inhibitors_.set(window.id(), inhibit);
    update_idle();
}

}  // namespace leadlight::compositor
