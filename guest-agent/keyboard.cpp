// SPDX-License-Identifier: MIT
#include "guest-agent/keyboard.hpp"

#include "guest-agent/agent.hpp"
#include "guest-agent/log.hpp"
#include "guest-agent/popup.hpp"

#include <algorithm>

namespace leadlight::agent {
namespace {

const wlr_keyboard_impl no_device{.name = "leadlight", .led_update = nullptr};

}  // namespace

Keyboard::Keyboard(Agent& agent, wlr_seat* seat)
    : agent_(agent), seat_(seat), xkb_(xkb_context_new(XKB_CONTEXT_NO_FLAGS)),
      input_method_(agent, seat, keyboard_) {
    wlr_keyboard_init(&keyboard_, &no_device, "leadlight");
    wlr_seat_set_keyboard(seat_, &keyboard_);
    // Menus and drags hold the keyboard, and give it back to nobody. A drag swallows what happens
    // to keys meanwhile, and who has the focus still would be told nothing when it gets it again.
    grab_end_.connect(seat->events.keyboard_grab_end, [this] {
        if (seat_->drag != nullptr) {
            wlr_seat_keyboard_clear_focus(seat_);
        }
        apply_focus();
    });
}

Keyboard::~Keyboard() {
    wlr_keyboard_finish(&keyboard_);
}

void Keyboard::set_keymap(const protocol::Keymap& message) {
    const auto text = message.text.span();
    xkb_keymap* keymap = xkb_keymap_new_from_buffer(
        xkb_.get(), reinterpret_cast<const char*>(text.data()), text.size(),
        XKB_KEYMAP_FORMAT_TEXT_V1, XKB_KEYMAP_COMPILE_NO_FLAGS);
    if (keymap == nullptr) {
        log_warning("the keymap of the admin domain does not compile");
        return;
    }
    wlr_keyboard_set_keymap(&keyboard_, keymap);
    xkb_keymap_unref(keymap);
}

void Keyboard::set_repeat(const protocol::Repeat& repeat) {
    wlr_keyboard_set_repeat_info(&keyboard_, repeat.rate, repeat.delay);
}

void Keyboard::on(const protocol::Focus& focus) {
    Window* window = agent_.windows().find(focus.window);
    pressed_.clear();
    if (Window* before = agent_.windows().find(window_); before != nullptr && before != window) {
        before->lose_keyboard();
    }
    window_ = focus.window;
    agent_.for_serial(focus.serial, SerialMap::Cause::other, [&] {
        end_grabs(window);
        apply_focus();
    });
}

void Keyboard::apply_focus() {
    // Nobody has the keys during a drag; its end brings us here again.
    if (seat_->drag != nullptr && wlr_seat_keyboard_has_grab(seat_)) {
        return;
    }
    Window* window = agent_.windows().find(window_);
    if (window == nullptr || window->surface() == nullptr) {
        wlr_seat_keyboard_clear_focus(seat_);
    } else {
        window->take_keyboard(seat_, keyboard_);
    }
}

void Keyboard::end_grabs(const Window* window) {
    const auto all = agent_.windows().all();
    const bool elsewhere = std::ranges::any_of(all, [window](const Window* any) {
        const auto* menu = dynamic_cast<const Popup*>(any);
        return menu != nullptr && menu->grabs() &&
               (window == nullptr || menu->bottom() != window->bottom());
    });
    if (elsewhere && seat_->drag == nullptr) {
        wlr_seat_keyboard_end_grab(seat_);
    }
}

void Keyboard::on(const protocol::Key& key) {
    if (key.pressed) {
        pressed_.insert(key.key);
    } else {
        pressed_.erase(key.key);
    }
    agent_.for_serial(key.serial, key.pressed ? SerialMap::Cause::press : SerialMap::Cause::other,
                      [&] { notify(agent_.local_time(key.time), key.key, key.pressed); });
}

void Keyboard::notify(std::uint32_t time, std::uint32_t key, bool pressed) {
    if (!input_method_.takes_key(time, key, pressed)) {
        wlr_seat_keyboard_notify_key(seat_, time, key,
                                     pressed ? WL_KEYBOARD_KEY_STATE_PRESSED
                                             : WL_KEYBOARD_KEY_STATE_RELEASED);
    }
}

void Keyboard::on(const protocol::Modifiers& modifiers) {
    keyboard_.modifiers = {.depressed = modifiers.depressed,
                           .latched = modifiers.latched,
                           .locked = modifiers.locked,
                           .group = modifiers.group};
    agent_.for_serial(modifiers.serial, SerialMap::Cause::other, [&] {
        if (!input_method_.takes_modifiers()) {
            wlr_seat_keyboard_notify_modifiers(seat_, &keyboard_.modifiers);
        }
    });
}

void Keyboard::connection_lost() {
    // Without the releases programs would repeat the last key for ever.
    for (const std::uint32_t key : pressed_) {
        notify(agent_.local_time(0), key, false);
    }
    pressed_.clear();
    if (Window* window = agent_.windows().find(window_)) {
        window->lose_keyboard();
    }
    window_.reset();
    end_grabs(nullptr);
    apply_focus();
}

}  // namespace leadlight::agent
