// SPDX-License-Identifier: MIT
// What guests may ask of the pointer, and what they hear of it.
#include "tests/fixture/domains.hpp"

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstdlib>
#include <thread>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;

namespace {

constexpr std::uint32_t scarlet = 0xff0000;

/// A cursor of one colour, scarlet.
lp::CursorImage square(lp::Serial serial, int side) {
    std::vector<std::byte> pixels;
    for (int i = 0; i < side * side; ++i) {
        for (const int byte : {0x00, 0x00, 0xff, 0xff}) {
            pixels.push_back(static_cast<std::byte>(byte));
        }
    }
    return {
        .serial = serial,
        .width = *lp::CursorExtent::from(side),
        .height = *lp::CursorExtent::from(side),
        .hotspot_x = 0,
        .hotspot_y = 0,
        .pixels = *decltype(lp::CursorImage::pixels)::from(pixels),
    };
}

}  // namespace

TEST_CASE("a locked pointer stays, tells its way, and Super gives it back") {
    InHand on;
    const DeskWindow window = on.now();
    on.desk.clicks(window);
    const auto press =
        on.work.hears<lp::PointerButton>([](const auto& button) { return !button.pressed; });
    on.work.send(lp::Constraint{.window = on.letters.id,
                                .serial = press.serial,
                                .kind = lp::ConstraintKind::lock,
                                .region = {}});
    CHECK(on.work.hears<lp::ConstraintState>().active);
    on.work.forgets();
    on.desk.hands("motion 5 -3");
    const auto way = on.work.hears<lp::PointerRelative>();
    CHECK(way.dx == 5 * 256);
    CHECK(way.dy == -3 * 256);
    CHECK(on.work.heard<lp::PointerMotion>() == 0);

    on.desk.strikes(Code::super);
    CHECK_FALSE(on.work.hears<lp::ConstraintState>().active);
    on.desk.hands("motion 5 -3");
    on.work.hears<lp::PointerMotion>();
}

TEST_CASE("a lock that is asked for again goes on where the pointer is, and ends elsewhere") {
    InHand on;
    on.desk.clicks(on.now());
    const lp::Serial press =
        on.work.hears<lp::PointerButton>([](const auto& button) { return !button.pressed; }).serial;
    const auto asks = [&](lp::ConstraintKind kind, int width) {
        on.work.forgets();
        on.work.send(lp::Constraint{
            .window = on.letters.id,
            .serial = press,
            .kind = kind,
            .region = {{.width = *lp::Extent::from(width), .height = *lp::Extent::from(width)}}});
        on.work.commits(on.letters, green);  // its frame comes behind all that was sent before
    };
    constexpr int everywhere = 2000, not_here = 1;
    asks(lp::ConstraintKind::lock, everywhere);
    CHECK(on.work.hears<lp::ConstraintState>().active);
    asks(lp::ConstraintKind::lock, everywhere - 1);
    CHECK(on.work.heard<lp::ConstraintState>() == 0);
    on.desk.hands("motion 5 -3");
    on.work.hears<lp::PointerRelative>();
    CHECK(on.work.heard<lp::PointerMotion>() == 0);

    // Another kind is another constraint.
    asks(lp::ConstraintKind::confine, everywhere);
    CHECK_FALSE(on.work.hears<lp::ConstraintState>().active);
    CHECK(on.work.hears<lp::ConstraintState>().active);
    asks(lp::ConstraintKind::confine, not_here);
    CHECK_FALSE(on.work.hears<lp::ConstraintState>().active);
    CHECK(on.work.heard<lp::ConstraintState>() == 0);
}

