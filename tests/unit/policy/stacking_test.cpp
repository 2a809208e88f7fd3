// SPDX-License-Identifier: MIT
// Stacking: families are contiguous, parents below children, and no window is ever lost.
#include "compositor/policy/stacking.hpp"

#include "tests/unit/policy/random.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace leadlight::policy {
namespace {

constexpr DomainId work{1}, red{2};
using Order = std::vector<WindowId>;

TEST_CASE("a family is raised together, its raised branch on top") {
    Stacking stack;
    stack.add(work, {10});
    stack.add(red, {20});
    CHECK(stack.add_child(work, {11}, {10}));
    CHECK(stack.add_child(work, {12}, {10}));
    CHECK(stack.add_child(work, {13}, {11}));
    CHECK(stack.order() == Order{{10}, {11}, {13}, {12}, {20}});
    stack.raise({13});
    CHECK(stack.order() == Order{{20}, {10}, {12}, {11}, {13}});
    CHECK(stack.root_of({13}) == WindowId{10});
    CHECK(stack.branch({11}) == Order{{11}, {13}});
}

TEST_CASE("a new window can open below the focused family") {
    Stacking stack;
    stack.add(work, {10});
    CHECK(stack.add_child(work, {11}, {10}));
    stack.add_below(red, {20}, {11});
    CHECK(stack.order() == Order{{20}, {10}, {11}});
    stack.add_below(red, {21}, {});
    CHECK(stack.order().back() == WindowId{21});
}

TEST_CASE("no window joins another domain's family, its own, or one too deep") {
    Stacking stack;
    stack.add(work, {1});
    stack.add(red, {20});
    CHECK(!stack.add_child(red, {21}, {1}));
    CHECK(!stack.set_parent({20}, {1}, true));
    CHECK(!stack.add_child(work, {2}, {99}));
    for (std::uint64_t i = 2; i <= 9; ++i) {
        CHECK(stack.add_child(work, {i}, {i - 1}));
    }
    CHECK(!stack.add_child(work, {10}, {9}));
    CHECK(!stack.set_parent({1}, {9}, true));
    CHECK(!stack.set_parent({1}, {1}, true));
    stack.add(work, {11});
    CHECK(!stack.set_parent({1}, {11}, true));
    CHECK(stack.set_parent({2}, {11}, true));
}

TEST_CASE("a guest's word lifts nothing above another domain's window") {
    Stacking stack;
    stack.add(work, {10});
    CHECK(stack.add_child(work, {11}, {10}));
    stack.add(red, {20});
    CHECK(stack.set_parent({11}, {}, true));
    CHECK(stack.order() == Order{{10}, {11}, {20}});
}

TEST_CASE("a low window rises to no higher family on a guest's word: that comes down to it") {
    Stacking stack;
    stack.add(work, {10});
    stack.add(red, {20});
    stack.add(red, {21});
    stack.add(work, {11});
    stack.add(work, {12});
    CHECK(stack.add_child(work, {13}, {11}));
    CHECK(stack.set_parent({10}, {13}, false));
    CHECK(stack.order() == Order{{11}, {13}, {10}, {20}, {21}, {12}});
    // To a lower one it goes down.
    CHECK(stack.set_parent({12}, {11}, false));
    CHECK(stack.order() == Order{{11}, {13}, {10}, {12}, {20}, {21}});

    // In the focused domain the person sees it where its parent is.
    stack.add(work, {14});
    CHECK(stack.set_parent({11}, {14}, true));
    CHECK(stack.order() == Order{{20}, {21}, {14}, {11}, {13}, {10}, {12}});
}

TEST_CASE("children outlive their parent in its place") {
    Stacking stack;
    stack.add(work, {10});
    CHECK(stack.add_child(work, {11}, {10}));
    CHECK(stack.add_child(work, {12}, {10}));
    stack.add(red, {20});
    stack.remove({10});
    CHECK(stack.order() == Order{{11}, {12}, {20}});
    CHECK(stack.parent_of({11}) == WindowId{});
}

TEST_CASE("what comes back at its height stands where it stood, whatever was raised meanwhile") {
    Stacking stack;
    for (std::uint64_t id = 1; id <= 4; ++id) {
        stack.add(id == 2 ? red : work, {id});
    }
    const auto height = stack.height_of({2});
    stack.remove({2});
    stack.raise({1});
    stack.add(red, {20});
    stack.put_at({20}, height);
    CHECK(stack.order() == Order{{20}, {3}, {4}, {1}});
    stack.remove({20});
    stack.add_below(work, {5}, {3});
    stack.add_below(work, {6}, {3});
    stack.add(red, {21});
    stack.put_at({21}, height);
    CHECK(stack.order() == Order{{5}, {21}, {6}, {3}, {4}, {1}});
}

TEST_CASE("what is new is above all that may come back") {
    Stacking stack;
    stack.keep_below(1'000);
    stack.add(work, {1});
    stack.add(red, {20});
    stack.put_at({20}, 1'000);
    CHECK(stack.order() == Order{{20}, {1}});
}

TEST_CASE("however high a place was, no height outgrows what a place may have") {
    constexpr Stacking::Height most = Stacking::Height{1} << 62;
    Stacking stack;
    stack.add(work, {1});
    stack.keep_below(most);
    stack.add(red, {2});
    stack.add(work, {3});
    CHECK(stack.order() == Order{{1}, {2}, {3}});
    for (std::uint64_t i = 0; i < 60; ++i) {
        // By turns: the one that is lowest.
        stack.raise({1 + i % 3});
        CHECK(stack.order() == Order{{1 + (i + 1) % 3}, {1 + (i + 2) % 3}, {1 + i % 3}});
        CHECK(stack.height_of({1 + (i + 1) % 3}) < stack.height_of({1 + (i + 2) % 3}));
        CHECK(stack.height_of({1 + (i + 2) % 3}) < stack.height_of({1 + i % 3}));
        CHECK(stack.height_of({1 + i % 3}) < most);
    }
}

TEST_CASE("any number comes back in its order, in whichever order it comes") {
    test::for_seeds(50, [](test::Random& random) {
        Stacking stack;
        std::uint64_t next = 1;
        for (int i = 0; i < 30; ++i) {
            stack.add(work, {next++});
            stack.raise({1 + random.below(next - 1)});
        }
        // A random half goes, and comes back as others.
        std::map<WindowId, Stacking::Height> gone;
        Order expected = stack.order();
        for (WindowId& id : expected) {
            if (random.once_in(2)) {
                const WindowId again{next++};
                gone[again] = stack.height_of(id);
                stack.remove(id);
                id = again;
            }
        }
        std::vector<std::pair<WindowId, Stacking::Height>> comers(gone.begin(), gone.end());
        while (!comers.empty()) {
            const auto one =
                comers.begin() + static_cast<std::ptrdiff_t>(random.below(comers.size()));
            stack.add(work, one->first);
            stack.put_at(one->first, one->second);
            comers.erase(one);
        }
        CHECK(stack.order() == expected);
    });
}

TEST_CASE("whatever is done: nothing lost, families whole, children above their parents") {
    test::for_seeds(100, [](test::Random& random) {
        Stacking stack;
        std::map<WindowId, DomainId> alive;
        std::uint64_t next = 1;
        const auto any = [&]() -> WindowId {
            return alive.empty() || random.once_in(10)
                       ? WindowId{random.below(next + 2)}
                       : std::next(alive.begin(), random.below(alive.size()))->first;
        };
        for (int i = 0; i < 120; ++i) {
            const DomainId domain{random.below(2) + 1};
            switch (random.below(8)) {
            case 0:
                stack.add(domain, {next});
                alive[{next++}] = domain;
                break;
            case 1:
                stack.add_below(domain, {next}, any());
                alive[{next++}] = domain;
                break;
            case 2:
            case 3:
                if (stack.add_child(domain, {next}, any())) {
                    alive[{next++}] = domain;
                }
                break;
            case 4:
                (void)stack.set_parent(any(), random.once_in(3) ? WindowId{} : any(),
                                       random.once_in(2));
                break;
            case 5: {
                const auto gone = any();
                stack.remove(gone);
                alive.erase(gone);
                break;
            }
            case 6:
                stack.put_at(any(), random.below(std::uint64_t{1} << 34));
                break;
            default: {
                const auto raised = any();
                stack.raise(raised);
                if (alive.contains(raised)) {
                    const auto order = stack.order();
                    const auto branch = stack.branch(raised);
                    CHECK(std::ranges::equal(branch, std::span(order).last(branch.size())));
                }
            }
            }
            const auto order = stack.order();
            CHECK(std::ranges::is_sorted(order, {},
                                         [&](WindowId id) { return stack.height_of(id); }));
            REQUIRE(order.size() == alive.size());
            REQUIRE(stack.size() == alive.size());
            std::set<WindowId> below, families;
            WindowId family;
            for (const auto window : order) {
                REQUIRE(alive.contains(window));
                CHECK(below.insert(window).second);
                const auto parent = stack.parent_of(window);
                CHECK((!parent || (below.contains(parent) && alive[parent] == alive[window])));
                const auto root = stack.root_of(window);
                if (root != family) {
                    CHECK(families.insert(root).second);  // not met before: contiguous
                    family = root;
                }
                CHECK(stack.branch(window).front() == window);
            }
        }
    });
}

}  // namespace
}  // namespace leadlight::policy
