// SPDX-License-Identifier: MIT
// Windows and panels of the admin domain's own programs, beside guests: what frames them, where
// they may lie, and who has the keys.
#include "tests/agent/program_window.hpp"
#include "tests/fixture/admin_program.hpp"

// A word of C++ is a parameter's name in it.
#define namespace name_space
#include "wlr-layer-shell-unstable-v1-client-protocol.h"
#undef namespace

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <thread>

using namespace leadlight::fixture;
using leadlight::agent_test::Client;
using leadlight::agent_test::ProgramSurface;
using leadlight::agent_test::ProgramWindow;
namespace agent_test = leadlight::agent_test;
namespace lp = leadlight::protocol;

namespace {

constexpr std::uint32_t orange = 0xff8000;

struct Panel {
    struct Rules {
        std::uint32_t layer, anchor;
        int height, exclusive;
        std::uint32_t keyboard = ZWLR_LAYER_SURFACE_V1_KEYBOARD_INTERACTIVITY_NONE;
    };

    Panel(Client& client, const Rules& rules) : program(client), surface(client) {
        role = client.follow(zwlr_layer_shell_v1_get_layer_surface(
            client.global<zwlr_layer_shell_v1>(zwlr_layer_shell_v1_interface), surface.wl(),
            nullptr, rules.layer, "panel"));
        zwlr_layer_surface_v1_set_size(role, 0, static_cast<std::uint32_t>(rules.height));
        zwlr_layer_surface_v1_set_anchor(role, rules.anchor | ZWLR_LAYER_SURFACE_V1_ANCHOR_LEFT |
                                                   ZWLR_LAYER_SURFACE_V1_ANCHOR_RIGHT);
        zwlr_layer_surface_v1_set_exclusive_zone(role, rules.exclusive);
        zwlr_layer_surface_v1_set_keyboard_interactivity(role, rules.keyboard);
        wl_surface_commit(surface.wl());
        const auto configure = client.hears(role, "configure");
        zwlr_layer_surface_v1_ack_configure(role, configure.serial(0));
        surface.shows(static_cast<int>(configure.number(1)), static_cast<int>(configure.number(2)),
                      0xff000000 | orange);
        client.settle();
    }
    ~Panel() { program.end(role, zwlr_layer_surface_v1_destroy); }

    Client& program;
    ProgramSurface surface;
    zwlr_layer_surface_v1* role = nullptr;
};

/// At the lower edge, with all keys.
constexpr Panel::Rules launcher_rules{.layer = ZWLR_LAYER_SHELL_V1_LAYER_OVERLAY,
                                      .anchor = ZWLR_LAYER_SURFACE_V1_ANCHOR_BOTTOM,
                                      .height = 60,
                                      .exclusive = 0,
                                      .keyboard =
                                          ZWLR_LAYER_SURFACE_V1_KEYBOARD_INTERACTIVITY_EXCLUSIVE};

struct WithProgram : TwoDomains {
    Client program{display_of(desk)};
};

struct WithWindow : WithProgram {
    ProgramWindow window{program, "settings", 0xff000000 | orange};

    WithWindow() {
        REQUIRE(eventually([&] {
            program.pump();
            const auto shown = desk.find("settings");
            return shown && shown->content.width == 200;
        }));
    }
};

}  // namespace

TEST_CASE("an admin program's window has the frame that no label can give") {
    WithProgram on;
    const ProgramWindow window(on.program, "settings", 0xff000000 | orange);
    DeskWindow shown;
    REQUIRE(eventually([&] {
        on.program.pump();
        shown = on.desk.find("settings").value_or(DeskWindow{});
        return shown.content.width == 200;
    }));
    on.desk.moves_to(5, 700);
    CHECK(on.desk.shows([&](const Picture& picture) {
        on.program.pump();
        // Light outside, dark inside, along the whole left edge below the title.
        const int top = shown.content.y, height = shown.content.height;
        return picture.count(0xe6e8ec, {shown.frame.x, top, 2, height}) == 2 * height &&
               picture.count(0x2b2f36, {shown.frame.x + 2, top, 2, height}) == 2 * height &&
               picture.count(orange, shown.content) == 200 * 150;
    }));
    CHECK(shown.domain == "admin");
}

