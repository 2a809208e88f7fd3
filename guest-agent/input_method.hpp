// SPDX-License-Identifier: MIT
// Between the text fields of programs and the input method of the domain, itself a program: the
// field with the keyboard focus is the one that it writes into. It may take the keys that the
// domain is given, and type on what it has no use for; more than that it cannot reach.
#pragma once

#include "wlr-headers/listener.hpp"
#include "wlr-headers/wlroots.hpp"

#include <set>
#include <unordered_map>

namespace leadlight::agent {

class Agent;

class InputMethod {
  public:
    InputMethod(Agent& agent, wlr_seat* seat, wlr_keyboard& keyboard);

    /// Tried before a key goes to a program; false when it is to go there.
    bool takes_key(std::uint32_t time, std::uint32_t key, bool pressed);
    bool takes_modifiers();

  private:
    struct Field {
        Listener<> enable, commit, disable, destroy;
    };
    struct Typist {
        Listener<wlr_keyboard_key_event> key;
        Listener<> modifiers, destroy;
    };
    void added(wlr_text_input_v3* field);
    void added(wlr_input_method_v2* method);
    void added(wlr_virtual_keyboard_v1* typist);
    void grabbed(wlr_input_method_keyboard_grab_v2* grab);
    void method_gone();

    void focus(wlr_surface* surface);
    void enabled(wlr_text_input_v3* field);
    void disabled(const wlr_text_input_v3* field);
    /// What the field says of itself, to the input method.
    void tell_method();
    /// What the input method wrote, to the field.
    void tell_field();
    void place_popups();
    /// The layout that the next keys are of.
    void use(wlr_keyboard& keyboard);

    Agent& agent_;
    wlr_seat* seat_;
    wlr_keyboard& keyboard_;
    wlr_input_method_v2* method_ = nullptr;
    wlr_input_method_keyboard_grab_v2* grab_ = nullptr;
    /// Enabled, and on the surface that has the keys.
    wlr_text_input_v3* active_ = nullptr;
    /// Keys whose press the input method took: it gets their release too.
    std::set<std::uint32_t> taken_;
    std::unordered_map<wlr_text_input_v3*, Field> fields_;
    std::unordered_map<wlr_virtual_keyboard_v1*, Typist> typists_;
    Listener<wlr_text_input_v3> new_field_;
    Listener<wlr_input_method_v2> new_method_;
    Listener<wlr_virtual_keyboard_v1> new_typist_;
    Listener<wlr_seat_keyboard_focus_change_event> focus_change_;
    Listener<> commit_, method_destroy_, grab_destroy_;
    Listener<wlr_input_popup_surface_v2> new_popup_;
    Listener<wlr_input_method_keyboard_grab_v2> grab_keyboard_;
};

}  // namespace leadlight::agent
