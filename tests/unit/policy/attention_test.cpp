// SPDX-License-Identifier: MIT
// Who is shown to ask for the person, and how often.
#include "compositor/policy/attention.hpp"

#include <catch2/catch_test_macros.hpp>

namespace leadlight::policy {
namespace {

using namespace std::chrono_literals;

constexpr DomainId work{2}, red{3};

TEST_CASE("a domain asks for attention once, in its order") {
    Attention attention;
    attention.update({red}, 0s);
    attention.update({work, red}, 1s);
    CHECK(attention.shown(1s) == std::vector{red, work});
    CHECK(!attention.next_change(1s));
}

TEST_CASE("a domain that asks again and again is shown again after 5 s, not before") {
    Attention attention;
    int appearances = 0;
    bool shown = false;
    for (int i = 0; i < 600; ++i) {  // ten seconds of a window that comes and goes each refresh
        const Time now = i * 16'666'667ns;
        attention.update(i % 2 == 0 ? std::set{red} : std::set<DomainId>{}, now);
        const bool now_shown = !attention.shown(now).empty();
        appearances += now_shown && !shown ? 1 : 0;
        shown = now_shown;
    }
    CHECK(appearances >= 1);
    CHECK(appearances <= 2);
}

TEST_CASE("who rests and still asks is shown when the rest is over") {
    Attention attention;
    attention.update({red}, 0s);
    attention.update({}, 1s);
    attention.update({red}, 2s);
    CHECK(attention.shown(2s).empty());
    CHECK(attention.next_change(2s) == 6s);
    CHECK(attention.shown(6s) == std::vector{red});
}

}  // namespace
}  // namespace leadlight::policy
