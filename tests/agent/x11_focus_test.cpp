// SPDX-License-Identifier: MIT
// Keys and pointer among windows of X11 programs, which are all at one place and want the focus.
#include "tests/agent/program_window.hpp"
#include "tests/agent/x_desk.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace leadlight::agent_test {
namespace {

constexpr std::uint32_t red = 0xcc0000, green = 0x00cc00, blue = 0x0000cc;

/// Both on the screen, and at the origin as X11 has it.
struct TwoWindows : XDesk {
    const xcb_window_t first = x->window(red, 100, 100), second = x->window(blue, 100, 100);
    const lp::WindowId first_id = admin.id_of(shows(first, "first"));
    const lp::WindowId second_id = admin.id_of(shows(second, "second"));
};

bool is_key(const xcb_key_press_event_t& event, xcb_window_t window, int evdev) {
    return event.event == window && event.detail == evdev + 8;
}

}  // namespace

TEST_CASE("after any number of changes X11's focus and the keys are with the last window") {
    TwoWindows desk;
    const bool takes_focus = GENERATE(false, true);
    if (takes_focus) {
        for (const auto window : {desk.first, desk.second}) {
            desk.x->set_atoms(window, "WM_PROTOCOLS", {"WM_TAKE_FOCUS"});
        }
    }
    for (int i = 0; i < 20; ++i) {
        desk.admin.focus(desk.first_id);
        desk.admin.focus(desk.second_id);
    }
    CHECK(desk.focused(desk.second));
    desk.admin.tap(30);
    desk.x->hears<xcb_key_press_event_t>(
        XCB_KEY_PRESS, [&](const auto& event) { return is_key(event, desk.second, 30); });
    desk.admin.focus(desk.first_id);
    CHECK(desk.focused(desk.first));
    desk.admin.tap(31);
    desk.x->hears<xcb_key_press_event_t>(
        XCB_KEY_PRESS, [&](const auto& event) { return is_key(event, desk.first, 31); });
    // To a program of Wayland and back.
    Client& program = desk.session.program();
    program.keyboard();
    ProgramWindow other(program, "other");
    const lp::WindowId other_id = desk.admin.id_of(desk.admin.shown(
        Window::Kind::toplevel, [](const Window& one) { return one.title == "other"; }));
    desk.admin.focus(other_id);
    desk.admin.tap(32);
    program.hears(program.keyboard(), "key",
                  [](const Event& event) { return event.number(2) == 32; });
    desk.admin.focus(desk.first_id);
    CHECK(desk.focused(desk.first));
    desk.admin.tap(33);
    desk.x->hears<xcb_key_press_event_t>(
        XCB_KEY_PRESS, [&](const auto& event) { return is_key(event, desk.first, 33); });
}

TEST_CASE("an X11 program that takes the focus for another of its windows does not keep the keys") {
    XDesk desk;
    const auto first = desk.x->window(red, 100, 100), second = desk.x->window(blue, 100, 100);
    desk.shows(first, "first");
    const lp::WindowId second_id = desk.admin.id_of(desk.shows(second, "second"));
    desk.admin.focus(second_id);
    CHECK(desk.focused(second));
    // As one that answers a WM_TAKE_FOCUS too late does.
    xcb_set_input_focus(desk.x->x(), XCB_INPUT_FOCUS_POINTER_ROOT, first, XCB_CURRENT_TIME);
    xcb_flush(desk.x->x());
    desk.x->hears(XCB_FOCUS_OUT, [&](const xcb_generic_event_t& event) {
        return reinterpret_cast<const xcb_focus_out_event_t&>(event).event == second;
    });
    CHECK(desk.focused(second));
    desk.admin.tap(30);
    desk.x->hears<xcb_key_press_event_t>(
        XCB_KEY_PRESS, [&](const auto& event) { return is_key(event, second, 30); });
}

