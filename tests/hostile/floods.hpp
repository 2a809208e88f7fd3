// SPDX-License-Identifier: MIT
// Floods of each kind, from guests and from hijacked wardens. A flood of what is allowed costs its
// own domain, and ends its connection at most; the animation beside it goes on at its rate: it has
// a frame in nearly every picture of the output, and at least half as many a second as before any
// flood, on the same machine. (The flood is made in this test's process, on the cores that the
// compositor needs, and some last for two pictures only.)
#pragma once

#include "tests/hostile/stage.hpp"

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace leadlight::hostile {

template <class Attacker>
struct Flood {
    const char* what;
    int times;
    std::function<void(Attacker&, int)> sends;
    /// The end it must come to; none: it is answered as before.
    std::optional<lp::Violation> reason;
    bool needs_pointer = false;
};

/// Of the frames that the animation has a second when nobody floods; and for how long one flood may
/// keep the compositor from them.
constexpr double least_share = 0.5;
/// Pictures that the scheduler may cost at any time: the shortest flood lasts for two.
constexpr int lost_at_most = 2;
constexpr std::uint64_t longest_dispatch_ns = 500'000'000;

/// How the attacker's connection came out of its flood; empty: as it must.
template <class Attacker>
using EndOf = std::string (*)(Attacker&, const Flood<Attacker>&);

template <class Attacker>
std::string outcome_of(Stage& stage, const Flood<Attacker>& flood, EndOf<Attacker> end_of) {
    Attacker attacker(stage);
    attacker.enters();
    if constexpr (requires { attacker.gets_pointer(); }) {
        if (flood.needs_pointer) {
            attacker.gets_pointer();
        }
    }
    const auto frames = stage.animator.frames();
    const auto rendered = stage.control.counter("output_frames");
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < flood.times; ++i) {
        flood.sends(attacker, i);
    }
    if (std::string wrong = end_of(attacker, flood); !wrong.empty()) {
        return wrong;
    }
    if (flood.needs_pointer) {
        stage.pointer_away();
    }
    stage.animator.goes_on();
    const auto drawn = stage.animator.frames() - frames;
    const auto all = stage.control.counter("output_frames") - rendered;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    const double per_second = static_cast<double>(drawn) / took.count();
    const std::string rate = "the animation drew " + std::to_string(drawn) + " of " +
                             std::to_string(all) + " pictures, " +
                             std::to_string(std::lround(per_second)) + " a second of " +
                             std::to_string(std::lround(stage.frames_per_second));
    std::fprintf(stderr, "%d %s: %s\n", flood.times, flood.what, rate.c_str());
    // Each picture of the output could carry one of its own. That this test is slow to draw, with
    // the flood in the same process, is not the compositor's fault: hence three quarters, and one
    // that is under way.
    if ((drawn + 1) * 4 < all * 3) {
        return rate;
    }
    if (static_cast<double>(drawn + lost_at_most) <
        took.count() * stage.frames_per_second * least_share) {
        return rate;
    }
    if (const auto longest = stage.control.counter("longest_dispatch_ns");
        longest > longest_dispatch_ns) {
        return "one dispatch took " + std::to_string(longest) + " ns";
    }
    stage.check_bystanders(false);
    return {};
}

/// One flood after the other, each from a domain of its own.
template <class Attacker>
void let_loose(Stage& stage, const std::vector<Flood<Attacker>>& floods, EndOf<Attacker> end_of) {
    const auto pages = stage.control.counter("pages");
    for (const auto& flood : floods) {
        INFO(flood.what);
        try {
            CHECK(outcome_of(stage, flood, end_of) == "");
            // All that it made grow has gone with it.
            CHECK(fixture::eventually([&] {
                return stage.control.counter("windows") == 2 &&
                       stage.control.counter("pages") == pages;
            }));
            stage.check_bystanders(true);
        } catch (const std::exception& failure) {
            FAIL_CHECK(failure.what());
        }
    }
}

}  // namespace leadlight::hostile
