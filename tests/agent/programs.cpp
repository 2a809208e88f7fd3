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
    // foot keeps whole cells, so that it may be a little smaller.
    CHECK(admin.until([&] {
        return window.picture.width > 780 && window.picture.height > 470 &&
               window.last_commit.configure == larger.serial;
    }));

    admin.type("quit\n");
    CHECK(admin.until([&] { return admin.windows.empty(); }));
    CHECK(session.agent.wait() == 0);
}

TEST_CASE("an X11 program is a toplevel, its menu an offset from it") {
    Session session({"xterm", "-xrm", "XTerm*color5: #ff00ff", "-title", "hello x", "-bg",
                     "#102030", "-geometry", "80x24", "-e", "sh", "-c",
                     "read word; printf '\\033[45m\\033[2J'; read end"},
                    {});
    Admin& admin = *session.admin;
    Window& window = admin.shown(Window::Kind::toplevel);
    const lp::WindowId id = admin.id_of(window);
    REQUIRE(admin.until([&] { return window.picture.count(0x102030) > 50'000; }));
    CHECK(window.title == "hello x");
    CHECK(window.app_id == "XTerm");
    CHECK(window.limits.step_width > 1);
    keep_picture(window, "xterm");

    admin.send(admin.configure(id, window.picture.width, window.picture.height));
    admin.focus(id);
    admin.type("paint\n");
    CHECK(admin.until([&] { return window.picture.count(0xff00ff) > 50'000; }));

    // Control and the left button: a menu of the toolkit, override-redirect.
    admin.key(29, true);
    admin.send(lp::Modifiers{1, 4, 0, 0, 0});
    admin.enter(id, 100, 50);
    admin.motion(id, 101, 51);
    admin.button(true);
    Window& menu = admin.shown(Window::Kind::unmanaged);
    keep_picture(menu, "xterm-menu");
    CHECK(menu.parent == id);
    CHECK(menu.x >= 0);
    CHECK(menu.x <= 101);
    CHECK(menu.picture.width > 50);
    admin.button(false);
    CHECK(admin.until([&] { return admin.windows.size() == 1; }));
    admin.key(29, false);
    admin.send(lp::Modifiers{1, 0, 0, 0, 0});

    admin.send(lp::Close{id});
    CHECK(admin.until([&] { return admin.windows.empty(); }));
}

}  // namespace leadlight::agent_test
