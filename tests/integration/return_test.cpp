// SPDX-License-Identifier: MIT
// Rule 8: whatever dies on the admin side, the guest's windows come back where they were.
#include "tests/fixture/desk.hpp"
#include "tests/fixture/guest.hpp"

#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <sstream>

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
    REQUIRE(eventually([&] { return !on.desk.find("letters").has_value(); }));
    on.comes_back();
}

TEST_CASE("the compositor is killed: the windows come back where they were") {
    Moved on;
    on.desk.compositor().stop(SIGKILL);
    CHECK_FALSE(on.work.is_cut_off().has_value());
    on.desk.starts();
    on.comes_back();
}

TEST_CASE("an agent dies: its windows go, nothing else changes, and it is accepted again") {
    Moved on;
    Guest untrusted(on.desk.socket("untrusted"));
    untrusted.joins();
    auto pages = untrusted.opens("pages", 200, 200);
    untrusted.commits(pages, 0xff00ff);
    untrusted.leaves();
    REQUIRE(eventually([&] { return !on.desk.find("pages").has_value(); }));
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
    REQUIRE(eventually([&] { return !on.desk.find("letters").has_value(); }));
    auto thief = untrusted.opens("thief", 300, 200, token);
    untrusted.commits(thief, 0xff00ff);
    const Box frame = on.desk.window("thief").frame;
    CHECK((frame.x != on.place.x || frame.y != on.place.y));
    CHECK(thief.configure.token != token);
}
