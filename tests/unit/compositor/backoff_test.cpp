// SPDX-License-Identifier: MIT
#include "compositor/spawner/backoff.hpp"
#include "compositor/spawner/warden_end.hpp"
#include "compositor/warden/outcome.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight;
using namespace leadlight::compositor;
using namespace std::chrono_literals;

TEST_CASE("violations and crashes wait twice as long each time, up to half a minute") {
    Backoff backoff;
    CHECK(backoff.after(LinkEnd::violation, 0s) == 250ms);
    CHECK(backoff.after(LinkEnd::crashed, 1s) == 500ms);
    CHECK(backoff.after(LinkEnd::violation, 0s) == 1s);
    for (int i = 0; i < 4; ++i) {
        (void)backoff.after(LinkEnd::violation, 0s);
    }
    CHECK(backoff.after(LinkEnd::violation, 0s) == 30s);
    CHECK(backoff.after(LinkEnd::violation, 30s) == 30s);
}

TEST_CASE("who is not there is tried steadily") {
    Backoff backoff;
    for (int i = 0; i < 1000; ++i) {
        CHECK(backoff.after(LinkEnd::unreachable, 0s) == 500ms);
        CHECK(backoff.after(LinkEnd::closed, 1h) == 500ms);
    }
}

TEST_CASE("a guest that says hello and hangs up without end costs a warden every half minute") {
    Backoff backoff;
    for (int i = 0; i < Backoff::most_hung_up; ++i) {
        CHECK(backoff.after(LinkEnd::closed, 1s) == 500ms);
        CHECK(backoff.after(LinkEnd::unreachable, 0s) == 500ms);
    }
    CHECK(backoff.after(LinkEnd::closed, 1s) == 1s);
    CHECK(backoff.after(LinkEnd::closed, 0s) == 2s);
    for (int i = 0; i < 100; ++i) {
        (void)backoff.after(LinkEnd::closed, 1s);
    }
    CHECK(backoff.after(LinkEnd::closed, 29s) == 30s);
    CHECK(backoff.after(LinkEnd::closed, 31s) == 500ms);
}

TEST_CASE("a guest's server that led nowhere is tried again when there is another one") {
    Backoff backoff;
    const auto same = backoff.after_vain(false);
    CHECK(same.pause == Backoff::same_server_again);
    CHECK(same.or_at_another_server);
    // Another one came while this one was tried.
    CHECK(backoff.after_vain(true).pause == Backoff::steady);
    // A connection that came about forgets it.
    (void)backoff.after(LinkEnd::closed, 1s);
    CHECK(backoff.after_vain(true).pause == Backoff::steady);
}

TEST_CASE("a guest that writes what leads nowhere without end is tried every ten seconds") {
    Backoff backoff;
    policy::Time total{};
    for (int i = 0; i < 100; ++i) {
        const auto retry = backoff.after_vain(true);
        // As the guest would have it.
        total += retry.or_at_another_server ? 0s : retry.pause;
    }
    CHECK(total > 15min);
}

TEST_CASE("another server ends no penalty") {
    Backoff backoff;
    for (int i = 0; i < 6; ++i) {
        (void)backoff.after(LinkEnd::violation, 0s);
    }
    const auto retry = backoff.after_vain(true);
    CHECK(retry.pause == Backoff::same_server_again);
    CHECK(!retry.or_at_another_server);
}

TEST_CASE("a crash after long good behaviour is forgiven") {
    Backoff backoff;
    for (int i = 0; i < 6; ++i) {
        (void)backoff.after(LinkEnd::crashed, 0s);
    }
    CHECK(backoff.after(LinkEnd::crashed, 31s) == 250ms);
}

TEST_CASE("hanging up between violations clears no penalty") {
    Backoff backoff;
    policy::Time total{};
    for (int i = 0; i < 20; ++i) {
        total += backoff.after(LinkEnd::violation, 0s);
        total += backoff.after(LinkEnd::closed, 1s);
        total += backoff.after(LinkEnd::unreachable, 0s);
    }
    CHECK(total > 10min);
}

TEST_CASE("only who is absent or hangs up is tried steadily") {
    using warden::ExitStatus;
    const auto of = [](ExitStatus status) {
        return link_end({WardenEnd::How::exited, static_cast<int>(status)});
    };
    CHECK(of(ExitStatus::cannot_connect) == LinkEnd::unreachable);
    CHECK(of(ExitStatus::guest_left) == LinkEnd::closed);
    CHECK(of(ExitStatus::guest_broke_protocol) == LinkEnd::violation);
    CHECK(of(ExitStatus::dismissed) == LinkEnd::violation);
    CHECK(of(ExitStatus::channel_broken) == LinkEnd::violation);
    CHECK(broke_channel({WardenEnd::How::exited, 9}));
    CHECK_FALSE(broke_channel({WardenEnd::How::killed, 9}));
    CHECK(of(ExitStatus::no_cage) == LinkEnd::crashed);
    CHECK(of(ExitStatus{77}) == LinkEnd::crashed);
    CHECK(link_end({WardenEnd::How::killed, 9}) == LinkEnd::crashed);
    CHECK(link_end({WardenEnd::How::not_started, 2}) == LinkEnd::crashed);
    CHECK(link_end({}) == LinkEnd::closed);
}
