// SPDX-License-Identifier: MIT
// Rules 4 and 5 through the whole chain: who hears what the person does.
#include "compositor/policy/press_guard.hpp"
#include "tests/fixture/domains.hpp"

#include <catch2/catch_test_macros.hpp>
#include <chrono>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;

namespace {

/// `letters` lies on `pages`, and the pointer on both.
struct Covered : TwoDomains {
    Covered() {
        const Box from = desk.window("letters").content, to = desk.window("pages").content;
        desk.key(Code::super, true);
        desk.moves_to(from.x + 100, from.y + 100);
        desk.button(Code::left_button, true);
        desk.moves_to(to.x + 100, to.y + 100);
        desk.button(Code::left_button, false);
        desk.key(Code::super, false);
        // On the screen, and not only in the list, which is ahead of it by a frame.
        REQUIRE(desk.shows([&](const Picture& picture) {
            return picture.count(green, {to.x + 60, to.y + 60, 20, 20}) == 400;
        }));
        untrusted.forgets();
    }
    void clicks() {
        desk.button(Code::left_button, true);
        desk.button(Code::left_button, false);
    }
    bool pages_heard() {
        untrusted.commits(pages, pink);  // its frame comes behind all that was sent before
        return untrusted.heard<lp::PointerButton>() > 0;
    }
};

}  // namespace

TEST_CASE("keys go to the focused domain alone, and the click moves the focus") {
    TwoDomains on;
    on.desk.types("ab");
    CHECK(on.work.hears<lp::Key>().key == 30);
    on.work.hears<lp::Key>([](const auto& key) { return key.key == 48 && !key.pressed; });
    CHECK(on.untrusted.heard<lp::Key>() == 0);
    CHECK(on.untrusted.heard<lp::Modifiers>() == 0);

    on.desk.clicks(on.desk.window("pages"));
    on.work.hears<lp::Focus>([](const auto& focus) { return !focus.window; });
    on.untrusted.hears<lp::Focus>([&](const auto& focus) { return focus.window == on.pages.id; });
    on.work.forgets();
    on.desk.types("c");
    CHECK(on.untrusted.hears<lp::Key>().key == 46);
    CHECK(on.work.heard<lp::Key>() == 0);
}

TEST_CASE(
    "a key that is down when the focus goes is released to the old owner, unknown to the new") {
    TwoDomains on;
    on.desk.key(Code::left_shift, true);
    on.desk.key(Code::a, true);
    on.work.hears<lp::Key>([](const auto& key) { return key.key == 30 && key.pressed; });
    on.desk.clicks(on.desk.window("pages"));
    on.work.hears<lp::Key>([](const auto& key) { return key.key == 30 && !key.pressed; });
    on.work.hears<lp::Key>([](const auto& key) { return key.key == 42 && !key.pressed; });
    on.untrusted.hears<lp::Focus>();
    on.work.forgets();
    on.desk.key(Code::a, false);
    on.desk.key(Code::left_shift, false);
    on.desk.types("c");
    CHECK(on.untrusted.hears<lp::Key>().key == 46);
    on.untrusted.hears<lp::Key>();
    CHECK(on.untrusted.heard<lp::Key>() == 0);
    CHECK(on.work.heard<lp::Key>() == 0);
}

TEST_CASE("Super reaches no guest, nor does what is struck with it") {
    TwoDomains on;
    on.desk.key(Code::super, true);
    on.desk.strikes(Code::a);
    on.desk.key(Code::super, false);
    on.desk.types("b");
    CHECK(on.work.hears<lp::Key>().key == 48);
    on.work.hears<lp::Key>();
    CHECK(on.work.heard<lp::Key>() == 0);
}

TEST_CASE("from press to release the pointer belongs to the domain of the press") {
    TwoDomains on;
    const auto letters = on.desk.window("letters").content, pages = on.desk.window("pages").content;
    on.desk.moves_to(letters.x + 10, letters.y + 10);
    on.desk.button(Code::left_button, true);
    on.work.hears<lp::PointerButton>();
    on.untrusted.forgets();
    on.desk.moves_to(pages.x + pages.width - 10, pages.y + pages.height - 10);
    on.work.hears<lp::PointerMotion>(
        [&](const auto& motion) { return motion.window == on.letters.id && !motion.under; });
    CHECK(on.untrusted.heard<lp::PointerEnter>() == 0);
    CHECK(on.untrusted.heard<lp::PointerMotion>() == 0);
    on.desk.button(Code::left_button, false);
    on.work.hears<lp::PointerButton>([](const auto& button) { return !button.pressed; });
    // Now the pointer is the other's, but the button never was.
    on.untrusted.hears<lp::PointerEnter>();
    CHECK(on.untrusted.heard<lp::PointerButton>() == 0);
}

TEST_CASE("a click that was meant for a window that goes away is not its neighbour's") {
    // Within the time that the guard counts; on a machine that was too slow for that, again.
    bool quick = false;
    for (int attempt = 0; attempt < 10 && !quick; ++attempt) {
        Covered on;
        const auto before = std::chrono::steady_clock::now();
        on.work.hides(on.letters);
        on.clicks();
        quick = std::chrono::steady_clock::now() - before < leadlight::policy::PressGuard::interval;
        if (quick) {
            CHECK_FALSE(on.pages_heard());
            // Seen for long enough, it is a click like any other.
            CHECK(eventually([&] {
                on.clicks();
                return on.pages_heard();
            }));
        }
    }
    CHECK(quick);
}

TEST_CASE("a new window of another domain takes no focus") {
    TwoDomains on;
    auto intruder = on.untrusted.opens("intruder", 300, 200);
    on.untrusted.commits(intruder, 0xff0000);
    CHECK(on.desk.window("letters").focused);
    CHECK_FALSE(on.desk.window("intruder").focused);
    on.untrusted.send(lp::Activate{.window = intruder.id, .serial = intruder.configure.serial});
    on.desk.types("a");
    CHECK(on.work.hears<lp::Key>().key == 30);
    CHECK(on.untrusted.heard<lp::Key>() == 0);
}
