// SPDX-License-Identifier: MIT
// Where most tests begin: an agent, and a program of one window.
#pragma once

#include "tests/agent/program_window.hpp"
#include "tests/agent/session.hpp"

namespace leadlight::agent_test {

/// Colours of buffers, and what of them the admin domain's picture has.
constexpr std::uint32_t red = 0xffcc0000, green = 0xff00cc00, blue = 0xff0000cc;
constexpr std::uint32_t rgb = 0xffffff;

/// Pixels as FinePlace counts them.
constexpr lp::FinePlace fine(double pixels) {
    return lp::FinePlace::clamped(static_cast<int>(pixels * 256));
}

struct OneProgram {
    Session session;
    Admin& admin = *session.admin;
    Client& program = session.program();
};

/// Of 200 by 150 pixels, and on the screen.
struct OneWindow : OneProgram {
    ProgramWindow window{program, "hello", red, 200, 150};
    /// Until the connection or the window ends.
    Window& shown = admin.shown(Window::Kind::toplevel);
    lp::WindowId id = admin.id_of(shown);
};

/// The pointer came in at 10, 20.
struct PointedWindow : OneProgram {
    explicit PointedWindow(std::uint32_t seat_version = 100) {
        program.seat_version = seat_version;
        program.pointer();
        window = std::make_unique<ProgramWindow>(program, "hello");
        id = admin.id_of(admin.shown(Window::Kind::toplevel));
        admin.enter(id, 10, 20);
        entered = admin.serial();
        enter = program.hears(program.pointer(), "enter");
        program.hears(program.pointer(), "frame");
    }

    std::unique_ptr<ProgramWindow> window;
    lp::WindowId id = *lp::WindowId::from(1);
    lp::Serial entered = 0;
    Event enter;
};

}  // namespace leadlight::agent_test
