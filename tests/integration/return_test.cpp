// SPDX-License-Identifier: MIT
// Rule 8: whatever dies on the admin side, the guest's windows come back where they were.
#include "tests/fixture/desk.hpp"
#include "tests/fixture/guest.hpp"

#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;

namespace {

struct Moved {
    Desk desk{{{"work", "blue"}, {"untrusted", "red"}}};
    Guest work{desk.socket("work")};
    GuestWindow letters;
    Box place;

    /// A window that the person has dragged away from where it opened.
    Moved() {
        work.joins();
        letters = work.opens("letters", 300, 200);
        work.commits(letters, 0x00ff00);
        const Box frame = desk.window("letters").frame;
        const int x = frame.x + frame.width / 2, y = frame.y + 10;
        desk.moves_to(x, y);
        desk.button(Code::left_button, true);
        desk.moves_to(x + 40, y + 30);
        desk.moves_to(x + 91, y + 57);
        desk.button(Code::left_button, false);
        REQUIRE(eventually([&] { return desk.window("letters").frame.x == frame.x + 91; }));
        place = desk.window("letters").frame;
        CHECK(place.y == frame.y + 57);
        // Places are written a moment after they change.
        const Box content = desk.window("letters").content;
        const std::string written =
            " " + std::to_string(content.x) + " " + std::to_string(content.y) + " ";
        REQUIRE(eventually([&] {
            std::ostringstream text;
            text << std::ifstream(desk.folder() / "leadlight/places").rdbuf();
            return text.str().find(written) != std::string::npos;
        }));
    }
    void goes(const std::string& title) {
        REQUIRE(eventually([&] { return !desk.find(title).has_value(); }));
    }
    void comes_back() {
        const lp::Token token = letters.configure.token;
        CHECK(token != lp::Token{});
        work.joins();
        letters = work.opens("letters", 300, 200, token);
        work.commits(letters, 0x00ff00);
        const Box back = desk.window("letters").frame;
        CHECK(back.x == place.x);
        CHECK(back.y == place.y);
    }
};

}  // namespace

TEST_CASE("a warden is killed: its windows come back where they were") {
    Moved on;
    kill(on.desk.warden("work"), SIGKILL);
    CHECK_FALSE(on.work.is_cut_off().has_value());
    on.goes("letters");
    on.comes_back();
}

TEST_CASE("a warden that cannot do its work has crashed, and the log says so") {
    // As one that cannot make its cage does: ExitStatus::no_cage.
    const std::filesystem::path warden =
        std::filesystem::temp_directory_path() / ("leadlight-no-cage-" + std::to_string(getpid()));
    std::ofstream(warden) << "#!/bin/sh\nexit 5\n";
    std::filesystem::permissions(warden, std::filesystem::perms::owner_all);
    Desk desk({{"work", "blue"}}, {.warden = warden});
    CHECK(eventually(
        [&] { return desk.log().contains("domain work: its warden ended with status 5"); }));
    std::filesystem::remove(warden);
}

TEST_CASE("the compositor is killed: the windows come back where they were") {
    Moved on;
    on.desk.compositor().stop(SIGKILL);
    CHECK_FALSE(on.work.is_cut_off().has_value());
    on.desk.starts();
    on.comes_back();
}

TEST_CASE("a window that was put away comes back put away") {
    Moved on;
    on.desk.clicks(on.desk.window("letters"));
    const auto press = on.work.hears<lp::PointerButton>();
    on.work.send(lp::StateRequest{
        .window = on.letters.id, .serial = press.serial, .wish = lp::StateWish::minimize});
    on.work.hears<lp::Hidden>();
    REQUIRE(eventually([&] {
        std::ostringstream text;
        text << std::ifstream(on.desk.folder() / "leadlight/places").rdbuf();
        return text.str().ends_with(" 0 0 1\n");
    }));
    on.desk.compositor().stop(SIGKILL);
    CHECK_FALSE(on.work.is_cut_off().has_value());
    on.desk.starts();
    on.comes_back();
    CHECK(on.work.hears<lp::Hidden>().hidden);
    const Box content = on.desk.window("letters").content;
    CHECK(on.desk.shows([&](const Picture& picture) {
        return picture.at(content.x + 100, content.y + 100) != 0x00ff00;
    }));
}

