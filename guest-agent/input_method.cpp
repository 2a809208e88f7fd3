// SPDX-License-Identifier: MIT
#include "guest-agent/input_method.hpp"

#include "guest-agent/agent.hpp"
#include "guest-agent/input_popup.hpp"

namespace leadlight::agent {

InputMethod::InputMethod(Agent& agent, wlr_seat* seat, wlr_keyboard& keyboard)
    : agent_(agent), seat_(seat), keyboard_(keyboard) {
    auto* fields = wlr_text_input_manager_v3_create(agent.display());
    new_field_.connect(fields->events.text_input,
                       [this](wlr_text_input_v3* field) { added(field); });
    auto* methods = wlr_input_method_manager_v2_create(agent.display());
    new_method_.connect(methods->events.input_method,
                        [this](wlr_input_method_v2* method) { added(method); });
    auto* typists = wlr_virtual_keyboard_manager_v1_create(agent.display());
    new_typist_.connect(typists->events.new_virtual_keyboard,
                        [this](wlr_virtual_keyboard_v1* typist) { added(typist); });
    focus_change_.connect(
        seat->keyboard_state.events.focus_change,
        [this](const wlr_seat_keyboard_focus_change_event* event) { focus(event->new_surface); });
}

void InputMethod::added(wlr_text_input_v3* field) {
    Field& followed = fields_[field];
    followed.enable.connect(field->events.enable, [this, field] { enabled(field); });
    followed.commit.connect(field->events.commit, [this, field] {
        if (field == active_) {
            tell_method();
        }
    });
    followed.disable.connect(field->events.disable, [this, field] { disabled(field); });
    followed.destroy.connect(field->events.destroy, [this, field] {
        disabled(field);
        fields_.erase(field);
    });
    focus(seat_->keyboard_state.focused_surface);
}

void InputMethod::added(wlr_input_method_v2* method) {
    if (method_ != nullptr) {
        wlr_input_method_v2_send_unavailable(method);
        return;
    }
    method_ = method;
    commit_.connect(method->events.commit, [this] { tell_field(); });
    new_popup_.connect(method->events.new_popup_surface, [this](wlr_input_popup_surface_v2* popup) {
        agent_.windows().own(std::make_unique<InputPopup>(agent_, popup));
        place_popups();
    });
    grab_keyboard_.connect(method->events.grab_keyboard,
                           [this](wlr_input_method_keyboard_grab_v2* grab) { grabbed(grab); });
    method_destroy_.connect(method->events.destroy, [this] { method_gone(); });
    focus(seat_->keyboard_state.focused_surface);
}

void InputMethod::method_gone() {
    commit_.disconnect();
    new_popup_.disconnect();
    grab_keyboard_.disconnect();
    grab_destroy_.disconnect();
    method_destroy_.disconnect();
    method_ = nullptr;
    grab_ = nullptr;
    active_ = nullptr;
    taken_.clear();
    place_popups();
    // A field without an input method is told that there is none: toolkits then compose by
    // themselves.
    for (auto& [field, followed] : fields_) {
        if (field->focused_surface != nullptr) {
            wlr_text_input_v3_send_leave(field);
        }
    }
}

void InputMethod::grabbed(wlr_input_method_keyboard_grab_v2* grab) {
    grab_ = grab;
    grab_destroy_.connect(grab->events.destroy, [this] {
        grab_destroy_.disconnect();
        grab_ = nullptr;
        // The program missed what happened meanwhile.
        use(keyboard_);
        wlr_seat_keyboard_notify_modifiers(seat_, &keyboard_.modifiers);
    });
    // Without a keymap there is nothing to tell yet; see takes_key.
    if (keyboard_.keymap != nullptr) {
        wlr_input_method_keyboard_grab_v2_set_keyboard(grab, &keyboard_);
    }
}

bool InputMethod::takes_key(std::uint32_t time, std::uint32_t key, bool pressed) {
    use(keyboard_);
    if (pressed && grab_ != nullptr) {
        taken_.insert(key);
    } else if (taken_.erase(key) == 0) {
        return false;
    }
    if (grab_ == nullptr) {
        return true;  // the release of a press that no program has seen
    }
    if (grab_->keyboard == nullptr) {
        wlr_input_method_keyboard_grab_v2_set_keyboard(grab_, &keyboard_);
    }
    wlr_input_method_keyboard_grab_v2_send_key(
        grab_, time, key, pressed ? WL_KEYBOARD_KEY_STATE_PRESSED : WL_KEYBOARD_KEY_STATE_RELEASED);
    return true;
}

bool InputMethod::takes_modifiers() {
    if (grab_ == nullptr) {
        return false;
    }
    wlr_input_method_keyboard_grab_v2_send_modifiers(grab_, &keyboard_.modifiers);
    return true;
}

void InputMethod::added(wlr_virtual_keyboard_v1* typist) {
    wlr_keyboard& keyboard = typist->keyboard;
    Typist& followed = typists_[typist];
    // Its serials are none of the admin domain's: nobody can ask for anything by such a key.
    followed.key.connect(keyboard.events.key, [this, &keyboard](const wlr_keyboard_key_event* key) {
        use(keyboard);
        wlr_seat_keyboard_notify_key(seat_, key->time_msec, key->keycode, key->state);
    });
    followed.modifiers.connect(keyboard.events.modifiers, [this, &keyboard] {
        use(keyboard);
        wlr_seat_keyboard_notify_modifiers(seat_, &keyboard.modifiers);
    });
    followed.destroy.connect(keyboard.base.events.destroy, [this, typist] {
        typists_.erase(typist);
        wlr_seat_set_keyboard(seat_, &keyboard_);
    });
}

void InputMethod::use(wlr_keyboard& keyboard) {
    wlr_keyboard* now = wlr_seat_get_keyboard(seat_);
    // An input method types on in the layout that it was given. Programs need not hear of each
    // change from the one to the other and back.
    if (now != nullptr &&
        (now == &keyboard || wlr_keyboard_keymaps_match(now->keymap, keyboard.keymap))) {
        return;
    }
    wlr_seat_set_keyboard(seat_, &keyboard);
}

void InputMethod::focus(wlr_surface* surface) {
    for (auto& [field, followed] : fields_) {
        if (field->focused_surface != nullptr && field->focused_surface != surface) {
            disabled(field);
            wlr_text_input_v3_send_leave(field);
        }
        if (surface != nullptr && method_ != nullptr && field->focused_surface == nullptr &&
            wl_resource_get_client(field->resource) == wl_resource_get_client(surface->resource)) {
            wlr_text_input_v3_send_enter(field, surface);
        }
    }
}

void InputMethod::enabled(wlr_text_input_v3* field) {
    // Only by the focus, not by asking for it, does a program get the input method's word.
    if (method_ == nullptr || field->focused_surface == nullptr) {
        return;
    }
    active_ = field;
    wlr_input_method_v2_send_activate(method_);
    tell_method();
}

void InputMethod::disabled(const wlr_text_input_v3* field) {
    if (field != active_) {
        return;
    }
    active_ = nullptr;
    place_popups();
    if (method_ == nullptr) {
        return;
    }
    wlr_input_method_v2_send_deactivate(method_);
    wlr_input_method_v2_send_done(method_);
}

void InputMethod::tell_method() {
    const auto& state = active_->current;
    if ((active_->active_features & WLR_TEXT_INPUT_V3_FEATURE_SURROUNDING_TEXT) != 0) {
        wlr_input_method_v2_send_surrounding_text(
            method_, state.surrounding.text == nullptr ? "" : state.surrounding.text,
            state.surrounding.cursor, state.surrounding.anchor);
    }
    wlr_input_method_v2_send_text_change_cause(method_, state.text_change_cause);
    if ((active_->active_features & WLR_TEXT_INPUT_V3_FEATURE_CONTENT_TYPE) != 0) {
        wlr_input_method_v2_send_content_type(method_, state.content_type.hint,
                                              state.content_type.purpose);
    }
    wlr_input_method_v2_send_done(method_);
    place_popups();
}

void InputMethod::tell_field() {
    if (active_ == nullptr) {
        return;
    }
    const auto& state = method_->current;
    if (state.preedit.text != nullptr) {
        wlr_text_input_v3_send_preedit_string(active_, state.preedit.text,
                                              state.preedit.cursor_begin, state.preedit.cursor_end);
    }
    if (state.commit_text != nullptr) {
        wlr_text_input_v3_send_commit_string(active_, state.commit_text);
    }
    if (state.delete_.before_length != 0 || state.delete_.after_length != 0) {
        wlr_text_input_v3_send_delete_surrounding_text(active_, state.delete_.before_length,
                                                       state.delete_.after_length);
    }
    wlr_text_input_v3_send_done(active_);
}

void InputMethod::place_popups() {
    Window* window =
        active_ == nullptr
            ? nullptr
            : dynamic_cast<Window*>(agent_.surfaces().user_of(active_->focused_surface));
    Box cursor;
    if (active_ != nullptr &&
        (active_->active_features & WLR_TEXT_INPUT_V3_FEATURE_CURSOR_RECTANGLE) != 0) {
        const wlr_box& box = active_->current.cursor_rectangle;
        cursor = {box.x, box.y, box.width, box.height};
    }
    for (Window* any : agent_.windows().all()) {
        if (auto* popup = dynamic_cast<InputPopup*>(any)) {
            popup->show_on(window, cursor);
        }
    }
}

}  // namespace leadlight::agent
