// SPDX-License-Identifier: MIT
// The person resizes a window: its frame follows the hand, and its guest is asked to (rule 9).
#include "tests/fixture/domains.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;

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
