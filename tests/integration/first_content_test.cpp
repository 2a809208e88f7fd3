// SPDX-License-Identifier: MIT
// Rule 1 for windows that have shown nothing yet: whatever their guest asks for meanwhile, their
// first content comes in a frame, and has a place of the compositor's.
#include "tests/fixture/domains.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

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
