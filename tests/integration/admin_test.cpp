// SPDX-License-Identifier: MIT
// Programs of the admin domain on the compositor's own socket, beside guests.
#include "tests/agent/program_window.hpp"
#include "tests/fixture/admin_program.hpp"

#include "ext-idle-notify-v1-client-protocol.h"
#include "idle-inhibit-unstable-v1-client-protocol.h"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::fixture;
using leadlight::agent_test::Client;
using leadlight::agent_test::ProgramWindow;
namespace lp = leadlight::protocol;

namespace {

/// What turns the screen off when nobody does anything, here at once.
struct Idle : TwoDomains {
    Client program{display_of(desk)};
    ext_idle_notification_v1* idle = program.follow(ext_idle_notifier_v1_get_idle_notification(
        program.global<ext_idle_notifier_v1>(ext_idle_notifier_v1_interface), 1, program.seat()));

    Idle() { program.hears(idle, "idled"); }
    void inhibits(const GuestWindow& window) {
        work.send(lp::IdleInhibit{.window = window.id, .inhibit = true});
    }
};

}  // namespace

TEST_CASE("a guest's window keeps the screen on while the person sees it, and no longer") {
    Idle on;
    SECTION("one that was never shown") {
        on.inhibits(on.work.opens("unseen", 100, 100));
        on.work.commits(on.letters, green);  // read by then
        on.program.settle();
        CHECK(on.program.heard(on.idle, "resumed") == 0);
    }
    SECTION("one that is hidden, and shown again") {
        on.inhibits(on.letters);
        on.program.hears(on.idle, "resumed");
        on.work.hides(on.letters);
        on.program.hears(on.idle, "idled");
        on.work.commits(on.letters, green);
        on.program.hears(on.idle, "resumed");
    }
    SECTION("one that the person puts away") {
        on.inhibits(on.letters);
        on.program.hears(on.idle, "resumed");
        on.desk.clicks(on.desk.window("letters"));
        const auto press = on.work.hears<lp::PointerButton>();
        on.work.send(lp::StateRequest{
            .window = on.letters.id, .serial = press.serial, .wish = lp::StateWish::minimize});
        CHECK(on.work.hears<lp::Hidden>().hidden);
        on.program.hears(on.idle, "idled");
    }
    SECTION("one that a window of another domain covers") {
        on.inhibits(on.letters);
        on.program.hears(on.idle, "resumed");
        on.desk.clicks(on.desk.window("pages"));
        on.desk.key(Code::super, true);
        on.desk.strikes(Code::m);
        on.desk.key(Code::super, false);
        const auto asked = on.untrusted.hears<lp::Configure>(
            [](const auto& configure) { return configure.width > 1000; });
        on.pages.buffer = on.untrusted.makes_buffer(asked.width.get(), asked.height.get());
        on.pages.configure = asked;
        on.untrusted.commits(on.pages, pink);
        on.program.hears(on.idle, "idled");
    }
}

TEST_CASE("an admin program keeps the screen on while it says so") {
    Idle on;
    ProgramWindow window(on.program, "film");
    REQUIRE(eventually([&] {
        on.program.pump();
        return on.desk.find("film").has_value();
    }));
    auto* inhibitor = zwp_idle_inhibit_manager_v1_create_inhibitor(
        on.program.global<zwp_idle_inhibit_manager_v1>(zwp_idle_inhibit_manager_v1_interface),
        window.wl());
    on.program.settle();
    on.program.hears(on.idle, "resumed");
    zwp_idle_inhibitor_v1_destroy(inhibitor);
    on.program.settle();
    on.program.hears(on.idle, "idled");
}
