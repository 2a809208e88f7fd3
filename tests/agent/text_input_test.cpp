// SPDX-License-Identifier: MIT
// An input method of the domain, and the text fields that it writes into.
#include "tests/agent/program_window.hpp"
#include "tests/agent/session.hpp"

#include "input-method-unstable-v2-client-protocol.h"
#include "text-input-unstable-v3-client-protocol.h"
#include "virtual-keyboard-unstable-v1-client-protocol.h"
#include <catch2/catch_test_macros.hpp>
#include <unistd.h>

namespace leadlight::agent_test {
namespace {

constexpr std::uint32_t red = 0xffcc0000, green = 0xff00cc00;

/// A program with one text field.
struct Field {
    explicit Field(Session& session, const std::string& title = "field")
        : client(session.program()),
          input(client.follow(zwp_text_input_manager_v3_get_text_input(
              client.global<zwp_text_input_manager_v3>(zwp_text_input_manager_v3_interface),
              client.seat()))) {
        client.keyboard();
        window.emplace(client, title, red);
        id = session.admin->id_of(session.admin->shown(
            Window::Kind::toplevel, [&](const Window& one) { return one.title == title; }));
    }
    ~Field() { client.end(input, zwp_text_input_v3_destroy); }
    void gets_the_keys(Admin& admin) {
        admin.focus(id);
        CHECK(client.hears(input, "enter").object<wl_surface>(0) == window->wl());
    }
    void enables() {
        zwp_text_input_v3_enable(input);
        zwp_text_input_v3_set_surrounding_text(input, "before", 6, 6);
        zwp_text_input_v3_set_content_type(input, ZWP_TEXT_INPUT_V3_CONTENT_HINT_LATIN,
                                           ZWP_TEXT_INPUT_V3_CONTENT_PURPOSE_URL);
        zwp_text_input_v3_set_cursor_rectangle(input, 20, 30, 2, 10);
        zwp_text_input_v3_commit(input);
    }

    Client& client;
    zwp_text_input_v3* input;
    std::optional<ProgramWindow> window;
    lp::WindowId id = *lp::WindowId::from(1);
};

/// A very small input method.
struct Method {
    explicit Method(Session& session)
        : client(session.program()),
          method(client.follow(zwp_input_method_manager_v2_get_input_method(
              client.global<zwp_input_method_manager_v2>(zwp_input_method_manager_v2_interface),
              client.seat()))) {
        client.settle();
    }
    ~Method() { client.end(method, zwp_input_method_v2_destroy); }
    /// Waits for the state that the field sent.
    void hears_of_it() {
        client.hears(method, "activate");
        CHECK(client.hears(method, "surrounding_text").text(0) == "before");
        CHECK(client.hears(method, "content_type").integer(1) ==
              ZWP_TEXT_INPUT_V3_CONTENT_PURPOSE_URL);
        client.hears(method, "done");
        ++serial;
    }