TEST_CASE("windows keep clear of a panel, and take its room back when it goes") {
    WithProgram on;
    const auto maximizes = [&] {
        on.desk.key(Code::super, true);
        on.desk.strikes(Code::m);
        on.desk.key(Code::super, false);
    };
    maximizes();
    const auto ends_at = [&](int bottom) {
        return eventually([&] {
            on.program.pump();
            const Box frame = on.desk.window("letters").frame;
            return frame.y == 28 && frame.y + frame.height == bottom;
        });
    };
    REQUIRE(ends_at(720));
    {
        const Panel panel(on.program, {.layer = ZWLR_LAYER_SHELL_V1_LAYER_TOP,
                                       .anchor = ZWLR_LAYER_SURFACE_V1_ANCHOR_BOTTOM,
                                       .height = 40,
                                       .exclusive = 40});
        CHECK(ends_at(680));
        CHECK(on.desk.shows([&](const Picture& picture) {
            return picture.count(orange, {0, 680, 1280, 40}) == 1280 * 40;
        }));
    }
    CHECK(ends_at(720));
}

TEST_CASE("nothing of a program lies over the trusted bar, on whatever layer") {
    WithProgram on;
    const Picture before = on.desk.picture_at_rest();
    const Panel panel(on.program, {.layer = ZWLR_LAYER_SHELL_V1_LAYER_OVERLAY,
                                   .anchor = ZWLR_LAYER_SURFACE_V1_ANCHOR_TOP,
                                   .height = 200,
                                   .exclusive = -1});
    const Box bar{0, 0, 1280, 28};
    CHECK(on.desk.shows([&](const Picture& picture) {
        return picture.count(orange) >= 1280 * 172 && picture.count(orange, bar) == 0 &&
               picture.count(blue, bar) == before.count(blue, bar);
    }));
}

TEST_CASE("a launcher has the keys while it is there, and they are the guest's again after it") {
    WithProgram on;
    on.program.keyboard();
    {
        const Panel launcher(on.program, launcher_rules);
        on.work.hears<lp::Focus>([](const auto& focus) { return !focus.window; });
        on.work.forgets();
        on.desk.types("a");
        CHECK(on.program.hears(on.program.keyboard(), "key").number(2) == 30);
        CHECK(on.work.heard<lp::Key>() == 0);
    }
    on.program.settle();
    on.work.hears<lp::Focus>([&](const auto& focus) { return focus.window == on.letters.id; });
    on.desk.types("b");
    CHECK(on.work.hears<lp::Key>().key == 48);
    CHECK(on.untrusted.heard<lp::Key>() == 0);
}

TEST_CASE("the surface of a menu that is gone may be another menu's, and none may stand on it") {
    WithProgram on;
    Client& program = on.program;
    const ProgramWindow window(program, "settings", 0xff000000 | orange);
    auto* base = program.global<xdg_wm_base>(xdg_wm_base_interface);
    const auto menu_on = [&](xdg_surface* surface, xdg_surface* parent) {
        auto* positioner = agent_test::positioner_below(program, {10, 20, 30, 5}, 80, 60);
        auto* menu = program.follow(xdg_surface_get_popup(surface, parent, positioner));
        program.end(positioner, xdg_positioner_destroy);
        return menu;
    };
    const auto shows = [&](ProgramSurface& surface, xdg_surface* role) {
        wl_surface_attach(surface.wl(), nullptr, 0, 0);
        wl_surface_commit(surface.wl());
        xdg_surface_ack_configure(role, program.hears(role, "configure").serial(0));
        surface.shows(80, 60, 0xff000000 | pink);
        program.settle();
    };
    ProgramSurface first(program), second(program);
    auto* role = program.follow(xdg_wm_base_get_xdg_surface(base, first.wl()));
    auto* menu = menu_on(role, window.xdg());
    shows(first, role);
    program.end(menu, xdg_popup_destroy);

    auto* other_role = program.follow(xdg_wm_base_get_xdg_surface(base, second.wl()));
    auto* other = menu_on(other_role, role);
    wl_surface_commit(second.wl());
    program.settle();
    program.end(other, xdg_popup_destroy);

    menu = menu_on(role, window.xdg());
    shows(first, role);
    on.desk.clicks(on.desk.window("settings"));
    on.work.commits(on.letters, pink);
    CHECK(on.desk.find("settings"));
    program.end(menu, xdg_popup_destroy);
    program.end(role, xdg_surface_destroy);
    program.end(other_role, xdg_surface_destroy);
}

