// SPDX-License-Identifier: MIT
#include "compositor/input/admin_recipient.hpp"

#include "compositor/desktop/desktop.hpp"
#include "wlr-headers/wlroots.hpp"

#include <set>
#include <utility>

namespace leadlight::compositor {

namespace {

std::uint32_t stamp(policy::Time time) {
    return static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
}

}  // namespace

AdminRecipient::AdminRecipient(Desktop& desktop, wlr_seat* seat, xkb_keymap* keymap)
    : desktop_(desktop), seat_(seat), modifiers_(keymap) {}

AdminRecipient::Place AdminRecipient::place_at(LayoutPoint at) const {
    const Hit hit = desktop_.at(at.x, at.y);
    if (hit.node == nullptr || hit.node->type != WLR_SCENE_NODE_BUFFER) {
        return {};
    }
    auto* scene_surface = wlr_scene_surface_try_from_buffer(wlr_scene_buffer_from_node(hit.node));
    return scene_surface == nullptr ? Place{}
                                    : Place{scene_surface->surface, hit.node_x, hit.node_y};
}

void AdminRecipient::keymap(xkb_keymap* keymap) {
    modifiers_.emplace(keymap);
    told_.reset();
}

void AdminRecipient::send_modifiers(xkb_state* physical) {
    const ModifierState state = modifiers_->state(physical);
    if (state == told_) {
        return;
    }
    told_ = state;
    wlr_keyboard_modifiers modifiers{state.depressed, state.latched, state.locked, state.group};
    wlr_seat_keyboard_notify_modifiers(seat_, &modifiers);
}

void AdminRecipient::focus(policy::WindowId window, xkb_state* physical) {
    wlr_surface* surface =
        window && surfaces_ != nullptr ? surfaces_->keyboard_surface(window) : nullptr;
    // While a menu has its grab, wlroots lets the keyboard enter and leave nothing.
    if (surfaces_ != nullptr && surface != seat_->keyboard_state.focused_surface) {
        surfaces_->dismiss_menus();
    }
    if (surface == nullptr) {
        wlr_seat_keyboard_notify_clear_focus(seat_);
        return;
    }
    const ModifierState state = modifiers_->state(physical);
    told_ = state;
    const wlr_keyboard_modifiers modifiers{state.depressed, state.latched, state.locked,
                                           state.group};
    wlr_seat_keyboard_notify_enter(seat_, surface, nullptr, 0, &modifiers);
}

void AdminRecipient::key(std::uint32_t code, bool pressed, policy::Time time, xkb_state* physical) {
    modifiers_->key(code, pressed);
    wlr_seat_keyboard_notify_key(seat_, stamp(time), code,
                                 pressed ? WL_KEYBOARD_KEY_STATE_PRESSED
                                         : WL_KEYBOARD_KEY_STATE_RELEASED);
    send_modifiers(physical);
}

void AdminRecipient::locks_changed(xkb_state* physical) {
    if (seat_->keyboard_state.focused_surface != nullptr) {
        send_modifiers(physical);
    }
}

void AdminRecipient::pointer_enter(policy::WindowId /*window*/, LayoutPoint at) {
    const Place place = place_at(at);
    if (place.surface != nullptr) {
        origin_ = {at.x - place.x, at.y - place.y};
        wlr_seat_pointer_notify_enter(seat_, place.surface, place.x, place.y);
        frame_due_ = true;
    }
}

void AdminRecipient::pointer_leave(policy::WindowId /*window*/) {
    wlr_seat_pointer_notify_clear_focus(seat_);
    buttons_ = 0;
}

void AdminRecipient::pointer_motion(policy::WindowId window, policy::WindowId under, LayoutPoint at,
                                    policy::Time time) {
    // A window has many surfaces; while no button is held, or a drag is under way, the one below
    // the pointer is entered.
    if (buttons_ == 0 || (seat_->drag != nullptr && under)) {
        pointer_enter(window, at);
    }
    wlr_seat_pointer_notify_motion(seat_, stamp(time), at.x - origin_.x, at.y - origin_.y);
    frame_due_ = true;
}

void AdminRecipient::button(std::uint32_t code, bool pressed, policy::Time time) {
    buttons_ = pressed ? buttons_ + 1 : std::max(0, buttons_ - 1);
    wlr_seat_pointer_notify_button(seat_, stamp(time), code,
                                   pressed ? WL_POINTER_BUTTON_STATE_PRESSED
                                           : WL_POINTER_BUTTON_STATE_RELEASED);
    frame_due_ = true;
}

void AdminRecipient::scroll(const Scroll& scroll, policy::Time time) {
    wlr_seat_pointer_notify_axis(
        seat_, stamp(time),
        scroll.horizontal ? WL_POINTER_AXIS_HORIZONTAL_SCROLL : WL_POINTER_AXIS_VERTICAL_SCROLL,
        scroll.value, scroll.value120, static_cast<wl_pointer_axis_source>(scroll.source),
        scroll.inverted ? WL_POINTER_AXIS_RELATIVE_DIRECTION_INVERTED
                        : WL_POINTER_AXIS_RELATIVE_DIRECTION_IDENTICAL);
    frame_due_ = true;
}

void AdminRecipient::pointer_frame() {
    if (std::exchange(frame_due_, false)) {
        wlr_seat_pointer_notify_frame(seat_);
    }
}

void AdminRecipient::touch_down(std::uint32_t finger, policy::WindowId /*window*/, LayoutPoint at,
                                policy::Time time) {
    const Place place = place_at(at);
    if (place.surface != nullptr) {
        finger_origins_[finger] = {at.x - place.x, at.y - place.y};
        wlr_seat_touch_notify_down(seat_, place.surface, stamp(time),
                                   static_cast<std::int32_t>(finger), place.x, place.y);
    }
}

void AdminRecipient::touch_motion(std::uint32_t finger, LayoutPoint at, policy::Time time) {
    const auto origin = finger_origins_.find(finger);
    if (origin != finger_origins_.end()) {
        wlr_seat_touch_notify_motion(seat_, stamp(time), static_cast<std::int32_t>(finger),
                                     at.x - origin->second.x, at.y - origin->second.y);
    }
}

void AdminRecipient::touch_up(std::uint32_t finger, policy::Time time) {
    if (finger_origins_.erase(finger) != 0) {
        wlr_seat_touch_notify_up(seat_, stamp(time), static_cast<std::int32_t>(finger));
    }
}

void AdminRecipient::touch_cancel() {
    finger_origins_.clear();
    // One call cancels all points of a client, and changes the list.
    std::set<wlr_seat_client*> clients;
    wlr_touch_point* point = nullptr;
    wl_list_for_each(point, &seat_->touch_state.touch_points, link) {
        clients.insert(point->client);
    }
    for (wlr_seat_client* client : clients) {
        wlr_seat_touch_notify_cancel(seat_, client);
    }
}

void AdminRecipient::touch_frame() {
    wlr_seat_touch_notify_frame(seat_);
}

}  // namespace leadlight::compositor
