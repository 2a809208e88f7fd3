// SPDX-License-Identifier: MIT
#include "compositor/policy/switcher.hpp"

#include "tests/unit/policy/random.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

namespace leadlight::policy {
namespace {

constexpr WindowId a{1}, b{2}, c{3};

TEST_CASE("the switcher goes round in the order it opened with") {
    Switcher switcher({a, b, c}, true);
    switcher.step(true);
    CHECK(switcher.selected() == b);
    switcher.step(true);
    switcher.step(true);
    CHECK(switcher.selected() == a);
    switcher.step(false);
    CHECK(switcher.selected() == c);
}

TEST_CASE("without a focused window the first step is to the first") {
    Switcher forward({a, b}, false);
    forward.step(true);
    CHECK(forward.selected() == a);
    forward.step(true);
    CHECK(forward.selected() == b);
    Switcher back({a, b}, false);
    back.step(false);
    CHECK(back.selected() == b);
}

TEST_CASE("a window that goes takes no choice with it") {
    Switcher switcher({a, b, c}, true);
    switcher.step(false);
    REQUIRE(switcher.selected() == c);
    switcher.window_gone(a);
    CHECK(switcher.selected() == c);
    switcher.window_gone(c);
    CHECK(switcher.selected() == b);
    switcher.window_gone(b);
    CHECK(switcher.selected() == WindowId{});
    switcher.step(true);
    CHECK(switcher.selected() == WindowId{});
}

TEST_CASE("the selected row is always among those shown") {
    test::for_seeds(200, [](test::Random& random) {
        std::vector<WindowId> windows;
        const auto count = 1 + random.below(40);
        for (std::uint64_t i = 1; i <= count; ++i) {
            windows.push_back(WindowId{i});
        }
        Switcher switcher(windows, random.once_in(2));
        for (int i = 0; i < 100; ++i) {
            switcher.step(random.once_in(2));
            const std::size_t room = 1 + random.below(12);
            const std::size_t first = switcher.first_row(room);
            CHECK(switcher.selected_row() >= first);
            CHECK(switcher.selected_row() < first + room);
            CHECK(first + std::min(room, windows.size()) <= windows.size());
        }
    });
}

}  // namespace
}  // namespace leadlight::policy
