// SPDX-License-Identifier: MIT
// The person's resize against a guest's hints, and its frame against a guest's content (rule 9).
#include "compositor/policy/resize.hpp"
#include "compositor/policy/resize_sync.hpp"

#include "tests/unit/policy/random.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace leadlight::policy {
namespace {

using namespace std::chrono_literals;

TEST_CASE("hints are kept where they make sense") {
    const SizeLimits terminal({.least = {100, 50}, .base = {10, 4}, .increment = {9, 18}});
    CHECK(terminal.apply({200, 200}) == Size{199, 184 + 0});
    CHECK(terminal.apply({1, 1}) == Size{100, 58});
    const SizeLimits fixed({.least = {300, 200}, .greatest = {300, 200}});
    CHECK(fixed.apply({999, 1}) == Size{300, 200});
    const SizeLimits film({.least_aspect = {16, 9}, .greatest_aspect = {16, 9}});
    CHECK(film.apply({1600, 1000}) == Size{1600, 900});
    CHECK(film.apply({1700, 900}) == Size{1600, 900});
}

TEST_CASE("hints are wishes: none makes a window larger than the room or smaller than it can be") {
    const SizeLimits greedy({.least = {16'384, 16'384}}, {1900, 1000});
    CHECK(greedy.apply({500, 500}) == Size{1900, 1000});
    const SizeLimits mad({.least = {500, 500}, .greatest = {100, 100}});
    CHECK(mad.apply({1, 1}) == Size{500, 500});  // least wins
    const SizeLimits contrary({.least_aspect = {2, 1}, .greatest_aspect = {1, 2}});
    CHECK(contrary.apply({400, 300}) == Size{400, 300});
}

SizeHints random_hints(test::Random& random) {
    const auto wild = [&]() -> Coordinate {
        switch (random.below(6)) {
        case 0:
            return std::numeric_limits<Coordinate>::min();
        case 1:
            return std::numeric_limits<Coordinate>::max();
        case 2:
            return 0;
        default:
            return random.between(-10, 2000);
        }
    };
    return {.least = {wild(), wild()},
            .greatest = {wild(), wild()},
            .base = {wild(), wild()},
            .increment = {wild(), wild()},
            .least_aspect = {wild(), wild()},
            .greatest_aspect = {wild(), wild()}};
}

TEST_CASE("a resize keeps the edges that were not taken, whatever the hints") {
    test::for_seeds(3000, [](test::Random& random) {
        const SizeLimits limits(random_hints(random), {2000, 1000});
        const Box start{random.between(-2000, 2000), random.between(-2000, 2000),
                        random.between(16, 3000), random.between(16, 3000)};
        const Edges edges = edges_at(start, {start.x + random.between(0, start.width - 1),
                                             start.y + random.between(0, start.height - 1)});
        CHECK(!(edges.left && edges.right));
        CHECK(!(edges.top && edges.bottom));
        CHECK(edges != Edges{});
        constexpr Coordinate steps[]{1, 2, 4};
        const Coordinate step = steps[random.below(3)];
        const Coordinate dx = random.between(-3000, 3000), dy = random.between(-3000, 3000);
        const Box box = resized(start, edges, dx, dy, limits, step);
        CHECK((edges.left ? box.right() == start.right() : box.x == start.x));
        CHECK((edges.top ? box.bottom() == start.bottom() : box.y == start.y));
        // No larger than it was or the person wants, whatever its guest says.
        CHECK(box.width <= start.width + std::abs(dx) + step);
        CHECK(box.height <= start.height + std::abs(dy) + step);
        const SizeLimits kept = limits.for_window_of(start.size());
        CHECK(box.width >= kept.least().width);
        CHECK(box.height >= kept.least().height);
        CHECK(box.width <= kept.greatest().width);
        CHECK(box.height <= kept.greatest().height);
        if (kept.greatest().width - kept.least().width >= step) {
            CHECK(box.width % step == 0);
        }
    });
}

TEST_CASE("neither a step nor a base nor an aspect makes a window larger than the room") {
    constexpr Size room{1900, 1000}, wished{500, 400};
    for (const SizeHints& hints :
         {SizeHints{.increment = {16'384, 16'384}},
          SizeHints{.least = {501, 401}, .increment = {5000, 5000}},
          SizeHints{.least = {501, 401}, .base = {500, 400}, .increment = {1500, 700}},
          SizeHints{.least = {16'384, 16'384}, .base = {1, 1}, .increment = {1899, 999}},
          SizeHints{.base = {16'384, 16'384}, .increment = {7, 7}},
          SizeHints{.increment = {5000, 5000}, .least_aspect = {16'384, 1}},
          SizeHints{.increment = {5000, 5000}, .greatest_aspect = {1, 16'384}}}) {
        const Size size = SizeLimits(hints, room).apply(wished);
        CHECK(size.width <= room.width);
        CHECK(size.height <= room.height);
    }
}

TEST_CASE("no hints at all give more than was wished for and than there is room") {
    test::for_seeds(3000, [](test::Random& random) {
        const Size room{random.between(16, 2000), random.between(16, 1000)};
        const SizeLimits limits(random_hints(random), room);
        const Size wished{random.between(1, 3000), random.between(1, 3000)};
        const Size size = limits.apply(wished);
        CHECK(size.width <= std::max(wished.width, room.width));
        CHECK(size.height <= std::max(wished.height, room.height));
    });
}

TEST_CASE("the pointer takes the edges nearest to it") {
    const Box box{100, 100, 300, 300};
    CHECK(edges_at(box, {110, 390}) == Edges{.left = true, .bottom = true});
    CHECK(edges_at(box, {250, 110}) == Edges{.top = true});
    CHECK(edges_at(box, {250, 250}) == Edges{.right = true, .bottom = true});
}

constexpr Box small{0, 0, 100, 100}, wide{0, 0, 200, 100}, wider{0, 0, 300, 100};

TEST_CASE("a new size is shown with the content drawn for it") {
    ResizeSync sync(small);
    sync.wish(wide, 1, 0ms);
    sync.wish(wider, 2, 10ms);
    CHECK(sync.shown() == small);
    sync.committed(1);
    CHECK(sync.shown() == wide);
    CHECK(sync.deadline() == 210ms);
    sync.committed(99);
    CHECK(sync.shown() == wide);
    sync.committed(2);
    CHECK(sync.shown() == wider);
    CHECK(!sync.deadline());
}

TEST_CASE("after 200 ms the frame follows the person, until the guest has caught up") {
    ResizeSync sync(small);
    sync.wish(wide, 1, 0ms);
    sync.timer(199ms);
    CHECK(sync.shown() == small);
    sync.timer(200ms);
    CHECK(sync.shown() == wide);
    sync.wish(wider, 2, 210ms);
    CHECK(sync.shown() == wider);
    sync.committed(1);  // an old answer does not take the frame back
    CHECK(sync.shown() == wider);
    sync.committed(2);
    sync.wish(small, 3, 300ms);
    CHECK(sync.shown() == wider);  // in step again
    CHECK(sync.deadline() == 500ms);
}

TEST_CASE("a guest that answered no resize does not keep its window from being moved") {
    ResizeSync sync({0, 0, 100, 100});
    sync.wish({0, 0, 200, 100}, 1, 0s);
    sync.timer(200ms);
    CHECK(sync.shown() == Box{0, 0, 200, 100});
    sync.wish({30, 40, 200, 100}, 2, 1s);
    CHECK(sync.shown() == Box{30, 40, 200, 100});
    sync.committed(1);  // at last
    CHECK(sync.shown() == Box{30, 40, 200, 100});
}

TEST_CASE("a move alone waits for nobody") {
    ResizeSync sync(small);
    sync.wish(small.moved(50, 50), 1, 0ms);
    CHECK(sync.shown() == small.moved(50, 50));
    CHECK(!sync.deadline());
}

TEST_CASE("a guest that never answers holds a bounded number of wishes, and no frame") {
    ResizeSync sync(small);
    for (std::uint32_t i = 1; i <= 1000; ++i) {
        sync.wish({0, 0, 100 + static_cast<Coordinate>(i), 100}, i, 1ms * i);
        sync.timer(1ms * i);
    }
    CHECK(sync.shown() == sync.wished());
    CHECK(sync.shown().width == 1100);
}

}  // namespace
}  // namespace leadlight::policy
