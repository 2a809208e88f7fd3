// SPDX-License-Identifier: MIT
// Outputs come and go while the desktop runs: no window is lost, and each returns with its output.
#include "compositor/policy/press_guard.hpp"
#include "tests/fixture/domains.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <thread>
#include <utility>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;

namespace {

/// HEADLESS-1 at 1x, and beside it SIDE at 1.5x, plugged in later.
struct TwoOutputs : TwoDomains {
    TwoOutputs()
        : TwoDomains({.configuration = "[output.HEADLESS-1]\nposition = [0, 0]\n"
                                       "[output.SIDE]\nscale = 1.5\nposition = [1280, 0]\n"}) {
        plugs_in();
    }
    void plugs_in() {
        desk.hands("output add SIDE 1440 1080");
        REQUIRE(eventually([&] { return desk.screen().outputs() == 2; }));
    }
    void pulls_out() {
        desk.hands("output remove SIDE");
        REQUIRE(eventually([&] { return desk.screen().outputs() == 1; }));
    }
    /// By its title, to where its upper left corner is there; its guest draws for the new scale.
    void drags_to_side() {
        const Box frame = desk.window("letters").frame;
        desk.moves_to(frame.x + 100, frame.y + 14);
        desk.button(Code::left_button, true);
        desk.moves_to(1500, 300);
        desk.button(Code::left_button, false);
        const auto asked = work.hears<lp::Configure>(
            [](const auto& configure) { return configure.scale.get() == 180; });
        draws(asked);
        // 450 physical pixels at 1.5 are the 300 that it had.
        REQUIRE(eventually([&] { return desk.window("letters").content.width == 450; }));
    }
    void draws(const lp::Configure& asked) {
        letters.buffer = work.makes_buffer(asked.width.get(), asked.height.get());
        letters.configure = asked;
        work.commits(letters, green);
    }
    bool letters_inside() {
        const Box frame = desk.window("letters").frame;
        return frame.x >= 0 && frame.y >= 28 && frame.x + frame.width <= 1280 &&
               frame.y + frame.height <= 720;
    }
};

}  // namespace

