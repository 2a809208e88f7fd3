// SPDX-License-Identifier: MIT
// Where tests of X11 programs begin.
#pragma once

#include "tests/agent/session.hpp"
#include "tests/agent/x_program.hpp"

#include <memory>
#include <string>

namespace leadlight::agent_test {

/// An agent with X11 and one program of it.
struct XDesk {
    XDesk() : session({}, {}) {
        x = std::make_unique<XProgram>(display(), [this] { admin.pump(); });
    }
    /// The agent keeps the display's lock, with its process id in it.
    std::string display() const {
        std::string found;
        fixture::eventually([&] {
            for (int number = 0; number < 100 && found.empty(); ++number) {
                const std::string lock = text_of("/tmp/.X" + std::to_string(number) + "-lock");
                if (!lock.empty() && std::stoi(lock) == session.agent.pid()) {
                    found = ":" + std::to_string(number);
                }
            }
            return !found.empty();
        });
        return found;
    }
    Window& shows(xcb_window_t window, const std::string& title) {
        return shows(*x, window, title);
    }
    Window& shows(XProgram& program, xcb_window_t window, const std::string& title) {
        program.set_text(window, "_NET_WM_NAME", title);
        program.map(window);
        return admin.shown(Window::Kind::toplevel,
                           [&](const Window& one) { return one.title == title; });
    }
    bool focused(xcb_window_t window) {
        return admin.until([&] { return x->focus() == window; });
    }

    Session session;
    Admin& admin = *session.admin;
    std::unique_ptr<XProgram> x;
};

}  // namespace leadlight::agent_test
