// SPDX-License-Identifier: MIT
// Who wants the person's attention is named in the trusted bar, once, and waits there.
#include "tests/fixture/domains.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;

namespace {

/// The right half of the bar, above the line of the focused domain's colour.
constexpr Box asking{640, 0, 640, 24};

bool asks(Desk& desk, std::uint32_t label) {
    return desk.shows([=](const Picture& picture) { return picture.count(label, asking) > 300; });
}
bool asks_not(Desk& desk, std::uint32_t label) {
    return desk.shows([=](const Picture& picture) { return picture.count(label, asking) == 0; });
}
/// The middle of the chip of that colour.
int chip_of(const Picture& picture, std::uint32_t label) {
    int first = 0, last = 0;
    for (int x = asking.x; x < asking.x + asking.width; ++x) {
        if (picture.at(x, 3) == label) {
            first = first == 0 ? x : first;
            last = x;
        }
    }
    return (first + last) / 2;
}

}  // namespace

TEST_CASE(
    "a window that opened below the focused one asks in the bar, and a click there goes to it") {
    TwoDomains on;  // pages opened while letters was there; letters was clicked since
    on.desk.clicks(on.desk.window("pages"));
    on.untrusted.hears<lp::Focus>([&](const auto& focus) { return focus.window == on.pages.id; });
    REQUIRE(asks_not(on.desk, red));
    auto second = on.work.opens("second", 300, 200);
    on.work.commits(second, 0x00ff01);
    REQUIRE(asks(on.desk, blue));
    on.desk.keeps_picture("attention");
    CHECK_FALSE(on.desk.window("second").focused);
    on.work.forgets();
    on.untrusted.forgets();

    // Not within 300 ms of the chip's coming: so click until it counts.
    const int chip = chip_of(on.desk.picture(), blue);
    REQUIRE(eventually([&] {
        on.desk.clicks(chip, 12);
        return on.desk.window("second").focused;
    }));
    on.work.hears<lp::Focus>([&](const auto& focus) { return focus.window == second.id; });
    CHECK(asks_not(on.desk, blue));
    CHECK(on.work.heard<lp::PointerButton>() == 0);
    CHECK(on.untrusted.heard<lp::PointerButton>() == 0);
}

TEST_CASE("asking again and again changes nothing in the bar") {
    TwoDomains on;
    on.untrusted.send(lp::Activate{.window = on.pages.id});
    REQUIRE(asks(on.desk, red));
    const Picture before = on.desk.picture_at_rest();
    for (int i = 0; i < 50; ++i) {
        on.untrusted.send(lp::Activate{.window = on.pages.id});
    }
    auto more = on.untrusted.opens("more", 60, 60);
    on.untrusted.commits(more, pink);
    on.untrusted.send(lp::Activate{.window = more.id});
    on.untrusted.commits(more, 0xff00fe);
    const Picture after = on.desk.picture();
    CHECK(before.differences(after, [](int x, int y) { return asking.holds(x, y); }) == 0);
    CHECK(on.desk.window("letters").focused);
    CHECK(on.untrusted.heard<lp::Focus>() == 0);
}

TEST_CASE("who asked and is gone is not named any more") {
    TwoDomains on;
    on.untrusted.send(lp::Activate{.window = on.pages.id});
    REQUIRE(asks(on.desk, red));
    on.untrusted.leaves();
    CHECK(asks_not(on.desk, red));
}
