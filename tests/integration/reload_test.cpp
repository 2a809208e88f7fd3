// SPDX-License-Identifier: MIT
// Another configuration by SIGHUP, while windows are on the screen.
#include "tests/fixture/domains.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;

namespace {

bool framed(Desk& desk, const std::string& title, std::uint32_t colour) {
    return desk.shows([&](const Picture& picture) {
        const auto window = desk.find(title);
        return window && ring_is(picture, window->frame, colour);
    });
}

}  // namespace

TEST_CASE("a domain's new label is on its frames at once, and it is not disturbed") {
    TwoDomains on;
    REQUIRE(framed(on.desk, "letters", blue));
    on.desk.reloads({{"work", "green"}, {"untrusted", "red"}}, "");
    CHECK(framed(on.desk, "letters", 0x73d216));
    CHECK(framed(on.desk, "pages", red));
    on.desk.moves_to(5, 700);
    on.work.commits(on.letters, pink);  // on the same connection
    const Box content = on.desk.window("letters").content;
    CHECK(on.desk.shows(
        [&](const Picture& picture) { return picture.count(pink, content) == 300 * 200; }));
}

TEST_CASE("a domain that the file names no more goes with its windows, the others stay") {
    TwoDomains on;
    on.desk.reloads({{"untrusted", "red"}}, "");
    CHECK(eventually([&] { return !on.desk.find("letters"); }));
    CHECK(framed(on.desk, "pages", red));
}

TEST_CASE("of a file with an error nothing is taken, and the log says where it is") {
    TwoDomains on;
    on.desk.reloads({{"work", "green"}, {"untrusted", "red"}}, "[appearance]\nscale = 9\n");
    CHECK(
        eventually([&] { return on.desk.log().find("leadlight.toml:2: ") != std::string::npos; }));
    CHECK(framed(on.desk, "letters", blue));
}

TEST_CASE("a scale is taken back with its line") {
    OneDomain on({{"work", "blue"}}, {.configuration = "[output.HEADLESS-1]\nscale = 2\n"});
    const auto is_told = [&](int scale) {
        return on.work
                   .hears<lp::Configure>(
                       [&](const auto& configure) { return configure.scale.get() == scale; })
                   .window == on.letters.id;
    };
    const auto ring = [&] { return on.desk.window("letters").frame.width - 300; };
    CHECK(ring() == 2 * 2 * 4);
    on.work.forgets();
    on.desk.reloads({{"work", "blue"}}, "");
    CHECK(is_told(120));
    on.work.forgets();
    on.desk.reloads({{"work", "blue"}}, "[appearance]\nscale = 1.5\n");
    CHECK(is_told(180));
    on.work.forgets();
    on.desk.reloads({{"work", "blue"}}, "");
    CHECK(is_told(120));
}

TEST_CASE("a mode is taken back with its line") {
    OneDomain on({{"work", "blue"}},
                 {.configuration = "[output.HEADLESS-1]\nmode = \"800x600\"\n"});
    CHECK(on.desk.shows([](const Picture& picture) { return picture.width() == 800; }));
    on.desk.reloads({{"work", "blue"}}, "");
    CHECK(on.desk.shows([](const Picture& picture) { return picture.width() == 1280; }));
}

TEST_CASE("an output that was switched off is back without its line") {
    OneDomain on;
    on.desk.hands("output add SIDE 640 480");
    const auto outputs_are = [&](std::size_t count) {
        return eventually([&] { return on.desk.screen().outputs() == count; });
    };
    CHECK(outputs_are(2));
    on.desk.reloads({{"work", "blue"}}, "[output.SIDE]\nenabled = false\n");
    CHECK(outputs_are(1));
    on.desk.reloads({{"work", "blue"}}, "");
    CHECK(outputs_are(2));
    CHECK(on.desk.picture(1).width() == 640);
}

TEST_CASE("an output's place is taken back with its line: it is beside the others again") {
    const std::string first = "[output.HEADLESS-1]\nposition = [0, 0]\n";
    OneDomain on({{"work", "blue"}},
                 {.configuration = first + "[output.SIDE]\nposition = [0, 720]\n"});
    on.desk.hands("output add SIDE 640 480");
    const Box frame = on.desk.window("letters").frame;
    on.desk.moves_to(frame.x + 100, frame.y + 14);
    on.desk.button(Code::left_button, true);
    on.desk.moves_to(200, 800);
    on.desk.button(Code::left_button, false);
    // Physical pixels of its own output now.
    REQUIRE(eventually([&] { return on.desk.window("letters").frame.x == 100; }));
    on.desk.reloads({{"work", "blue"}}, first);
    on.work.forgets();
    CHECK(eventually([&] {
        on.desk.moves_to(5, 700);
        on.desk.moves_to(1280 + 250, 200);
        return on.work.heard<lp::PointerEnter>() > 0;
    }));
}