TEST_CASE("a finger beside an admin program's menu ends it, as a press of the pointer does") {
    constexpr std::uint32_t magenta = 0xff00ff;
    WithWindow on;
    on.program.pointer();
    on.program.settle();
    on.desk.clicks(on.desk.window("settings"));
    const auto serial = on.program.hears(on.program.pointer(), "button").serial(0);
    ProgramWindow menu(on.program, on.window, {10, 20, 30, 5}, 80, 60, 0xff000000 | magenta,
                       serial);
    REQUIRE(on.desk.shows([&](const Picture& picture) {
        on.program.pump();
        return picture.count(magenta) > 1000;
    }));
    int x = 640, y = 700;
    SECTION("on the desktop") {}
    SECTION("on a guest's window") {
        const Box content = on.desk.window("letters").content;
        x = content.x + 20;
        y = content.y + 150;
    }
    CHECK_FALSE(menu.closed);
    CHECK(eventually([&] {
        on.desk.touches("down", x, y);
        on.desk.touches("up", x, y);
        on.program.pump();
        return menu.closed;
    }));
    CHECK(on.desk.shows([&](const Picture& picture) {
        on.program.pump();
        return picture.count(magenta) == 0;
    }));
}

TEST_CASE("while a launcher has the keys a guest gets neither the pointer nor a menu") {
    WithProgram on;
    on.program.pointer();
    on.desk.clicks(on.desk.window("letters"));
    const auto press = on.work
                           .hears<lp::PointerButton>(
                               [](const lp::PointerButton& button) { return button.pressed; })
                           .serial;
    const Panel launcher(on.program, launcher_rules);
    on.work.hears<lp::Focus>([](const auto& focus) { return !focus.window; });
    on.work.send(lp::Constraint{
        .window = on.letters.id, .serial = press, .kind = lp::ConstraintKind::lock, .region = {}});
    on.work.pops_up(on.letters, 60, 40, pink, press);
    CHECK(on.work.heard<lp::ConstraintState>() == 0);
    on.desk.moves_to(640, 700);
    on.desk.button(Code::left_button, true);
    on.program.hears(on.program.pointer(), "button");
    on.desk.button(Code::left_button, false);
    CHECK(on.work.heard<lp::PopupDone>() == 0);
}

/// Two programs, a window each, side by side.
struct TwoPrograms : WithProgram {
    Client other{display_of(desk), [this] { program.pump(); }};
    ProgramWindow settings{program, "settings", 0xff000000 | orange};
    ProgramWindow files{other, "files", 0xff000000 | pink};

    TwoPrograms() {
        for (const char* title : {"settings", "files"}) {
            REQUIRE(eventually([&] {
                program.pump();
                other.pump();
                const auto shown = desk.find(title);
                return shown && shown->content.width == 200;
            }));
        }
    }
};

TEST_CASE("an admin program's menu keeps no keys from another one's window") {
    TwoPrograms on;
    on.program.keyboard();
    on.other.keyboard();
    on.program.pointer();
    on.program.settle();
    on.other.settle();
    on.desk.clicks(on.desk.window("settings"));
    const auto serial = on.program.hears(on.program.pointer(), "button").serial(0);
    const ProgramWindow menu(on.program, on.settings, {10, 20, 30, 5}, 80, 60, 0xff000000 | pink,
                             serial);
    on.program.settle();
    REQUIRE(eventually([&] {
        on.desk.clicks(on.desk.window("files"));
        return on.desk.window("files").focused;
    }));
    on.desk.types("a");
    CHECK(on.other.hears(on.other.keyboard(), "key").number(2) == 30);
}

