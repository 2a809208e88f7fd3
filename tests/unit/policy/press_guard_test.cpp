// SPDX-License-Identifier: MIT
// No press for what came under the pointer a moment ago.
#include "compositor/policy/press_guard.hpp"

#include <catch2/catch_test_macros.hpp>

namespace leadlight::policy {
namespace {

using namespace std::chrono_literals;

constexpr DomainId work{1}, red{2};

TEST_CASE("a press goes nowhere just after another domain's content came under the pointer") {
    PressGuard guard;
    guard.moved(work);
    CHECK(guard.allows_press(0ms));
    guard.scene_changed(work, 1000ms);
    CHECK(guard.allows_press(1000ms));
    guard.scene_changed(red, 1000ms);
    CHECK(!guard.allows_press(1299ms));
    CHECK(guard.allows_press(1300ms));
    guard.scene_changed({}, 2000ms);  // red's window went: the desktop is no trap
    CHECK(guard.allows_press(2000ms));
    guard.scene_changed(work, 2100ms);
    CHECK(!guard.allows_press(2100ms));
}

TEST_CASE("moving the pointer to another domain is no surprise, and does not end one") {
    PressGuard guard;
    guard.moved(work);
    guard.moved(red);
    CHECK(guard.allows_press(0ms));
    guard.scene_changed(work, 100ms);
    guard.moved(red);
    CHECK(!guard.allows_press(200ms));
}

}  // namespace
}  // namespace leadlight::policy
