// SPDX-License-Identifier: MIT
// What waits for a warden.
#include "compositor/policy/outgoing_queue.hpp"

#include "tests/unit/policy/random.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

namespace leadlight::policy {
namespace {

struct Record {
    std::string what;
    int amount = 0;
};
struct AddUp {
    void operator()(Record& queued, Record&& newer) const {
        newer.amount += queued.amount;
        queued = std::move(newer);
    }
};
using Queue = OutgoingQueue<Record, AddUp>;

constexpr QueueClass configure{QueuePolicy::latest, {1}}, motion{QueuePolicy::merge, {2}, true};
constexpr QueueClass key{QueuePolicy::ordered, {0}, true}, close_window{QueuePolicy::ordered};

std::vector<std::string> drain(Queue& queue) {
    std::vector<std::string> out;
    for (; !queue.empty(); queue.pop()) {
        const auto& [what, amount] = queue.front();
        out.push_back(what + std::to_string(amount));
    }
    return out;
}

TEST_CASE("state is latest-only, motion adds up but never overtakes a press") {
    Queue queue;
    CHECK(queue.push({"configure", 1}, configure) == Queue::Pushed::queued);
    (void)queue.push({"motion", 1}, motion);
    CHECK(queue.push({"motion", 2}, motion) == Queue::Pushed::joined);
    (void)queue.push({"press"}, key);
    CHECK(queue.push({"motion", 4}, motion) == Queue::Pushed::queued);
    CHECK(queue.push({"configure", 2}, configure) == Queue::Pushed::joined);
    (void)queue.push({"motion", 8}, motion);
    CHECK(drain(queue) == std::vector<std::string>{"configure3", "motion3", "press0", "motion12"});
}

TEST_CASE("what was read does not swallow what comes after") {
    Queue queue;
    (void)queue.push({"configure", 1}, configure);
    (void)queue.push({"motion", 1}, motion);
    queue.pop();
    queue.pop();
    CHECK(queue.push({"configure", 2}, configure) == Queue::Pushed::queued);
    CHECK(queue.push({"motion", 2}, motion) == Queue::Pushed::queued);
    CHECK(queue.size() == 2);

    (void)queue.push({"press"}, key);
    (void)queue.push({"motion"}, motion);
    queue.pop();
    queue.pop();  // an older motion, not the one that may still be joined
    CHECK(queue.push({"motion"}, motion) == Queue::Pushed::joined);
}

TEST_CASE("keys queue to 1,024 and not further") {
    Queue queue;
    for (int i = 0; i < 1024; ++i) {
        CHECK(queue.push({"key", i}, key) == Queue::Pushed::queued);
        (void)queue.push({"motion"}, motion);
    }
    CHECK(queue.push({"key"}, key) == Queue::Pushed::overflow);
    CHECK(queue.size() == 2048);
    queue.pop();
    CHECK(queue.push({"key"}, key) == Queue::Pushed::queued);
}

TEST_CASE("state goes with what it is about, and nothing else does") {
    Queue queue;
    const auto frame = [](std::uint64_t object) {
        return QueueClass{QueuePolicy::latest, {.kind = 7, .object = object}};
    };
    (void)queue.push({"one"}, frame(1));
    (void)queue.push({"two"}, frame(2));
    (void)queue.push({"close"}, close_window);
    queue.forget({.kind = 7, .object = 1});
    queue.forget({.kind = 7, .object = 3});
    CHECK(queue.push({"one", 5}, frame(1)) == Queue::Pushed::queued);
    CHECK(drain(queue) == std::vector<std::string>{"two0", "close0", "one5"});
}

TEST_CASE("whatever keys there are, a queue has an end") {
    Queue queue;
    for (std::uint64_t object = 0; object < Queue::most; ++object) {
        CHECK(queue.push({"state"}, {QueuePolicy::latest, {.object = object}}) ==
              Queue::Pushed::queued);
    }
    CHECK(queue.push({"state"}, {QueuePolicy::latest, {.object = Queue::most}}) ==
          Queue::Pushed::overflow);
    CHECK(queue.push({"motion"}, motion) == Queue::Pushed::overflow);
    CHECK(queue.push({"close"}, close_window) == Queue::Pushed::overflow);
    CHECK(queue.push({"state"}, {QueuePolicy::latest, {.object = 5}}) == Queue::Pushed::joined);
    CHECK(queue.size() == Queue::most);
    queue.pop();
    CHECK(queue.push({"close"}, close_window) == Queue::Pushed::queued);
}

TEST_CASE("when a domain stops responding its input goes, its state stays") {
    Queue queue;
    (void)queue.push({"key"}, key);
    (void)queue.push({"configure"}, configure);
    (void)queue.push({"motion"}, motion);
    (void)queue.push({"close"}, close_window);
    queue.clear_input();
    CHECK(queue.push({"motion"}, motion) == Queue::Pushed::queued);
    CHECK(drain(queue) == std::vector<std::string>{"configure0", "close0", "motion0"});
}

TEST_CASE("no key is dropped or reordered, and the newest state always arrives") {
    test::for_seeds(300, [](test::Random& random) {
        Queue queue;
        int next_key = 0, last_state[3]{}, moved = 0;
        int read_key = 0, read_state[3]{}, read_moved = 0;
        const auto read = [&] {
            const auto& [what, amount] = queue.front();
            if (what == "key") {
                CHECK(amount == read_key);
                ++read_key;
            } else if (what == "motion") {
                read_moved += amount;
            } else {
                read_state[what[0] - '0'] += amount;
            }
            queue.pop();
        };
        for (int i = 0; i < 400; ++i) {
            switch (random.below(4)) {
            case 0:
                if (queue.push({"key", next_key}, key) != Queue::Pushed::overflow) {
                    ++next_key;
                }
                break;
            case 1:
                ++moved;
                (void)queue.push({"motion", 1}, motion);
                break;
            case 2: {
                const auto object = random.below(3);
                ++last_state[object];
                (void)queue.push({std::to_string(object), 1},
                                 {QueuePolicy::latest, {.object = object}});
                break;
            }
            default:
                if (!queue.empty()) {
                    read();
                }
            }
            CHECK(queue.size() <= static_cast<std::size_t>(2 * next_key + 1 + 3));
        }
        while (!queue.empty()) {
            read();
        }
        CHECK(read_key == next_key);
        CHECK(read_moved == moved);
        for (int i = 0; i < 3; ++i) {
            CHECK(read_state[i] == last_state[i]);
        }
    });
}

}  // namespace
}  // namespace leadlight::policy
