// SPDX-License-Identifier: MIT
// The switcher: the compositor's own list of windows, of which no guest hears.
#include "tests/fixture/domains.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;

namespace {

/// Where the switcher lies: in the middle, with a row a window.
constexpr Box middle{330, 250, 620, 240};
constexpr std::uint32_t ground = 0x16181c;

struct Open : TwoDomains {
    Picture before = desk.picture_at_rest();

    Open() {
        desk.key(Code::super, true);
        desk.strikes(Code::tab);
        work.hears<lp::Focus>([](const auto& focus) { return !focus.window; });
        REQUIRE(shown());
        desk.keeps_picture("switcher");
        work.forgets();
        untrusted.forgets();
    }
    /// Both domains' labels in one place that neither's window can colour: the chips.
    bool shown() {
        return desk.shows([&](const Picture& picture) {
            return picture.differences(before, [](int x, int y) { return middle.holds(x, y); }) >
                   2000;
        });
    }
    bool gone() {
        return desk.shows([&](const Picture& picture) {
            return picture.count(ground, middle) <= before.count(ground, middle);
        });
    }
};

}  // namespace

TEST_CASE("the switcher shows each window by its label, and the choice gets the focus at the end") {
    Open on;
    const Picture picture = on.desk.picture();
    CHECK(picture.count(blue, middle) > 1000);
    CHECK(picture.count(red, middle) > 1000);
    CHECK(picture.count(ground, middle) > 5000 + on.before.count(ground, middle));
    CHECK(on.desk.window("letters").focused);  // nothing is chosen yet
    on.desk.key(Code::super, false);
    on.untrusted.hears<lp::Focus>([&](const auto& focus) { return focus.window == on.pages.id; });
    CHECK(on.gone());
    CHECK(on.desk.window("pages").focused);
    CHECK(on.work.heard<lp::Focus>() == 0);  // not given back on the way
    CHECK(on.work.heard<lp::Key>() == 0);
    CHECK(on.untrusted.heard<lp::Key>() == 0);
}

TEST_CASE("while the switcher shows no guest hears a key, a button or where the pointer is") {
    Open on;
    on.desk.types("ab");
    on.desk.strikes(Code::tab);
    for (const char* title : {"letters", "pages"}) {
        const Box content = on.desk.window(title).content;
        on.desk.moves_to(content.x + 5, content.y + 5);
        on.desk.hands("axis vertical 10 120");
    }
    on.desk.strikes(Code::escape);
    on.desk.key(Code::super, false);
    on.work.hears<lp::Focus>([&](const auto& focus) { return focus.window == on.letters.id; });
    for (Guest* guest : {&on.work, &on.untrusted}) {
        CHECK(guest->heard<lp::Key>() == 0);
        CHECK(guest->heard<lp::PointerMotion>() == 0);
        CHECK(guest->heard<lp::PointerAxis>() == 0);
        CHECK(guest->heard<lp::PointerButton>() == 0);
    }
    CHECK(on.untrusted.heard<lp::Focus>() == 0);
    CHECK(on.gone());
}

TEST_CASE("a click on a row chooses it, one beside the switcher closes it") {
    Open on;
    bool row = true;
    SECTION("the first row is the window that had the focus") {}
    SECTION("beside") {
        row = false;
    }
    on.desk.clicks(row ? 640 : 20, row ? 344 : 700);
    on.work.hears<lp::Focus>([&](const auto& focus) { return focus.window == on.letters.id; });
    on.desk.key(Code::super, false);
    CHECK(on.gone());
    CHECK(on.desk.window("letters").focused);
    CHECK(on.work.heard<lp::PointerButton>() == 0);
    CHECK(on.untrusted.heard<lp::Focus>() == 0);
}

TEST_CASE("a window that goes leaves the list, and nothing takes its place unseen") {
    Open on;
    on.untrusted.send(lp::WindowDestroy{.window = on.pages.id});
    REQUIRE(eventually([&] { return !on.desk.find("pages").has_value(); }));
    auto intruder = on.untrusted.opens("intruder", 300, 200);
    on.untrusted.commits(intruder, 0x123456);
    on.desk.key(Code::super, false);
    on.work.hears<lp::Focus>([&](const auto& focus) { return focus.window == on.letters.id; });
    CHECK(on.untrusted.heard<lp::Focus>() == 0);
}

TEST_CASE("the switcher covers guests' windows and none of their pixels shows in it") {
    Open on;
    const Box letters = on.desk.window("letters").content, pages = on.desk.window("pages").content;
    const Picture before = on.desk.picture_at_rest();
    for (auto [guest, window] :
         {std::pair{&on.work, &on.letters}, std::pair{&on.untrusted, &on.pages}}) {
        window->buffer.invert();
        guest->shows(*window);
        guest->hears<lp::Frame>();
    }
    REQUIRE(on.desk.shows([&](const Picture& picture) { return picture.count(green) == 0; }));
    const Picture after = on.desk.picture();
    CHECK(before.differences(after, [&](int x, int y) {
        return !letters.holds(x, y) && !pages.holds(x, y);
    }) == 0);
    on.desk.key(Code::super, false);
}

TEST_CASE("Super+Q asks the chosen window to close, and works once the switcher is shut") {
    Open on;
    on.desk.strikes(Code::q);
    on.desk.key(Code::super, false);
    on.untrusted.hears<lp::Focus>([&](const auto& focus) { return focus.window == on.pages.id; });
    CHECK(on.untrusted.heard<lp::Close>() == 0);
    on.desk.key(Code::super, true);
    on.desk.strikes(Code::q);
    on.desk.key(Code::super, false);
    on.untrusted.hears<lp::Close>();
    CHECK(on.work.heard<lp::Close>() == 0);
    CHECK(on.work.heard<lp::Key>() == 0);
    CHECK(on.untrusted.heard<lp::Key>() == 0);
}
