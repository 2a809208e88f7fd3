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

namespace {

constexpr std::uint32_t orange = 0xff8000;
constexpr auto pressed = [](const lp::PointerButton& button) { return button.pressed; };

/// All pixels of that colour lie in one toplevel's frame of that label.
bool framed(const Picture& picture, std::uint32_t colour, std::uint32_t label) {
    int left = picture.width(), top = picture.height(), right = 0, bottom = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            if (picture.at(x, y) == colour) {
                left = std::min(left, x);
                top = std::min(top, y);
                right = std::max(right, x + 1);
                bottom = std::max(bottom, y + 1);
            }
        }
    }
    if (right == 0) {
        return true;  // there are none
    }
    const Box frame{left - 4, top - 28, right - left + 8, bottom - top + 32};
    return frame.x >= 0 && frame.y >= 0 && frame.x + frame.width <= picture.width() &&
           frame.y + frame.height <= picture.height() && ring_is(picture, frame, label);
}

}  // namespace

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

TEST_CASE("a window that asked for its state before it showed anything is never without a frame") {
    InHand on;
    const auto asks = [&](const GuestWindow& window, lp::StateWish wish, const char* clicked) {
        on.desk.clicks(on.desk.window(clicked));
        const lp::Serial press = on.work.hears<lp::PointerButton>(pressed).serial;
        on.desk.moves_to(640, 1);  // clear of all windows
        on.work.send(lp::StateRequest{.window = window.id, .serial = press, .wish = wish});
    };
    GuestWindow wide = on.work.opens("wide", 1272, 660);
    asks(wide, lp::StateWish::maximize, "letters");
    on.work.commits(wide, orange);
    CHECK(eventually([&] {
        const Box frame = on.desk.window("wide").frame;
        return frame.x == 0 && frame.y == 28 && frame.width == 1280 && frame.height == 720 - 28;
    }));
    CHECK(on.desk.shows([](const Picture& picture) {
        return picture.count(orange) == 1272 * 660 && framed(picture, orange, blue);
    }));

    // It does not answer, and is looked at all the while.
    asks(wide, lp::StateWish::unmaximize, "wide");
    int least = 1280;
    bool always_framed = true;
    CHECK(eventually([&] {
        const Box content = on.desk.window("wide").content;
        least = std::min({least, content.width, content.height});
        always_framed = always_framed && framed(on.desk.picture(), orange, blue);
        return content.width < 1272 && content.height < 660;
    }));
    always_framed = always_framed && framed(on.desk.picture_at_rest(), orange, blue);
    CHECK(always_framed);
    const DeskWindow ordinary = on.desk.window("wide");
    CHECK(std::min({least, ordinary.content.width, ordinary.content.height}) >= 16);
    CHECK(ordinary.content.width < 1272);
    CHECK(ordinary.content.height < 660);
    CHECK(ordinary.frame.x >= 0);
    CHECK(ordinary.frame.y >= 28);
    CHECK(ordinary.frame.x + ordinary.frame.width <= 1280);
    CHECK(ordinary.frame.y + ordinary.frame.height <= 720);

    // Its guest was told to fill the work area.
    const auto told = on.work.hears<lp::Configure>([&](const auto& configure) {
        return configure.window == wide.id && configure.states.has(lp::WindowState::maximized) &&
               configure.width > 0;
    });
    CHECK(told.width == 1272);
    CHECK(told.height == 660);
}

TEST_CASE("a window that shows nothing yet follows no pointer, though its guest asks for it") {
    InHand on;
    const bool resizes = GENERATE(false, true);
    GuestWindow other = on.work.opens("other", 200, 150);
    const Box letters = on.now().content;
    on.desk.moves_to(letters.x + 10, letters.y + 10);
    on.desk.button(Code::left_button, true);
    const lp::Serial press = on.work.hears<lp::PointerButton>(pressed).serial;
    if (resizes) {
        on.work.send(
            lp::ResizeRequest{.window = other.id, .serial = press, .edges = lp::Edge::right});
    } else {
        on.work.send(lp::MoveRequest{.window = other.id, .serial = press});
    }
    on.work.commits(on.letters, green);  // its frame comes behind all that was asked before
    on.desk.moves_to(letters.x + 40, letters.y + 30);
    on.work.commits(other, orange);
    const Box opened = on.desk.window("other").content;
    CHECK(opened.width == 200);
    CHECK(opened.height == 150);

    on.work.forgets();
    on.desk.moves_to(letters.x + 90, letters.y + 80);
    on.work.commits(on.letters, green);
    // No drag began: the pointer's way is still its guest's to hear.
    CHECK(on.work.heard<lp::PointerMotion>() > 0);
    const Picture picture = on.desk.picture_at_rest();
    CHECK(picture.count(orange) == 200 * 150);
    CHECK(framed(picture, orange, blue));
    const Box still = on.desk.window("other").content;
    CHECK(still.x == opened.x);
    CHECK(still.y == opened.y);
    CHECK(still.width == 200);
    CHECK(still.height == 150);
    on.desk.button(Code::left_button, false);
}