TEST_CASE("a domain hears how the device moved while the pointer is its own, and not beyond") {
    TwoDomains on;
    const DeskWindow window = on.desk.window("letters");
    on.desk.moves_to(window.content.x + 20, window.content.y + 20);
    on.work.hears<lp::PointerMotion>();
    on.work.forgets();
    on.desk.hands("motion 5 -3");
    const auto way = on.work.hears<lp::PointerRelative>();
    CHECK(way.dx == 5 * 256);
    CHECK(way.dy == -3 * 256);
    CHECK(on.work.heard<lp::PointerMotion>() == 1);

    // Out of it, on its frame and over nothing: nobody's.
    on.desk.hands("motion 0 -20");
    on.desk.moves_to(window.content.x + 150, window.frame.y + 10);
    on.work.commits(on.letters, green);  // its frame comes behind all that was sent before
    on.work.forgets();
    on.desk.hands("motion 1 0");
    on.desk.moves_to(window.frame.x - 20, window.frame.y - 20);
    on.desk.hands("motion 1 1");
    // Into the other's, by the device: where it came from is not told.
    const DeskWindow other = on.desk.window("pages");
    on.desk.moves_to(other.frame.x - 10, other.content.y + 100);
    on.work.commits(on.letters, green);
    on.work.forgets();
    on.desk.hands("motion 40 0");
    on.untrusted.hears<lp::PointerEnter>();
    on.work.commits(on.letters, green);
    on.untrusted.commits(on.pages, pink);
    CHECK(on.work.heard<lp::PointerRelative>() == 0);
    CHECK(on.untrusted.heard<lp::PointerRelative>() == 0);
    on.desk.hands("motion 2 0");
    CHECK(on.untrusted.hears<lp::PointerRelative>().dx == 2 * 256);
    // Nor how far two windows of one domain are apart.
    GuestWindow more = on.untrusted.opens("more", 100, 100);
    on.untrusted.commits(more, pink);
    const Box from = on.desk.window("pages").content, to = on.desk.window("more").content;
    on.desk.moves_to(from.x + 150, from.y + 100);
    on.untrusted.commits(on.pages, pink);
    on.untrusted.forgets();
    on.desk.hands("motion " + std::to_string(to.x + 50 - from.x - 150) + " " +
                  std::to_string(to.y + 50 - from.y - 100));
    on.untrusted.hears<lp::PointerEnter>(
        [&](const auto& enter) { return enter.window == more.id; });
    on.untrusted.commits(on.pages, pink);
    CHECK(on.untrusted.heard<lp::PointerRelative>() == 0);
}

TEST_CASE("a lock that the person ended does not begin again by itself") {
    InHand on;
    const DeskWindow window = on.now();
    const auto locks = [&](lp::Serial serial) {
        on.work.send(lp::Constraint{.window = on.letters.id,
                                    .serial = serial,
                                    .kind = lp::ConstraintKind::lock,
                                    .region = {}});
    };
    const auto presses = [&] {
        on.desk.clicks(window);
        return on.work.hears<lp::PointerButton>([](const auto& button) { return !button.pressed; })
            .serial;
    };
    const auto press = presses();
    locks(press);
    CHECK(on.work.hears<lp::ConstraintState>().active);
    on.desk.strikes(Code::super);
    CHECK_FALSE(on.work.hears<lp::ConstraintState>().active);
    locks(press);
    // What it sends after that is answered, so the request was read by then.
    on.work.commits(on.letters, pink);
    CHECK(on.work.heard<lp::ConstraintState>() == 0);
    presses();
    CHECK(on.work.hears<lp::ConstraintState>().active);
}

TEST_CASE("an event that the guest brought about vouches for nothing") {
    InHand on;
    // The person's last act here is too old, and what the guest opens gets the focus.
    std::this_thread::sleep_for(std::chrono::milliseconds(2100));
    GuestWindow other = on.work.opens("other", 200, 150);
    on.work.commits(other, pink);
    const auto focus = on.work.hears<lp::Focus>();
    CHECK(focus.window == other.id);
    const int before = on.now().content.width;
    on.work.forgets();
    on.work.send(lp::StateRequest{
        .window = on.letters.id, .serial = focus.serial, .wish = lp::StateWish::maximize});
    // It is answered, with things as they are.
    const auto answer =
        on.work.hears<lp::Configure>([&](const auto& c) { return c.window == on.letters.id; });
    CHECK(answer.width.get() == before);
    CHECK_FALSE(answer.states.has(lp::WindowState::maximized));
}

