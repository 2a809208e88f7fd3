// SPDX-License-Identifier: MIT
// The keyboard that programs see. Layout, modifiers and focus are the admin domain's word: nothing
// is computed from keys here, because this domain was given only some of them (rule 4).
#pragma once

#include "guest-agent/input_method.hpp"
#include "protocol/message.hpp"
#include "wlr-headers/listener.hpp"
#include "wlr-headers/wlroots.hpp"

#include <memory>
#include <optional>
#include <set>

namespace leadlight::agent {

class Agent;
class Window;

class Keyboard {
  public:
    Keyboard(Agent& agent, wlr_seat* seat);
    ~Keyboard();
    Keyboard(const Keyboard&) = delete;
    Keyboard& operator=(const Keyboard&) = delete;

    void set_keymap(const protocol::Keymap& keymap);
    void set_repeat(const protocol::Repeat& repeat);
    void on(const protocol::Focus& focus);
    void on(const protocol::Key& key);
    void on(const protocol::Modifiers& modifiers);
    void connection_lost();
    std::optional<protocol::WindowId> window() const { return window_; }

  private:
    struct UnrefContext {
        void operator()(xkb_context* context) const { xkb_context_unref(context); }
    };

    void notify(std::uint32_t time, std::uint32_t key, bool pressed);
    /// Gives the keys to whom the admin domain says.
    void apply_focus();
    /// Menus with a grab that are not on the window go: its keys would be theirs.
    void end_grabs(const Window* window);

    Agent& agent_;
    wlr_seat* seat_;
    std::unique_ptr<xkb_context, UnrefContext> xkb_;
    wlr_keyboard keyboard_{};
    std::set<std::uint32_t> pressed_;
    std::optional<protocol::WindowId> window_;
    Listener<> grab_end_;
    InputMethod input_method_;
};

}  // namespace leadlight::agent
