// SPDX-License-Identifier: MIT
// Rule 7: a broken protocol closes that domain's connection with its reason, and no other notices.
#include "tests/fixture/desk.hpp"
#include "tests/fixture/guest.hpp"
#include "tests/unit/protocol/arbitrary.hpp"

#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;
using lp::Violation;

namespace {

/// A well-behaved domain with a window, beside hostile ones. Each hostile one gets a try of its
/// own: whoever broke the protocol is called again only after a while.
struct Beside {
    Desk desk;
    Guest work{desk.socket("work")};
    GuestWindow letters;

    explicit Beside(int hostile = 1) : desk(labels(hostile)) {
        work.joins();
        letters = work.opens("letters", 300, 200);
        work.commits(letters, 0x00ff00);
    }
    static Desk::Labels labels(int hostile) {
        Desk::Labels labels = {{"work", "blue"}};
        for (int i = 0; i < hostile; ++i) {
            labels.emplace_back("untrusted" + std::to_string(i), "red");
        }
        return labels;
    }
    Guest hostile(int number = 0) {
        Guest guest(desk.socket("untrusted" + std::to_string(number)));
        guest.joins();
        return guest;
    }
    /// Whatever it said before is followed by what is no message: it has been heard to that end,
    /// and was let go of with a reason.
    void check_let_go(Guest& guest, int number) {
        guest.send_bytes(std::vector<std::byte>(std::size_t{1} << 17));
        CHECK(eventually([&] {
            return desk.log().contains("domain untrusted" + std::to_string(number) +
                                       ": connection closed: ");
        }));
    }
    /// The neighbour still draws.
    void check_neighbour() {
        letters.buffer.fill(0x00ff00);
        work.shows(letters);
        work.hears<lp::Frame>();
        CHECK(desk.find("letters").has_value());
    }
};

}  // namespace

TEST_CASE("each broken rule cuts its own domain off, with the reason, and no other") {
    struct Breach {
        const char* what;
        std::function<void(Guest&)> does;
        Violation reason;
    };
    // The id of the neighbour's window: ids mean nothing outside their own connection.
    const lp::WindowId neighbours = *lp::WindowId::from(1);
    const lp::WindowId nobody = *lp::WindowId::from(1'000'000);
    const std::vector<Breach> breaches = {
        {"a second hello", [](Guest& guest) { guest.send(lp::Hello{}); },
         Violation::hello_repeated},
        {"an unknown opcode",
         [](Guest& guest) { guest.send_bytes(std::vector<std::byte>(8, std::byte{0xee})); },
         Violation::reserved_not_zero},
        {"a commit to nothing", [&](Guest& guest) { guest.send(lp::Commit{.window = nobody}); },
         Violation::unknown_window},
        {"another's window",
         [&](Guest& guest) { guest.send(lp::WindowDestroy{.window = neighbours}); },
         Violation::unknown_window},
        {"an id used twice",
         [](Guest& guest) {
             const auto window = guest.opens("twice", 100, 100);
             guest.send(lp::ToplevelCreate{.window = window.id});
         },
         Violation::id_not_increasing},
        {"a buffer outside its pool",
         [](Guest& guest) {
             const auto buffer = guest.makes_buffer(64, 64);
             guest.send(lp::BufferCreate{.buffer = *lp::BufferId::from(guest.next_id()),
                                         .pool = buffer.pool,
                                         .offset = 4,
                                         .width = 64,
                                         .height = 64,
                                         .stride = 256});
         },
         Violation::buffer_outside_pool},
        {"an offset that wraps around",
         [](Guest& guest) {
             const auto buffer = guest.makes_buffer(64, 64);
             guest.send(lp::BufferCreate{.buffer = *lp::BufferId::from(guest.next_id()),
                                         .pool = buffer.pool,
                                         .offset = UINT64_MAX - 3,
                                         .width = 64,
                                         .height = 64,
                                         .stride = 256});
         },
         Violation::buffer_outside_pool},
        {"two commits at once",
         [](Guest& guest) {
             const lp::Commit commit{.window = guest.opens("two", 100, 100).id};
             // In one piece: the second must not come so late that the first was answered.
             std::vector<std::byte> both;
             lp::encode<lp::FromAgent>(commit, both);
             lp::encode<lp::FromAgent>(commit, both);
             guest.send_bytes(both);
         },
         Violation::commit_in_flight},
        {"a serial never sent",
         [](Guest& guest) {
             const auto window = guest.opens("serial", 100, 100);
             guest.send(lp::MoveRequest{.window = window.id, .serial = 0x7fffffff});
         },
         Violation::serial_not_sent},
        {"a pool without its memory",
         [](Guest& guest) {
             guest.send(lp::PoolCreate{.pool = *lp::PoolId::from(guest.next_id()), .pages = 1});
         },
         Violation::descriptor_missing},
        {"a pool in use destroyed",
         [](Guest& guest) {
             const auto buffer = guest.makes_buffer(64, 64);
             guest.send(lp::PoolDestroy{.pool = buffer.pool});
         },
         Violation::pool_in_use},
    };
    Beside on(static_cast<int>(breaches.size()));
    int number = 0;
    for (const Breach& breach : breaches) {
        INFO(breach.what);
        Guest guest = on.hostile(number++);
        breach.does(guest);
        CHECK(guest.is_cut_off() == breach.reason);
        on.check_neighbour();
    }
}

