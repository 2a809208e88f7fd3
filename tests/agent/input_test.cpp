// SPDX-License-Identifier: MIT
// Touch and keyboard as programs see them, and what they ask for by a press.
#include "tests/agent/one_window.hpp"

#include "idle-inhibit-unstable-v1-client-protocol.h"
#include "xdg-activation-v1-client-protocol.h"
#include <catch2/catch_test_macros.hpp>

namespace leadlight::agent_test {

TEST_CASE("fingers come down, move, go up and are taken away") {
    PointedWindow desk;
    wl_touch* touch = desk.program.touch();
    desk.program.settle();
    desk.admin.send(
        lp::TouchDown{.serial = 900, .point = 3, .window = desk.id, .x = fine(7), .y = fine(8)});
    desk.admin.send(lp::TouchFrame{});
    const auto down = desk.program.hears(touch, "down");
    CHECK(down.object<wl_surface>(2) == desk.window->wl());
    CHECK(down.number(3) == 3);
    CHECK(down.number(4) == 7);
    desk.program.hears(touch, "frame");
    // It may be dragged out of the window and still be that window's.
    desk.admin.send(lp::TouchMotion{.point = 3, .x = fine(-5), .y = fine(9)});
    desk.admin.send(lp::TouchFrame{});
    CHECK(desk.program.hears(touch, "motion").number(2) == -5);
    xdg_toplevel_move(desk.window->toplevel(), desk.program.seat(), down.serial(0));
    CHECK(desk.admin.hears<lp::MoveRequest>().serial == 900);
    desk.admin.send(lp::TouchUp{.serial = 901, .point = 3});
    desk.admin.send(lp::TouchFrame{});
    CHECK(desk.program.hears(touch, "up").number(2) == 3);

    desk.admin.send(lp::TouchDown{.serial = 902, .point = 0, .window = desk.id});
    desk.admin.send(lp::TouchDown{.serial = 903, .point = 1, .window = desk.id});
    desk.admin.send(lp::TouchFrame{});
    desk.program.hears(touch, "down");
    desk.admin.send(lp::TouchCancel{});
    desk.program.hears(touch, "cancel");
}

TEST_CASE("keys, modifiers and the keymap are those of the admin domain") {
    PointedWindow desk;
    wl_keyboard* keyboard = desk.program.keyboard();
    const auto keymap = desk.program.hears(keyboard, "keymap");
    CHECK(keymap.integer(0) == WL_KEYBOARD_KEYMAP_FORMAT_XKB_V1);
    CHECK(keymap.number(2) > 1000);
    const auto repeat = desk.program.hears(keyboard, "repeat_info");
    CHECK(repeat.number(0) == 25);
    CHECK(repeat.number(1) == 600);
    desk.admin.focus(desk.id);
    CHECK(desk.program.hears(keyboard, "enter").arguments[2].array.empty());
    desk.admin.send(lp::Modifiers{1, 1, 0, 2, 0});
    const auto modifiers = desk.program.hears(
        keyboard, "modifiers", [](const Event& event) { return event.number(1) == 1; });
    CHECK(modifiers.number(3) == 2);
    desk.admin.key(30, true);
    CHECK(desk.program.hears(keyboard, "key").number(2) == 30);
    desk.admin.send(lp::Focus{});
    desk.program.hears(keyboard, "leave");
}

TEST_CASE("the screen is kept on as long as one surface of the window asks for it") {
    PointedWindow desk;
    auto* manager =
        desk.program.global<zwp_idle_inhibit_manager_v1>(zwp_idle_inhibit_manager_v1_interface);
    auto* first = desk.program.follow(
        zwp_idle_inhibit_manager_v1_create_inhibitor(manager, desk.window->wl()));
    CHECK(desk.admin.hears<lp::IdleInhibit>() == lp::IdleInhibit{desk.id, true});
    auto* second = desk.program.follow(
        zwp_idle_inhibit_manager_v1_create_inhibitor(manager, desk.window->wl()));
    desk.program.end(first, zwp_idle_inhibitor_v1_destroy);
    desk.program.settle();
    desk.admin.settle();
    CHECK(desk.admin.heard<lp::IdleInhibit>() == 0);
    desk.program.end(second, zwp_idle_inhibitor_v1_destroy);
    CHECK(desk.admin.hears<lp::IdleInhibit>() == lp::IdleInhibit{desk.id, false});
}

TEST_CASE("a window asks for focus with the press that stands behind it, and never without") {
    PointedWindow desk;
    desk.admin.focus(desk.id);
    desk.admin.button(true);
    const lp::Serial press = desk.admin.serial();
    const auto serial = desk.program.hears(desk.program.pointer(), "button").serial(0);
    ProgramWindow other(desk.program, "other");
    const lp::WindowId other_id = desk.admin.id_of(desk.admin.shown(
        Window::Kind::toplevel, [](const Window& one) { return one.title == "other"; }));

    auto* activation = desk.program.global<xdg_activation_v1>(xdg_activation_v1_interface);
    const auto token_for = [&](bool with_serial) {
        auto* token = desk.program.follow(xdg_activation_v1_get_activation_token(activation));
        if (with_serial) {
            xdg_activation_token_v1_set_serial(token, serial, desk.program.seat());
        }
        xdg_activation_token_v1_set_surface(token, desk.window->wl());
        xdg_activation_token_v1_commit(token);
        const std::string text = desk.program.hears(token, "done").text(0);
        desk.program.end(token, xdg_activation_token_v1_destroy);
        return text;
    };
    xdg_activation_v1_activate(activation, token_for(true).c_str(), other.wl());
    CHECK(desk.admin.hears<lp::Activate>() == lp::Activate{other_id, press});
    xdg_activation_v1_activate(activation, token_for(false).c_str(), other.wl());
    CHECK(desk.admin.hears<lp::Activate>() == lp::Activate{other_id, 0});
}

TEST_CASE(
    "the screen is kept on for a surface that gets its place later, and as long as it has one") {
    PointedWindow desk;
    ProgramSurface part(desk.program);
    auto* inhibitor = desk.program.follow(zwp_idle_inhibit_manager_v1_create_inhibitor(
        desk.program.global<zwp_idle_inhibit_manager_v1>(zwp_idle_inhibit_manager_v1_interface),
        part.wl()));
    desk.program.settle();
    auto* subsurface = desk.program.follow(wl_subcompositor_get_subsurface(
        desk.program.global<wl_subcompositor>(wl_subcompositor_interface), part.wl(),
        desk.window->wl()));
    part.shows(50, 50, 0xff0000cc);
    desk.window->shows(0xff204060);
    CHECK(desk.admin.hears<lp::IdleInhibit>() == lp::IdleInhibit{desk.id, true});

    // Its window goes and comes back.
    wl_surface_attach(desk.window->wl(), nullptr, 0, 0);
    wl_surface_commit(desk.window->wl());
    REQUIRE(desk.admin.until([&] { return desk.admin.windows.empty(); }));
    wl_surface_commit(desk.window->wl());
    const lp::WindowId again = desk.admin.id_of(desk.admin.shown(Window::Kind::toplevel));
    CHECK(desk.admin.hears<lp::IdleInhibit>() == lp::IdleInhibit{again, true});

    desk.program.end(subsurface, wl_subsurface_destroy);
    CHECK(desk.admin.hears<lp::IdleInhibit>() == lp::IdleInhibit{again, false});
    desk.program.end(inhibitor, zwp_idle_inhibitor_v1_destroy);
}

}  // namespace leadlight::agent_test