TEST_CASE("a release vouches for no longer than its press") {
    InHand on;
    const Box content = on.now().content;
    on.desk.moves_to(content.x + 10, content.y + 10);
    on.desk.button(Code::left_button, true);
    std::this_thread::sleep_for(std::chrono::milliseconds(2100));
    on.desk.button(Code::left_button, false);
    const auto release =
        on.work.hears<lp::PointerButton>([](const auto& button) { return !button.pressed; });
    const auto maximizes = [&](lp::Serial serial) {
        on.work.send(lp::StateRequest{
            .window = on.letters.id, .serial = serial, .wish = lp::StateWish::maximize});
        on.work.commits(on.letters, pink);
    };
    on.work.forgets();
    maximizes(release.serial);
    // It is answered, with things as they are.
    CHECK(on.work.hears<lp::Configure>().width.get() == content.width);
    // With a press of now it is done.
    on.work.forgets();
    on.desk.button(Code::left_button, true);
    maximizes(on.work.hears<lp::PointerButton>().serial);
    on.work.hears<lp::Configure>(
        [&](const auto& asked) { return asked.width.get() > content.width; });
    on.desk.button(Code::left_button, false);
}

TEST_CASE("a domain without the focus locks no pointer, even where the pointer is") {
    TwoDomains on;

    const Box below = on.desk.window("pages").content;
    const auto moves_over = [&] {
        on.desk.moves_to(below.x + below.width - 10, below.y + below.height - 10);
    };
    // The person has just pressed there, and then turned to another domain.
    lp::Serial press = 0;
    REQUIRE(eventually([&] {
        moves_over();
        on.desk.button(Code::left_button, true);
        on.desk.button(Code::left_button, false);
        on.untrusted.commits(on.pages, pink);  // its frame comes behind all that was sent before
        press = on.untrusted.heard<lp::PointerButton>() == 0
                    ? 0
                    : on.untrusted.hears<lp::PointerButton>().serial;
        return press != 0;
    }));
    on.desk.clicks(on.desk.window("letters"));
    REQUIRE(on.desk.window("letters").focused);
    on.untrusted.forgets();
    moves_over();
    on.untrusted.hears<lp::PointerEnter>();
    on.untrusted.send(lp::Constraint{
        .window = on.pages.id, .serial = press, .kind = lp::ConstraintKind::lock, .region = {}});
    // What it sends after that is answered, so the request was read by then.
    on.untrusted.commits(on.pages, 0xff00fe);
    on.desk.hands("motion -3 -3");
    on.untrusted.hears<lp::PointerMotion>();
    CHECK(on.untrusted.heard<lp::ConstraintState>() == 0);
}

TEST_CASE("a guest's cursor is drawn inside its content and nowhere else") {
    InHand on;
    const DeskWindow window = on.now();
    const int right = window.content.x + window.content.width;
    const int y = window.content.y + 100;
    on.desk.moves_to(right - 10, y);
    on.desk.moves_to(right - 5, y);
    std::uint32_t serial = 0;
    on.desk.moves_to(window.frame.x - 30, y);  // leaves, and enters anew
    on.work.forgets();
    on.desk.moves_to(right - 5, y);
    serial = on.work.hears<lp::PointerEnter>().serial;
    on.work.send(square(serial, 32));
    CHECK(on.desk.shows([&](const Picture& picture) {
        return picture.at(right - 3, y + 5) == 0xff0000 &&
               picture.at(right - 3, y + 31) == 0xff0000;
    }));
    const Picture picture = on.desk.picture();
    CHECK(picture.at(right - 6, y + 5) == green);
    for (int x = right; x < right + 32; ++x) {
        CHECK(picture.at(x, y + 5) != 0xff0000);  // not on the frame, not beyond
    }
    // Out of the content with a button held, the person still sees where the pointer is.
    on.desk.button(Code::left_button, true);
    const int beyond = window.frame.x - 60;
    on.desk.moves_to(beyond, y);
    CHECK(on.desk.shows([&](const Picture& now) {
        int arrow = 0;
        for (int x = 0; x < 12; ++x) {
            arrow += now.at(beyond + x, y + 6) != picture.at(beyond + x, y + 6) ? 1 : 0;
        }
        return arrow > 0 && now.at(right - 3, y + 5) == green;
    }));
    on.desk.moves_to(right - 5, y);
    CHECK(on.desk.shows([&](const Picture& now) {
        return now.at(right - 3, y + 5) == 0xff0000 &&
               now.at(beyond + 2, y + 6) == picture.at(beyond + 2, y + 6);
    }));
    on.desk.button(Code::left_button, false);
}

