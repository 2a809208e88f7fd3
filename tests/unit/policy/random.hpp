// SPDX-License-Identifier: MIT
// Random cases that come out the same on every machine: a property is tried with the seeds 1 to n,
// and a failure names its seed.
#pragma once

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <random>

namespace leadlight::policy::test {

class Random {
  public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}

    /// From 0 to n - 1. The slight bias of the remainder does not matter here.
    std::uint64_t below(std::uint64_t n) { return engine_() % n; }
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
    }
    bool once_in(std::uint64_t n) { return below(n) == 0; }

  private:
    std::mt19937_64 engine_;
};

template <typename Property>
void for_seeds(std::uint64_t count, Property property) {
    for (std::uint64_t seed = 1; seed <= count; ++seed) {
        INFO("seed " << seed);
        Random random(seed);
        property(random);
    }
}

}  // namespace leadlight::policy::test