TEST_CASE("windows come back between those that stayed, whichever comes first") {
    Desk desk({{"work", "blue"}, {"untrusted", "red"}});
    Guest work(desk.socket("work")), untrusted(desk.socket("untrusted"));
    work.joins();
    untrusted.joins();
    const auto opens = [](Guest& guest, const std::string& title, const lp::Token& token = {}) {
        auto window = guest.opens(title, 200, 150, token);
        guest.commits(window, 0x00ff00);
        return window.configure.token;
    };
    const auto low = opens(work, "low"), middle = opens(untrusted, "middle"),
               high = opens(work, "high"), top = opens(untrusted, "top");
    const auto are = [&](const std::vector<std::string>& wanted) {
        return eventually([&] {
            std::vector<std::string> titles;
            for (const DeskWindow& window : desk.windows()) {
                titles.push_back(window.title);
            }
            return titles == wanted;
        });
    };
    for (const char* title : {"low", "middle", "high", "top"}) {
        desk.clicks(desk.window(title));
    }
    REQUIRE(are({"low", "middle", "high", "top"}));
    kill(desk.warden("work"), SIGKILL);
    CHECK_FALSE(work.is_cut_off().has_value());
    CHECK(are({"middle", "top"}));
    work.joins();
    opens(work, "high", high);
    opens(work, "low", low);
    CHECK(are({"low", "middle", "high", "top"}));

    desk.compositor().stop(SIGTERM);
    static_cast<void>(work.is_cut_off());
    static_cast<void>(untrusted.is_cut_off());
    desk.starts();
    work.joins();
    untrusted.joins();
    opens(untrusted, "new");
    opens(work, "high", high);
    opens(untrusted, "top", top);
    opens(untrusted, "middle", middle);
    opens(work, "low", low);
    CHECK(are({"low", "middle", "high", "top", "new"}));
}

TEST_CASE("an agent dies: its windows go, nothing else changes, and it is accepted again") {
    Moved on;
    Guest untrusted(on.desk.socket("untrusted"));
    untrusted.joins();
    auto pages = untrusted.opens("pages", 200, 200);
    untrusted.commits(pages, 0xff00ff);
    untrusted.leaves();
    on.goes("pages");
    CHECK(on.desk.window("letters").frame.x == on.place.x);
    untrusted.joins();
    pages = untrusted.opens("pages", 200, 200);
    untrusted.commits(pages, 0xff00ff);
    CHECK(on.desk.window("pages").domain == "untrusted");
}

TEST_CASE("somebody else's token gives nothing") {
    Moved on;
    Guest untrusted(on.desk.socket("untrusted"));
    untrusted.joins();
    const lp::Token token = on.letters.configure.token;
    on.work.leaves();
    on.goes("letters");
    auto thief = untrusted.opens("thief", 300, 200, token);
    untrusted.commits(thief, 0xff00ff);
    const Box frame = on.desk.window("thief").frame;
    CHECK((frame.x != on.place.x || frame.y != on.place.y));
    // Nor does it take anything away.
    on.comes_back();
}

TEST_CASE("a window keeps the token of a desktop that was there before, and no other one has it") {
    Moved on;
    const lp::Token token = on.letters.configure.token;
    // As another person's, who had the seat meanwhile: it knows no places.
    on.desk.compositor().stop(SIGTERM);
    CHECK_FALSE(on.work.is_cut_off().has_value());
    std::filesystem::remove(on.desk.folder() / "leadlight/places");
    on.desk.starts();
    on.work.joins();
    on.letters = on.work.opens("letters", 300, 200, token);
    CHECK(on.letters.configure.token == token);
    const auto other = on.work.opens("other", 300, 200, token);
    CHECK(other.configure.token != token);
    CHECK(other.configure.token != lp::Token{});
}

namespace {

/// A menu, an unmanaged window as an X11 program has them, and what the person or the guest does
/// with the pointer, all under way when something is killed.
struct Busy : Moved {
    Guest untrusted{desk.socket("untrusted")};
    GuestWindow pages;
    Box pages_frame;

