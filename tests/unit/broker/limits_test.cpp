// SPDX-License-Identifier: MIT
// Whom leadlightd serves, and how much of its time and of its log others get.
#include "compositor/broker/admission.hpp"
#include "compositor/broker/log_limit.hpp"
#include "compositor/broker/watch_limit.hpp"
#include "compositor/domains/refusal_pause.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::broker;
using namespace std::chrono_literals;

TEST_CASE("only the active session's user is served, and only once") {
    const Person person{.user = 1000, .session = "2"};
    const Person other{.user = 1001, .session = "3"};
    CHECK(admit(person, person, {}) == Admission::serve);
    CHECK(admit(other, person, {}) == Admission::not_the_active_session);
    CHECK(admit(person, {}, {}) == Admission::not_the_active_session);
    CHECK(admit({.user = 0, .session = ""}, person, {}) == Admission::not_the_active_session);
    // The same user from elsewhere: over the network, by a timer, at another terminal.
    for (const char* session : {"", "4"}) {
        CHECK(admit({.user = 1000, .session = session}, person, {}) ==
              Admission::not_the_active_session);
    }
    // A program of the person's own that would like to be the compositor.
    CHECK(admit(person, person, person) == Admission::another_is_served);
    // Whoever is served does not keep the seat from the next.
    CHECK(admit(other, other, person) == Admission::serve_instead);
    const Person again{.user = 1000, .session = "5"};
    CHECK(admit(again, again, person) == Admission::serve_instead);
    // Where the administrator named the user, there are no sessions.
    const Person named{.user = 1000, .session = ""};
    CHECK(admit(named, named, {}) == Admission::serve);
    CHECK(admit(named, named, named) == Admission::another_is_served);
    CHECK(admit(person, other, other) == Admission::not_the_active_session);
}

TEST_CASE("a guest that writes its nodes all the time is looked at four times a second") {
    WatchLimit limit(0s);
    int taken = 0;
    for (Time now{}; now < 10s; now += 1ms) {
        taken += limit.take(now) ? 1 : 0;
    }
    CHECK(taken == WatchLimit::burst + 4 * 10 - 1);
}

TEST_CASE("an agent that starts anew now and then is never too much") {
    WatchLimit limit(0s);
    for (Time now{}; now < 1min; now += 1s) {
        // Two nodes made, two nodes gone.
        for (int i = 0; i < 4; ++i) {
            CHECK(limit.take(now));
        }
    }
}

TEST_CASE("a long silence saves up no more than a burst") {
    WatchLimit limit(0s);
    int taken = 0;
    while (limit.take(24h)) {
        ++taken;
    }
    CHECK(taken == WatchLimit::burst);
}

TEST_CASE("what others bring about at will is logged once a minute, with how often") {
    LogLimit limit;
    CHECK(limit.take(5s, "again") == "again");
    for (Time now = 7s; now < 65s; now += 2s) {
        CHECK(!limit.take(now, "again"));
    }
    CHECK(limit.take(65s, "again") == "again (29 more like this left out)");
    CHECK(!limit.take(66s, "again"));
    CHECK(limit.take(1h, "again") == "again (1 more like this left out)");
    CHECK(limit.take(2h, "again") == "again");
}

TEST_CASE("a compositor that is refused asks ever more seldom, until it is served") {
    leadlight::compositor::RefusalPause pause;
    for (const auto expected : {1s, 2s, 4s, 8s, 16s, 30s, 30s}) {
        CHECK(pause.next() == expected);
    }
    pause.forget();
    CHECK(pause.next() == 1s);
}
