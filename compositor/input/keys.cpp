// SPDX-License-Identifier: MIT
#include "compositor/input/event_time.hpp"
#include "compositor/input/input.hpp"
#include "compositor/output/output.hpp"
#include "compositor/server.hpp"

#include <utility>

namespace leadlight::compositor {

void Input::key(const wlr_keyboard_key_event& event) {
    person_is_active();
    const policy::Time time = event_time(event.time_msec, now());
    // The keyboard's state does not have this key yet: modifiers are those held before it.
    const KeyMeaning meaning = meaning_of(event.keycode, devices_.state(), hotkeys_, mode_.mode());
    using KeyUse = policy::InputOwner::KeyUse;
    if (event.state == WL_KEYBOARD_KEY_STATE_RELEASED) {
        deliver(owner_.key_released(event.keycode), time);
        // A hotkey without Super holds the switcher open with whatever keys it has.
        if (meaning.use == KeyUse::reserved || !owner_.any_key_down()) {
            choose_in_switcher();
        }
        return;
    }
    desktop_.person_acted();
    if (meaning.use == KeyUse::reserved) {
        constraints_.take_back();  // Super always gives the pointer back
    }
    // In a drag the keyboard is the compositor's; owner_ is told all the same, for what is down.
    deliver(owner_.key_pressed(event.keycode, meaning.use), time);
    if (drag_ && meaning.escape) {
        return end_drag(/*cancelled=*/true);
    }
    if (switching_ && meaning.escape) {
        return end_switcher({});
    }
    if (meaning.action) {
        act(*meaning.action);
    }
    if (meaning.terminal && server_.session != nullptr) {
        wlr_session_change_vt(server_.session, *meaning.terminal);
    }
}

void Input::act(policy::Action action) {
    Window* window = desktop_.focused();
    using policy::Action;
    if (action == Action::next_window || action == Action::previous_window) {
        step_switcher(action == Action::next_window);
        return;
    }
    if (window == nullptr) {
        return;
    }
    switch (action) {
    case Action::close_window:
        window->press_close();
        break;
    case Action::maximize:
        desktop_.set_maximized(*window, !window->states().maximized);
        break;
    case Action::fullscreen:
        desktop_.set_fullscreen(*window, !window->states().fullscreen);
        break;
    case Action::move_window:
        begin_drag({window, {}, pointer()});
        break;
    case Action::resize_window:
        begin_drag({window, edges_by_pointer(*window), pointer()});
        break;
    case Action::next_window:
    case Action::previous_window:
        break;  // above
    }
}

void Input::step_switcher(bool forward) {
    if (!switching_) {
        auto windows = windows_by_use(desktop_);
        const Output* output = server_.outputs->at(cursor_.x(), cursor_.y());
        if (windows.empty() || output == nullptr) {
            return;
        }
        const bool focused = desktop_.focused() != nullptr;
        const auto change = mode_.enter(policy::Mode::switcher);
        if (!change) {
            return;
        }
        change_mode(change);
        switching_.emplace(server_, *output, policy::Switcher(std::move(windows), focused));
    }
    switching_->step(forward);
}

void Input::choose_in_switcher() {
    if (switching_) {
        end_switcher(switching_->chosen());
    }
}

// The focus moves while no guest hears of it: the one that had it is not told that it has it again.
void Input::end_switcher(policy::WindowId choice) {
    switching_.reset();
    // Not one that took its content back meanwhile: nobody would see it with the keys.
    if (Window* window = desktop_.find(choice); window != nullptr && window->mapped()) {
        desktop_.choose(*window);
    }
    change_mode(mode_.leave(policy::Mode::switcher));
    scene_changed();
}

}  // namespace leadlight::compositor
