// SPDX-License-Identifier: MIT
// Popups and unmanaged windows: wherever the person or an output that goes takes what they stand
// on, they lie in its output's work area, frame and all.
#include "tests/fixture/domains.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <chrono>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;

namespace {

constexpr std::uint32_t orange = 0xff8000;

struct Satellites : TwoDomains {
    explicit Satellites(Desk::Options options = {}) : TwoDomains(std::move(options)) {}

    void drags_to(int x, int y) {
        const Box content = desk.window("letters").content;
        // Not within 300 ms of its coming under the pointer: until it counts.
        REQUIRE(eventually([&] {
            desk.key(Code::super, true);
            desk.moves_to(content.x + 10, content.y + 10);
            desk.button(Code::left_button, true);
            desk.moves_to(x + 10, y + 10);
            desk.button(Code::left_button, false);
            desk.key(Code::super, false);
            return desk.window("letters").content.x != content.x;
        }));
    }
    /// A popup below the lower left corner of `letters`, that turns over or slides.
    GuestWindow drops_down(bool reactive) {
        lp::Positioner positioner = Guest::at_top_left(60, 100);
        positioner.anchor_y = 200;
        positioner.adjustment.set(lp::Adjustment::flip_y, true);
        positioner.anchor_width = 10;
        positioner.anchor_height = 10;
        positioner.reactive = reactive;
        GuestWindow popup = work.plans(letters, positioner);
        work.commits(popup, orange);
        return popup;
    }
};

bool inside(const Box& frame, int width, int height) {
    return frame.width > 0 && frame.x >= 0 && frame.y >= 28 && frame.x + frame.width <= width &&
           frame.y + frame.height <= height;
}

}  // namespace

TEST_CASE("popups and unmanaged windows are drawn as often as what they stand on") {
    Satellites on;
    GuestWindow popup = on.drops_down(/*reactive=*/false);
    GuestWindow note = on.work.lays(on.letters, 20, 20, 60, 40);
    const auto ten_frames_of = [&](GuestWindow& window) {
        const auto begin = std::chrono::steady_clock::now();
        for (int i = 0; i < 10; ++i) {
            on.work.commits(window, orange);
        }
        return std::chrono::steady_clock::now() - begin;
    };
    // One that the screen has no part in gets a frame a second.
    const auto most = 3 * ten_frames_of(on.letters) + std::chrono::seconds{2};
    CHECK(ten_frames_of(popup) < most);
    CHECK(ten_frames_of(note) < most);
}

TEST_CASE("what the person drags past an edge leaves its popups and tooltips inside") {
    Satellites on;
    const bool popup = GENERATE(true, false);
    GuestWindow satellite;
    if (popup) {
        lp::Positioner positioner = Guest::at_top_left(120, 80);
        positioner.offset_x = 200;
        positioner.offset_y = 150;
        satellite = on.work.plans(on.letters, positioner);
    } else {
        satellite = on.work.lays(on.letters, 200, 150, 120, 80);
    }
    const std::string kind = popup ? "popup" : "unmanaged";
    on.work.commits(satellite, orange);
    const Box before = on.desk.window("letters").content;
    const Box place = on.desk.only(kind).content;
    on.work.forgets();

    on.drags_to(1100, 600);
    const Box letters = on.desk.window("letters").content;
    REQUIRE(letters.x + 320 > 1280);
    CHECK(eventually([&] { return inside(on.desk.only(kind).frame, 1280, 720); }));
    CHECK(on.desk.shows([&](const Picture& picture) {
        const DeskWindow shown = on.desk.only(kind);
        return picture.count(orange, shown.content) == 120 * 80 &&
               ring_is(picture, shown.frame, blue);
    }));
    // Its guest hears where it lies on its window now.
    const auto asked = on.work.hears<lp::Configure>(
        [&](const auto& heard) { return heard.window == satellite.id && heard.x != 200; });
    CHECK(letters.x + asked.x == on.desk.only(kind).content.x);

    on.drags_to(before.x, before.y);
    CHECK(eventually([&] {
        const Box back = on.desk.only(kind).content;
        return back.x == place.x && back.y == place.y;
    }));
}

TEST_CASE("a reactive popup is placed anew by its rules when its window moves, others keep place") {
    Satellites on;
    const bool reactive = GENERATE(true, false);
    on.drags_to(200, 100);
    on.drops_down(reactive);
    CHECK(on.desk.only("popup").content.y == 300);
    on.drags_to(220, 450);
    // Above the anchor, or as low as there is room.
    CHECK(eventually([&] {
        const DeskWindow popup = on.desk.only("popup");
        return reactive ? popup.content.y + popup.content.height < 700
                        : popup.frame.y + popup.frame.height == 720;
    }));
}

