// SPDX-License-Identifier: MIT
// Starting, dying and starting again.
#include "tests/agent/one_window.hpp"

#include <catch2/catch_test_macros.hpp>
#include <csignal>

namespace leadlight::agent_test {

TEST_CASE("an agent that was killed leaves nothing that stops the next one") {
    Session session;
    Admin& admin = *session.admin;
    {
        Client& program = session.program();
        program.pointer();
        ProgramWindow window(program, "hello");
        const lp::WindowId id = admin.id_of(admin.shown(Window::Kind::toplevel));
        // In the middle of a press, with a menu open.
        const auto serial = session.presses(program, id);
        const ProgramWindow menu(program, window, {0, 0, 5, 5}, 20, 20, 0xff00cc00, serial);
        admin.shown(Window::Kind::popup);
        session.agent.stop(SIGKILL);
        CHECK(admin.until([&] { return !admin.connected(); }));
    }
    session.programs_end();
    // Socket, lock and Wayland socket of the dead one still lie there.
    REQUIRE(std::filesystem::exists(session.folder + "/channel"));
    admin.disconnect();
    session.starts();
    admin.connect();
    Client& program = session.program();
    ProgramWindow window(program, "again");
    CHECK(admin.shown(Window::Kind::toplevel).title == "again");
}

TEST_CASE("what a program owed to an ended connection it does not owe to the next") {
    OneWindow on;
    on.program.pointer();
    on.session.settles();
    // It acknowledges at once, and draws later.
    bool acknowledged = false;
    on.program.on(on.window.xdg(), [&](const Event& event) {
        xdg_surface_ack_configure(on.window.xdg(), event.serial(0));
        acknowledged = true;
    });
    const auto last = on.admin.configure(on.id, 320, 240);
    on.admin.send(last);
    REQUIRE(on.admin.until([&] { return acknowledged; }));
    on.admin.enter(on.id, 5, 5);
    on.program.hears(on.program.pointer(), "enter");
    on.admin.disconnect();
    on.program.hears(on.program.pointer(), "leave");
    wl_surface_commit(on.window.wl());
    on.program.settle();
    on.admin.connect();
    const auto first = on.admin.hears<lp::Commit>();
    // The admin domain ends the connection at a serial that it sent on another.
    CHECK((first.configure == 0 || first.configure > last.serial));
}

TEST_CASE("a second agent at the same address is one clear line") {
    Session session;
    const std::string log = session.folder + "/second";
    fixture::Process second(agent_command(session.folder, {}),
                            {{"XDG_RUNTIME_DIR", session.folder}}, log);
    CHECK(second.wait() == 1);
    CHECK(text_of(log).find("cannot listen at local:") != std::string::npos);
    // The first goes on.
    const ProgramWindow window(session.program(), "hello");
    session.admin->shown(Window::Kind::toplevel);
}

TEST_CASE("the agent's end is that of its program, or says why there is none") {
    const std::string folder = make_folder();
    const auto ends = [&](const std::vector<std::string>& program) {
        fixture::Process agent(agent_command(folder, {"--no-xwayland"}, program),
                               {{"XDG_RUNTIME_DIR", folder}}, folder + "/log");
        return agent.wait();
    };
    CHECK(ends({"sh", "-c", "exit 7"}) == 7);
    CHECK(ends({"/nonexistent/program"}) == 1);
    CHECK(text_of(folder + "/log").find("/nonexistent/program: No such file") != std::string::npos);
    std::filesystem::remove_all(folder);
}

TEST_CASE("programs are told to choose Wayland, in words that old ones can read") {
    const std::string folder = make_folder();
    // SDL before 2.0.22 knows no list, and SDL 1.2 no Wayland.
    const std::string script =
        "test \"$QT_QPA_PLATFORM\" = 'wayland;xcb' && test -z \"${SDL_VIDEODRIVER+set}\"";
    fixture::Process agent(agent_command(folder, {"--no-xwayland"}, {"sh", "-c", script}),
                           {{"XDG_RUNTIME_DIR", folder}, {"SDL_VIDEODRIVER", ""}}, folder + "/log");
    CHECK(agent.wait() == 0);
    std::filesystem::remove_all(folder);
}

}  // namespace leadlight::agent_test
