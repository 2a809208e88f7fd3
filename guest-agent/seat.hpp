// SPDX-License-Identifier: MIT
// The one seat: input of the admin domain goes to programs, as it came and computed nowhere else.
#pragma once

#include "guest-agent/constraints.hpp"
#include "guest-agent/cursor.hpp"
#include "guest-agent/drag.hpp"
#include "guest-agent/keyboard.hpp"
#include "guest-agent/pointer.hpp"
#include "guest-agent/touch.hpp"
#include "wlr-headers/listener.hpp"
#include "wlr-headers/wlroots.hpp"

namespace leadlight::agent {

class Agent;

class Seat {
  public:
    explicit Seat(Agent& agent);

    wlr_seat* wl() const { return seat_; }
    const Keyboard& keyboard() const { return keyboard_; }
    const Pointer& pointer() const { return pointer_; }
    void set_keymap(const protocol::Keymap& keymap) { keyboard_.set_keymap(keymap); }
    void set_repeat(const protocol::Repeat& repeat) { keyboard_.set_repeat(repeat); }
    void surfaces_changed(Window& window) { pointer_.surfaces_changed(window); }
    /// The connection takes more again.
    void room() { cursor_.room(); }
    /// Nothing is held and nothing has focus any more.
    void connection_lost();

    void on(const protocol::Focus& message) { keyboard_.on(message); }
    void on(const protocol::Key& message) { keyboard_.on(message); }
    void on(const protocol::Modifiers& message) { keyboard_.on(message); }
    void on(const protocol::ConstraintState& message) { constraints_.on(message); }
    void on(const protocol::TouchDown& message) { touch_.on(message); }
    void on(const protocol::TouchMotion& message) { touch_.on(message); }
    void on(const protocol::TouchUp& message) { touch_.on(message); }
    void on(const protocol::TouchFrame& message) { touch_.on(message); }
    void on(const protocol::TouchCancel& message) { touch_.on(message); }
    template <class PointerEvent>
    void on(const PointerEvent& message) {
        pointer_.on(message);
    }

  private:
    wlr_seat* seat_;
    Keyboard keyboard_;
    Pointer pointer_;
    Touch touch_;
    Cursor cursor_;
    Constraints constraints_;
    Drags drags_;
    Listener<wlr_seat_request_set_selection_event> set_selection_;
    Listener<wlr_seat_request_set_primary_selection_event> set_primary_selection_;
};

}  // namespace leadlight::agent
