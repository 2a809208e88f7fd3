// SPDX-License-Identifier: MIT
// What a press of a button or of a finger means beyond the window that hears of it: whom the person
// turns to, what ends by it, and the drags that begin by it.
#include "compositor/input/input.hpp"
#include "compositor/server.hpp"

#include <linux/input-event-codes.h>

#include <cmath>

namespace leadlight::compositor {

std::optional<policy::Target> Input::target_of(const Hit& hit) const {
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

policy::DomainId Input::domain_of(const Hit& hit) {
    if (hit.window != nullptr) {
        return hit.window->domain();
    }
    const bool layer = hit.owner != nullptr && hit.owner->kind == SceneOwner::Kind::layer_surface;
    return layer ? admin_domain : policy::DomainId{};
}

// Such a press does nothing else where it is. But it turns to that: the person's acts on the menu's
// domain vouch for no other menu then, in which the next press would end.
bool Input::press_ends_menus(const std::optional<policy::Target>& target) {
    if (mode_.mode() != policy::Mode::guest_grab || (target && menus_.open_in(target->domain))) {
        return false;
    }
    change_mode(mode_.leave(policy::Mode::guest_grab));
    return true;
}

bool Input::is_our_own(const Hit& hit) const {
    return switching_ || (hit.owner != nullptr && hit.owner->kind == SceneOwner::Kind::trusted);
}

void Input::press_on_our_own(const Hit& hit, LayoutPoint at) {
    const bool trusted = hit.owner != nullptr && hit.owner->kind == SceneOwner::Kind::trusted;
    if (switching_) {
        end_switcher(trusted ? switching_->at(at) : policy::WindowId{});
    } else if (const policy::DomainId asking = server_.outputs->asking_at(at.x, at.y)) {
        desktop_.attend(asking);
    }
}

void Input::turn_to(const Hit& hit, const std::optional<policy::Target>& target) {
    if (surfaces_ != nullptr) {
        if (!target || target->domain != admin_domain) {
            surfaces_->dismiss_menus();
        }
        if (hit.window != nullptr) {
            surfaces_->window_pressed();
        } else if (target) {
            surfaces_->layer_surface_pressed(target->window);
        }
    }
    if (hit.window != nullptr) {
        desktop_.choose(*hit.window);
    }
}

void Input::drag_with_super(Window& window, std::uint32_t button) {
    if (button == BTN_LEFT) {
        begin_drag({&window, {}, pointer()});
    } else if (button == BTN_RIGHT) {
        begin_drag({&window, edges_by_pointer(window), pointer()});
    }
}

policy::Edges Input::edges_by_pointer(const Window& window) const {
    return policy::edges_at(window.seen_box(),
                            {std::lround(cursor_.x()), std::lround(cursor_.y())});
}

bool Input::begin_drag(const DragStart& start) {
    if (drag_ || start.window->role() != WindowRole::toplevel) {
        return false;
    }
    const auto change = mode_.enter(policy::Mode::person_drag);
    if (!change) {
        return false;
    }
    frame_hand_.let_go();
    change_mode(change);
    drag_.emplace(desktop_, start);
    cursor_.show(drag_->shape());
    return true;
}

void Input::end_drag(bool cancelled) {
    if (!drag_) {
        return;
    }
    if (cancelled) {
        drag_->cancel();
    } else {
        drag_->finish();
    }
    drag_.reset();
    drag_finger_.reset();
    change_mode(mode_.leave(policy::Mode::person_drag));
    scene_changed();
}

}  // namespace leadlight::compositor
