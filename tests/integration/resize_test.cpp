// SPDX-License-Identifier: MIT
// The person resizes a window: its frame follows the hand, and its guest is asked to (rule 9).
#include "compositor/policy/press_guard.hpp"
#include "tests/fixture/domains.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <thread>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;

namespace {

/// With another output right of the one that `letters` is on.
struct WithNeighbour : OneDomain {
    WithNeighbour()
        : OneDomain(Desk::Labels{{"work", "blue"}},
                    {.configuration = "[output.HEADLESS-1]\nposition = [0, 0]\n"
                                      "[output.SIDE]\nposition = [1280, 0]\n"}) {
        desk.hands("output add SIDE 1280 720");
        REQUIRE(eventually([&] { return desk.screen().outputs() == 2; }));
        focuses_letters();
    }
    /// By Super and the left button; a press there counts again.
    void drags_into_corner() {
        const Box from = desk.window("letters").content;
        desk.key(Code::super, true);
        desk.moves_to(from.x + 20, from.y + 20);
        desk.button(Code::left_button, true);
        desk.moves_to(4 + 20, 28 + 28 + 20);
        desk.button(Code::left_button, false);
        desk.key(Code::super, false);
        REQUIRE(eventually([&] {
            const Box frame = desk.window("letters").frame;
            return frame.x == 0 && frame.y == 28;
        }));
        std::this_thread::sleep_for(leadlight::policy::PressGuard::interval);
        work.forgets();
    }
};

}  // namespace

TEST_CASE("an edge resizes: the guest is asked, and the frame follows") {
    InHand on;
    const DeskWindow window = on.now();
    const int right = window.frame.x + window.frame.width - 2;
    const int middle = window.frame.y + window.frame.height / 2;
    on.desk.moves_to(right, middle);
    on.desk.button(Code::left_button, true);
    on.desk.moves_to(right + 60, middle);
    const auto asked =
        on.work.hears<lp::Configure>([](const auto& configure) { return configure.width == 360; });
    CHECK(asked.states.has(lp::WindowState::resizing));
    CHECK(asked.height == 200);
    // It does not answer: the frame follows the person all the same.
    CHECK(on.frame_becomes(window.frame.x, window.frame.y, window.frame.width + 60,
                           window.frame.height));
    on.desk.button(Code::left_button, false);
    on.work.hears<lp::Configure>([](const auto& configure) {
        return configure.width == 360 && !configure.states.has(lp::WindowState::resizing);
    });
}

TEST_CASE("a window past the edge that its guest makes small keeps its name on the screen") {
    InHand on;
    const DeskWindow window = on.now();
    on.desk.key(Code::super, true);
    on.drags(window.content.x + 20, window.content.y + 20, 1130, window.content.y + 20);
    on.desk.key(Code::super, false);
    REQUIRE(eventually([&] { return on.now().content.x == 1110; }));

    // By its left edge: the right one stays where it is, off the screen.
    const Box frame = on.now().frame;
    on.work.forgets();
    // Not within 300 ms of its coming under the pointer: until it counts.
    REQUIRE(eventually([&] {
        on.desk.button(Code::left_button, false);
        on.desk.moves_to(frame.x + 1, frame.y + frame.height / 2);
        on.desk.button(Code::left_button, true);
        on.desk.moves_to(frame.x + 21, frame.y + frame.height / 2);
        return on.work.heard<lp::Configure>() > 0;
    }));
    on.letters.configure =
        on.work.hears<lp::Configure>([](const auto& configure) { return configure.width == 280; });
    REQUIRE(eventually([&] { return on.now().content.width == 280; }));  // it did not answer
    on.letters.buffer = on.work.makes_buffer(16, 200);
    on.work.commits(on.letters, green);
    CHECK(eventually([&] {
        const Box now = on.now().frame;
        return now.width == 16 + 8 && now.x + now.width <= 1280;
    }));
    CHECK(on.desk.shows([](const Picture& picture) { return picture.count(green) >= 16 * 190; }));
}

