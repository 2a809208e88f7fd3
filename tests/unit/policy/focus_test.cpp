// SPDX-License-Identifier: MIT
// Rule 5: focus and credits.
#include "compositor/policy/focus.hpp"

#include "tests/unit/policy/random.hpp"

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <tuple>

namespace leadlight::policy {
namespace {

using namespace std::chrono_literals;
using enum Appearance;

constexpr DomainId work{1}, red{2};

const auto all = [](WindowId) { return true; };

TEST_CASE("a new window of another domain does not take the focus") {
    Focus focus;
    CHECK(focus.window_shown(work, {10}, 0s) == below_focused_wanting_attention);
    CHECK(focus.window() == WindowId{});
    focus.person_chose(work, {10});
    CHECK(focus.window_shown(red, {20}, 0s) == below_focused_wanting_attention);
    CHECK(focus.window() == WindowId{10});
    CHECK(focus.window_shown(work, {11}, 0s) == focused_on_top);
    CHECK(focus.window() == WindowId{11});
}

TEST_CASE("the keys go to no window that the person does not see") {
    Focus focus;
    focus.person_chose(work, {10});
    focus.person_chose(work, {11});
    focus.person_chose(work, {12});
    focus.window_gone({12}, [](WindowId window) { return window != WindowId{11}; }, 0s);
    CHECK(focus.window() == WindowId{10});
    focus.window_gone({10}, [](WindowId) { return false; }, 0s);
    CHECK(focus.window() == WindowId{});
    CHECK(focus.domain() == DomainId{});
}

TEST_CASE("a window that comes back takes the focus from none, not of its own domain either") {
    Focus focus;
    focus.person_chose(work, {10});
    focus.window_returned(work, {11});
    focus.window_returned(red, {20});
    CHECK(focus.window() == WindowId{10});
    // But it was there, and is the next in its domain.
    focus.window_gone({10}, all, 0s);
    CHECK(focus.window() == WindowId{11});
}

TEST_CASE("a started program's first window takes the focus, once and within 10 s") {
    Focus focus;
    focus.person_chose(work, {10});
    focus.program_started(red, 0s);
    CHECK(focus.window_shown(red, {20}, 10s) == focused_on_top);
    CHECK(focus.domain() == red);
    focus.person_chose(work, {10});
    CHECK(focus.window_shown(red, {21}, 10s) == below_focused_wanting_attention);
    focus.program_started(red, 20s);
    CHECK(focus.window_shown(red, {22}, 30s + 1ns) == below_focused_wanting_attention);
}

TEST_CASE("any key or click ends a credit") {
    Focus focus;
    focus.program_started(red, 0s);
    focus.person_acted();
    CHECK(focus.window_shown(red, {20}, 1s) == below_focused_wanting_attention);
    focus.program_started(red, 2s);
    focus.person_chose(work, {10});
    CHECK(focus.window_shown(red, {21}, 3s) == below_focused_wanting_attention);
}

TEST_CASE("a credit is for the domain that the program was started in") {
    Focus focus;
    focus.program_started(work, 0s);
    CHECK(focus.window_shown(red, {20}, 1s) == below_focused_wanting_attention);
    CHECK(focus.window_shown(work, {10}, 1s) == focused_on_top);
}

TEST_CASE("closing a window never moves the focus to another domain") {
    Focus focus;
    focus.person_chose(red, {20});
    focus.person_chose(work, {10});
    focus.person_chose(work, {11});
    focus.window_gone({11}, all, 0s);
    CHECK(focus.window() == WindowId{10});
    focus.window_gone({10}, all, 0s);
    CHECK(focus.window() == WindowId{});
    CHECK(focus.domain() == DomainId{});
    CHECK(focus.window_shown(red, {21}, 0s) == below_focused_wanting_attention);
    CHECK(focus.window_shown(work, {12}, 0s) == focused_on_top);  // after its splash screen
    focus.domain_gone(work);
    CHECK(focus.window() == WindowId{});
    CHECK(focus.window_shown(work, {13}, 0s) == below_focused_wanting_attention);
}

TEST_CASE("a domain whose last window went has the keys for the next one only at once") {
    // The splash screen's main window; then one that comes too late, and one after the person did
    // something else.
    for (const auto& [after, acts, appearance] : {std::tuple{10s, false, focused_on_top},
                                                  {11s, false, below_focused_wanting_attention},
                                                  {1s, true, below_focused_wanting_attention}}) {
        Focus focus;
        focus.person_chose(work, {10});
        focus.window_gone({10}, all, 0s);
        if (acts) {
            focus.person_acted();
        }
        CHECK(focus.window_shown(work, {11}, after) == appearance);
    }
    // And after a window that the person put away none is waited for.
    Focus focus;
    focus.person_chose(work, {10});
    focus.window_put_away({10}, all);
    CHECK(focus.window() == WindowId{});
    CHECK(focus.window_shown(work, {11}, 0s) == below_focused_wanting_attention);
}

TEST_CASE("activation counts from the focused domain with a serial that vouches for it") {
    Focus focus;
    focus.person_chose(work, {10});
    (void)focus.window_shown(work, {11}, 0s);
    CHECK(focus.activation_asked(work, {10}, false) == below_focused_wanting_attention);
    CHECK(focus.activation_asked(red, {20}, true) == below_focused_wanting_attention);
    CHECK(focus.window() == WindowId{11});
    CHECK(focus.activation_asked(work, {10}, true) == focused_on_top);
    CHECK(focus.window() == WindowId{10});
}

TEST_CASE("without the person and without a credit the focused domain never changes") {
    test::for_seeds(200, [](test::Random& random) {
        Focus focus;
        focus.person_chose(work, {100});
        std::uint64_t next = 101;
        std::map<std::uint64_t, DomainId> windows{{100, work}};
        for (int i = 0; i < 60; ++i) {
            const DomainId domain{random.below(3) + 1};
            switch (random.below(3)) {
            case 0:
                windows[next] = domain;
                (void)focus.window_shown(domain, {next++}, Time{i});
                break;
            case 1:
                (void)focus.activation_asked(domain, {100}, random.once_in(2) && domain == work);
                break;
            default: {
                const auto gone = std::next(windows.begin(), random.below(windows.size()));
                focus.window_gone({gone->first}, all, Time{i});
                windows.erase(gone);
                if (windows.empty()) {
                    windows[next] = red;
                    (void)focus.window_shown(red, {next++}, Time{i});
                }
            }
            }
            CHECK((focus.domain() == work || focus.domain() == DomainId{}));
        }
    });
}

}  // namespace
}  // namespace leadlight::policy