TEST_CASE("guests are told a refresh rate, also where the output has none of its own") {
    Desk desk({{"work", "blue"}});
    Guest work(desk.socket("work"));
    work.joins();
    CHECK(work.output().refresh == 60'000);
}

TEST_CASE("guests are told of the output that has the most pixels, whatever its scale") {
    Desk desk({{"work", "blue"}},
              {.configuration = "[output.SIDE]\nscale = 2\nposition = [1280, 0]\n"});
    Guest work(desk.socket("work"));
    work.joins();
    desk.hands("output add SIDE 1600 1200");
    const auto told = work.hears<lp::Output>([](const auto& heard) { return heard.scale == 240; });
    CHECK(told.width > 1280);
    CHECK(told.height > 720);
}

TEST_CASE("at every scale content is shown 1:1, inside a whole ring of the label's colour") {
    const auto [text, scale] = GENERATE(std::pair{"1.25", 150}, std::pair{"1.75", 210},
                                        std::pair{"2", 240}, std::pair{"3", 360});
    const auto physical = [scale](int logical) { return logical * scale / 120; };
    Desk desk({{"work", "blue"}},
              {.outputs = {std::string("1600x1200@") + text}, .configuration = ""});
    Guest work(desk.socket("work"));
    work.joins();
    const int width = physical(160), height = physical(112);
    GuestWindow letters = work.opens("letters", width, height);
    CHECK(letters.configure.scale.get() == scale);
    work.commits(letters, green);
    const DeskWindow shown = desk.window("letters");
    CHECK(shown.frame.width == physical(4 + 160 + 4));
    CHECK(shown.frame.height == physical(28 + 112 + 4));
    CHECK(desk.shows([&](const Picture& picture) {
        return picture.count(green, shown.content) == width * height &&
               picture.count(green) == width * height && ring_is(picture, shown.frame, blue);
    }));
}

TEST_CASE("two outputs of two scales each show their windows 1:1, in whole frames") {
    TwoOutputs on;
    on.drags_to_side();
    on.desk.moves_to(5, 700);
    const DeskWindow letters = on.desk.window("letters"), pages = on.desk.window("pages");
    CHECK(letters.content.height == 300);
    CHECK(eventually([&] {
        const Picture side = on.desk.picture(1), first = on.desk.picture(0);
        return side.count(green, letters.content) == 450 * 300 && side.count(green) == 450 * 300 &&
               ring_is(side, letters.frame, blue) &&
               first.count(pink, pages.content) == 300 * 200 && ring_is(first, pages.frame, red);
    }));
}

TEST_CASE("limits are in physical pixels, on whichever output the window is") {
    TwoOutputs on;
    on.work.send(lp::SizeLimits{.window = on.letters.id, .min_width = 300, .min_height = 200});
    on.drags_to_side();
    // From its 450 pixels there, by the corner: in the layout the output begins at 1280.
    const Box content = on.desk.window("letters").content;
    const int x = 1280 + (content.x + content.width - 20) * 2 / 3;
    const int y = (content.y + content.height - 20) * 2 / 3;
    on.desk.moves_to(x, y);
    // It came under the pointer with the drag, and no press counts just then.
    std::this_thread::sleep_for(leadlight::policy::PressGuard::interval);
    on.desk.key(Code::super, true);
    on.desk.button(Code::right_button, true);
    on.desk.moves_to(x - 80, y);
    on.work.hears<lp::Configure>([](const auto& asked) { return asked.width.get() == 330; });
    on.desk.moves_to(x - 180, y);
    on.work.hears<lp::Configure>([](const auto& asked) { return asked.width.get() == 300; });
    on.desk.button(Code::right_button, false);
    on.desk.key(Code::super, false);
}

TEST_CASE("an output goes: its windows come to the other, wholly inside, and return with it") {
    TwoOutputs on;
    on.drags_to_side();
    const DeskWindow before = on.desk.window("letters");
    on.work.forgets();
    on.pulls_out();
    on.draws(on.work.hears<lp::Configure>(
        [](const auto& configure) { return configure.scale.get() == 120; }));
    REQUIRE(eventually([&] { return on.desk.window("letters").content.width == 300; }));
    REQUIRE(eventually([&] { return on.letters_inside(); }));
    on.desk.moves_to(5, 700);  // out of the picture
    CHECK(on.desk.shows([&](const Picture& picture) {
        return picture.count(green) == 300 * 200 &&
               ring_is(picture, on.desk.window("letters").frame, blue);
    }));
    const Box pages = on.desk.window("pages").frame;

    SECTION("it returns") {
        on.plugs_in();
        on.draws(on.work.hears<lp::Configure>(
            [](const auto& configure) { return configure.scale.get() == 180; }));
        CHECK(eventually([&] {
            const DeskWindow now = on.desk.window("letters");
            return now.frame.x == before.frame.x && now.frame.y == before.frame.y &&
                   now.content.width == 450;
        }));
        CHECK(on.desk.window("pages").frame.x == pages.x);
    }
    SECTION("the person gave it another place meanwhile: it stays") {
        const int before_drag = on.desk.window("letters").frame.x;
        // Not within 300 ms of its coming under the pointer: until it counts.
        REQUIRE(eventually([&] {
            const Box frame = on.desk.window("letters").frame;
            on.desk.moves_to(frame.x + 100, frame.y + 14);
            on.desk.button(Code::left_button, true);
            on.desk.moves_to(frame.x + 120, frame.y + 14);
            on.desk.button(Code::left_button, false);
            return on.desk.window("letters").frame.x != before_drag;
        }));
        on.desk.moves_to(5, 700);
        on.desk.picture_at_rest();
        const Box frame = on.desk.window("letters").frame;
        on.plugs_in();
        CHECK(on.desk.shows([](const Picture& picture) { return picture.count(green) > 59'000; }));
        CHECK(on.desk.window("letters").frame.x == frame.x);
    }
}

TEST_CASE("the last output goes and comes back: every window is where it was, and guests live on") {
    TwoDomains on;
    const Box letters = on.desk.window("letters").frame, pages = on.desk.window("pages").frame;
    on.desk.moves_to(5, 700);
    on.desk.hands("output remove HEADLESS-1");
    // Commits are still answered, seldom.
    on.work.commits(on.letters, 0x00ff03);
    on.untrusted.commits(on.pages, pink);
    on.desk.hands("output add HEADLESS-1 1280 720");
    REQUIRE(eventually([&] { return on.desk.screen().outputs() == 1; }));
    CHECK(on.desk.shows([&](const Picture& picture) {
        return ring_is(picture, letters, blue) && ring_is(picture, pages, red) &&
               picture.count(0x00ff03) == 300 * 200;
    }));
    CHECK(on.desk.window("letters").frame.x == letters.x);
    CHECK(on.desk.window("letters").frame.y == letters.y);
    CHECK(on.desk.window("pages").frame.x == pages.x);
    CHECK(on.desk.window("pages").frame.y == pages.y);
    on.desk.clicks(on.desk.window("pages"));
    on.untrusted.hears<lp::PointerButton>();
}

TEST_CASE("a smaller output comes in place of the last: all lies wholly inside it") {
    TwoDomains on;
    on.desk.hands("output remove HEADLESS-1");
    on.desk.hands("output add OTHER 800 600");
    REQUIRE(eventually([&] { return on.desk.screen().outputs() == 1; }));
    for (const char* title : {"letters", "pages"}) {
        INFO(title);
        CHECK(eventually([&] {
            const Box frame = on.desk.window(title).frame;
            return frame.x >= 0 && frame.y >= 28 && frame.x + frame.width <= 800 &&
                   frame.y + frame.height <= 600;
        }));
    }
}

TEST_CASE("what opens while there is no output lies wholly inside the first that comes") {
    TwoDomains on;
    on.desk.hands("output remove HEADLESS-1");
    auto late = on.work.opens("late", 1272, 688);
    on.work.commits(late, pink);
    on.desk.hands("output add OTHER 800 600");
    REQUIRE(eventually([&] { return on.desk.screen().outputs() == 1; }));
    CHECK(eventually([&] {
        const Box frame = on.desk.window("late").frame;
        return frame.x >= 0 && frame.y >= 28 && frame.x + frame.width <= 800 &&
               frame.y + frame.height <= 600;
    }));
}
