// SPDX-License-Identifier: MIT
// Real programs under the agent, as the admin domain sees them. Needs the apps tier.
#include "tests/agent/session.hpp"

#include <catch2/catch_test_macros.hpp>

namespace leadlight::agent_test {
namespace {

void keep_picture(const Window& window, const std::string& name) {
    if (const char* folder = std::getenv("LEADLIGHT_PICTURES"))
        window.picture.save(std::string(folder) + "/" + name + ".png");
}

std::vector<std::string> foot(const std::string& colours = "") {
    return {"foot",
            "--config=/dev/null",
            "--override=colors.background=102030",
            "--override=colors.foreground=ffffff",
            "--title=hello",
            "--app-id=terminal",
            "--window-size-pixels=640x400",
            "sh",
            "-c",
            "while read -r word; do case $word in quit) exit 0;; *) printf '\\033[48;2;255;0;255m"
            "\\033[2J\\033[0m';; esac; done" +
                colours};
}

}  // namespace

TEST_CASE("foot is drawn, typed into, resized and closed") {
    Session session(foot());
    Admin& admin = *session.admin;
    Window& window = admin.shown(Window::Kind::toplevel);
    const lp::WindowId id = admin.id_of(window);
    CHECK(window.title == "hello");
    CHECK(window.app_id == "terminal");
    REQUIRE(admin.until([&] { return window.picture.count(0x102030) > 200'000; }));
    keep_picture(window, "foot");

    admin.send(admin.configure(id, 640, 400));
    admin.focus(id);
    admin.type("paint\n");
    // The shell has painted all cells; only the padding keeps the background.
    CHECK(admin.until([&] { return window.picture.count(0xff00ff) > 200'000; }));
    keep_picture(window, "foot-typed");

    const auto larger = admin.configure(id, 800, 500);
    admin.send(larger);
    CHECK(admin.until([&] { return window.picture.width == 800 && window.picture.height == 500; }));

    admin.type("quit\n");
    CHECK(admin.until([&] { return admin.windows.empty(); }));
    CHECK(session.agent.wait() == 0);
}

}  // namespace leadlight::agent_test
