// SPDX-License-Identifier: MIT
// Menus of guests, which may take the person's next press: only while they are seen, and only in
// the domain that the person is in.
#include "tests/fixture/domains.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;

namespace {

constexpr std::uint32_t orange = 0xff8000, violet = 0x8000ff;
constexpr auto pressed = [](const lp::PointerButton& button) { return button.pressed; };

struct Menus : TwoDomains {
    /// A click in the middle of a window: what stands behind a menu.
    lp::Serial clicks(Guest& guest, const std::string& title) {
        desk.clicks(desk.window(title));
        return guest.hears<lp::PointerButton>(pressed).serial;
    }
    /// Of `letters`, opened by a click, and on the screen.
    GuestWindow opens_menu() {
        return work.pops_up(letters, 60, 40, orange, clicks(work, "letters"));
    }
    void forgets() {
        work.forgets();
        untrusted.forgets();
    }
    /// Whether that domain has heard of a press by now.
    bool heard_press(Guest& guest, GuestWindow& window) {
        guest.commits(window, violet);  // its frame comes behind all that was sent before
        return guest.heard<lp::PointerButton>() > 0;
    }
};

}  // namespace

TEST_CASE("a press elsewhere ends a menu and turns to what is there, which hears of the next one") {
    Menus on;
    on.opens_menu();
    on.forgets();
    on.desk.clicks(on.desk.window("pages"));
    on.work.hears<lp::PopupDone>();
    CHECK_FALSE(on.heard_press(on.untrusted, on.pages));
    CHECK(on.desk.window("pages").focused);
    on.desk.clicks(on.desk.window("pages"));
    on.untrusted.hears<lp::PointerButton>(pressed);
}

TEST_CASE("whose menu was ended opens no other by what the person did before") {
    Menus on;
    const lp::Serial serial = on.clicks(on.work, "letters");
    on.work.pops_up(on.letters, 60, 40, orange, serial);
    on.desk.clicks(on.desk.window("pages"));
    on.work.hears<lp::PopupDone>();
    on.work.pops_up(on.letters, 60, 40, violet, serial);
    on.forgets();
    on.desk.clicks(on.desk.window("pages"));
    on.untrusted.hears<lp::PointerButton>(pressed);
    CHECK(on.work.heard<lp::PopupDone>() == 0);
}

TEST_CASE("a press in a menu, or in a window of its domain, is its guest's") {
    Menus on;
    const GuestWindow menu = on.opens_menu();
    on.forgets();
    if (GENERATE(true, false)) {
        on.desk.clicks(on.desk.only("popup"));
        CHECK(on.work.hears<lp::PointerEnter>().window == menu.id);
    } else {
        on.desk.clicks(on.desk.window("letters"));
    }
    on.work.hears<lp::PointerButton>(pressed);
    CHECK(on.work.heard<lp::PopupDone>() == 0);
}

TEST_CASE("the switcher and a drag end all menus when they begin") {
    Menus on;
    on.opens_menu();
    on.forgets();
    on.desk.key(Code::super, true);
    if (GENERATE(true, false)) {
        on.desk.strikes(Code::tab);
    } else {
        const Box content = on.desk.window("letters").content;
        on.desk.moves_to(content.x + 200, content.y + 150);
        on.desk.button(Code::left_button, true);
        on.desk.moves_to(content.x + 220, content.y + 150);
    }
    on.work.hears<lp::PopupDone>();
}

TEST_CASE("a menu that is shown when the person has turned to another domain takes no press") {
    Menus on;
    GuestWindow menu =
        on.untrusted.plans(on.pages, Guest::at_top_left(60, 40), on.clicks(on.untrusted, "pages"));
    on.clicks(on.work, "letters");
    on.untrusted.commits(menu, orange);
    on.forgets();
    on.desk.clicks(on.desk.window("letters"));
    on.work.hears<lp::PointerButton>(pressed);
    CHECK(on.untrusted.heard<lp::PopupDone>() == 0);
}

TEST_CASE("a menu that nobody sees takes no press") {
    Menus on;
    SECTION("its window was never shown") {
        const GuestWindow unseen = on.work.opens("unseen", 300, 200);
        on.work.pops_up(unseen, 60, 40, orange, on.clicks(on.work, "letters"));
    }
    SECTION("it is hidden again") {
        on.work.hides(on.opens_menu());
    }
    SECTION("what it stands on is hidden") {
        GuestWindow other = on.work.opens("other", 200, 100);
        on.work.commits(other, green);
        on.work.pops_up(other, 60, 40, orange, on.clicks(on.work, "letters"));
        on.work.hides(other);
    }
    SECTION("another window of its domain covers it") {
        // A dialog opens over its parent, and this one is as large.
        GuestWindow dialog = on.work.opens("dialog", 300, 200);
        on.work.send(lp::WindowParent{.window = dialog.id, .parent = on.letters.id});
        on.work.commits(dialog, green);
        REQUIRE(on.desk.window("dialog").frame.y == on.desk.window("letters").frame.y);
        const GuestWindow menu =
            on.work.pops_up(on.letters, 60, 40, orange, on.clicks(on.work, "dialog"));
        CHECK(on.desk.picture().count(orange) == 0);
    }
    on.forgets();
    on.desk.clicks(on.desk.window("pages"));
    on.untrusted.hears<lp::PointerButton>(pressed);
}

TEST_CASE("what one domain asked for in vain closes no menu of another") {
    Menus on;
    GuestWindow late =
        on.work.plans(on.letters, Guest::at_top_left(60, 40), on.clicks(on.work, "letters"));
    on.desk.key(Code::super, true);
    on.desk.strikes(Code::tab);
    on.work.commits(late, orange);
    on.desk.strikes(Code::escape);
    on.desk.key(Code::super, false);
    // Not within 300 ms after the switcher lay under the pointer.
    REQUIRE(eventually([&] {
        on.desk.clicks(on.desk.window("pages"));
        return on.desk.window("pages").focused;
    }));

    GuestWindow menu =
        on.untrusted.pops_up(on.pages, 60, 40, violet, on.clicks(on.untrusted, "pages"));
    on.forgets();
    for (const DeskWindow& window : on.desk.windows()) {
        if (window.kind == "popup" && window.domain == "untrusted") {
            on.desk.clicks(window);
        }
    }
    on.untrusted.hears<lp::PointerButton>(pressed);
    CHECK(on.untrusted.heard<lp::PopupDone>() == 0);
}

TEST_CASE("a menu ends with what it stands on") {
    Menus on;
    on.opens_menu();
    on.forgets();
    on.work.hides(on.letters);
    on.work.hears<lp::PopupDone>();
}
