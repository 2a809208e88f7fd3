// SPDX-License-Identifier: MIT
#include "guest-agent/placement.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>

namespace leadlight::agent {
namespace {

const int first = 0, second = 0;

Placement placed(const void* surface, Box place) {
    return {surface, {0, 0, double(place.width), double(place.height)}, Turn::none, place};
}

}  // namespace

TEST_CASE("an arrangement that stays damages nothing") {
    const std::array before{placed(&first, {0, 0, 100, 100}), placed(&second, {10, 10, 20, 20})};
    CHECK(rearranged(before, before).empty());
}

TEST_CASE("what moves damages its old and its new place") {
    const std::array before{placed(&first, {0, 0, 100, 100}), placed(&second, {10, 10, 20, 20})};
    const std::array after{placed(&first, {0, 0, 100, 100}), placed(&second, {50, 10, 20, 20})};
    Region expected(Box{10, 10, 20, 20});
    expected.add(Box{50, 10, 20, 20});
    CHECK(rearranged(before, after) == expected);
}

TEST_CASE("what goes damages where it was, what changes places both") {
    const std::array before{placed(&first, {0, 0, 30, 30}), placed(&second, {40, 40, 20, 20})};
    CHECK(rearranged(before, std::span(before).first(1)) == Region(Box{40, 40, 20, 20}));
    const std::array swapped{before[1], before[0]};
    Region both(Box{0, 0, 30, 30});
    both.add(Box{40, 40, 20, 20});
    CHECK(rearranged(before, swapped) == both);
}

TEST_CASE("damage of an unscaled surface moves with it and is cut to its place") {
    Placement placement = placed(&first, {5, 7, 10, 10});
    placement.source.x = 3;  // cropped: the first three columns are not shown
    CHECK(to_content(Region(Box{4, 2, 2, 2}), placement) == Region(Box{6, 9, 2, 2}));
    CHECK(to_content(Region(Box{0, 0, 3, 10}), placement).empty());
}

TEST_CASE("damage of a scaled surface covers all pixels that may differ") {
    Placement placement{&first, {0, 0, 100, 100}, Turn::none, {0, 0, 150, 150}};
    // Buffer pixel (10, 10) reaches into content pixels 13 to 16 by bilinear filtering.
    const Region content = to_content(Region(Box{10, 10, 1, 1}), placement);
    CHECK(content.covers({13, 13, 4, 4}));
    CHECK(content.pixels() < 64);
}

TEST_CASE("at most so many boxes, that cover what they stand for") {
    Region region;
    for (int i = 0; i < 40; ++i) {
        region.add(Box{(i * 37) % 300, i * 10, 5, 5});
    }
    const auto boxes = at_most(region, 16);
    CHECK(boxes.size() == 16);
    Region joined;
    for (const Box& box : boxes) {
        joined.add(box);
    }
    Region missing = region;
    missing.subtract(joined);
    CHECK(missing.empty());
}

TEST_CASE("neighbours that waste least are joined") {
    Region region(Box{0, 0, 100, 10});
    region.add(Box{0, 12, 100, 10});
    region.add(Box{0, 500, 10, 10});
    const auto boxes = at_most(region, 2);
    REQUIRE(boxes.size() == 2);
    CHECK(boxes[0] == Box{0, 0, 100, 22});
    CHECK(boxes[1] == Box{0, 500, 10, 10});
}

}  // namespace leadlight::agent
