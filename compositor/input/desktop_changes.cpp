// SPDX-License-Identifier: MIT
// What follows for input when windows come and go, move, or take the focus.
#include "compositor/input/input.hpp"
#include "compositor/output/output.hpp"
#include "compositor/server.hpp"

#include <utility>

namespace leadlight::compositor {

void Input::focus_moved() {
    update_focus();
}

void Input::scene_changed() {
    scene_changed_ = true;
    // Not at once: windows may be in the middle of a change.
    if (settle_source_ == nullptr) {
        settle_source_ = wl_event_loop_add_idle(
            server_.loop,
            [](void* data) {
                auto* self = static_cast<Input*>(data);
                self->settle_source_ = nullptr;
                self->settle_scene();
            },
            this);
    }
}

// Called before the pointer moves, too: what changed while it rested changed under the old place.
void Input::settle_scene() {
    if (!scene_changed_) {
        return;
    }
    scene_changed_ = false;
    menus_.forget_hidden();
    end_grab_without_menus();
    watch_for_touch();
    drag_icon_.follow(pointer());  // its output may be gone
    update_idle();
    const Hit hit = under_pointer();
    guard_.scene_changed(domain_of(hit), now());
    deliver(owner_.pointer(target_of(hit), /*moved=*/false), now());
    if (const Window* held = desktop_.find(constraints_.active());
        held != nullptr && (hit.window != held || !hit.in_content())) {
        constraints_.end();  // something came between
    }
    recipients_.pointer_frame();
    update_look(hit);
}

void Input::update_idle() {
    const bool inhibited =
        (surfaces_ != nullptr && surfaces_->inhibit_idle()) || idle_inhibitors_.any();
    if (std::exchange(idle_inhibited_, inhibited) != inhibited && on_idle_inhibit) {
        on_idle_inhibit(inhibited);
    }
}

void Input::end_grab_without_menus() {
    if (menus_.empty()) {
        change_mode(mode_.leave(policy::Mode::guest_grab));
    }
}

void Input::window_gone(Window& window) {
    const policy::WindowId id = window.id();
    constraints_.forget(id);
    frame_hand_.forget(id);
    drag_icon_.forget(id);
    idle_inhibitors_.set(id, false);
    if (drag_ && drag_->window() == id) {
        drag_.reset();
        drag_finger_.reset();
        change_mode(mode_.leave(policy::Mode::person_drag));
    }
    if (switching_ && switching_->forget(id)) {
        if (switching_->empty()) {
            end_switcher({});
        } else {
            frame_due();
        }
    }
    menus_.forget(id);
    end_grab_without_menus();
    scene_changed();
}

// A move follows a button, so the domain has to hold one; and it is of what the person sees.
void Input::move_asked(Window& window) {
    if (owner_.grabbing() == window.domain() && desktop_.in_sight(window)) {
        begin_drag({&window, {}, pointer()});
    }
}

void Input::resize_asked(Window& window, policy::Edges edges) {
    if (owner_.grabbing() == window.domain() && desktop_.in_sight(window) &&
        !window.states().maximized && !window.states().fullscreen) {
        begin_drag({&window, edges, pointer()});
    }
}

// Before the frame is drawn: a guest's picture of the pointer is part of the content (rule 1).
void Input::content_fitted(Window& window) {
    cursor_.content_fitted(window);
}

// However many wishes come in a refresh, one is looked into and shown.
void Input::before_frame() {
    if (switching_) {
        switching_->show_changes();
    }
    if (look_.read_wishes()) {
        update_look(under_pointer());
    }
}

void Input::frame_due() {
    if (Output* output = server_.outputs->at(cursor_.x(), cursor_.y())) {
        output->schedule_frame();
    }
}

}  // namespace leadlight::compositor