TEST_CASE("popups and tooltips follow their window to another output, and back when it goes") {
    Satellites on({.configuration = "[output.HEADLESS-1]\nposition = [0, 0]\n"
                                    "[output.SIDE]\nscale = 1.5\nposition = [1280, 0]\n"});
    on.desk.hands("output add SIDE 1440 1080");
    REQUIRE(eventually([&] { return on.desk.screen().outputs() == 2; }));
    GuestWindow tooltip = on.work.lays(on.letters, 200, 250, 120, 80);
    on.work.commits(tooltip, orange);
    on.work.forgets();

    on.drags_to(1900, 500);
    const auto scaled = [&](int scale) {
        return [&, scale](const lp::Configure& heard) {
            return heard.window == tooltip.id && heard.scale.get() == scale;
        };
    };
    on.work.hears<lp::Configure>(scaled(180));
    CHECK(eventually([&] { return inside(on.desk.only("unmanaged").frame, 1440, 1080); }));

    on.desk.hands("output remove SIDE");
    on.work.hears<lp::Configure>(scaled(120));
    CHECK(eventually([&] { return inside(on.desk.only("unmanaged").frame, 1280, 720); }));
    on.desk.moves_to(5, 700);
    CHECK(on.desk.shows([&](const Picture& picture) {
        return ring_is(picture, on.desk.only("unmanaged").frame, blue);
    }));
}

TEST_CASE("a popup whose rules change moves to them, and hears the token of it") {
    TwoDomains on;
    GuestWindow popup = on.work.pops_up(on.letters, 100, 80, orange);
    const Box before = on.desk.only("popup").content;
    lp::Positioner moved = Guest::at_top_left(100, 80);
    moved.offset_x = 40;
    moved.offset_y = 30;
    on.work.send(lp::PopupReposition{.window = popup.id, .positioner = moved, .token = 77});
    const auto asked = on.work.hears<lp::Configure>(
        [&](const auto& heard) { return heard.window == popup.id && heard.reposition == 77; });
    CHECK(asked.x == 40);
    CHECK(asked.y == 30);
    popup.configure = asked;
    on.work.commits(popup, orange);
    CHECK(eventually([&] {
        const Box now = on.desk.only("popup").content;
        return now.x == before.x + 40 && now.y == before.y + 30;
    }));
}

TEST_CASE("an unmanaged window moves by its guest's word, and never off the screen") {
    TwoDomains on;
    GuestWindow tooltip = on.work.lays(on.letters, 20, 20, 120, 80);
    on.work.commits(tooltip, orange);
    const Box before = on.desk.only("unmanaged").content;
    on.work.send(
        lp::UnmanagedPlace{.window = tooltip.id, .x = 60, .y = 45, .width = 120, .height = 80});
    CHECK(eventually([&] {
        const Box now = on.desk.only("unmanaged").content;
        return now.x == before.x + 40 && now.y == before.y + 25;
    }));
    on.work.send(lp::UnmanagedPlace{
        .window = tooltip.id, .x = 16000, .y = -16000, .width = 120, .height = 80});
    CHECK(eventually([&] {
        const Box now = on.desk.only("unmanaged").frame;
        return now.y == 28 && now.x + now.width == 1280;
    }));
    CHECK(on.desk.shows([&](const Picture& picture) {
        return ring_is(picture, on.desk.only("unmanaged").frame, blue);
    }));
}

TEST_CASE("nothing stands on a drag icon: it alone lies above all windows") {
    Satellites on;
    GuestWindow icon = on.work.lays(on.letters, 40, 40, 80, 40);
    on.work.commits(icon, green);
    GuestWindow flag = on.work.pops_up(icon, 600, 400, orange);
    const auto shown = [&](bool there) {
        return on.desk.shows(
            [&](const Picture& picture) { return (picture.count(orange) > 0) == there; });
    };
    REQUIRE(shown(true));
    on.work.send(
        lp::DragBegin{.origin = on.letters.id, .serial = on.holds_letters(), .icon = icon.id});
    CHECK(shown(false));
    on.desk.button(Code::left_button, false);
    CHECK(shown(true));
}

TEST_CASE("a drag icon is small from its first frame on, though its guest answers nothing") {
    TwoDomains on;
    const lp::Serial press = on.holds_letters();
    GuestWindow icon = on.work.lays(on.letters, 40, 40, 1200, 600);  // clear of the pointer's shape
    on.work.commits(icon, orange);
    REQUIRE(on.desk.only("unmanaged").content.width == 1200);
    on.work.send(lp::DragBegin{.origin = on.letters.id, .serial = press, .icon = icon.id});
    on.work.commits(on.letters, green);  // its frame comes behind all that was asked before
    const DeskWindow shown = on.desk.only("unmanaged");
    const Picture picture = on.desk.picture();
    CHECK(shown.content.width <= 256);
    CHECK(shown.content.height <= 256);
    CHECK(inside(shown.frame, 1280, 720));
    CHECK(ring_is(picture, shown.frame, blue));
    CHECK(picture.count(orange) == picture.count(orange, shown.content));
    on.desk.button(Code::left_button, false);
}
