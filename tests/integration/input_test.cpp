// SPDX-License-Identifier: MIT
// Rules 4 and 5 through the whole chain: who hears what the person does.
#include "compositor/policy/press_guard.hpp"
#include "tests/fixture/domains.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <chrono>
#include <thread>
#include <utility>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;

namespace {

constexpr std::uint32_t violet = 0x8000ff;
constexpr auto pressed = [](const lp::PointerButton& button) { return button.pressed; };

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

enum class Hand : std::uint8_t { pointer, finger };

/// `letters` lies on a part of `pages`, whose content begins at 500, 300; `more` is another window
/// of that domain, elsewhere.
struct Overlapping : TwoDomains {
    GuestWindow more = untrusted.opens("more", 100, 80);

    explicit Overlapping(int letters_x = 300) {
        untrusted.commits(more, violet);
        puts("pages", 500, 300);
        puts("letters", letters_x, 250);
    }
    /// Until it counts again what the person does where something new has come.
    static void waits_for_guards() {
        std::this_thread::sleep_for(leadlight::policy::PressGuard::interval);
    }
    void puts(const std::string& title, int x, int y) {
        const Box from = desk.window(title).content;
        desk.moves_to(from.x + 20, from.y + 20);
        waits_for_guards();
        desk.key(Code::super, true);
        desk.button(Code::left_button, true);
        desk.moves_to(x + 20, y + 20);
        desk.button(Code::left_button, false);
        desk.key(Code::super, false);
        REQUIRE(eventually([&] {
            const Box at = desk.window(title).content;
            return at.x == x && at.y == y;
        }));
    }
    /// The pointer rests there, the focus is in one domain or the other, and a press would count.
    void rests(int x, int y, bool theirs) {
        if (theirs) {
            waits_for_guards();
            desk.clicks(desk.window("more"));
            REQUIRE(eventually([&] { return desk.window("more").focused; }));
        }
        desk.moves_to(x, y);
        waits_for_guards();
        anybody_heard();
        work.forgets();
        untrusted.forgets();
    }
    void presses(Hand hand, int x, int y) {
        if (hand == Hand::finger) {
            desk.touches("down", x, y);
            desk.touches("up", x, y);
        } else {
            desk.button(Code::left_button, true);
            desk.button(Code::left_button, false);
        }
    }
    static int heard_by(Guest& guest) {
        return guest.heard<lp::PointerButton>() + guest.heard<lp::TouchDown>();
    }
    bool anybody_heard() {
        // Their frames come behind all that was sent before.
        work.commits(letters, green);
        untrusted.commits(pages, pink);
        return heard_by(work) + heard_by(untrusted) > 0;
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
    // It asks, with nothing in its hand, and with an event that is no act on it.
    on.untrusted.send(lp::Activate{.window = intruder.id, .serial = 0});
    const Box below = on.desk.window("pages").content;
    on.desk.moves_to(below.x + below.width - 10, below.y + below.height - 10);
    const auto enter = on.untrusted.hears<lp::PointerEnter>();
    on.untrusted.send(lp::Activate{.window = intruder.id, .serial = enter.serial});
    // What it sends after that is answered, so both were read by then and it lives on.
    on.untrusted.commits(intruder, 0xff0001);
    CHECK(on.desk.window("letters").focused);
    on.desk.types("a");
    CHECK(on.work.hears<lp::Key>().key == 30);
    CHECK(on.untrusted.heard<lp::Key>() == 0);
}

TEST_CASE("a press that was meant for what a window grew over or moved over is nobody's") {
    constexpr int x = 640, y = 400;  // on `pages`, just beside `letters`
    const auto [hand, theirs] =
        GENERATE(std::pair{Hand::pointer, false}, std::pair{Hand::pointer, true},
                 std::pair{Hand::finger, true});
    const bool unmanaged = GENERATE(false, true);
    // Within the time that the guards count; on a machine that was too slow for that, again.
    bool quick = false;
    for (int attempt = 0; attempt < 10 && !quick; ++attempt) {
        Overlapping on;
        GuestWindow note = on.work.lays(on.letters, 20, 20, 60, 40);
        on.work.commits(note, violet);
        on.rests(x, y, theirs);
        GuestWindow& changes = unmanaged ? note : on.letters;
        changes.buffer = unmanaged ? on.work.makes_buffer(80, 80) : on.work.makes_buffer(400, 200);
        const auto before = std::chrono::steady_clock::now();
        if (unmanaged) {
            on.work.send(lp::UnmanagedPlace{
                .window = note.id, .x = 310, .y = 120, .width = 80, .height = 80});
            note.configure = on.work.hears<lp::Configure>([&](const auto& configure) {
                return configure.window == note.id && configure.width == 80;
            });
        }
        on.work.commits(changes, violet);
        on.presses(hand, x, y);
        quick = std::chrono::steady_clock::now() - before < leadlight::policy::PressGuard::interval;
        if (quick) {
            CHECK_FALSE(on.anybody_heard());
            CHECK(on.desk.window(theirs ? "more" : "letters").focused);
            CHECK((unmanaged ? on.desk.only("unmanaged") : on.desk.window("letters"))
                      .content.holds(x, y));
            // Seen for long enough, it is a press like any other, and its window's.
            CHECK(eventually([&] {
                on.presses(hand, x, y);
                return on.anybody_heard();
            }));
            CHECK(Overlapping::heard_by(on.work) > 0);
            CHECK(Overlapping::heard_by(on.untrusted) == 0);
            CHECK(on.desk.window("letters").focused);
        }
    }
    CHECK(quick);
}

TEST_CASE("a press that was meant for a window that becomes smaller is not its neighbour's") {
    const Hand hand = GENERATE(Hand::pointer, Hand::finger);
    const bool on_close_button = GENERATE(false, true);
    // On `letters`, over the content of `pages` or over the button that closes it.
    const int x = on_close_button ? 788 : 560, y = on_close_button ? 286 : 400;
    bool quick = false;
    for (int attempt = 0; attempt < 10 && !quick; ++attempt) {
        Overlapping on(on_close_button ? 520 : 300);
        REQUIRE(on.desk.window("letters").content.holds(x, y));
        on.rests(x, y, /*theirs=*/false);
        on.letters.buffer = on.work.makes_buffer(200, 200);
        const auto before = std::chrono::steady_clock::now();
        on.work.commits(on.letters, green);
        on.presses(hand, x, y);
        quick = std::chrono::steady_clock::now() - before < leadlight::policy::PressGuard::interval;
        if (quick) {
            CHECK_FALSE(on.anybody_heard());
            CHECK(on.untrusted.heard<lp::Close>() == 0);
            CHECK(on.desk.window("letters").focused);
            CHECK(on.desk.window("letters").content.width == 200);
            // Seen for long enough, it is a press like any other.
            CHECK(eventually([&] {
                on.presses(hand, x, y);
                return on.anybody_heard() || on.untrusted.heard<lp::Close>() > 0;
            }));
            CHECK(Overlapping::heard_by(on.work) == 0);
            CHECK((on.untrusted.heard<lp::Close>() > 0) == on_close_button);
            CHECK(on.desk.window("pages").focused);
        }
    }
    CHECK(quick);
}

TEST_CASE("no key goes to a window that was to be put away before it showed anything") {
    InHand on;
    GuestWindow other = on.work.opens("other", 200, 150);
    on.desk.clicks(on.now());
    const lp::Serial press = on.work.hears<lp::PointerButton>(pressed).serial;
    on.work.send(
        lp::StateRequest{.window = other.id, .serial = press, .wish = lp::StateWish::minimize});
    on.work.commits(other, pink);
    on.work.send(lp::WindowDestroy{.window = on.letters.id});
    REQUIRE(eventually([&] { return !on.desk.find("letters").has_value(); }));
    on.work.forgets();
    on.desk.types("a");
    on.work.commits(other, pink);  // its frame comes behind all that was sent before
    // Unless the person sees it.
    const bool shown = on.desk.picture_at_rest().count(pink) > 0;
    CHECK((shown || on.work.heard<lp::Key>() == 0));
    CHECK((shown || !on.desk.window("other").focused));
}

TEST_CASE("a window that is put away takes no keys by going and coming again") {
    InHand on;
    GuestWindow other = on.work.opens("other", 200, 150);
    on.work.commits(other, pink);
    on.desk.clicks(on.desk.window("other"));
    const lp::Serial press = on.work.hears<lp::PointerButton>(pressed).serial;
    on.work.send(
        lp::StateRequest{.window = other.id, .serial = press, .wish = lp::StateWish::minimize});
    CHECK(on.work.hears<lp::Hidden>().hidden);
    REQUIRE(eventually([&] { return on.now().focused; }));

    on.work.hides(other);
    on.work.commits(other, pink);
    CHECK(on.now().focused);
    CHECK_FALSE(on.desk.window("other").focused);
    CHECK(on.desk.picture_at_rest().count(pink) == 0);

    // Nor when nothing else is left.
    on.work.send(lp::WindowDestroy{.window = on.letters.id});
    REQUIRE(eventually([&] { return !on.desk.find("letters").has_value(); }));
    on.work.forgets();
    on.desk.types("a");
    on.work.commits(other, pink);  // its frame comes behind all that was sent before
    CHECK(on.work.heard<lp::Key>() == 0);
    CHECK_FALSE(on.desk.window("other").focused);
}
