// SPDX-License-Identifier: MIT
// What the desktop tells input, and what guests ask of it. A guest's wish about the pointer counts
// while its pointer_enter is the last word, and over its own content only.
#include "compositor/guest/guest.hpp"
#include "compositor/input/input.hpp"
#include "compositor/output/output.hpp"
#include "compositor/records/sealed_file.hpp"
#include "compositor/server.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace leadlight::compositor {

void Input::guest_arrived(Guest& guest) {
    guests_[guest.id()] = std::make_unique<GuestRecipient>(desktop_, guest, devices_.keymap());
    send_keymap(guest);
}

void Input::guest_lost(policy::DomainId domain) {
    const Guest* guest = server_.domains->guest(domain);
    if (guest == nullptr || guest->ended() || !guest->ready()) {
        guests_.erase(domain);  // first: nothing below may speak to it
    }
    if (const Window* held = desktop_.find(constraints_.active());
        held != nullptr && held->domain() == domain) {
        constraints_.end();
    }
    if (const Window* icon = desktop_.find(dragged_); icon != nullptr && icon->domain() == domain) {
        put_down_drag_icon();
    }
    deliver(owner_.take_all_from(domain), now());
    wishes_.erase(domain);
    if (told_focus_ == domain) {
        if (Recipient* old = recipient(domain)) {
            old->focus({}, devices_.state());  // it may still read, though it does not answer
        }
        told_focus_ = {};
    }
    std::erase_if(menus_, [&](policy::WindowId menu) {
        const Window* window = desktop_.find(menu);
        return window == nullptr || window->domain() == domain;
    });
    if (menus_.empty()) {
        change_mode(mode_.leave(policy::Mode::guest_grab));
    }
    scene_changed();
}

void Input::guest_resumed(Guest& guest) {
    if (GuestRecipient* known = guest_recipient(guest.id())) {
        known->start_anew();
    }
    // Whoever else has the focus hears nothing of it.
    if (desktop_.focus().domain() == guest.id()) {
        update_focus();
    }
    scene_changed();
}

void Input::focus_moved() {
    update_focus();
}

void Input::scene_changed() {
    scene_changed_ = true;
    // Not at once: windows may be in the middle of a change.
    if (idle_ == nullptr) {
        idle_ = wl_event_loop_add_idle(
            server_.loop,
            [](void* data) {
                auto* self = static_cast<Input*>(data);
                self->idle_ = nullptr;
                self->settle_scene();
            },
            this);
    }
}

void Input::window_gone(Window& window) {
    const policy::WindowId id = window.id();
    constraints_.forget(id);
    if (drag_ && drag_->window() == id) {
        drag_.reset();
        drag_finger_.reset();
        change_mode(mode_.leave(policy::Mode::person_drag));
    }
    if (frame_press_ && frame_press_->window == id) {
        frame_press_.reset();
    }
    if (hovered_frame_ == id) {
        hovered_frame_ = {};
    }
    if (dragged_ == id) {
        dragged_ = {};
    }
    if (switching_) {
        const std::size_t before = switching_->list.windows().size();
        switching_->list.window_gone(id);
        if (switching_->list.windows().empty()) {
            end_switcher(/*choose=*/false);
        } else if (switching_->list.windows().size() != before) {
            switching_->stale = true;
            frame_due();
        }
    }
    if (menus_.erase(id) != 0 && menus_.empty()) {
        change_mode(mode_.leave(policy::Mode::guest_grab));
    }
    inhibiting_.erase(id);
    scene_changed();
}

// Its serial was vouched for; but a move follows a button, so the domain has to hold one.
void Input::move_asked(Window& window) {
    if (owner_.grabbing() == window.domain()) {
        begin_drag(window, {});
    }
}

void Input::resize_asked(Window& window, policy::Edges edges) {
    if (owner_.grabbing() == window.domain() && !window.states().maximized &&
        !window.states().fullscreen) {
        begin_drag(window, edges);
    }
}

void Input::popup_grabs(Window& popup) {
    if (!guests_hear(mode_.mode())) {
        // The person is at something else; menus ended when that began.
        desktop_.dismiss_popups(popup.domain());
        return;
    }
    menus_.insert(popup.id());
    change_mode(mode_.enter(policy::Mode::guest_grab));
}

bool Input::menus_open_in(policy::DomainId domain) const {
    return std::ranges::any_of(menus_, [&](policy::WindowId id) {
        const Window* menu = desktop_.find(id);
        return menu != nullptr && menu->domain() == domain;
    });
}

