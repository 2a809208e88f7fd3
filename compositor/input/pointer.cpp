// SPDX-License-Identifier: MIT
#include "compositor/input/event_time.hpp"
#include "compositor/input/input.hpp"
#include "compositor/server.hpp"

#include <linux/input-event-codes.h>

namespace leadlight::compositor {

std::optional<policy::Target> Input::target_of(const Hit& hit) {
    if (hit.window != nullptr && hit.in_content()) {
        return policy::Target{hit.window->domain(), hit.window->id()};
    }
    if (hit.owner != nullptr && hit.window == nullptr && surfaces_ != nullptr) {
        if (const policy::WindowId layer = surfaces_->layer_surface(*hit.owner)) {
            return policy::Target{admin_domain, layer};
        }
    }
    return std::nullopt;
}

// A frame counts as its domain, the compositor's own drawing as none.
policy::DomainId Input::domain_of(const Hit& hit) const {
    if (hit.window != nullptr) {
        return hit.window->domain();
    }
    const bool layer = hit.owner != nullptr && hit.owner->kind == SceneOwner::Kind::layer_surface;
    return layer ? admin_domain : policy::DomainId{};
}

void Input::motion(const wlr_pointer_motion_event& event) {
    const policy::Time time = event_time(event.time_msec, now());
    policy::DomainId told;
    if (constraints_.locked()) {
        if (on_activity) {
            on_activity();
        }
        // It is where it was.
        const Window* window = desktop_.find(constraints_.active());
        told = window != nullptr ? window->domain() : policy::DomainId{};
    } else {
        settle_scene();
        const auto before = owner_.pointed();
        const LayoutPoint to = constraints_.confine(
            pointer(), {cursor_.x() + event.delta_x, cursor_.y() + event.delta_y});
        wlr_cursor_move(cursor_.wlr(), &event.pointer->base, to.x - cursor_.x(),
                        to.y - cursor_.y());
        pointer_moved(time);
        // The way into a window is not told: it was over another's, and would say how far two
        // windows of a domain are apart.
        if (before && owner_.pointed() == before) {
            told = before->domain;
        }
    }
    if (GuestRecipient* guest = guest_recipient(told)) {
        guest->relative_motion(event.delta_x, event.delta_y, event.unaccel_dx, event.unaccel_dy,
                               time);
    }
}

void Input::motion_absolute(const wlr_pointer_motion_absolute_event& event) {
    const policy::Time time = event_time(event.time_msec, now());
    LayoutPoint to;
    wlr_cursor_absolute_to_layout_coords(cursor_.wlr(), &event.pointer->base, event.x, event.y,
                                         &to.x, &to.y);
    if (constraints_.locked()) {
        return;  // and such a device has no relative way to tell
    }
    settle_scene();
    to = constraints_.confine(pointer(), to);
    wlr_cursor_warp_closest(cursor_.wlr(), &event.pointer->base, to.x, to.y);
    pointer_moved(time);
}

void Input::pointer_moved(policy::Time time) {
    if (on_activity) {
        on_activity();
    }
    const Hit hit = desktop_.at(cursor_.x(), cursor_.y());
    guard_.moved(domain_of(hit));
    if (drag_ && !drag_finger_) {
        drag_->follow(pointer());
    } else if (frame_press_) {
        frame_motion();
    }
    deliver(owner_.pointer(target_of(hit)), time);
    carry_drag_icon();
    update_look(hit);
}

// Called before the pointer moves, too: what changed while it rested changed under the old place.
void Input::settle_scene() {
    if (!scene_changed_) {
        return;
    }
    scene_changed_ = false;
    forget_hidden_menus();
    watch_for_touch();
    carry_drag_icon();  // its output may be gone
    update_idle();
    const Hit hit = desktop_.at(cursor_.x(), cursor_.y());
    guard_.scene_changed(domain_of(hit), now());
    deliver(owner_.pointer(target_of(hit), /*moved=*/false), now());
    if (const Window* held = desktop_.find(constraints_.active());
        held != nullptr && (hit.window != held || !hit.in_content())) {
        constraints_.end();  // something came between
    }
    frame();
    update_look(hit);
}

void Input::update_look(const Hit& hit) {
    using theming::FramePart;
    if (drag_) {
        hover_frame(nullptr, FramePart::outside);
        cursor_.show(drag_->shape());
        return;
    }
    const bool pressed_elsewhere = !buttons_down_.empty();
    if (!pressed_elsewhere) {
        hover_frame(hit.window, hit.window != nullptr ? hit.part : FramePart::outside);
    }
    // Whoever holds the buttons keeps the look, wherever the pointer is.
    const policy::DomainId whose = owner_.hovered();
    if (whose == admin_domain) {
        if (!admin_cursor_) {
            cursor_.show("default");
        }
        return;
    }
    const auto wish = wishes_.find(whose);
    if (whose && wish != wishes_.end()) {
        if (const auto* shape = std::get_if<protocol::CursorShape>(&wish->second)) {
            // Over anything else the person sees where the pointer is, though a button is held.
            const bool over_its_own = hit.in_content() && domain_of(hit) == whose;
            cursor_.show(*shape != protocol::CursorShape::hidden || over_its_own
                             ? *shape
                             : protocol::CursorShape::default_);
            return;
        }
        const GuestRecipient* guest = guest_recipient(whose);
        const auto* picture = std::get_if<std::shared_ptr<const CursorPicture>>(&wish->second);
        Window* window = guest != nullptr ? desktop_.find(guest->entered()) : nullptr;
        if (picture == nullptr) {
            return;  // the next frame shows it
        }
        if (window != nullptr) {
            cursor_.show_picture(*picture, *window);
            return;
        }
    }
    switch (hit.window != nullptr && !pressed_elsewhere ? hit.part : FramePart::outside) {
    case FramePart::top:
        return cursor_.show("n-resize");
    case FramePart::bottom:
        return cursor_.show("s-resize");
    case FramePart::left:
        return cursor_.show("w-resize");
    case FramePart::right:
        return cursor_.show("e-resize");
    case FramePart::top_left:
        return cursor_.show("nw-resize");
    case FramePart::top_right:
        return cursor_.show("ne-resize");
    case FramePart::bottom_left:
        return cursor_.show("sw-resize");
    case FramePart::bottom_right:
        return cursor_.show("se-resize");
    default:
        return cursor_.show("default");
    }
}

void Input::button(const wlr_pointer_button_event& event) {
    if (on_activity) {
        on_activity();
    }
    settle_scene();
    const policy::Time time = event_time(event.time_msec, now());
    if (event.state == WL_POINTER_BUTTON_STATE_PRESSED) {
        buttons_down_.insert(event.button);
        pressed(event.button, time);
    } else {
        buttons_down_.erase(event.button);
        released(event.button, time);
    }
}

void Input::pressed(std::uint32_t button, policy::Time time) {
    const auto nowhere = [&] { deliver(owner_.button_pressed(button, /*allowed=*/false), time); };
    desktop_.person_acted();
    if (drag_) {
        // A drag that a hotkey began ends with a click; in one that a button began, other buttons
        // mean nothing.
        nowhere();
        if (buttons_down_.size() == 1) {
            end_drag(/*cancelled=*/false);
        }
        return;
    }
    // Else what was pressed first has the others too (rule 4), and nothing here changes.
    const bool first = buttons_down_.size() == 1;
    if (!first) {
        deliver(owner_.button_pressed(button), time);
        return;
    }
    if (!guard_.allows_press(time)) {
        return nowhere();
    }
    const Hit hit = desktop_.at(cursor_.x(), cursor_.y());
    const auto target = target_of(hit);
    if (press_ends_menus(target)) {
        return nowhere();
    }
    if (is_our_own(hit)) {
        nowhere();
        if (!press_on_trusted(hit, pointer())) {
            end_switcher(/*choose=*/false);
        }
        return;
    }
    if (surfaces_ != nullptr && (!target || target->domain != admin_domain)) {
        surfaces_->dismiss_menus();
    }
    if (hit.window != nullptr && surfaces_ != nullptr) {
        surfaces_->window_pressed();
    }
    if (hit.window != nullptr && super_held(devices_.state())) {
        nowhere();
        return press_with_super(*hit.window, button);
    }
    if (!target) {
        nowhere();
        if (hit.window != nullptr) {
            desktop_.choose(*hit.window);
            if (button == BTN_LEFT) {
                press_on_frame(hit, time);
            }
        }
        return;
    }
    if (hit.window != nullptr) {
        desktop_.choose(*hit.window);
    } else {
        surfaces_->layer_surface_pressed(target->window);
    }
    deliver(owner_.button_pressed(button), time);
    if (hit.window != nullptr && hit.window->is_guest()) {
        constraints_.pressed(*hit.window, pointer());
    }
}

// The press that ends a menu does no more than that.
bool Input::press_ends_menus(const std::optional<policy::Target>& target) {
    if (mode_.mode() != policy::Mode::guest_grab) {
        return false;
    }
    if (target && menus_open_in(target->domain)) {
        return false;
    }
    change_mode(mode_.leave(policy::Mode::guest_grab));
    return true;
}

bool Input::is_our_own(const Hit& hit) const {
    return switching_ || (hit.owner != nullptr && hit.owner->kind == SceneOwner::Kind::trusted);
}

void Input::press_with_super(Window& window, std::uint32_t button) {
    desktop_.choose(window);
    if (window.role() != WindowRole::toplevel) {
        return;
    }
    if (button == BTN_LEFT) {
        begin_drag(window, {});
    } else if (button == BTN_RIGHT) {
        begin_drag(window, policy::edges_at(window.content_box(),
                                            {std::lround(cursor_.x()), std::lround(cursor_.y())}));
    }
}

void Input::released(std::uint32_t button, policy::Time time) {
    deliver(owner_.button_released(button), time);
    if (!buttons_down_.empty()) {
        return;
    }
    if (drag_ && !drag_finger_) {
        end_drag(/*cancelled=*/false);
    }
    put_down_drag_icon();
    release_on_frame();
    // Where the pointer is may be another's; but nothing moved.
    const Hit hit = desktop_.at(cursor_.x(), cursor_.y());
    deliver(owner_.pointer(target_of(hit), /*moved=*/false), time);
    update_look(hit);
}

void Input::axis(const wlr_pointer_axis_event& event) {
    if (on_activity) {
        on_activity();
    }
    settle_scene();
    const Scroll scroll{
        .horizontal = event.orientation == WL_POINTER_AXIS_HORIZONTAL_SCROLL,
        .source = static_cast<std::uint8_t>(event.source),
        .value = event.delta,
        .value120 = event.delta_discrete,
        .inverted = event.relative_direction == WL_POINTER_AXIS_RELATIVE_DIRECTION_INVERTED,
    };
    deliver(owner_.axis(), event_time(event.time_msec, now()), &scroll);
}

void Input::frame() {
    admin_.pointer_frame();
    for (const auto& [id, guest] : guests_) {
        guest->pointer_frame();
    }
}

}  // namespace leadlight::compositor
