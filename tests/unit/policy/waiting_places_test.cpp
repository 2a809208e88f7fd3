// SPDX-License-Identifier: MIT
// Rules 7 and 8: what one domain makes wait never takes the place of what another one lost.
#include "compositor/policy/waiting_places.hpp"

#include <catch2/catch_test_macros.hpp>

namespace leadlight::policy {
namespace {

constexpr Uuid work{1}, red{2};
constexpr Place place{.content = {10, 20, 300, 200}};

Token token(int number) {
    return {static_cast<std::uint8_t>(number), static_cast<std::uint8_t>(number >> 8)};
}

TEST_CASE("a domain that loses windows without end forgets its own oldest ones only") {
    WaitingPlaces waiting(64);
    waiting.keep(work, token(1), place);
    for (int i = 0; i < 2000; ++i) {
        waiting.keep(red, token(i), place);
    }
    CHECK(waiting.size() == 65);
    CHECK(waiting.claim(work, token(1)) == place);
    CHECK(!waiting.claim(red, token(1935)));
    CHECK(waiting.claim(red, token(1936)));
    CHECK(!waiting.claim(red, token(1936)));
    CHECK(waiting.claim(red, token(1999)));
}

TEST_CASE("places from the file are the oldest, and forgotten as the others are") {
    Places file;
    REQUIRE(file.remember(work, token(1), place));
    for (int i = 0; i < 511; ++i) {
        REQUIRE(file.remember(red, token(i), place));
    }
    WaitingPlaces waiting(64, file);
    waiting.keep(work, token(2), place);  // there is no room but the greedy one's
    CHECK(waiting.size() == Places::most);
    CHECK(waiting.claim(work, token(1)));
    CHECK(waiting.claim(work, token(2)));
    waiting.keep(red, token(1000), place);
    CHECK(waiting.size() == 64);
    CHECK(waiting.claim(red, token(1000)));
}

TEST_CASE("windows that are here are written before those that wait") {
    WaitingPlaces waiting(512);
    for (int i = 0; i < 512; ++i) {
        waiting.keep(red, token(i), place);
    }
    Places all;
    REQUIRE(all.remember(work, token(1), place));
    waiting.add_to(all);
    CHECK(all.size() == Places::most);
    CHECK(all.claim(work, token(1)));
}

}  // namespace
}  // namespace leadlight::policy