// One that is not in sight takes no press.
void Input::forget_hidden_menus() {
    const auto hidden = std::erase_if(menus_, [&](policy::WindowId id) {
        const Window* menu = desktop_.find(id);
        return menu == nullptr || !desktop_.in_sight(*menu);
    });
    if (hidden != 0 && menus_.empty()) {
        change_mode(mode_.leave(policy::Mode::guest_grab));
    }
}

void Input::cursor_shape(Guest& guest, const protocol::CursorShapeSet& request) {
    const GuestRecipient* known = guest_recipient(guest.id());
    if (known != nullptr && known->entered() && request.serial == known->entered_with()) {
        wishes_[guest.id()] = request.shape;
        wish_changed_ = true;
        frame_due();
    }
}

void Input::cursor_image(Guest& guest, const protocol::CursorFile& request,
                         grants::Descriptor file) {
    const GuestRecipient* known = guest_recipient(guest.id());
    if (known == nullptr || !known->entered() || request.serial != known->entered_with()) {
        return;
    }
    wishes_[guest.id()] = CursorFile{request, std::move(file)};
    wish_changed_ = true;
    frame_due();
}

// However many wishes come in a refresh, one is looked into and shown.
void Input::before_frame() {
    if (switching_ && std::exchange(switching_->stale, false)) {
        switching_->view.show(switching_->list);
    }
    if (!std::exchange(wish_changed_, false)) {
        return;
    }
    for (auto& [domain, wish] : wishes_) {
        if (const auto* waiting = std::get_if<CursorFile>(&wish)) {
            wish = read_picture(*waiting);
        }
    }
    update_look(desktop_.at(cursor_.x(), cursor_.y()));
}

Input::CursorWish Input::read_picture(const CursorFile& waiting) {
    const auto& request = waiting.request;
    const std::size_t size = std::size_t{request.width} * request.height * 4;
    const auto bytes = records::read_sealed_file(waiting.file.get(), size);
    if (!bytes) {
        return protocol::CursorShape::default_;
    }
    auto picture = std::make_shared<CursorPicture>(theming::Bitmap(request.width, request.height),
                                                   request.hotspot_x, request.hotspot_y);
    std::memcpy(picture->bitmap.pixels.data(), bytes->data(), size);
    return picture;
}

void Input::frame_due() {
    if (Output* output = server_.outputs->at(cursor_.x(), cursor_.y())) {
        output->schedule_frame();
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
    GuestRecipient* known = guest_recipient(guest.id());
    if (known != nullptr && owner_.grabbing() == guest.id()) {
        known->drag(true);
        put_down_drag_icon();
        if (icon != nullptr) {
            dragged_ = icon->id();
            carry_drag_icon();
        }
    }
}

// Above other domains' windows, in its own frame, and nothing that a press could land on: whatever
// is below it stays what the pointer is over, so no drop crosses.
void Input::carry_drag_icon() {
    if (Window* icon = desktop_.find(dragged_)) {
        desktop_.carry(*icon, {std::lround(cursor_.x()), std::lround(cursor_.y())});
    }
}

void Input::put_down_drag_icon() {
    if (Window* icon = desktop_.find(std::exchange(dragged_, {}))) {
        desktop_.put_down(*icon);
    }
}

void Input::drag_end(Guest& guest) {
    if (GuestRecipient* known = guest_recipient(guest.id())) {
        known->drag(false);
    }
    const Window* icon = desktop_.find(dragged_);
    if (icon != nullptr && icon->domain() == guest.id()) {
        put_down_drag_icon();
    }
}

void Input::idle_inhibit(Window& window, bool inhibit) {
    if (inhibit) {
        inhibiting_.insert(window.id());
    } else {
        inhibiting_.erase(window.id());
    }
    update_idle();
}

// Only what the person can see keeps the screen on, and only while somebody is behind it.
void Input::update_idle() {
    const bool inhibited =
        (surfaces_ != nullptr && surfaces_->inhibit_idle()) ||
        std::ranges::any_of(inhibiting_, [&](policy::WindowId id) {
            const Window* window = desktop_.find(id);
            const Guest* guest =
                window != nullptr ? server_.domains->guest(window->domain()) : nullptr;
            return guest != nullptr && guest->responding() && desktop_.in_sight(*window);
        });
    if (std::exchange(idle_inhibited_, inhibited) != inhibited && on_idle_inhibit) {
        on_idle_inhibit(inhibited);
    }
}

}  // namespace leadlight::compositor
