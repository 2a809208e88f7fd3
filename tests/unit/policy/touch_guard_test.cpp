// SPDX-License-Identifier: MIT
// No touch for what came to that place a moment ago.
#include "compositor/policy/touch_guard.hpp"

#include <catch2/catch_test_macros.hpp>

namespace leadlight::policy {
namespace {

using namespace std::chrono_literals;

constexpr DomainId work{1}, red{2};

TEST_CASE("a finger goes nowhere where another domain's content was just before") {
    const Box left{0, 0, 100, 100}, right{100, 0, 100, 100};
    TouchGuard guard;
    CHECK(guard.allows_touch({50, 50}, 0s));
    guard.scene_changed({{left, work}, {right, red}}, 0s);
    CHECK(guard.allows_touch({50, 50}, 1s));
    // red opens a window over work's.
    guard.scene_changed({{left, work}, {right, red}, {left, red}}, 2s);
    CHECK(!guard.allows_touch({50, 50}, 2s));
    CHECK(!guard.allows_touch({50, 50}, 2s + 299ms));
    CHECK(guard.allows_touch({150, 50}, 2s));  // where nothing changed hands
    CHECK(guard.allows_touch({50, 50}, 2s + 300ms));
    // It goes away again, so that work's would get what was meant for red's.
    guard.scene_changed({{left, work}, {right, red}}, 3s);
    CHECK(!guard.allows_touch({50, 50}, 3s + 299ms));
    CHECK(guard.allows_touch({50, 50}, 3s + 300ms));
}

TEST_CASE("windows that never rest neither open the guard nor close it for others") {
    const Box left{0, 0, 100, 100}, right{100, 0, 100, 100};
    TouchGuard guard;
    guard.scene_changed({}, 0s);
    guard.scene_changed({{left, work}}, 1s);
    for (Time now = 1s; now < 3s; now += 20ms) {
        const bool there = now / 20ms % 2 == 0;
        guard.scene_changed({{left, work}, {right, there ? red : work}}, now);
        CHECK(guard.allows_touch({50, 50}, now) == (now >= 1300ms));
        if (now > 1100ms) {
            CHECK(!guard.allows_touch({150, 50}, now));
        }
    }
}

}  // namespace
}  // namespace leadlight::policy
