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
    CHECK(admin.until_gone());
    CHECK(session.agent.wait() == 0);
}

TEST_CASE("an X11 program is a toplevel, its menu an offset from it") {
    // X11's focus comes another way than the keys, so the program says when it has it: it asks its
    // terminal for a report, and is green then.
    Session session({"xterm", "-xrm", "XTerm*color5: #ff00ff", "-xrm", "XTerm*color2: #00ff00",
                     "-title", "hello x", "-bg", "#102030", "-geometry", "80x24", "-e", "sh", "-c",
                     "await() { while [ \"$(dd bs=1 count=1 2>/dev/null)\" != $1 ]; do :; done; };"
                     "stty raw -echo; printf '\\033[?1004h'; await I;"
                     "printf '\\033[?1004l\\033[42m\\033[2J'; await t;"
                     "printf '\\033[45m\\033[2J'; await q"},
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
    // It hears of a change only, and may not have asked yet.
    REQUIRE(fixture::eventually([&] {
        admin.send(lp::Focus{});
        admin.focus(id);
        admin.settle();
        return window.picture.count(0x00ff00) > 50'000;
    }));
    admin.type("paint");
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

    // Keys go on where they went before the menu.
    admin.type("q");
    CHECK(admin.until_gone());
}

TEST_CASE("an X11 program closes when the person asks") {
    Session session({"xterm", "-xrm", "XTerm*color5: #ff00ff", "-e", "sh", "-c",
                     "printf '\\033[45m\\033[2J'; read end"},
                    {});
    Admin& admin = *session.admin;
    Window& window = admin.shown(Window::Kind::toplevel);
    // Now the shell runs to which xterm passes the wish on.
    REQUIRE(admin.until([&] { return window.picture.count(0xff00ff) > 50'000; }));
    admin.send(lp::Close{admin.id_of(window)});
    CHECK(admin.until_gone());
}

TEST_CASE("windows come back to a new connection, with their tokens and content") {
    Session session(foot());
    Admin& admin = *session.admin;
    Window* window = &admin.shown(Window::Kind::toplevel);
    admin.focus(admin.id_of(*window));
    admin.type("paint\n");
    REQUIRE(admin.until([&] { return window->picture.count(0xff00ff) > 200'000; }));
    const auto token = window->token;
    REQUIRE(token != lp::Token{});
    const Picture before = window->picture;

    // A key is down when the connection ends: the program must not repeat it for ever.
    admin.key(30, true);
    admin.settle();
    admin.disconnect();
    admin.connect();
    window = &admin.shown(Window::Kind::toplevel);
    CHECK(window->token == token);
    CHECK(window->title == "hello");
    CHECK(window->picture.width == before.width);
    CHECK(window->picture.count(0xff00ff) > 200'000);

    admin.focus(admin.id_of(*window));
    admin.type("\nquit\n");
    CHECK(admin.until_gone());
}

TEST_CASE("a hidden window holds no pages and has its content when it is back") {
    Session session(foot());
    Admin& admin = *session.admin;
    Window& window = admin.shown(Window::Kind::toplevel);
    const lp::WindowId id = admin.id_of(window);
    REQUIRE(admin.until([&] { return window.picture.count(0x102030) > 200'000; }));
    admin.send(lp::Hidden{id, true});
    CHECK(admin.until([&] { return admin.pages_mapped() == 0; }));
    window.picture = {};
    admin.send(lp::Hidden{id, false});
    CHECK(admin.until([&] { return window.picture.count(0x102030) > 200'000; }));
}

TEST_CASE("without pages for two buffers a window goes on with one") {
    Session session(foot(), {"--no-xwayland"}, [](Admin& admin) { admin.max_pages = 260; });
    Admin& admin = *session.admin;
    Window& window = admin.shown(Window::Kind::toplevel);
    admin.focus(admin.id_of(window));
    admin.type("paint\n");
    CHECK(admin.until([&] { return window.picture.count(0xff00ff) > 200'000; }));
    CHECK(admin.pools() == 1);
}

TEST_CASE("while a commit is in flight there is no second, and the last one wins") {
    Session session(foot());
    Admin& admin = *session.admin;
    Window& window = admin.shown(Window::Kind::toplevel);
    admin.send(admin.configure(admin.id_of(window), 0, 0));
    admin.settle();
    admin.answers_frames = false;
    admin.focus(admin.id_of(window));
    admin.type("paint\n");
    REQUIRE(admin.until([&] { return window.frame_due; }));
    const int commits = window.commits;
    for (int i = 0; i < 20; ++i)
        admin.settle();
    CHECK(window.commits == commits);
    admin.answers_frames = true;
    admin.give_frames();
    CHECK(admin.until([&] { return window.picture.count(0xff00ff) > 200'000; }));
}

TEST_CASE("a menu of Qt is a popup on its window, and goes when it is dismissed") {
    Session session({"dbus-run-session", "--", "kcalc"});
    Admin& admin = *session.admin;
    Window& window = admin.shown(Window::Kind::toplevel);
    const lp::WindowId id = admin.id_of(window);
    admin.send(admin.configure(id, window.picture.width, window.picture.height));
    admin.focus(id);
    admin.settle();
    admin.click(id, 20, 10);
    Window& menu = admin.shown(Window::Kind::popup);
    keep_picture(menu, "kcalc-menu");
    CHECK(menu.parent == id);
    CHECK(menu.grab != 0);
    CHECK(menu.picture.width == menu.positioner.width);
    admin.send(lp::PopupDone{admin.id_of(menu)});
    CHECK(admin.until([&] { return admin.windows.size() == 1; }));
}

}  // namespace leadlight::agent_test
