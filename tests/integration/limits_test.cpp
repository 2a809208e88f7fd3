// SPDX-License-Identifier: MIT
// Rule 7: a guest's memory has an end that the administrator set. It is refused there, goes on with
// what it has, and no other domain notices.
#include "tests/fixture/domains.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;

namespace {

/// A pool of that size; whether it was granted.
bool gets_pool(Guest& guest, std::uint32_t pages, lp::PoolId* pool = nullptr) {
    const auto granter = leadlight::grants::local::granter();
    const auto memory = granter->grant(pages);
    REQUIRE(memory);
    const auto id = *lp::PoolId::from(guest.next_id());
    guest.send_with({.pool = id, .kind = lp::PoolKind::memfd, .pages = *lp::PageCount::from(pages)},
                    std::get<leadlight::grants::MemoryFile>((*memory)->references()).descriptor);
    bool ready = false;
    REQUIRE(eventually([&] {
        ready = guest.heard<lp::PoolReady>() > 0;
        return ready || guest.heard<lp::Refused>() > 0;
    }));
    guest.forgets();
    if (pool != nullptr) {
        *pool = id;
    }
    return ready;
}

}  // namespace

TEST_CASE("memory over the cap is refused and comes back with what is given up") {
    // 256 pages a domain; a window of 300x200 has 59 already.
    TwoDomains on({.configuration = "[limits]\nmemory-per-domain = 1\nmemory = 2\n"});
    CHECK(on.work.welcome().max_pages == 256);
    lp::PoolId pool;
    CHECK(gets_pool(on.work, 150, &pool));
    CHECK_FALSE(gets_pool(on.work, 48));
    CHECK(gets_pool(on.work, 47));
    CHECK_FALSE(gets_pool(on.work, 1));
    // What it has goes on, and the neighbour's room is its own.
    on.work.commits(on.letters, 0x00ff04);
    CHECK(gets_pool(on.untrusted, 197));
    CHECK_FALSE(gets_pool(on.untrusted, 1));
    on.work.send(lp::PoolDestroy{.pool = pool});
    on.work.hears<lp::PoolUnmapped>();
    CHECK(gets_pool(on.work, 150));
}

TEST_CASE("what is taken back under what is shown is unmapped at once") {
    TwoDomains on;
    for (int i = 0; i < 5; ++i) {
        on.work.commits(on.letters, i % 2 == 0 ? 0x00ff04 : 0x00ff08);
    }
    on.work.send(lp::BufferDestroy{.buffer = on.letters.buffer.id});
    on.work.send(lp::PoolDestroy{.pool = on.letters.buffer.pool});
    CHECK(on.work.hears<lp::PoolUnmapped>().pool == on.letters.buffer.pool);
    // The window waits for its next content.
    on.letters.buffer = on.work.makes_buffer(300, 200);
    on.work.commits(on.letters, 0x00ff04);
}

TEST_CASE("all domains together have an end too") {
    TwoDomains on({.configuration = "[limits]\nmemory-per-domain = 1\nmemory = 1\n"});
    CHECK(gets_pool(on.work, 138));
    CHECK_FALSE(gets_pool(on.untrusted, 1));
    on.untrusted.commits(on.pages, pink);
    on.work.leaves();
    CHECK(eventually([&] { return !on.desk.find("letters").has_value(); }));
    CHECK(eventually([&] { return gets_pool(on.untrusted, 100); }));
}

TEST_CASE("windows have the number that the administrator set") {
    Desk desk({{"work", "blue"}}, {.configuration = "[limits]\nwindows-per-domain = 2\n"});
    Guest work(desk.socket("work"));
    work.joins();
    CHECK(work.welcome().max_windows == 2);
    for (int i = 0; i < 3; ++i) {
        work.send(lp::ToplevelCreate{.window = *lp::WindowId::from(work.next_id())});
    }
    CHECK(work.hears<lp::Refused>().reason == lp::Refusal::too_many_windows);
}
