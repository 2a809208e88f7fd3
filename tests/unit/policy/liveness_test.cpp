// SPDX-License-Identifier: MIT
// When a domain counts as not responding.
#include "compositor/policy/liveness.hpp"

#include <catch2/catch_test_macros.hpp>

namespace leadlight::policy {
namespace {

using namespace std::chrono_literals;

TEST_CASE("2 s without progress, or an overflow, is not responding; reading ends it") {
    using enum Liveness::Change;
    Liveness domain;
    CHECK(!domain.deadline());
    domain.waiting(0s);
    domain.waiting(1s);  // still since 0 s
    CHECK(domain.deadline() == 2s);
    CHECK(domain.timer(2s - 1ns) == none);
    CHECK(domain.timer(2s) == stopped);
    CHECK(!domain.responding());
    CHECK(domain.timer(3s) == none);
    CHECK(domain.overflowed() == none);
    CHECK(domain.progress(4s, true) == resumed);
    CHECK(domain.deadline() == 6s);
    CHECK(domain.progress(5s, true) == none);
    CHECK(domain.deadline() == 7s);  // it is slow, but it reads
    CHECK(domain.progress(6s, false) == none);
    CHECK(!domain.deadline());
    CHECK(domain.overflowed() == stopped);
    CHECK(domain.progress(7s, false) == resumed);
}

TEST_CASE("a ping goes with input, seldom, and 5 s without its answer are not responding") {
    using enum Liveness::Change;
    Liveness domain;
    CHECK(!domain.deadline());  // nothing to wake up for while nothing is sent
    CHECK(domain.input_sent(0s));
    CHECK(!domain.input_sent(1s));  // one at a time
    CHECK(domain.deadline() == 5s);
    CHECK(domain.answered() == none);
    CHECK(!domain.deadline());
    CHECK(!domain.input_sent(3s - 1ns));
    CHECK(domain.input_sent(3s));
    CHECK(domain.timer(8s - 1ns) == none);
    CHECK(domain.timer(8s) == stopped);
    CHECK(!domain.responding());
    CHECK(domain.progress(9s, false) == none);  // it reads, and does not answer
    CHECK(!domain.responding());
    CHECK(domain.answered() == resumed);
    CHECK(domain.responding());
}

TEST_CASE("a domain that neither reads nor answers is back when it does both") {
    using enum Liveness::Change;
    Liveness domain;
    CHECK(domain.input_sent(0s));
    domain.waiting(1s);
    CHECK(domain.deadline() == 3s);
    CHECK(domain.timer(3s) == stopped);
    CHECK(domain.deadline() == 5s);
    CHECK(domain.timer(5s) == none);
    CHECK(domain.progress(6s, false) == none);
    CHECK(domain.answered() == resumed);
}

}  // namespace
}  // namespace leadlight::policy
