// SPDX-License-Identifier: MIT
#include "tests/agent/x_program.hpp"

#include "tests/fixture/process.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace leadlight::agent_test {
namespace {

std::uint8_t type_of(const xcb_generic_event_t& event) {
    constexpr std::uint8_t sent_by_a_program = 0x80;
    return event.response_type & static_cast<std::uint8_t>(~sent_by_a_program);
}

}  // namespace

XProgram::XProgram(const std::string& display, std::function<void()> others)
    : others_(std::move(others)), x_(xcb_connect(display.c_str(), nullptr)) {
    if (xcb_connection_has_error(x_) != 0) {
        throw std::runtime_error("no X server at " + display);
    }
    screen_ = xcb_setup_roots_iterator(xcb_get_setup(x_)).data;
}

XProgram::~XProgram() {
    xcb_disconnect(x_);
}

xcb_atom_t XProgram::atom(const std::string& name) {
    xcb_atom_t& atom = atoms_[name];
    if (atom == 0) {
        const auto cookie =
            xcb_intern_atom(x_, 0, static_cast<std::uint16_t>(name.size()), name.data());
        const std::unique_ptr<xcb_intern_atom_reply_t, decltype(&std::free)> reply(
            xcb_intern_atom_reply(x_, cookie, nullptr), &std::free);
        atom = reply->atom;
    }
    return atom;
}

xcb_window_t XProgram::window(std::uint32_t colour, int width, int height, bool override_redirect,
                              int x, int y) {
    const xcb_window_t window = xcb_generate_id(x_);
    const std::uint32_t values[] = {
        colour, override_redirect ? 1U : 0U,
        XCB_EVENT_MASK_KEY_PRESS | XCB_EVENT_MASK_BUTTON_PRESS | XCB_EVENT_MASK_FOCUS_CHANGE |
            XCB_EVENT_MASK_STRUCTURE_NOTIFY | XCB_EVENT_MASK_POINTER_MOTION};
    xcb_create_window(x_, XCB_COPY_FROM_PARENT, window, root(), static_cast<std::int16_t>(x),
                      static_cast<std::int16_t>(y), static_cast<std::uint16_t>(width),
                      static_cast<std::uint16_t>(height), 0, XCB_WINDOW_CLASS_INPUT_OUTPUT,
                      screen_->root_visual,
                      XCB_CW_BACK_PIXEL | XCB_CW_OVERRIDE_REDIRECT | XCB_CW_EVENT_MASK, values);
    return window;
}

void XProgram::set_text(xcb_window_t window, const std::string& property, const std::string& text) {
    xcb_change_property(x_, XCB_PROP_MODE_REPLACE, window, atom(property), atom("UTF8_STRING"), 8,
                        static_cast<std::uint32_t>(text.size()), text.data());
    xcb_flush(x_);
}

void XProgram::set_atoms(xcb_window_t window, const std::string& property,
                         const std::vector<std::string>& names) {
    std::vector<xcb_atom_t> atoms;
    for (const std::string& name : names) {
        atoms.push_back(atom(name));
    }
    xcb_change_property(x_, XCB_PROP_MODE_REPLACE, window, atom(property), XCB_ATOM_ATOM, 32,
                        static_cast<std::uint32_t>(atoms.size()), atoms.data());
    xcb_flush(x_);
}

std::string XProgram::bytes(xcb_window_t window, xcb_atom_t property) {
    constexpr std::uint32_t most = 1024;
    const std::unique_ptr<xcb_get_property_reply_t, decltype(&std::free)> reply(
        xcb_get_property_reply(
            x_, xcb_get_property(x_, 0, window, property, XCB_GET_PROPERTY_TYPE_ANY, 0, most),
            nullptr),
        &std::free);
    if (reply == nullptr) {
        return {};
    }
    return {static_cast<const char*>(xcb_get_property_value(reply.get())),
            static_cast<std::size_t>(xcb_get_property_value_length(reply.get()))};
}

std::vector<std::uint32_t> XProgram::words(xcb_window_t window, const std::string& property) {
    constexpr std::uint32_t most = 64;
    const std::unique_ptr<xcb_get_property_reply_t, decltype(&std::free)> reply(
        xcb_get_property_reply(
            x_, xcb_get_property(x_, 0, window, atom(property), XCB_GET_PROPERTY_TYPE_ANY, 0, most),
            nullptr),
        &std::free);
    if (reply == nullptr || reply->format != 32) {
        return {};
    }
    const auto* first = static_cast<const std::uint32_t*>(xcb_get_property_value(reply.get()));
    return {first, first + reply->value_len};
}

void XProgram::map(xcb_window_t window) {
    xcb_map_window(x_, window);
    xcb_flush(x_);
}

void XProgram::asks(xcb_window_t window, const std::string& type, std::vector<std::uint32_t> data) {
    data.resize(5);
    xcb_client_message_event_t event{
        .response_type = XCB_CLIENT_MESSAGE, .format = 32, .window = window, .type = atom(type)};
    std::memcpy(event.data.data32, data.data(), sizeof event.data.data32);
    xcb_send_event(x_, 0, root(),
                   XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY | XCB_EVENT_MASK_SUBSTRUCTURE_REDIRECT,
                   reinterpret_cast<const char*>(&event));
    xcb_flush(x_);
}

xcb_window_t XProgram::focus() {
    const std::unique_ptr<xcb_get_input_focus_reply_t, decltype(&std::free)> reply(
        xcb_get_input_focus_reply(x_, xcb_get_input_focus(x_), nullptr), &std::free);
    return reply->focus;
}

void XProgram::pump() {
    while (xcb_generic_event_t* event = xcb_poll_for_event(x_)) {
        events_.emplace_back(event);
    }
    if (xcb_connection_has_error(x_) != 0) {
        throw std::runtime_error("the X server went away");
    }
}

XProgram::Event XProgram::hears(std::uint8_t type,
                                const std::function<bool(const xcb_generic_event_t&)>& wanted) {
    Event result;
    fixture::wait_until(
        [&] {
            others_();
            pump();
            const auto found = std::ranges::find_if(events_, [&](const Event& event) {
                return type_of(*event) == type && wanted(*event);
            });
            if (found == events_.end()) {
                return false;
            }
            result = std::move(*found);
            events_.erase(found);
            return true;
        },
        "the X11 program waits in vain for event " + std::to_string(type));
    return result;
}

int XProgram::heard(std::uint8_t type) {
    pump();
    return static_cast<int>(std::ranges::count_if(
        events_, [&](const Event& event) { return type_of(*event) == type; }));
}

}  // namespace leadlight::agent_test