TEST_CASE("a press where an admin program's menu has just come is no guest's") {
    constexpr std::uint32_t magenta = 0xff00ff;
    WithWindow on;
    const auto wait_for_guards = [] {
        std::this_thread::sleep_for(std::chrono::milliseconds(400));
    };
    // Its menu will reach below its window, over the guest's.
    wait_for_guards();
    const Box letters = on.desk.window("letters").content;
    const Box settings = on.desk.window("settings").content;
    on.desk.key(Code::super, true);
    on.desk.moves_to(settings.x + 100, settings.y + 75);
    on.desk.button(Code::left_button, true);
    on.desk.moves_to(letters.x + 150, letters.y - 60);
    on.desk.button(Code::left_button, false);
    on.desk.key(Code::super, false);
    Box moved;
    REQUIRE(eventually([&] {
        on.program.pump();
        moved = on.desk.window("settings").content;
        return moved.x != settings.x;
    }));
    const int x = moved.x + 60, y = moved.y + moved.height + 60;
    REQUIRE(letters.holds(x, y));
    on.desk.moves_to(x, y);
    wait_for_guards();
    on.work.forgets();
    const ProgramWindow menu(on.program, on.window, {10, 140, 30, 5}, 160, 120,
                             0xff000000 | magenta);
    REQUIRE(on.desk.shows([&](const Picture& picture) {
        on.program.pump();
        return picture.at(x + 30, y) == magenta;  // the arrow is where the pointer is
    }));
    on.desk.button(Code::left_button, true);
    on.desk.button(Code::left_button, false);
    on.work.commits(on.letters, green);
    CHECK(on.work.heard<lp::PointerButton>() == 0);
}

TEST_CASE("a touch that is taken back is taken back from every program") {
    TwoPrograms on;
    on.program.touch();
    on.other.touch();
    on.program.settle();
    on.other.settle();
    const auto puts_on = [&](const char* title, int finger) {
        const Box content = on.desk.window(title).content;
        on.desk.hands("touch down " + std::to_string(finger) + " " +
                      std::to_string(content.x + 20) + " " + std::to_string(content.y + 20));
    };
    std::this_thread::sleep_for(std::chrono::milliseconds(400));  // no guard counts any more
    puts_on("settings", 1);
    puts_on("files", 2);
    on.program.hears(on.program.touch(), "down");
    on.other.hears(on.other.touch(), "down");
    on.desk.key(Code::super, true);
    on.desk.strikes(Code::tab);
    on.program.hears(on.program.touch(), "cancel");
    on.other.hears(on.other.touch(), "cancel");
    on.desk.key(Code::super, false);
}

TEST_CASE("an admin program's cursor is no larger than one, so that it covers nothing of ours") {
    constexpr std::uint32_t magenta = 0xff00ff;
    WithWindow on;
    auto* pointer = on.program.pointer();
    on.program.settle();
    const Box content = on.desk.window("settings").content;
    on.desk.moves_to(content.x + 30, content.y + 30);
    const auto serial = on.program.hears(pointer, "enter").serial(0);
    ProgramSurface picture(on.program);
    picture.shows(24, 24, 0xff000000 | magenta);
    wl_pointer_set_cursor(pointer, serial, picture.wl(), 4, 4);
    const auto magentas = [&] {
        on.program.settle();
        return on.desk.picture().count(magenta);
    };
    REQUIRE(eventually([&] { return magentas() == 24 * 24; }));
    SECTION("it grows") {
        picture.shows(600, 400, 0xff000000 | magenta);
    }
    SECTION("it moves away") {
        wl_surface_offset(picture.wl(), 300, 0);
        wl_surface_commit(picture.wl());
    }
    SECTION("it is too far away") {
        wl_pointer_set_cursor(pointer, serial, picture.wl(), -300, 0);
    }
    CHECK(eventually([&] { return magentas() == 0; }));
}
