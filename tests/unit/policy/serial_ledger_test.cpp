// SPDX-License-Identifier: MIT
// Rule 5: what a serial vouches for, and how long.
#include "compositor/policy/serial_ledger.hpp"

#include "tests/unit/policy/random.hpp"

#include <catch2/catch_test_macros.hpp>

#include <map>

namespace leadlight::policy {
namespace {

using namespace std::chrono_literals;

TEST_CASE("serials vouch for 2 s, and only for the focused domain") {
    SerialLedger ledger;
    const auto first = ledger.issue(10s);
    CHECK(ledger.vouches(first, 12s, true));
    CHECK(!ledger.vouches(first, 12s, false));
    CHECK(!ledger.vouches(first, 12s + 1ns, true));
    CHECK(!ledger.vouches({0}, 10s, true));
    CHECK(!ledger.vouches({first.value + 1}, 10s, true));  // not sent yet
}

TEST_CASE("what a guest can bring about itself is as old as what the person did last") {
    SerialLedger ledger;
    CHECK(!ledger.recent(ledger.issue_unvouched(), 1s));
    const auto key = ledger.issue(10s);
    const auto focus = ledger.issue_unvouched();
    CHECK(focus != key);
    CHECK(ledger.recent(focus, 12s));
    CHECK(!ledger.recent(ledger.issue_unvouched(), 12s + 1ns));
}

TEST_CASE("a serial is never held for younger than it is, and at most 1/32 s older") {
    test::for_seeds(20, [](test::Random& random) {
        SerialLedger ledger;
        std::map<std::uint32_t, Time> sent;
        Time now{};
        for (int i = 0; i < 5000; ++i) {
            now +=
                Time{std::chrono::microseconds{random.below(random.once_in(50) ? 400'000 : 900)}};
            const auto serial = ledger.issue(now);
            sent[serial.value] = now;
            const auto asked = Serial{serial.value - std::uint32_t(random.below(3000))};
            if (const auto at = sent.find(asked.value); at != sent.end()) {
                const auto age = now - at->second;
                if (ledger.recent(asked, now)) {
                    CHECK(age <= 2s);
                } else {
                    CHECK(age > SerialLedger::lifetime - SerialLedger::lifetime / 64);
                }
            } else {
                CHECK(!ledger.recent(asked, now));
            }
        }
    });
}

}  // namespace
}  // namespace leadlight::policy