    Busy() {
        untrusted.joins();
        pages = untrusted.opens("pages", 300, 200);
        untrusted.commits(pages, 0xff00ff);
        pages_frame = desk.window("pages").frame;
        work.pops_up(letters, 100, 80, 0x00ff05);
        auto note = work.lays(letters, 150, 10, 80, 40);
        work.commits(note, 0x00ff06);
        desk.only("popup");
        desk.only("unmanaged");
        work.forgets();
    }
    /// The guest's own drag, with an icon.
    void drags_inside() {
        const Box content = desk.window("letters").content;
        desk.moves_to(content.x + content.width - 20, content.y + content.height - 20);
        desk.button(Code::left_button, true);
        const auto press = work.hears<lp::PointerButton>();
        auto icon = work.lays(letters, 4, 4, 40, 30);
        work.commits(icon, 0x00ff07);
        work.send(lp::DragBegin{.origin = letters.id, .serial = press.serial, .icon = icon.id});
        desk.moves_to(content.x + content.width - 60, content.y + content.height - 20);
    }
    /// The person's resize, not answered by the guest.
    void resizes() {
        const Box frame = desk.window("letters").frame;
        desk.moves_to(frame.x + frame.width - 2, frame.y + frame.height - 40);
        desk.button(Code::left_button, true);
        desk.moves_to(frame.x + frame.width + 30, frame.y + frame.height - 40);
        work.hears<lp::Configure>([](const auto& configure) { return configure.width == 332; });
    }
    void something_is_under_way() {
        SECTION("menus open") {}
        SECTION("the guest drags") {
            drags_inside();
        }
        SECTION("the person resizes") {
            resizes();
        }
    }
    void pages_are_where_they_were() {
        const Box frame = desk.window("pages").frame;
        CHECK(frame.x == pages_frame.x);
        CHECK(frame.y == pages_frame.y);
    }
    /// Keys and pointer work as if nothing had been: nothing is held, no mode is left over.
    void input_is_free() {
        desk.button(Code::left_button, false);
        work.forgets();
        // Not within 300 ms of its coming under the pointer: until it counts.
        REQUIRE(eventually([&] {
            desk.clicks(desk.window("letters"));
            return work.heard<lp::PointerButton>() > 0;
        }));
        work.hears<lp::PointerButton>([](const auto& button) { return !button.pressed; });
        desk.types("a");
        CHECK(work.hears<lp::Key>().key == 30);
    }
};

}  // namespace

TEST_CASE("a warden is killed in the middle of it all") {
    Busy on;
    on.something_is_under_way();
    kill(on.desk.warden("work"), SIGKILL);
    CHECK_FALSE(on.work.is_cut_off().has_value());
    on.goes("letters");
    CHECK(on.desk.windows().size() == 1);  // no menu, no icon left over
    on.comes_back();
    on.pages_are_where_they_were();
    on.input_is_free();
}

TEST_CASE("the compositor is killed in the middle of it all") {
    Busy on;
    on.something_is_under_way();
    on.desk.compositor().stop(SIGKILL);
    CHECK_FALSE(on.work.is_cut_off().has_value());
    CHECK_FALSE(on.untrusted.is_cut_off().has_value());
    on.desk.starts();
    on.comes_back();
    on.untrusted.joins();
    on.pages = on.untrusted.opens("pages", 300, 200, on.pages.configure.token);
    on.untrusted.commits(on.pages, 0xff00ff);
    on.pages_are_where_they_were();
    on.input_is_free();
}

TEST_CASE("an agent is killed in the middle of it all: its windows go, nothing else changes") {
    Busy on;
    on.something_is_under_way();
    on.work.leaves();
    on.goes("letters");
    CHECK(on.desk.windows().size() == 1);
    on.pages_are_where_they_were();
    on.desk.button(Code::left_button, false);
    REQUIRE(eventually([&] {
        on.desk.clicks(on.desk.window("pages"));
        return on.desk.window("pages").focused;
    }));
    on.untrusted.hears<lp::Focus>([&](const auto& focus) { return focus.window == on.pages.id; });
    on.desk.types("b");
    CHECK(on.untrusted.hears<lp::Key>().key == 48);
    on.work.joins();
    on.letters = on.work.opens("letters", 300, 200);
    on.work.commits(on.letters, 0x00ff00);
    CHECK(on.desk.window("letters").domain == "work");
}
