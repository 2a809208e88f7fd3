// SPDX-License-Identifier: MIT
#include "compositor/input/recipients.hpp"

#include "compositor/desktop/window.hpp"
#include "compositor/guest/guest.hpp"

namespace leadlight::compositor {

Recipients::Recipients(Desktop& desktop, wlr_seat* seat, xkb_keymap* keymap)
    : desktop_(desktop), admin_(desktop, seat, keymap) {}

void Recipients::add(Guest& guest, xkb_keymap* keymap) {
    guests_[guest.id()] = std::make_unique<GuestRecipient>(desktop_, guest, keymap);
}

GuestRecipient* Recipients::find_guest(policy::DomainId domain) const {
    const auto found = guests_.find(domain);
    return found == guests_.end() ? nullptr : found->second.get();
}

Recipient* Recipients::find(policy::DomainId domain) {
    return domain == admin_domain ? static_cast<Recipient*>(&admin_) : find_guest(domain);
}

void Recipients::tell(const policy::Delivery& delivery, const Event& event) {
    Recipient* to = find(delivery.to);
    if (to == nullptr) {
        return;
    }
    using Kind = policy::Delivery::Kind;
    switch (delivery.kind) {
    case Kind::key_press:
    case Kind::key_release:
        to->key(delivery.code, delivery.kind == Kind::key_press, event.time, event.keyboard);
        break;
    case Kind::pointer_enter:
        to->pointer_enter(delivery.window, event.pointer);
        break;
    case Kind::pointer_leave:
        to->pointer_leave(delivery.window);
        break;
    case Kind::pointer_motion:
        to->pointer_motion(delivery.window, delivery.under, event.pointer, event.time);
        break;
    case Kind::button_press:
    case Kind::button_release:
        to->button(delivery.code, delivery.kind == Kind::button_press, event.time);
        break;
    case Kind::pointer_axis:
        if (event.scroll != nullptr) {
            to->scroll(*event.scroll, event.time);
        }
        break;
    case Kind::touch_down:
        to->touch_down(delivery.code, delivery.window, event.finger, event.time);
        break;
    case Kind::touch_motion:
        to->touch_motion(delivery.code, event.finger, event.time);
        break;
    case Kind::touch_up:
        to->touch_up(delivery.code, event.time);
        break;
    case Kind::touch_cancel:
        to->touch_cancel();
        break;
    }
}

void Recipients::keymap(xkb_keymap* keymap) {
    admin_.keymap(keymap);
    for (const auto& [id, guest] : guests_) {
        guest->keymap(keymap);
    }
}

void Recipients::pointer_frame() {
    admin_.pointer_frame();
    for (const auto& [id, guest] : guests_) {
        guest->pointer_frame();
    }
}

void Recipients::touch_frame() {
    admin_.touch_frame();
    for (const auto& [id, guest] : guests_) {
        guest->touch_frame();
    }
}

void Recipients::drop_nowhere() {
    for (const auto& [id, guest] : guests_) {
        guest->drop_nowhere();
    }
}

}  // namespace leadlight::compositor
