// SPDX-License-Identifier: MIT
// Windows of X11 programs, through a real Xwayland.
#include "tests/agent/program_window.hpp"
#include "tests/agent/x_desk.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <csignal>
#include <thread>

namespace leadlight::agent_test {
namespace {

constexpr std::uint32_t red = 0xcc0000, green = 0x00cc00, blue = 0x0000cc;

}  // namespace

TEST_CASE("X11 windows are shown, however late the agent looks at what Xwayland sends") {
    XDesk desk;
    // What comes by X11 and what comes by Wayland wait for it together, and it sees either first.
    std::jthread interruptions([agent = desk.session.agent.pid()](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            kill(agent, SIGSTOP);
            std::this_thread::sleep_for(std::chrono::milliseconds(4));
            kill(agent, SIGCONT);
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    });
    for (int i = 0; i < 40; ++i) {
        const auto window = desk.x->window(green, 60, 40);
        desk.shows(window, "number " + std::to_string(i));
        xcb_destroy_window(desk.x->x(), window);
    }
}

TEST_CASE("an X11 window says what it is, and how large it may be") {
    XDesk desk;
    const auto window = desk.x->window(red, 200, 150);
    const std::string instance_and_class("example\0Example\0", 16);
    xcb_change_property(desk.x->x(), XCB_PROP_MODE_REPLACE, window, XCB_ATOM_WM_CLASS,
                        XCB_ATOM_STRING, 8, 16, instance_and_class.data());
    xcb_size_hints_t hints{};
    xcb_icccm_size_hints_set_min_size(&hints, 50, 40);
    xcb_icccm_size_hints_set_max_size(&hints, 500, 400);
    xcb_icccm_size_hints_set_base_size(&hints, 10, 20);
    xcb_icccm_size_hints_set_resize_inc(&hints, 7, 14);
    xcb_icccm_size_hints_set_aspect(&hints, 4, 3, 1'920'000, 1'080'000);
    xcb_icccm_set_wm_normal_hints(desk.x->x(), window, &hints);
    const Window& shown = desk.shows(window, "main");
    CHECK(shown.picture.count(red) == 200 * 150);
    CHECK(desk.admin.until([&] { return shown.limits.step_height == 14; }));
    CHECK(shown.app_id == "Example");
    CHECK(shown.limits.min_width == 50);
    CHECK(shown.limits.min_height == 40);
    CHECK(shown.limits.max_width == 500);
    CHECK(shown.limits.max_height == 400);
    CHECK(shown.limits.base_width == 10);
    CHECK(shown.limits.base_height == 20);
    CHECK(shown.limits.step_width == 7);
    CHECK(shown.limits.min_aspect_width == 4);
    CHECK(shown.limits.min_aspect_height == 3);
    CHECK(shown.limits.max_aspect_width / 16 == shown.limits.max_aspect_height / 9);
    CHECK(shown.limits.max_aspect_height > 1000);
    CHECK(shown.type == lp::WindowType::normal);

    // Of the two that are least, one stands in for the other.
    const auto in_steps = desk.x->window(blue, 100, 80);
    xcb_size_hints_t steps{};
    xcb_icccm_size_hints_set_min_size(&steps, 100, 80);
    xcb_icccm_size_hints_set_resize_inc(&steps, 30, 15);
    xcb_icccm_set_wm_normal_hints(desk.x->x(), in_steps, &steps);
    const Window& stepped = desk.shows(in_steps, "in steps");
    CHECK(desk.admin.until([&] { return stepped.limits.step_height == 15; }));
    CHECK(stepped.limits.base_width == 100);
    CHECK(stepped.limits.base_height == 80);

    const auto dialog = desk.x->window(green, 100, 80);
    xcb_icccm_set_wm_transient_for(desk.x->x(), dialog, window);
    desk.x->set_atoms(dialog, "_NET_WM_WINDOW_TYPE", {"_NET_WM_WINDOW_TYPE_DIALOG"});
    // A maximum below the minimum would end the domain's connection.
    xcb_icccm_size_hints_set_min_size(&hints, 600, 40);
    xcb_icccm_set_wm_normal_hints(desk.x->x(), dialog, &hints);
    const Window& above = desk.shows(dialog, "dialog");
    CHECK(above.limits.max_width >= above.limits.min_width);
    CHECK(desk.admin.until([&] { return above.type == lp::WindowType::dialog; }));
    const auto parent = desk.admin.hears<lp::WindowParent>(
        [&](const auto& message) { return message.parent.has_value(); });
    CHECK(parent.window == desk.admin.id_of(above));
    CHECK(parent.parent == desk.admin.id_of(shown));
}

TEST_CASE("an X11 menu is an offset from its owner, and moves with what the program says") {
    XDesk desk;
    const auto window = desk.x->window(red, 200, 150);
    const lp::WindowId id = desk.admin.id_of(desk.shows(window, "main"));
    const auto menu = desk.x->window(green, 60, 50, true, 20, 30);
    xcb_icccm_set_wm_transient_for(desk.x->x(), menu, window);
    desk.x->set_atoms(menu, "_NET_WM_WINDOW_TYPE", {"_NET_WM_WINDOW_TYPE_POPUP_MENU"});
    desk.x->map(menu);
    const Window& shown = desk.admin.shown(Window::Kind::unmanaged);
    CHECK(shown.parent == id);
    CHECK(shown.x == 20);
    CHECK(shown.y == 30);
    CHECK(shown.picture.count(green) == 60 * 50);
    CHECK(desk.admin.until([&] { return shown.type == lp::WindowType::menu; }));

    const std::uint32_t place[] = {40, 45};
    xcb_configure_window(desk.x->x(), menu, XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y, place);
    xcb_flush(desk.x->x());
    CHECK(desk.admin.until([&] { return shown.x == 40 && shown.y == 45; }));

    xcb_unmap_window(desk.x->x(), menu);
    xcb_flush(desk.x->x());
    CHECK(desk.admin.until([&] { return desk.admin.windows.size() == 1; }));
}

TEST_CASE("an X11 menu that names no owner lies on a window of its own program") {
    XDesk desk;
    XProgram other(desk.display(), [&] { desk.admin.pump(); });
    const auto window = desk.x->window(red, 200, 150);
    const lp::WindowId id = desk.admin.id_of(desk.shows(window, "main"));
    const auto first = other.window(blue, 200, 150), second = other.window(blue, 200, 150);
    const lp::WindowId first_id = desk.admin.id_of(desk.shows(other, first, "first"));
    const lp::WindowId second_id = desk.admin.id_of(desk.shows(other, second, "second"));
    // The last press was in the one program, and the pointer went on to the other.
    desk.admin.click(id, 5, 5);
    desk.admin.leave(id);
    desk.admin.enter(first_id, 5, 5);
    desk.admin.settle();
    const auto menu = other.window(green, 60, 50, true, 20, 30);
    other.map(menu);
    CHECK(desk.admin.shown(Window::Kind::unmanaged).parent == first_id);

    // Its owner goes, and it stays as long as its program has another window.
    xcb_unmap_window(other.x(), first);
    xcb_flush(other.x());
    const Window& shown = desk.admin.shown(
        Window::Kind::unmanaged, [&](const Window& one) { return one.parent == second_id; });
    CHECK(shown.x == 20);
    CHECK(shown.y == 30);
    CHECK(shown.picture.count(green) == 60 * 50);
    xcb_destroy_window(desk.x->x(), window);
    xcb_flush(desk.x->x());
    REQUIRE(desk.admin.until([&] { return desk.admin.windows.size() == 2; }));
    xcb_destroy_window(other.x(), second);
    xcb_flush(other.x());
    CHECK(desk.admin.until([&] { return desk.admin.windows.empty(); }));
}

TEST_CASE("an X11 menu goes with its owner to another window, and those on it too") {
    XDesk desk;
    const auto first = desk.x->window(red, 200, 150), second = desk.x->window(blue, 200, 150);
    desk.shows(first, "first");
    const lp::WindowId second_id = desk.admin.id_of(desk.shows(second, "second"));
    const auto menu = desk.x->window(green, 60, 50, true, 20, 30);
    const auto inner = desk.x->window(green, 40, 30, true, 80, 40);
    xcb_icccm_set_wm_transient_for(desk.x->x(), menu, first);
    xcb_icccm_set_wm_transient_for(desk.x->x(), inner, menu);
    desk.x->map(menu);
    desk.admin.shown(Window::Kind::unmanaged);
    desk.x->map(inner);
    desk.admin.shown(Window::Kind::unmanaged, [](const Window& one) { return one.width == 40; });
    xcb_unmap_window(desk.x->x(), first);
    xcb_flush(desk.x->x());
    const lp::WindowId menu_id = desk.admin.id_of(desk.admin.shown(
        Window::Kind::unmanaged, [&](const Window& one) { return one.parent == second_id; }));
    const Window& shown = desk.admin.shown(
        Window::Kind::unmanaged, [&](const Window& one) { return one.parent == menu_id; });
    CHECK(shown.x == 60);
    CHECK(shown.y == 10);
}

TEST_CASE("an X11 window has the size that the person gives it, and lies at the origin") {
    XDesk desk;
    const auto window = desk.x->window(red, 200, 150, false, 300, 200);
    Window& shown = desk.shows(window, "main");
    const auto larger = desk.admin.configure(desk.admin.id_of(shown), 320, 240);
    desk.admin.send(larger);
    desk.x->hears<xcb_configure_notify_event_t>(XCB_CONFIGURE_NOTIFY, [&](const auto& event) {
        return event.width == 320 && event.height == 240 && event.x == 0 && event.y == 0;
    });
    CHECK(desk.admin.until([&] { return shown.last_commit.configure == larger.serial; }));
    CHECK(shown.picture.count(red) == 320 * 240);
}

TEST_CASE("X11 programs know how large a window may become, also when that changes") {
    XDesk desk;
    using Area = std::vector<std::uint32_t>;
    const auto area = [&] { return desk.x->words(desk.x->root(), "_NET_WORKAREA"); };
    CHECK(desk.admin.until([&] { return area() == Area{0, 0, 1920, 1080}; }));
    desk.admin.send(lp::Output{2560, 1440, 180, 60'000});
    CHECK(desk.admin.until([&] { return area() == Area{0, 0, 2560, 1440}; }));
}

TEST_CASE("X11 programs find the scale in their resources, beside what else is there") {
    XDesk desk;
    const xcb_atom_t property = desk.x->atom("RESOURCE_MANAGER");
    const auto resources = [&] { return desk.x->bytes(desk.x->root(), property); };
    CHECK(desk.admin.until([&] { return resources() == "Xft.dpi:\t96\nXcursor.size:\t24\n"; }));
    const std::string own = "XTerm*background:\tblack\nXft.dpi:\t96\n";
    xcb_change_property(desk.x->x(), XCB_PROP_MODE_REPLACE, desk.x->root(), property,
                        XCB_ATOM_STRING, 8, static_cast<std::uint32_t>(own.size()), own.data());
    REQUIRE(resources() == own);
    desk.admin.send(lp::Output{1920, 1080, 240, 60'000});
    const std::string both = "XTerm*background:\tblack\nXft.dpi:\t192\nXcursor.size:\t48\n";
    CHECK(desk.admin.until([&] { return resources() == both; }));
}

TEST_CASE("an X11 window closes and changes its state by asking") {
    XDesk desk;
    const auto window = desk.x->window(red, 200, 150);
    desk.x->set_atoms(window, "WM_PROTOCOLS", {"WM_DELETE_WINDOW"});
    const lp::WindowId id = desk.admin.id_of(desk.shows(window, "main"));
    desk.admin.enter(id, 5, 5);
    desk.admin.button(true);
    const lp::Serial press = desk.admin.serial();
    desk.x->hears(XCB_BUTTON_PRESS, [](const auto&) { return true; });
    desk.x->asks(window, "_NET_WM_STATE", {1, desk.x->atom("_NET_WM_STATE_FULLSCREEN")});
    CHECK(desk.admin.hears<lp::StateRequest>() ==
          lp::StateRequest{id, press, lp::StateWish::fullscreen});
    desk.x->asks(window, "_NET_WM_MOVERESIZE", {5, 5, 8, 1, 1});
    CHECK(desk.admin.hears<lp::MoveRequest>() == lp::MoveRequest{id, press});
    desk.x->asks(window, "_NET_ACTIVE_WINDOW", {1, 0, 0});
    CHECK(desk.admin.hears<lp::Activate>() == lp::Activate{id, press});

    desk.admin.send(lp::Close{id});
    const auto close =
        desk.x->hears<xcb_client_message_event_t>(XCB_CLIENT_MESSAGE, [&](const auto& event) {
            return event.type == desk.x->atom("WM_PROTOCOLS");
        });
    CHECK(close.data.data32[0] == desk.x->atom("WM_DELETE_WINDOW"));
    xcb_destroy_window(desk.x->x(), window);
    xcb_flush(desk.x->x());
    CHECK(desk.admin.until([&] { return desk.admin.windows.empty(); }));
}

TEST_CASE("an X11 window knows that it is put away, and asks for its return") {
    XDesk desk;
    const auto window = desk.x->window(red, 200, 150);
    const lp::WindowId id = desk.admin.id_of(desk.shows(window, "main"));
    auto away = desk.admin.configure(id, 200, 150);
    away.states.set(lp::WindowState::suspended, true);
    desk.admin.send(away);
    const auto hidden = [&] {
        const auto states = desk.x->words(window, "_NET_WM_STATE");
        return std::ranges::contains(states, desk.x->atom("_NET_WM_STATE_HIDDEN"));
    };
    CHECK(desk.admin.until(hidden));
    constexpr std::uint32_t normal = 1;
    desk.x->asks(window, "WM_CHANGE_STATE", {normal});
    CHECK(desk.admin.hears<lp::Activate>() == lp::Activate{id, 0});
    desk.admin.send(desk.admin.configure(id, 200, 150));
    CHECK(desk.admin.until([&] { return !hidden(); }));
}

TEST_CASE("an urgent X11 window asks for attention once, and never for the focus") {
    XDesk desk;
    const auto window = desk.x->window(red, 200, 150);
    const lp::WindowId id = desk.admin.id_of(desk.shows(window, "main"));
    // Even when the person has just pressed something in it.
    desk.admin.enter(id, 5, 5);
    desk.admin.button(true);
    desk.x->hears(XCB_BUTTON_PRESS, [](const auto&) { return true; });
    xcb_icccm_wm_hints_t hints{};
    xcb_icccm_wm_hints_set_urgency(&hints);
    xcb_icccm_set_wm_hints(desk.x->x(), window, &hints);
    xcb_icccm_set_wm_hints(desk.x->x(), window, &hints);
    xcb_flush(desk.x->x());
    CHECK(desk.admin.hears<lp::Activate>() == lp::Activate{id, 0});
    desk.x->set_text(window, "_NET_WM_NAME", "still urgent");
    CHECK(
        desk.admin.until([&] { return desk.admin.windows.at(id.get()).title == "still urgent"; }));
    CHECK(desk.admin.heard<lp::Activate>() == 0);
}

TEST_CASE("an X11 window that wants to be moved without a press is not heard") {
    XDesk desk;
    const auto window = desk.x->window(red, 200, 150);
    const lp::WindowId id = desk.admin.id_of(desk.shows(window, "main"));
    const auto menu = desk.x->window(green, 60, 50, true, 20, 30);
    xcb_icccm_set_wm_transient_for(desk.x->x(), menu, window);
    desk.x->map(menu);
    desk.admin.shown(Window::Kind::unmanaged);
    constexpr std::uint32_t by_bottom_right = 4, moving = 8;
    // The scripted admin domain fails the test at a serial that it did not send.
    desk.x->asks(window, "_NET_WM_MOVERESIZE", {5, 5, moving, 1, 1});
    desk.x->asks(window, "_NET_WM_MOVERESIZE", {5, 5, by_bottom_right, 1, 1});
    desk.x->asks(window, "_NET_ACTIVE_WINDOW", {1, 0, 0});
    CHECK(desk.admin.hears<lp::Activate>() == lp::Activate{id, 0});
    // Nor is a menu, which is no toplevel, at any time.
    desk.admin.enter(id, 5, 5);
    desk.admin.button(true);
    const lp::Serial press = desk.admin.serial();
    desk.x->hears(XCB_BUTTON_PRESS, [](const auto&) { return true; });
    desk.x->asks(menu, "_NET_WM_MOVERESIZE", {5, 5, moving, 1, 1});
    desk.x->asks(window, "_NET_WM_MOVERESIZE", {5, 5, by_bottom_right, 1, 1});
    CHECK(desk.admin.hears<lp::ResizeRequest>().serial == press);
    CHECK(desk.admin.heard<lp::MoveRequest>() == 0);
}

TEST_CASE("X11 windows that change which of them is the dialog never make a circle") {
    XDesk desk;
    const auto first = desk.x->window(red, 100, 100), second = desk.x->window(blue, 100, 100);
    const lp::WindowId first_id = desk.admin.id_of(desk.shows(first, "first"));
    const lp::WindowId second_id = desk.admin.id_of(desk.shows(second, "second"));
    xcb_icccm_set_wm_transient_for(desk.x->x(), first, second);
    xcb_flush(desk.x->x());
    CHECK(desk.admin.hears<lp::WindowParent>().parent == second_id);
    // The scripted admin domain fails the test at a circle.
    xcb_icccm_set_wm_transient_for(desk.x->x(), first, XCB_WINDOW_NONE);
    xcb_icccm_set_wm_transient_for(desk.x->x(), second, first);
    xcb_flush(desk.x->x());
    CHECK(desk.admin
              .hears<lp::WindowParent>(
                  [&](const auto& message) { return message.window == second_id; })
              .parent == first_id);
}

TEST_CASE("without Xwayland that is one clear line, and Wayland programs go on") {
    const std::string folder = make_folder();
    std::vector<std::string> command{
        "unshare", "--mount", "sh", "-c", "mount --bind /dev/null /usr/bin/Xwayland && exec \"$@\"",
        "sh"};
    const auto agent_line = agent_command(folder, {});
    command.insert(command.end(), agent_line.begin(), agent_line.end());
    fixture::Process agent(command, {{"XDG_RUNTIME_DIR", folder}}, folder + "/log");
    Admin admin;
    admin.socket = folder + "/channel";
    admin.connect();
    admin.settle();
    std::unique_ptr<Client> program;
    REQUIRE(fixture::eventually([&] {
        program = connect_in(folder, [&] { admin.pump(); });
        return program != nullptr;
    }));
    admin.others = [&] { program->pump(); };
    {
        const ProgramWindow window(*program, "hello");
        admin.shown(Window::Kind::toplevel);
    }
    const std::string log = text_of(folder + "/log");
    CHECK(log.find("warning: no X11 programs: Xwayland is not installed") != std::string::npos);
    // Before it stands the reason, in wlroots' words.
    CHECK(std::ranges::count(log, '\n') <= 2);
    program.reset();
    agent.stop();
    std::filesystem::remove_all(folder);
}

TEST_CASE("an X11 window without a frame and without an owner gets a frame of its own") {
    XDesk desk;
    const auto window = desk.x->window(green, 60, 50, true, 20, 30);
    desk.x->set_text(window, "_NET_WM_NAME", "alone");
    desk.x->map(window);
    CHECK(desk.admin.until([&] {
        const Window* shown = desk.admin.toplevel();
        return shown != nullptr && shown->picture.count(green) == 60 * 50;
    }));
    CHECK(desk.admin.toplevel()->title == "alone");
    xcb_destroy_window(desk.x->x(), window);
    xcb_flush(desk.x->x());
    CHECK(desk.admin.until([&] { return desk.admin.windows.empty(); }));
}

TEST_CASE("X11 windows come back to a new connection, a menu on its owner") {
    XDesk desk;
    const auto window = desk.x->window(red, 200, 150);
    const auto token = desk.shows(window, "main").token;
    const auto menu = desk.x->window(green, 60, 50, true, 20, 30);
    xcb_icccm_set_wm_transient_for(desk.x->x(), menu, window);
    desk.x->map(menu);
    desk.admin.shown(Window::Kind::unmanaged);
    desk.admin.disconnect();
    desk.admin.connect();
    const Window& shown = desk.admin.shown(Window::Kind::toplevel);
    CHECK(shown.title == "main");
    CHECK(shown.token == token);
    CHECK(shown.picture.count(red) == 200 * 150);
    const Window& menu_shown = desk.admin.shown(Window::Kind::unmanaged);
    CHECK(menu_shown.parent == desk.admin.id_of(shown));
    CHECK(menu_shown.x == 20);
    CHECK(menu_shown.y == 30);
    CHECK(menu_shown.picture.count(green) == 60 * 50);
}

}  // namespace leadlight::agent_test