TEST_CASE("a guest's cursor lies on no more than is left of its content") {
    InHand on;
    const DeskWindow window = on.now();
    const int y = window.content.y + 120;
    // Leaves, and enters anew.
    on.desk.moves_to(window.frame.x - 30, y);
    on.work.hears<lp::PointerLeave>();
    on.desk.moves_to(window.content.x + 200, y);
    on.work.send(square(on.work.hears<lp::PointerEnter>().serial, 64));
    REQUIRE(
        on.desk.shows([](const Picture& picture) { return picture.count(scarlet) == 64 * 64; }));

    // The person does nothing.
    on.letters.buffer = on.work.makes_buffer(16, 16);
    on.work.commits(on.letters, green);
    const Box content = on.now().content;
    REQUIRE(content.width == 16);
    REQUIRE(content.height == 16);
    for (int i = 0; i < 20; ++i) {
        const Picture picture = on.desk.picture();
        CHECK(picture.count(scarlet) == picture.count(scarlet, content));
    }
}

/// A domain of which windows come and go at each refresh, as many as are laid out in one.
struct Crowded : InHand {
    static constexpr std::size_t at_a_time = 8;  // Budgets::layouts_per_refresh
    GuestWindow unseen = work.opens("unseen", 300, 200);
    std::vector<GuestWindow> crowd;
    bool first_half = false;

    Crowded() {
        for (std::size_t i = 0; i < 2 * at_a_time; ++i) {
            crowd.push_back(work.plans(unseen, Guest::at_top_left(20, 20)));
        }
        work.forgets();
    }
    /// One half is shown, and the other is not any more.
    void come_and_go() {
        first_half = !first_half;
        for (std::size_t i = 0; i < crowd.size(); ++i) {
            if ((i < at_a_time) == first_half) {
                work.shows(crowd[i]);
            } else {
                work.send(lp::Commit{.window = crowd[i].id});
            }
        }
        for (std::size_t i = 0; i < crowd.size(); ++i) {
            work.hears<lp::Frame>();
        }
    }
};

TEST_CASE("windows that come and go leave the others of their domain their turn") {
    Crowded on;
    GuestWindow late = on.work.opens("late", 200, 150);
    late.buffer.fill(scarlet);
    on.come_and_go();
    on.work.shows(late);
    bool seen = false;
    for (int i = 0; i < 30 && !seen; ++i) {
        on.come_and_go();
        seen = on.desk.picture().count(scarlet) > 0;
    }
    CHECK(seen);
}

TEST_CASE("a guest's cursor lies in the frame that is drawn, not in one to come") {
    Crowded on;
    on.letters.buffer = on.work.makes_buffer(100, 100);
    on.work.commits(on.letters, green);
    const DeskWindow window = on.now();
    REQUIRE(window.content.width == 100);
    const int y = window.content.y + 50;
    on.desk.moves_to(window.frame.x - 30, y);
    on.work.forgets();
    on.desk.moves_to(window.content.x + 90, y);
    on.work.send(square(on.work.hears<lp::PointerEnter>().serial, 64));
    REQUIRE(on.desk.shows([](const Picture& picture) { return picture.count(scarlet) > 0; }));
    for (int i = 0; i < 10; ++i) {
        const int size = i % 2 == 0 ? 300 : 100;
        on.letters.buffer = on.work.makes_buffer(size, size);
        on.letters.buffer.fill(green);
        on.work.shows(on.letters);
        on.come_and_go();
        on.desk.moves_to(window.content.x + 90 + i % 2, y);
        const Picture picture = on.desk.picture();
        // Wherever its pixels are, the content goes on beside them, or the frame does.
        const int right = window.content.x + 100;
        if (picture.at(right + 1, window.content.y + 1) == blue) {
            CHECK(picture.count(scarlet, {right, window.frame.y, 200, 200}) == 0);
        }
    }
}
