// SPDX-License-Identifier: MIT
// A program of a guest with a window, that copies, pastes and drags.
#pragma once

#include "tests/agent/giver.hpp"
#include "tests/agent/session.hpp"

namespace leadlight::agent_test {

struct GivingProgram : Giver {
    GivingProgram(Session& session, const std::string& title)
        : Giver(session.program()), window(client, title),
          id(session.admin->id_of(session.admin->shown(
              Window::Kind::toplevel, [&](const Window& one) { return one.title == title; }))) {}

    ProgramWindow window;
    lp::WindowId id;
};

}  // namespace leadlight::agent_test
