// SPDX-License-Identifier: MIT
#include "compositor/input/event_time.hpp"
#include "compositor/input/input.hpp"
#include "compositor/server.hpp"

namespace leadlight::compositor {

void Input::key(const wlr_keyboard_key_event& event) {
    if (on_activity) {
        on_activity();
    }
    const policy::Time time = event_time(event.time_msec, now());
    // The keyboard's state does not have this key yet: modifiers are those held before it.
    const KeyMeaning meaning = meaning_of(event.keycode, devices_.state(), hotkeys_, mode_.mode());
    using KeyUse = policy::InputOwner::KeyUse;
    if (event.state == WL_KEYBOARD_KEY_STATE_RELEASED) {
        deliver(owner_.key_released(event.keycode), time);
        // A hotkey without Super holds the switcher open with whatever keys it has.
        if (meaning.use == KeyUse::reserved || !owner_.any_key_down()) {
            end_switcher(/*choose=*/true);
        }
        return;
    }
    desktop_.person_acted();
    if (meaning.use == KeyUse::reserved) {
        constraints_.take_back();  // Super always gives the pointer back
    }
    // In a drag the keyboard is the compositor's; owner_ is told all the same, for what is down.
    deliver(owner_.key_pressed(event.keycode, meaning.use), time);
    if (drag_key(meaning)) {
        return;
    }
    if (switching_ && meaning.escape) {
        end_switcher(/*choose=*/false);
        return;
    }
    if (meaning.action) {
        act(*meaning.action);
    }
    if (meaning.terminal && server_.session != nullptr) {
        wlr_session_change_vt(server_.session, *meaning.terminal);
    }
}

bool Input::drag_key(const KeyMeaning& meaning) {
    if (!drag_ || !meaning.escape) {
        return false;
    }
    end_drag(/*cancelled=*/true);
    return true;
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
        begin_drag(*window, {});
        break;
    case Action::resize_window:
        begin_drag(*window, policy::edges_at(window->content_box(),
                                             {std::lround(cursor_.x()), std::lround(cursor_.y())}));
        break;
    case Action::next_window:
    case Action::previous_window:
        break;  // above
    }
}

}  // namespace leadlight::compositor
