// SPDX-License-Identifier: MIT
// The switcher: the compositor's own list of windows, of which no guest hears.
#include "tests/fixture/domains.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;

namespace {

constexpr std::uint32_t violet = 0x8000ff;

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

/// A window goes and another one begins; the desktop knows by then, and hardly has drawn since.
void loses(Guest& guest, const GuestWindow& window) {
    guest.send(lp::WindowDestroy{.window = window.id});
    const auto next = *lp::WindowId::from(guest.next_id());
    guest.send(lp::ToplevelCreate{.window = next});
    guest.hears<lp::Configure>([&](const auto& configure) { return configure.window == next; });
}

/// Beside two domains, between whose windows the person switches, one that has many.
struct Crowded : OneDomain {
    Guest untrusted{desk.socket("untrusted")}, bystander{desk.socket("bystander")};
    GuestWindow pages;
    std::vector<GuestWindow> crowd;

    Crowded()
        : OneDomain(Desk::Labels{{"work", "blue"}, {"untrusted", "red"}, {"bystander", "orange"}}) {
        untrusted.joins();
        pages = untrusted.opens("pages", 300, 200);
        untrusted.commits(pages, pink);
        comes_to("pages", "letters");
        comes_to("letters", "pages");
        untrusted.hears<lp::Focus>([](const auto& focus) { return !focus.window; });
        bystander.joins();
        for (int i = 0; i < 12; ++i) {
            crowd.push_back(bystander.opens("crowd", 40, 30));
            bystander.commits(crowd.back(), violet);
        }
        untrusted.forgets();
    }
    /// By a click on a corner that the other one does not cover, wherever they opened; until it
    /// counts, since what is under the pointer has just come there.
    void comes_to(const std::string& title, const std::string& other) {
        const Box content = desk.window(title).content, frame = desk.window(other).frame;
        const int left = content.x + 10, right = content.x + content.width - 10;
        const int x = frame.holds(left, content.y + 10) ? right : left;
        const int y =
            frame.holds(x, content.y + 10) ? content.y + content.height - 10 : content.y + 10;
        REQUIRE(eventually([&] {
            desk.clicks(x, y);
            return desk.window(title).focused;
        }));
    }
    /// The person has come to the other of the two.
    bool is_in(const std::string& title) {
        const bool focused = eventually([&] { return desk.window(title).focused; });
        work.pump();
        untrusted.pump();
        return focused;
    }
    /// On the second row of so many. It still is when one below has gone and the list, always in
    /// the middle of the screen, was drawn again.
    static int second_row(std::size_t windows) {
        const int height = 36 * static_cast<int>(windows) + 2 * 8;
        return 28 + (720 - 28 - height) / 2 + 8 + 36 + 27;
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

TEST_CASE("a quick switch is to the next window, whatever windows of others go meanwhile") {
    Crowded on;
    for (std::size_t i = 0; i < 10; ++i) {
        INFO("switch " << i);
        on.desk.key(Code::super, true);
        on.desk.strikes(Code::tab);
        loses(on.bystander, on.crowd.at(i));
        on.desk.key(Code::super, false);
        REQUIRE(on.is_in(i % 2 == 0 ? "pages" : "letters"));
    }
    CHECK(on.bystander.heard<lp::Focus>() == 0);
}

TEST_CASE("a click on a row chooses the window that is seen there, whatever others go meanwhile") {
    Crowded on;
    for (std::size_t i = 0; i < 6; ++i) {
        INFO("switch " << i);
        on.desk.moves_to(640, Crowded::second_row(2 + on.crowd.size() - i));
        on.desk.key(Code::super, true);
        on.desk.strikes(Code::tab);
        on.desk.strikes(Code::tab);  // past the one that is clicked
        loses(on.bystander, on.crowd.at(i));
        on.desk.button(Code::left_button, true);
        on.desk.button(Code::left_button, false);
        on.desk.key(Code::super, false);
        REQUIRE(on.is_in(i % 2 == 0 ? "pages" : "letters"));
    }
    CHECK(on.bystander.heard<lp::Focus>() == 0);
}

TEST_CASE("a window that goes while it is the chosen one leaves the person where they were") {
    Crowded on;
    on.desk.key(Code::super, true);
    on.desk.strikes(Code::tab);
    loses(on.untrusted, on.pages);
    on.desk.key(Code::super, false);
    on.work.hears<lp::Focus>([&](const auto& focus) { return focus.window == on.letters.id; });
    CHECK(on.desk.window("letters").focused);
    CHECK(on.untrusted.heard<lp::Focus>() == 0);
    CHECK(on.bystander.heard<lp::Focus>() == 0);
}

TEST_CASE("a window that shows nothing any more when it is chosen does not get the keys") {
    Open on;
    on.untrusted.hides(on.pages);
    on.desk.key(Code::super, false);
    on.work.hears<lp::Focus>([&](const auto& focus) { return focus.window == on.letters.id; });
    on.desk.types("a");
    CHECK(on.work.hears<lp::Key>().key == 30);
    CHECK(on.untrusted.heard<lp::Focus>() == 0);
    CHECK(on.untrusted.heard<lp::Key>() == 0);
}

TEST_CASE("a click where a window was seen that has gone chooses none") {
    Open on;
    loses(on.untrusted, on.pages);
    // The lower end of the second row of two; of one row it is beside the switcher.
    on.desk.clicks(640, 404);
    on.desk.key(Code::super, false);
    on.work.hears<lp::Focus>([&](const auto& focus) { return focus.window == on.letters.id; });
    CHECK(on.gone());
    CHECK(on.desk.window("letters").focused);
    CHECK(on.work.heard<lp::PointerButton>() == 0);
    CHECK(on.untrusted.heard<lp::Focus>() == 0);
}
