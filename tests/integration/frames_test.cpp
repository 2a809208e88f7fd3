// SPDX-License-Identifier: MIT
// Rule 1: every pixel of a guest lies inside a frame of its label's colour, and nothing that a
// guest does to its own memory changes a pixel outside its contents.
#include "tests/fixture/domains.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <utility>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;

TEST_CASE("a window shows its content 1:1 inside a frame of exactly its label's colour") {
    OneDomain on;
    const auto shown = on.desk.window("letters");
    CHECK(shown.domain == "work");
    CHECK(shown.content.width == 300);
    CHECK(shown.content.height == 200);
    CHECK(on.desk.shows([&](const Picture& picture) {
        return picture.count(green, shown.content) == 300 * 200 &&
               picture.count(green) == 300 * 200 && ring_is(picture, shown.frame, blue);
    }));
}

TEST_CASE("a title that is taken back is off the frame") {
    OneDomain on;
    const auto shown = on.desk.window("letters");
    on.desk.moves_to(5, 700);
    const Picture with = on.desk.picture_at_rest();
    on.work.send(lp::Title{.window = on.letters.id, .text = {}});
    const Box bar{shown.frame.x, shown.frame.y, shown.frame.width, shown.content.y - shown.frame.y};
    CHECK(on.desk.shows([&](const Picture& picture) {
        return with.differences(picture, [&](int x, int y) { return bar.holds(x, y); }) > 0;
    }));
}

TEST_CASE("guests that turn all their pixels over change nothing outside their contents") {
    Desk desk({{"work", "blue"}, {"untrusted", "red"}});
    Guest work(desk.socket("work")), untrusted(desk.socket("untrusted"));
    work.joins();
    untrusted.joins();
    auto letters = work.opens("letters", 300, 200);
    work.commits(letters, green);
    auto pages = untrusted.opens("pages", 500, 240);
    untrusted.commits(pages, pink);
    const auto first = desk.window("letters").content, second = desk.window("pages").content;
    REQUIRE(desk.shows([&](const Picture& picture) {
        return picture.count(green) > 0 && picture.count(pink) > 0;
    }));
    const Picture before = desk.picture_at_rest();

    for (auto [guest, window] : {std::pair{&work, &letters}, {&untrusted, &pages}}) {
        window->buffer.invert();
        guest->shows(*window);
        guest->hears<lp::Frame>();
    }
    REQUIRE(desk.shows([&](const Picture& picture) {
        return picture.count(green) == 0 && picture.count(pink) == 0;
    }));
    const Picture after = desk.picture();
    CHECK(before.differences(
              after, [&](int x, int y) { return !first.holds(x, y) && !second.holds(x, y); }) == 0);
    CHECK(before.differences(after, [](int, int) { return true; }) > 0);
}

namespace {

/// All of a guest's windows, with their contents turned over at once.
struct Shown {
    Guest* guest;
    GuestWindow* window;
    Box content;
};

/// Turns every pixel of every guest over, and says that nothing outside their contents changed.
void turning_over_changes_contents_only(Desk& desk, std::vector<Shown> all) {
    const Picture before = desk.picture_at_rest();
    for (const Shown& shown : all) {
        shown.window->buffer.invert();
        shown.guest->shows(*shown.window);
        shown.guest->hears<lp::Frame>(
            [&](const auto& frame) { return frame.window == shown.window->id; });
    }
    const Picture after = desk.picture_at_rest();
    CHECK(before.differences(after, [&](int x, int y) {
        return std::ranges::none_of(all,
                                    [&](const Shown& shown) { return shown.content.holds(x, y); });
    }) == 0);
    for (const Shown& shown : all) {
        INFO(shown.content.x << "," << shown.content.y);
        CHECK(before.differences(after, [&](int x, int y) { return shown.content.holds(x, y); }) >
              0);
    }
}

}  // namespace

