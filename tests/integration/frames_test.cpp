// SPDX-License-Identifier: MIT
// Rule 1: every pixel of a guest lies inside a frame of its label's colour, and nothing that a
// guest does to its own memory changes a pixel outside its contents.
#include "tests/fixture/desk.hpp"
#include "tests/fixture/guest.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;

namespace {

constexpr std::uint32_t blue = 0x3465a4, green = 0x00ff00, pink = 0xff0080;

/// The outermost ring of the frame is the label's colour and nothing else.
bool ring_is(const Picture& picture, const Box& frame, std::uint32_t colour) {
    const Box top{frame.x, frame.y, frame.width, 1};
    const Box bottom{frame.x, frame.y + frame.height - 1, frame.width, 1};
    const Box left{frame.x, frame.y, 1, frame.height};
    const Box right{frame.x + frame.width - 1, frame.y, 1, frame.height};
    return picture.count(colour, top) == top.width &&
           picture.count(colour, bottom) == bottom.width &&
           picture.count(colour, left) == left.height &&
           picture.count(colour, right) == right.height;
}

}  // namespace

TEST_CASE("a window shows its content 1:1 inside a frame of exactly its label's colour") {
    Desk desk({{"work", "blue"}});
    Guest work(desk.socket("work"));
    work.joins();
    auto window = work.opens("letters", 300, 200);
    work.commits(window, green);

    const auto shown = desk.window("letters");
    CHECK(shown.domain == "work");
    CHECK(shown.content.width == 300);
    CHECK(shown.content.height == 200);
    CHECK(desk.shows([&](const Picture& picture) {
        return picture.count(green, shown.content) == 300 * 200 &&
               picture.count(green) == 300 * 200 && ring_is(picture, shown.frame, blue);
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

TEST_CASE("memory that changes without a commit changes no pixel on the screen") {
    Desk desk({{"work", "blue"}});
    Guest work(desk.socket("work"));
    work.joins();
    auto window = work.opens("letters", 300, 200);
    work.commits(window, green);
    REQUIRE(desk.shows([&](const Picture& picture) { return picture.count(green) == 300 * 200; }));
    window.buffer.invert();
    // Something else has to be drawn for the picture to be new.
    desk.moves_to(5, 700);
    desk.moves_to(25, 710);
    CHECK(desk.picture().count(green) == 300 * 200);
}

TEST_CASE("a small commit repaints what it names and no more") {
    Desk desk({{"work", "blue"}});
    Guest work(desk.socket("work"));
    work.joins();
    auto window = work.opens("letters", 300, 200);
    work.commits(window, green);
    window.buffer.fill(pink);
    const lp::Rect all{.x = 0, .y = 0, .width = 300, .height = 200};
    lp::Commit commit{.window = window.id};
    commit.layers.push_back({.buffer = window.buffer.id,
                             .source = all,
                             .x = 0,
                             .y = 0,
                             .damage = {lp::Rect{.x = 10, .y = 20, .width = 64, .height = 64}}});
    work.send(commit);
    work.hears<lp::Frame>();
    CHECK(desk.shows([](const Picture& picture) {
        return picture.count(pink) == 64 * 64 && picture.count(green) == 300 * 200 - 64 * 64;
    }));
}

TEST_CASE("a popup gets a frame of its own and stays on the screen with it") {
    Desk desk({{"work", "blue"}});
    Guest work(desk.socket("work"));
    work.joins();
    auto window = work.opens("letters", 300, 200);
    work.commits(window, green);

    const auto id = *lp::WindowId::from(work.next_id());
    work.send(lp::PopupCreate{.window = id,
                              .parent = window.id,
                              .positioner = {.width = 100,
                                             .height = 120,
                                             .anchor_x = 16000,
                                             .anchor_y = 16000,
                                             .anchor = lp::Direction::bottom_right,
                                             .gravity = lp::Direction::bottom_right,
                                             .offset_x = 16000,
                                             .offset_y = 16000}});
    const auto configure =
        work.hears<lp::Configure>([&](const auto& heard) { return heard.window == id; });
    GuestWindow popup{.id = id, .configure = configure, .buffer = work.makes_buffer(100, 120)};
    work.commits(popup, pink);

    std::optional<DeskWindow> shown;
    REQUIRE(eventually([&] {
        for (const auto& candidate : desk.windows())
            if (candidate.kind == "popup")
                shown = candidate;
        return shown.has_value();
    }));
    CHECK(shown->frame.x >= 0);
    CHECK(shown->frame.y >= 0);
    CHECK(shown->frame.x + shown->frame.width <= 1280);
    CHECK(shown->frame.y + shown->frame.height <= 720);
    CHECK(desk.shows([&](const Picture& picture) {
        return picture.count(pink, shown->content) == 100 * 120 &&
               ring_is(picture, shown->frame, blue);
    }));
}