TEST_CASE("the pointer finds the right one of windows that all lie at the origin") {
    TwoWindows desk;
    for (const auto& [id, window] :
         {std::pair{desk.first_id, desk.first}, std::pair{desk.second_id, desk.second},
          std::pair{desk.first_id, desk.first}}) {
        desk.admin.enter(id, 10, 20);
        desk.admin.motion(id, 11, 21);
        desk.admin.button(true);
        const auto press = desk.x->hears<xcb_button_press_event_t>(
            XCB_BUTTON_PRESS, [](const auto&) { return true; });
        CHECK(press.event == window);
        CHECK(press.event_x == 11);
        desk.admin.button(false);
        desk.admin.leave(id);
    }
}

TEST_CASE("an X11 window that went and came back has the keys when the person gives it those") {
    XDesk desk;
    const auto window = desk.x->window(red, 100, 100);
    desk.admin.focus(desk.admin.id_of(desk.shows(window, "main")));
    REQUIRE(desk.focused(window));
    xcb_unmap_window(desk.x->x(), window);
    xcb_flush(desk.x->x());
    REQUIRE(desk.admin.until([&] { return desk.admin.windows.empty(); }));
    desk.admin.send(lp::Focus{});
    desk.admin.focus(desk.admin.id_of(desk.shows(window, "main")));
    CHECK(desk.focused(window));
    desk.admin.tap(30);
    desk.x->hears<xcb_key_press_event_t>(
        XCB_KEY_PRESS, [&](const auto& event) { return is_key(event, window, 30); });
}

TEST_CASE("what one X11 window has lying on it takes no presses in another") {
    TwoWindows desk;
    const auto menu = desk.x->window(green, 60, 50, true, 20, 30);
    xcb_icccm_set_wm_transient_for(desk.x->x(), menu, desk.first);
    const auto shows_menu = [&] {
        desk.x->map(menu);
        desk.admin.shown(Window::Kind::unmanaged);
    };
    const auto pressed = [&] {
        desk.admin.button(true);
        const auto press = desk.x->hears<xcb_button_press_event_t>(
            XCB_BUTTON_PRESS, [](const auto&) { return true; });
        desk.admin.button(false);
        return press.event;
    };
    SECTION("it is there before the pointer is") {
        shows_menu();
        for (const auto& [id, window] :
             {std::pair{desk.second_id, desk.second}, std::pair{desk.first_id, menu},
              std::pair{desk.second_id, desk.second}}) {
            desk.admin.enter(id, 30, 40);
            CHECK(pressed() == window);
            desk.admin.leave(id);
        }
    }
    SECTION("it comes up while the pointer is in the other") {
        desk.admin.enter(desk.second_id, 30, 40);
        CHECK(pressed() == desk.second);
        shows_menu();
        CHECK(pressed() == desk.second);
    }
}

TEST_CASE("the pointer is an arrow over an X11 window of which the program says nothing else") {
    XDesk desk;
    const auto window = desk.x->window(red, 100, 100);
    desk.admin.enter(desk.admin.id_of(desk.shows(window, "main")), 10, 20);
    const auto cursor = desk.admin.hears<lp::CursorImage>();
    // It points with its upper left corner, and X's own cross with its middle.
    CHECK(cursor.hotspot_x <= 2);
    CHECK(cursor.hotspot_y <= 2);
}

TEST_CASE("the agent goes on while an X11 program keeps the server to itself") {
    XDesk desk;
    const auto window = desk.x->window(red, 100, 100);
    const lp::WindowId id = desk.admin.id_of(desk.shows(window, "main"));
    // Until the window manager has asked for all that it wants to know of the window.
    for (int i = 0; i < 3; ++i) {
        desk.x->focus();
        desk.admin.settle();
    }
    xcb_grab_server(desk.x->x());
    desk.x->focus();  // by its answer the server is held
    desk.admin.enter(id, 10, 20);
    desk.admin.settle();
    xcb_ungrab_server(desk.x->x());
    desk.x->focus();
    desk.admin.button(true);
    desk.x->hears<xcb_button_press_event_t>(
        XCB_BUTTON_PRESS, [&](const auto& event) { return event.event == window; });
}

}  // namespace leadlight::agent_test