TEST_CASE("memory that could be taken away under the compositor is refused") {
    Beside on;
    Guest untrusted = on.hostile();
    const auto pool = *lp::PoolId::from(untrusted.next_id());
    int file = -1;
    SECTION("a memfd that is not sealed") {
        file = memfd_create("unsealed", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    }
    SECTION("a pipe") {
        int ends[2];
        REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
        close(ends[0]);
        file = ends[1];
    }
    SECTION("a device") {
        file = open("/dev/zero", O_RDONLY | O_CLOEXEC);
    }
    SECTION("a memfd that is too short") {
        file = memfd_create("short", MFD_CLOEXEC | MFD_ALLOW_SEALING);
        REQUIRE(ftruncate(file, 4096) == 0);
        REQUIRE(fcntl(file, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW) == 0);
    }
    untrusted.send_with({.pool = pool, .pages = 2}, file);
    close(file);
    CHECK(untrusted.is_cut_off() == Violation::descriptor_refused);
    on.check_neighbour();
}

TEST_CASE("random messages in any order end the connection at most") {
    constexpr int rounds = 12;
    Beside on(rounds);
    lp::testing::Random random(Catch::getSeed());
    for (int round = 0; round < rounds; ++round) {
        Guest untrusted = on.hostile(round);
        std::vector<std::byte> bytes;
        for (int i = 0; i < 60; ++i) {
            lp::FromAgent::each([&]<class T>(std::type_identity<T>) {
                if (random() % lp::FromAgent::count == 0) {
                    lp::encode<lp::FromAgent>(lp::testing::arbitrary<T>(random), bytes);
                }
            });
        }
        untrusted.send_bytes(bytes);
        on.check_let_go(untrusted, round);
    }
    on.check_neighbour();
}

TEST_CASE("random bytes end the connection at most") {
    constexpr int rounds = 10;
    Beside on(rounds);
    lp::testing::Random random(Catch::getSeed());
    for (int round = 0; round < rounds; ++round) {
        Guest untrusted = on.hostile(round);
        std::vector<std::byte> bytes(1 + random() % 2000);
        for (auto& byte : bytes) {
            byte = static_cast<std::byte>(random() % 4 == 0 ? random() : 0);
        }
        untrusted.send_bytes(bytes);
        on.check_let_go(untrusted, round);
    }
    on.check_neighbour();
}

TEST_CASE("windows beyond the cap are refused one by one, and the connection goes on") {
    Beside on;
    Guest untrusted = on.hostile();
    const int cap = untrusted.welcome().max_windows;
    REQUIRE(cap > 0);
    for (int i = 0; i < cap + 3; ++i) {
        untrusted.send(lp::ToplevelCreate{.window = *lp::WindowId::from(untrusted.next_id())});
    }
    for (int i = 0; i < 3; ++i) {
        const auto refused = untrusted.hears<lp::Refused>();
        CHECK(refused.reason == lp::Refusal::too_many_windows);
        untrusted.send(lp::WindowDestroy{.window = *lp::WindowId::from(refused.id)});
    }
    on.check_neighbour();
    // The ones that exist can still go.
    const auto configure = untrusted.hears<lp::Configure>();
    untrusted.forgets();
    untrusted.send(lp::WindowDestroy{.window = configure.window});
    untrusted.send(lp::ToplevelCreate{.window = *lp::WindowId::from(untrusted.next_id())});
    untrusted.hears<lp::Configure>();
}
