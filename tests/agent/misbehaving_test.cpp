// SPDX-License-Identifier: MIT
// Programs that do what no program should. They may lose their own connection, and no other's.
#include "tests/agent/one_window.hpp"

#include <catch2/catch_test_macros.hpp>

namespace leadlight::agent_test {

TEST_CASE_METHOD(
    OneProgram,
    "a program that takes the memory from under its buffers takes no other program along") {
    ProgramWindow window(program, "hello");
    admin.shown(Window::Kind::toplevel);
    window.paints = [](ShmBuffer& buffer) { buffer.cut_short(); };
    window.shows(0xffcc0000);
    try {
        program.settle();
    } catch (const std::runtime_error&) {
        // It may have been cut off for it.
    }

    const ProgramWindow other(session.program(), "other");
    const auto is_other = [](const Window& one) { return one.title == "other"; };
    CHECK(admin.shown(Window::Kind::toplevel, is_other).commits > 0);
    CHECK(session.agent.running());
}

}  // namespace leadlight::agent_test
