// SPDX-License-Identifier: MIT
// Windows that the admin domain has no pages for.
#include "tests/agent/one_window.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace std::chrono_literals;

namespace leadlight::agent_test {

TEST_CASE("a window that was refused its pages has them when others gave theirs back") {
    Session session([](Admin& admin) { admin.refuses_pools = true; });
    Admin& admin = *session.admin;
    Client& program = session.program();
    const auto start = std::chrono::steady_clock::now();
    const ProgramWindow window(program, "hello", red, 200, 150);
    // With room to grow, and without.
    REQUIRE(admin.until([&] { return admin.heard<lp::PoolDestroy>() >= 2; }));
    session.settles();
    CHECK(admin.toplevel()->commits == 0);
    admin.refuses_pools = false;
    CHECK(admin.shown(Window::Kind::toplevel).picture.count(red & rgb) == 200 * 150);
    CHECK(std::chrono::steady_clock::now() - start >= 1s);
}

TEST_CASE_METHOD(OneWindow, "a window that is refused a second buffer goes on with its first") {
    // Back from being hidden it has one.
    admin.send(lp::Hidden{id, true});
    REQUIRE(admin.until([&] { return admin.pages_mapped() == 0; }));
    admin.send(lp::Hidden{id, false});
    REQUIRE(admin.until([&] { return admin.pools() == 1; }));
    session.settles();
    admin.refuses_pools = true;
    for (const std::uint32_t colour : {green, blue}) {
        window.shows(colour);
        CHECK(admin.until([&] { return shown.picture.count(colour & rgb) == 200 * 150; }));
    }
    CHECK(admin.pools() == 1);
}

}  // namespace leadlight::agent_test
