// SPDX-License-Identifier: MIT
// Toplevels of Wayland programs, as the admin domain sees them.
#include "tests/agent/one_window.hpp"

#include "server-decoration-client-protocol.h"
#include "xdg-decoration-unstable-v1-client-protocol.h"
#include <catch2/catch_test_macros.hpp>

namespace leadlight::agent_test {

TEST_CASE_METHOD(OneProgram, "a window is shown, resized and asked to close") {
    ProgramWindow window(program, "hello", red, 200, 150);
    xdg_toplevel_set_app_id(window.toplevel(), "org.example.hello");

    Window& shown = admin.shown(Window::Kind::toplevel);
    const lp::WindowId id = admin.id_of(shown);
    CHECK(shown.picture.width() == 200);
    CHECK(shown.picture.count(red & rgb) == 200 * 150);
    CHECK(shown.title == "hello");
    CHECK(admin.until([&] { return shown.app_id == "org.example.hello"; }));

    const auto larger = admin.configure(id, 320, 240);
    admin.send(larger);
    CHECK(admin.until([&] { return shown.last_commit.configure == larger.serial; }));
    CHECK(window.activated);
    CHECK(shown.picture.width() == 320);
    CHECK(shown.picture.count(red & rgb) == 320 * 240);

    admin.send(lp::Close{id});
    CHECK(admin.until([&] { return window.closed; }));
}

TEST_CASE_METHOD(OneProgram, "a program starts while nobody is connected") {
    admin.disconnect();
    ProgramWindow window(program, "hello", red);
    // Some draw after one roundtrip, whether they heard a configure or not.
    program.settle();
    REQUIRE(window.configures == 1);

    admin.connect();
    Window& shown = admin.shown(Window::Kind::toplevel);
    CHECK(shown.title == "hello");
    CHECK(shown.picture.count(red & rgb) == 200 * 150);
}

TEST_CASE_METHOD(OneProgram,
                 "a full screen is not offered, since no program can have it by asking") {
    const ProgramWindow window(program, "hello");
    admin.shown(Window::Kind::toplevel);
    CHECK(window.capabilities == std::vector<std::uint32_t>{XDG_TOPLEVEL_WM_CAPABILITIES_MAXIMIZE,
                                                            XDG_TOPLEVEL_WM_CAPABILITIES_MINIMIZE});
}

TEST_CASE_METHOD(OneProgram, "size limits and the parent are passed on") {
    ProgramWindow window(program, "main");
    const lp::WindowId id = admin.id_of(admin.shown(Window::Kind::toplevel));
    ProgramWindow dialog(program, "dialog", green);
    xdg_toplevel_set_min_size(dialog.toplevel(), 50, 40);
    xdg_toplevel_set_max_size(dialog.toplevel(), 500, 400);
    xdg_toplevel_set_parent(dialog.toplevel(), window.toplevel());
    dialog.shows(green);
    const auto parent =
        admin.hears<lp::WindowParent>([&](const auto& message) { return message.parent == id; });
    const Window& shown = admin.windows.at(parent.window.get());
    CHECK(admin.until([&] { return shown.limits.max_width == 500; }));
    CHECK(shown.limits.min_width == 50);
    CHECK(shown.limits.min_height == 40);
    CHECK(shown.limits.max_height == 400);
}

TEST_CASE_METHOD(OneWindow, "a maximum below the minimum ends its program, and no other") {
    const auto own = connect_in(session.folder, [&] { admin.pump(); });
    Client& wrong = *own;
    ProgramWindow narrow(wrong, "narrow", blue);
    xdg_toplevel_set_min_size(narrow.toplevel(), 300, 200);
    xdg_toplevel_set_max_size(narrow.toplevel(), 200, 400);
    narrow.shows(blue);
    CHECK(fixture::eventually([&] {
        wrong.pump();
        return wrong.failed();
    }));
    window.shows(green);
    CHECK(admin.until([&] { return shown.picture.count(green & rgb) == 200 * 150; }));
}

TEST_CASE_METHOD(OneProgram, "what a program asks for names the press that it answers") {
    program.pointer();
    ProgramWindow window(program, "hello");
    const lp::WindowId id = admin.id_of(admin.shown(Window::Kind::toplevel));
    const auto serial = session.presses(program, id);
    const lp::Serial press = admin.serial();

    SECTION("move and resize") {
        xdg_toplevel_move(window.toplevel(), program.seat(), serial);
        CHECK(admin.hears<lp::MoveRequest>() == lp::MoveRequest{id, press});
        xdg_toplevel_resize(window.toplevel(), program.seat(), serial,
                            XDG_TOPLEVEL_RESIZE_EDGE_BOTTOM_RIGHT);
        const auto resize = admin.hears<lp::ResizeRequest>();
        CHECK(resize.serial == press);
        CHECK(resize.edges.has(lp::Edge::bottom));
        CHECK(resize.edges.has(lp::Edge::right));
        CHECK(!resize.edges.has(lp::Edge::top));
    }
    SECTION("states") {
        xdg_toplevel_set_maximized(window.toplevel());
        CHECK(admin.hears<lp::StateRequest>() ==
              lp::StateRequest{id, press, lp::StateWish::maximize});
        xdg_toplevel_set_fullscreen(window.toplevel(), nullptr);
        CHECK(admin.hears<lp::StateRequest>().wish == lp::StateWish::fullscreen);
        xdg_toplevel_set_minimized(window.toplevel());
        CHECK(admin.hears<lp::StateRequest>().wish == lp::StateWish::minimize);
    }
}

TEST_CASE_METHOD(OneProgram,
                 "what names no event of this connection, or no edge, is not asked for") {
    program.pointer();
    ProgramWindow window(program, "hello");
    const auto earlier = session.presses(program, admin.id_of(admin.shown(Window::Kind::toplevel)));
    admin.disconnect();
    program.hears(program.pointer(), "leave");
    program.forgets();  // the release among them
    admin.connect();
    const lp::WindowId id = admin.id_of(admin.shown(Window::Kind::toplevel));
    // The scripted admin domain fails the test at a serial that it did not send.
    xdg_toplevel_move(window.toplevel(), program.seat(), earlier);
    xdg_toplevel_resize(window.toplevel(), program.seat(), earlier, XDG_TOPLEVEL_RESIZE_EDGE_LEFT);
    xdg_toplevel_move(window.toplevel(), program.seat(), earlier + 1000);
    const auto serial = session.presses(program, id);
    xdg_toplevel_resize(window.toplevel(), program.seat(), serial, XDG_TOPLEVEL_RESIZE_EDGE_NONE);
    xdg_toplevel_resize(window.toplevel(), program.seat(), serial, XDG_TOPLEVEL_RESIZE_EDGE_LEFT);
    CHECK(admin.hears<lp::ResizeRequest>().edges.has(lp::Edge::left));
    CHECK(admin.heard<lp::MoveRequest>() == 0);
    CHECK(admin.heard<lp::ResizeRequest>() == 0);
}

TEST_CASE_METHOD(OneProgram,
                 "windows come back to a new connection, with their tokens and content") {
    program.keyboard();
    ProgramWindow window(program, "hello", red);
    Window* shown = &admin.shown(Window::Kind::toplevel);
    const auto token = shown->token;
    REQUIRE(token != lp::Token{});

    // A key is down when the connection ends: the program must not repeat it for ever.
    admin.focus(admin.id_of(*shown));
    admin.key(30, true);
    program.hears(program.keyboard(), "key");
    admin.disconnect();
    const auto released = program.hears(program.keyboard(), "key");
    CHECK(released.number(2) == 30);
    CHECK(released.integer(3) == WL_KEYBOARD_KEY_STATE_RELEASED);
    program.hears(program.keyboard(), "leave");

    admin.connect();
    shown = &admin.shown(Window::Kind::toplevel);
    CHECK(shown->token == token);
    CHECK(shown->title == "hello");
    // The program painted nothing: its content was kept.
    CHECK(shown->picture.count(red & rgb) == 200 * 150);
}

TEST_CASE_METHOD(OneProgram, "programs are told to leave the frame to the admin domain") {
    zxdg_toplevel_decoration_v1* decoration = nullptr;
    const ProgramWindow window(program, "hello", red, 200, 150, [&](xdg_toplevel* toplevel) {
        decoration = program.follow(zxdg_decoration_manager_v1_get_toplevel_decoration(
            program.global<zxdg_decoration_manager_v1>(zxdg_decoration_manager_v1_interface),
            toplevel));
    });
    admin.shown(Window::Kind::toplevel);
    CHECK(program.hears(decoration, "configure").integer(0) ==
          ZXDG_TOPLEVEL_DECORATION_V1_MODE_SERVER_SIDE);
    program.forgets();  // each of the first two configures may have brought one
    const int configures = window.configures;
    zxdg_toplevel_decoration_v1_set_mode(decoration, ZXDG_TOPLEVEL_DECORATION_V1_MODE_CLIENT_SIDE);
    // It is answered, and nothing changed.
    CHECK(admin.until([&] { return window.configures > configures; }));
    CHECK(program.heard(decoration, "configure") == 0);
    program.end(decoration, zxdg_toplevel_decoration_v1_destroy);

    // The older protocol, of GTK 3.
    auto* kde = program.global<org_kde_kwin_server_decoration_manager>(
        org_kde_kwin_server_decoration_manager_interface);
    CHECK(program.hears(kde, "default_mode").integer(0) ==
          ORG_KDE_KWIN_SERVER_DECORATION_MANAGER_MODE_SERVER);
}

TEST_CASE("a refused window is shown when another one went") {
    Session session([](Admin& admin) { admin.max_windows = 1; });
    Admin& admin = *session.admin;
    Client& program = session.program();
    auto first = std::make_unique<ProgramWindow>(program, "first", red);
    admin.shown(Window::Kind::toplevel);
    const ProgramWindow second(program, "second", blue);
    admin.hears<lp::WindowDestroy>();  // the refusal is acknowledged
    admin.settle();
    CHECK(admin.windows.size() == 1);
    first.reset();
    const Window& shown = admin.shown(Window::Kind::toplevel,
                                      [](const Window& one) { return one.title == "second"; });
    CHECK(shown.picture.count(blue & rgb) == 200 * 150);
}

TEST_CASE("a refused popup is dismissed, so that its program does not wait for it") {
    Session session([](Admin& admin) { admin.max_windows = 1; });
    Admin& admin = *session.admin;
    Client& program = session.program();
    ProgramWindow window(program, "first", red);
    admin.shown(Window::Kind::toplevel);
    const ProgramWindow menu(program, window, {0, 0, 10, 10}, 50, 50, green);
    CHECK(admin.until([&] { return menu.closed; }));
    CHECK(admin.windows.size() == 1);
}

TEST_CASE_METHOD(
    OneProgram,
    "a window that was hidden by its program and is back keeps the token that it got then") {
    ProgramWindow window(program, "hello", red);
    const auto first = admin.shown(Window::Kind::toplevel).token;
    wl_surface_attach(window.wl(), nullptr, 0, 0);
    wl_surface_commit(window.wl());
    REQUIRE(admin.until([&] { return admin.windows.empty(); }));
    wl_surface_commit(window.wl());
    const auto second = admin.shown(Window::Kind::toplevel).token;
    REQUIRE(second != first);
    admin.disconnect();
    admin.connect();
    CHECK(admin.shown(Window::Kind::toplevel).token == second);
}

TEST_CASE_METHOD(OneProgram,
                 "a dialog that is announced before its parent says so when that is known") {
    ProgramWindow dialog(program, "dialog", green);
    admin.shown(Window::Kind::toplevel);
    ProgramWindow window(program, "main");
    const auto is_main = [](const Window& one) { return one.title == "main"; };
    const lp::WindowId before = admin.id_of(admin.shown(Window::Kind::toplevel, is_main));
    xdg_toplevel_set_parent(dialog.toplevel(), window.toplevel());
    CHECK(admin.hears<lp::WindowParent>().parent == before);
    admin.disconnect();
    admin.connect();
    const lp::WindowId main = admin.id_of(admin.shown(Window::Kind::toplevel, is_main));
    admin.hears<lp::WindowParent>([&](const auto& message) { return message.parent == main; });
}

TEST_CASE("the first bounds of a program are in its units") {
    Session session([](Admin& admin) { admin.scale = 240; });
    session.admin->settle();
    Client& program = session.program();
    std::vector<int> widths;
    const ProgramWindow window(program, "hello", red, 200, 150, [&](xdg_toplevel* toplevel) {
        program.on(toplevel, [&](const Event& event) {
            if (event.name == "configure_bounds") {
                widths.push_back(event.integer(0));
            }
        });
    });
    session.settles();
    REQUIRE_FALSE(widths.empty());
    CHECK(widths.front() == 960);
}

TEST_CASE("a part of a window that commits before it brings no second first size") {
    Session session([](Admin& admin) {
        admin.toplevel_width = 320;
        admin.toplevel_height = 240;
    });
    Client& program = session.program();
    ProgramSurface window(program), part(program);
    auto* surface = program.follow(xdg_wm_base_get_xdg_surface(
        program.global<xdg_wm_base>(xdg_wm_base_interface), window.wl()));
    auto* toplevel = program.follow(xdg_surface_get_toplevel(surface));
    auto* subsurface = program.follow(wl_subcompositor_get_subsurface(
        program.global<wl_subcompositor>(wl_subcompositor_interface), part.wl(), window.wl()));
    wl_subsurface_set_desync(subsurface);
    wl_surface_commit(window.wl());
    program.hears(toplevel, "configure",
                  [](const Event& event) { return event.integer(0) == 320; });
    program.forgets();
    part.shows(30, 40, green);
    session.settles();
    CHECK(program.heard(toplevel, "configure") == 0);
    program.end(subsurface, wl_subsurface_destroy);
    program.end(toplevel, xdg_toplevel_destroy);
    program.end(surface, xdg_surface_destroy);
}

}  // namespace leadlight::agent_test