TEST_CASE("Super and the right button resize from the corner that is nearest") {
    InHand on;
    const DeskWindow window = on.now();
    on.desk.key(Code::super, true);
    on.drags(window.content.x + 20, window.content.y + 20, window.content.x + 60,
             window.content.y + 50, Code::right_button);
    on.desk.key(Code::super, false);
    const auto asked = on.work.hears<lp::Configure>([](const auto& configure) {
        return configure.width == 260 && configure.height == 170 &&
               !configure.states.has(lp::WindowState::resizing);
    });
    on.letters.configure = asked;
    on.letters.buffer = on.work.makes_buffer(260, 170);
    on.work.commits(on.letters, pink);
    on.desk.moves_to(5, 700);
    // The corner across stays where it was.
    CHECK(on.frame_becomes(window.frame.x + 40, window.frame.y + 30, window.frame.width - 40,
                           window.frame.height - 30));
    const Box frame = on.now().frame;
    CHECK(on.desk.shows([&](const Picture& picture) {
        return picture.count(pink) == 260 * 170 && ring_is(picture, frame, blue);
    }));
    CHECK(on.work.heard<lp::PointerButton>() == 0);
}

TEST_CASE("content that comes late is cut where it is too large, and padded where it is small") {
    InHand on;
    const DeskWindow window = on.now();
    const int right = window.frame.x + window.frame.width - 2;
    const int bottom = window.frame.y + window.frame.height - 2;
    on.desk.moves_to(right, bottom);
    on.desk.button(Code::left_button, true);
    on.desk.moves_to(right - 50, bottom + 40);
    // It does not answer.
    REQUIRE(on.frame_becomes(window.frame.x, window.frame.y, window.frame.width - 50,
                             window.frame.height + 40));
    on.desk.button(Code::left_button, false);
    on.desk.moves_to(5, 700);
    const Box frame = on.now().frame;
    CHECK(on.desk.shows([&](const Picture& picture) {
        return picture.count(green) == 250 * 200 && ring_is(picture, frame, blue);
    }));
    // When it does, all is its own again.
    on.letters.configure = on.work.hears<lp::Configure>([](const auto& configure) {
        return configure.width == 250 && configure.height == 240 &&
               !configure.states.has(lp::WindowState::resizing);
    });
    on.letters.buffer = on.work.makes_buffer(250, 240);
    on.work.commits(on.letters, pink);
    CHECK(on.desk.shows([](const Picture& picture) { return picture.count(pink) == 250 * 240; }));
}

TEST_CASE("a guest's least size takes its window to no other output when the person resizes it") {
    WithNeighbour on;
    if (GENERATE(true, false)) {
        on.drags_into_corner();  // so that all of the work area has room for it
    }
    on.work.send(lp::SizeLimits{.window = on.letters.id, .min_width = 16384, .min_height = 16384});
    const Box content = on.desk.window("letters").content;
    on.desk.moves_to(content.x + 20, content.y + 20);
    on.desk.button(Code::left_button, true);
    const lp::Serial press =
        on.work.hears<lp::PointerButton>([](const auto& button) { return button.pressed; }).serial;
    lp::Flags<lp::Edge> corner = lp::Edge::right;
    corner.set(lp::Edge::bottom);
    on.work.send(lp::ResizeRequest{.window = on.letters.id, .serial = press, .edges = corner});
    on.work.commits(on.letters, green);  // its frame comes behind all that was asked before
    const Picture before = on.desk.picture(1);
    on.desk.moves_to(content.x + 40, content.y + 30);
    // It does not answer: the frame follows all the same.
    REQUIRE(eventually([&] { return on.desk.window("letters").content.width != content.width; }));
    on.desk.button(Code::left_button, false);
    on.desk.picture_at_rest();
    const Box frame = on.desk.window("letters").frame;
    CHECK(frame.width <= 1280);
    CHECK(frame.height <= 720 - 28);
    // Below the trusted bar, which says what the person does.
    CHECK(before.differences(on.desk.picture(1), [](int, int y) { return y >= 28; }) == 0);
}
