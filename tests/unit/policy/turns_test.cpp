// SPDX-License-Identifier: MIT
// Rule 7: work that takes several pieces is shared between domains, not between jobs.
#include "compositor/policy/turns.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace leadlight::policy {
namespace {

constexpr DomainId greedy{1}, modest{2};

struct Pool {
    std::string name;
    int slices = 1;
};

/// Whose slice each was, in order, until nothing is left or `most` were done.
std::vector<std::string> done(Turns<Pool>& turns, std::size_t most = 1000) {
    std::vector<std::string> names;
    while (!turns.empty() && names.size() < most) {
        auto turn = turns.take();
        names.push_back(turn.job.name);
        if (--turn.job.slices > 0) {
            turns.put_back(std::move(turn));
        }
    }
    return names;
}

TEST_CASE("a domain with many jobs keeps another one waiting for a single piece") {
    Turns<Pool> turns;
    for (int i = 0; i < 128; ++i) {
        turns.add(greedy, {"greedy"});
    }
    turns.add(modest, {"modest", 10});
    const auto order = done(turns, 20);
    CHECK(std::ranges::count(order, "modest") == 10);
    CHECK(done(turns).size() == 118);
}

TEST_CASE("the jobs of one domain are done one after the other") {
    Turns<Pool> turns;
    turns.add(greedy, {"a", 2});
    turns.add(greedy, {"b", 1});
    turns.add(modest, {"c", 3});
    CHECK(done(turns) == std::vector<std::string>{"a", "c", "a", "c", "b", "c"});
}

TEST_CASE("a job that adds another one while it is done changes no turn") {
    Turns<Pool> turns;
    turns.add(greedy, {"a", 2});
    turns.add(modest, {"c", 2});
    auto turn = turns.take();
    turns.add(greedy, {"b"});
    turns.put_back(std::move(turn));
    CHECK(done(turns) == std::vector<std::string>{"c", "a", "c", "a", "b"});
}

}  // namespace
}  // namespace leadlight::policy