TEST_CASE("menus, unmanaged windows and drag icons keep their frames over other domains' windows") {
    TwoDomains on;
    auto menu = on.work.pops_up(on.letters, 100, 120, 0x00ff10);
    auto note = on.work.lays(on.letters, 120, 20, 90, 60);
    on.work.commits(note, 0x00ff20);
    std::vector<Shown> all = {{&on.work, &on.letters, on.desk.window("letters").content},
                              {&on.untrusted, &on.pages, on.desk.window("pages").content},
                              {&on.work, &menu, on.desk.only("popup").content},
                              {&on.work, &note, on.desk.only("unmanaged").content}};
    const Box popup = on.desk.only("popup").frame, unmanaged = on.desk.only("unmanaged").frame;
    REQUIRE(on.desk.shows([&](const Picture& picture) {
        return ring_is(picture, popup, blue) && ring_is(picture, unmanaged, blue);
    }));
    SECTION("at rest") {
        turning_over_changes_contents_only(on.desk, all);
    }
    SECTION("the drag icon over the other domain") {
        on.work.send(lp::WindowDestroy{.window = note.id});
        on.work.send(lp::WindowDestroy{.window = menu.id});
        on.untrusted.forgets();
        all.resize(2);
        const lp::Serial press = on.holds_letters();
        auto icon = on.work.lays(on.letters, 40, 40, 80, 40);  // clear of the pointer's shape
        on.work.commits(icon, 0x00ff30);
        on.work.send(lp::DragBegin{.origin = on.letters.id, .serial = press, .icon = icon.id});
        const Box pages = all[1].content;
        const int x = pages.x + pages.width / 2, y = pages.y + pages.height / 2;
        REQUIRE(eventually([&] {
            on.desk.moves_to(x, y - 1);
            on.desk.moves_to(x, y);
            const Box place = on.desk.only("unmanaged").content;
            return place.x == x + 40 && place.y == y + 40;
        }));
        all.push_back({&on.work, &icon, on.desk.only("unmanaged").content});
        const Box frame = on.desk.only("unmanaged").frame;
        CHECK(on.desk.shows([&](const Picture& picture) {
            return ring_is(picture, frame, blue) &&
                   picture.count(0x00ff30, all.back().content) == 80 * 40;
        }));
        turning_over_changes_contents_only(on.desk, all);
        // Nobody there hears of it, nor of its end.
        on.desk.button(Code::left_button, false);
        on.work.hears<lp::PointerButton>([](const auto& button) { return !button.pressed; });
        CHECK(on.untrusted.heard<lp::PointerButton>() == 0);
        CHECK(eventually([&] { return on.desk.only("unmanaged").content.x != x + 40; }));
    }
}

TEST_CASE("maximized and fullscreen windows keep a whole frame") {
    TwoDomains on;
    on.desk.key(Code::super, true);
    on.desk.strikes(GENERATE(Code::m, Code::f));
    on.desk.key(Code::super, false);
    const auto asked =
        on.work.hears<lp::Configure>([](const auto& configure) { return configure.width > 1000; });
    GuestBuffer large = on.work.makes_buffer(asked.width.get(), asked.height.get());
    std::swap(on.letters.buffer, large);
    on.letters.configure = asked;
    on.work.commits(on.letters, green);
    REQUIRE(eventually([&] { return on.desk.window("letters").content.width > 1000; }));
    const DeskWindow shown = on.desk.window("letters");
    CHECK(shown.frame.x >= 0);
    CHECK(shown.frame.x + shown.frame.width <= 1280);
    CHECK(shown.frame.y + shown.frame.height <= 720);
    CHECK(on.desk.shows([&](const Picture& picture) {
        // The trusted bar lies over the upper edge of a fullscreen one, in the same colour.
        const Box below{shown.frame.x, 28, shown.frame.width,
                        shown.frame.y + shown.frame.height - 28};
        const Box left{below.x, below.y, 1, below.height};
        const Box right{below.x + below.width - 1, below.y, 1, below.height};
        const Box bottom{below.x, below.y + below.height - 1, below.width, 1};
        return picture.count(blue, left) == left.height &&
               picture.count(blue, right) == right.height &&
               picture.count(blue, bottom) == bottom.width;
    }));
    turning_over_changes_contents_only(on.desk, {{&on.work, &on.letters, shown.content}});
}

TEST_CASE("a program may leave the full screen that the person gave it, and not take it") {
    TwoDomains on;
    on.desk.clicks(on.desk.window("letters"));
    const auto is_full = [](const lp::Configure& configure) {
        return configure.states.has(lp::WindowState::fullscreen);
    };
    // With the voucher of a key that the person has just struck.
    const auto asks = [&](lp::StateWish wish) {
        on.work.forgets();
        on.desk.strikes(Code::a);
        const lp::Serial press = on.work.hears<lp::Key>().serial;
        on.work.forgets();
        on.work.send(lp::StateRequest{.window = on.letters.id, .serial = press, .wish = wish});
        return is_full(on.work.hears<lp::Configure>());
    };
    CHECK_FALSE(asks(lp::StateWish::fullscreen));
    on.desk.key(Code::super, true);
    on.desk.strikes(Code::f);
    on.desk.key(Code::super, false);
    on.work.hears<lp::Configure>(is_full);
    CHECK_FALSE(asks(lp::StateWish::unfullscreen));
}