    Client& client;
    zwp_input_method_v2* method;
    /// Counts the `done` events, as the protocol wants it.
    std::uint32_t serial = 0;
};

}  // namespace

TEST_CASE("an input method writes into the field that has the keys") {
    Session session;
    Admin& admin = *session.admin;
    Method method(session);
    Field field(session);
    field.gets_the_keys(admin);
    field.enables();
    method.hears_of_it();

    zwp_input_method_v2_set_preedit_string(method.method, "kanj", 0, 4);
    zwp_input_method_v2_commit(method.method, method.serial);
    const auto preedit = field.client.hears(field.input, "preedit_string");
    CHECK(preedit.text(0) == "kanj");
    CHECK(preedit.number(2) == 4);
    field.client.hears(field.input, "done");

    zwp_input_method_v2_delete_surrounding_text(method.method, 3, 0);
    zwp_input_method_v2_commit_string(method.method, "漢字");
    zwp_input_method_v2_commit(method.method, method.serial);
    CHECK(field.client.hears(field.input, "commit_string").text(0) == "漢字");
    CHECK(field.client.hears(field.input, "delete_surrounding_text").number(0) == 3);
    field.client.hears(field.input, "done");

    // The field goes, and with it the input method's turn.
    zwp_text_input_v3_disable(field.input);
    zwp_text_input_v3_commit(field.input);
    method.client.hears(method.method, "deactivate");
}

TEST_CASE("the input method follows the keys from one program to another") {
    Session session;
    Admin& admin = *session.admin;
    Field first(session, "first"), second(session, "second");
    admin.focus(first.id);
    first.client.hears(first.client.keyboard(), "enter");
    // It may be started late.
    Method method(session);
    first.client.hears(first.input, "enter");
    first.enables();
    method.hears_of_it();
    admin.focus(second.id);
    first.client.hears(first.input, "leave");
    second.client.hears(second.input, "enter");
    method.client.hears(method.method, "deactivate");
    second.enables();
    method.client.hears(method.method, "activate");

    admin.send(lp::Focus{});
    second.client.hears(second.input, "leave");
}

TEST_CASE("a second input method is told that the place is taken") {
    Session session;
    session.admin->settle();
    const Method first(session);
    Method second(session);
    second.client.hears(second.method, "unavailable");
}

TEST_CASE("keys go to an input method that asks for them, and on from there") {
    Session session;
    Admin& admin = *session.admin;
    Method method(session);
    Field field(session);
    field.gets_the_keys(admin);
    field.enables();
    method.hears_of_it();
    auto* grab = method.client.follow(zwp_input_method_v2_grab_keyboard(method.method));
    const auto keymap = method.client.hears(grab, "keymap");
    CHECK(keymap.number(2) > 1000);
    CHECK(method.client.hears(grab, "repeat_info").number(0) == 25);

    admin.key(30, true);
    admin.send(lp::Modifiers{1, 1, 0, 0, 0});
    CHECK(method.client.hears(grab, "key").number(2) == 30);
    method.client.hears(grab, "modifiers", [](const Event& event) { return event.number(1) == 1; });
    field.client.settle();
    CHECK(field.client.heard(field.client.keyboard(), "key") == 0);

    // What it has no use for, it types on.
    auto* keyboard = method.client.follow(zwp_virtual_keyboard_manager_v1_create_virtual_keyboard(
        method.client.global<zwp_virtual_keyboard_manager_v1>(
            zwp_virtual_keyboard_manager_v1_interface),
        method.client.seat()));
    zwp_virtual_keyboard_v1_keymap(keyboard, WL_KEYBOARD_KEYMAP_FORMAT_XKB_V1,
                                   keymap.arguments[1].file->get(), keymap.serial(2));
    zwp_virtual_keyboard_v1_key(keyboard, 0, 31, WL_KEYBOARD_KEY_STATE_PRESSED);
    zwp_virtual_keyboard_v1_key(keyboard, 0, 31, WL_KEYBOARD_KEY_STATE_RELEASED);
    CHECK(field.client.hears(field.client.keyboard(), "key").number(2) == 31);
    method.client.settle();
    CHECK(method.client.heard(grab, "key") == 0);
    method.client.end(keyboard, zwp_virtual_keyboard_v1_destroy);

    method.client.end(grab, zwp_input_method_keyboard_grab_v2_release);
    method.client.settle();
    admin.key(32, true);
    field.client.hears(field.client.keyboard(), "key",
                       [](const Event& event) { return event.number(2) == 32; });
}

TEST_CASE("what an input method shows is a popup at the field's cursor") {
    Session session;
    Admin& admin = *session.admin;
    Method method(session);
    Field field(session);
    field.gets_the_keys(admin);
    ProgramSurface list(method.client);
    auto* popup =
        method.client.follow(zwp_input_method_v2_get_input_popup_surface(method.method, list.wl()));
    list.shows(60, 40, green);
    method.client.settle();
    admin.settle();
    CHECK(admin.windows.size() == 1);

    field.enables();
    Window& shown = admin.shown(Window::Kind::popup);
    CHECK(shown.parent == field.id);
    CHECK(shown.grab == 0);
    CHECK(shown.positioner.anchor_x == 20);
    CHECK(shown.positioner.anchor_y == 30);
    CHECK(shown.positioner.anchor_height == 10);
    CHECK(shown.picture.count(green & 0xffffff) == 60 * 40);
    // Seen from the popup, which lies below: at 20, 40.
    const auto rectangle = method.client.hears(popup, "text_input_rectangle");
    CHECK(rectangle.number(0) == 0);
    CHECK(rectangle.number(1) == -10);
    CHECK(rectangle.number(3) == 10);

    zwp_text_input_v3_set_cursor_rectangle(field.input, 50, 60, 2, 10);
    zwp_text_input_v3_commit(field.input);
    CHECK(admin.hears<lp::PopupReposition>().positioner.anchor_x == 50);

    zwp_text_input_v3_disable(field.input);
    zwp_text_input_v3_commit(field.input);
    CHECK(admin.until([&] { return admin.windows.size() == 1; }));
    // And again when the field is back.
    field.enables();
    admin.shown(Window::Kind::popup);
    method.client.end(popup, zwp_input_popup_surface_v2_destroy);
    CHECK(admin.until([&] { return admin.windows.size() == 1; }));
}

}  // namespace leadlight::agent_test
