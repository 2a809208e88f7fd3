// SPDX-License-Identifier: MIT
#include "compositor/policy/reorder.hpp"

#include "tests/unit/policy/random.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <numeric>

namespace leadlight::policy {
namespace {

using Places = std::vector<std::size_t>;
using Stays = std::vector<bool>;

TEST_CASE("one that is raised or lowered moves alone") {
    CHECK(staying(Places{}).empty());
    CHECK(staying(Places{0, 1, 2, 3}) == Stays{true, true, true, true});
    CHECK(staying(Places{1, 2, 3, 0}) == Stays{true, true, true, false});
    CHECK(staying(Places{3, 0, 1, 2}) == Stays{false, true, true, true});
    CHECK(std::ranges::count(staying(Places{3, 2, 1, 0}), true) == 1);
}

/// By trying every choice.
std::size_t most_that_can_stay(const Places& places) {
    std::size_t most = 0;
    for (std::size_t choice = 0; choice < std::size_t{1} << places.size(); ++choice) {
        Places chosen;
        for (std::size_t i = 0; i < places.size(); ++i) {
            if ((choice >> i & 1) != 0) {
                chosen.push_back(places[i]);
            }
        }
        if (std::ranges::is_sorted(chosen)) {
            most = std::max(most, chosen.size());
        }
    }
    return most;
}

TEST_CASE("as many as can be stay, and the others between them make the wanted order") {
    test::for_seeds(200, [](test::Random& random) {
        Places places(random.below(9) + 1);
        std::iota(places.begin(), places.end(), 0);
        for (std::size_t i = places.size(); i > 1; --i) {
            std::swap(places[i - 1], places[random.below(i)]);
        }
        const Stays stays = staying(places);
        CHECK(static_cast<std::size_t>(std::ranges::count(stays, true)) ==
              most_that_can_stay(places));
        // As Desktop::restack() does it: each that moves comes directly below the one above it.
        Places order(places.size());
        std::iota(order.begin(), order.end(), 0);
        for (std::size_t i = places.size(); i-- > 0;) {
            if (!stays[i]) {
                std::erase(order, places[i]);
                const auto above =
                    i + 1 == places.size() ? order.end() : std::ranges::find(order, places[i + 1]);
                order.insert(above, places[i]);
            }
        }
        CHECK(order == places);
    });
}

}  // namespace
}  // namespace leadlight::policy