TEST_CASE(
    "a full screen without the keys is named in the bar above it, whose edge is its frame's") {
    TwoDomains on;
    on.desk.key(Code::super, true);
    on.desk.strikes(Code::f);
    on.desk.key(Code::super, false);
    const auto asked =
        on.work.hears<lp::Configure>([](const auto& configure) { return configure.width > 1000; });
    on.letters.buffer = on.work.makes_buffer(asked.width.get(), asked.height.get());
    on.letters.configure = asked;
    on.work.commits(on.letters, green);
    on.desk.key(Code::super, true);
    on.desk.strikes(Code::tab);
    on.desk.key(Code::super, false);
    on.desk.moves_to(640, 700);
    const Box edge{0, 24, 1280, 4}, chip{0, 0, 100, 24}, name{0, 0, 640, 24};
    CHECK(on.desk.shows([&](const Picture& picture) {
        return picture.count(blue, edge) == 4 * 1280 && picture.count(red, chip) > 1000 &&
               picture.count(blue, name) > 500;
    }));
    // Once it is no full screen the bar is the focused domain's alone.
    on.desk.clicks(640, 600);
    on.desk.key(Code::super, true);
    on.desk.strikes(Code::f);
    on.desk.key(Code::super, false);
    CHECK(on.desk.shows([&](const Picture& picture) {
        return picture.count(blue, edge) == 4 * 1280 && picture.count(red, name) == 0;
    }));
}

TEST_CASE("memory that changes without a commit changes no pixel on the screen") {
    OneDomain on;
    REQUIRE(
        on.desk.shows([&](const Picture& picture) { return picture.count(green) == 300 * 200; }));
    on.letters.buffer.invert();
    // Something else has to be drawn for the picture to be new.
    on.desk.moves_to(5, 700);
    on.desk.moves_to(25, 710);
    CHECK(on.desk.picture().count(green) == 300 * 200);
}

TEST_CASE("a small commit repaints what it names and no more") {
    OneDomain on;
    on.letters.buffer.fill(pink);
    const lp::Rect all{.x = 0, .y = 0, .width = 300, .height = 200};
    lp::Commit commit{.window = on.letters.id};
    commit.layers.push_back({.buffer = on.letters.buffer.id,
                             .source = all,
                             .x = 0,
                             .y = 0,
                             .damage = {lp::Rect{.x = 10, .y = 20, .width = 64, .height = 64}}});
    on.work.send(commit);
    on.work.hears<lp::Frame>();
    CHECK(on.desk.shows([](const Picture& picture) {
        return picture.count(pink) == 64 * 64 && picture.count(green) == 300 * 200 - 64 * 64;
    }));
}

TEST_CASE("a popup gets a frame of its own and stays on the screen with it") {
    OneDomain on;
    const auto id = *lp::WindowId::from(on.work.next_id());
    on.work.send(lp::PopupCreate{.window = id,
                                 .parent = on.letters.id,
                                 .positioner = {.width = 100,
                                                .height = 120,
                                                .anchor_x = 16000,
                                                .anchor_y = 16000,
                                                .anchor = lp::Direction::bottom_right,
                                                .gravity = lp::Direction::bottom_right,
                                                .offset_x = 16000,
                                                .offset_y = 16000}});
    const auto configure =
        on.work.hears<lp::Configure>([&](const auto& heard) { return heard.window == id; });
    GuestWindow popup{.id = id, .configure = configure, .buffer = on.work.makes_buffer(100, 120)};
    on.work.commits(popup, pink);

    std::optional<DeskWindow> shown;
    REQUIRE(eventually([&] {
        for (const auto& candidate : on.desk.windows()) {
            if (candidate.kind == "popup") {
                shown = candidate;
            }
        }
        return shown.has_value();
    }));
    CHECK(shown->frame.x >= 0);
    CHECK(shown->frame.y >= 0);
    CHECK(shown->frame.x + shown->frame.width <= 1280);
    CHECK(shown->frame.y + shown->frame.height <= 720);
    CHECK(on.desk.shows([&](const Picture& picture) {
        return picture.count(pink, shown->content) == 100 * 120 &&
               ring_is(picture, shown->frame, blue);
    }));
}
