// SPDX-License-Identifier: MIT
// Pools and the buffers of a window, with memfds for pages and a list for the admin domain.
#include "guest-agent/window_buffers.hpp"
#include "shm-grants/local/local.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace std::chrono_literals;

namespace leadlight::agent {
namespace {

struct Messages : Sender {
    std::vector<protocol::FromAgent::Any> sent;
    int descriptors = 0;
    void send(const protocol::FromAgent::Any& message, grants::Descriptor descriptor) override {
        sent.push_back(message);
        descriptors += descriptor ? 1 : 0;
    }
    template <class T>
    std::vector<T> take() {
        std::vector<T> found;
        std::erase_if(sent, [&](const auto& message) {
            const T* one = std::get_if<T>(&message);
            if (one != nullptr) {
                found.push_back(*one);
            }
            return one != nullptr;
        });
        return found;
    }
};

struct Guest {
    explicit Guest(std::size_t max_pages, std::size_t grantable = 100'000)
        : granter(grants::local::granter(grantable)), pools(*granter, messages, ids) {
        pools.welcome(max_pages);
    }
    /// The admin domain has mapped all that was offered.
    void map_all() {
        for (const auto& create : messages.take<protocol::PoolCreate>()) {
            pools.ready(create.pool);
        }
    }
    /// The admin domain has no pages for what was offered. The pause that begins with it.
    std::optional<std::chrono::milliseconds> refuse(WindowBuffers& buffers) {
        const auto pool = messages.take<protocol::PoolCreate>().at(0).pool;
        const auto pause = pools.refused(pool);
        buffers.refused(pool);
        return pause;
    }
    WindowBuffers::Buffer* drawn(WindowBuffers& buffers, int width, int height) {
        auto* buffer = buffers.acquire(width, height);
        if (buffer == nullptr) {
            map_all();
            buffer = buffers.acquire(width, height);
        }
        if (buffer != nullptr) {
            buffer->stale.clear();
            buffers.committed(*buffer);
        }
        return buffer;
    }
    Messages messages;
    NextIds ids;
    std::unique_ptr<grants::PageGranter> granter;
    Pools pools;
};

// 256 x 256 pixels are 64 pages.
constexpr int side = 256;
constexpr std::size_t side_pages = 64;

}  // namespace

TEST_CASE("a buffer may be drawn into only when its pool is mapped") {
    Guest guest(1000);
    WindowBuffers buffers(guest.pools, guest.messages, guest.ids);
    CHECK(buffers.acquire(side, side) == nullptr);
    CHECK(guest.messages.descriptors == 1);
    CHECK(buffers.acquire(side, side) == nullptr);
    CHECK(guest.messages.descriptors == 1);  // waits, and does not ask for more
    guest.map_all();
    CHECK(buffers.acquire(side, side) != nullptr);
}

TEST_CASE("two buffers take turns, and each lags by what was drawn into the other") {
    Guest guest(1000);
    WindowBuffers buffers(guest.pools, guest.messages, guest.ids);
    const auto first = guest.drawn(buffers, side, side)->id;
    // The first is on the screen: the second is made for this.
    const Region change(Box{10, 10, 5, 5});
    buffers.changed(change);
    const auto second = guest.drawn(buffers, side, side)->id;
    CHECK(second != first);
    CHECK(buffers.acquire(side, side) == nullptr);
    buffers.released(first);
    auto* again = buffers.acquire(side, side);
    REQUIRE(again != nullptr);
    CHECK(again->id == first);
    CHECK(again->stale == change);
}

TEST_CASE("a growing window keeps its pool while there is slack in it") {
    Guest guest(10'000);
    WindowBuffers buffers(guest.pools, guest.messages, guest.ids);
    guest.drawn(buffers, 800, 600);
    const auto pool = buffers.latest()->pool;
    int pools_made = 0;
    for (int step = 1; step <= 60; ++step) {
        buffers.released(buffers.latest()->id);
        auto* buffer = guest.drawn(buffers, 800 + step, 600 + step);
        REQUIRE(buffer != nullptr);
        CHECK(buffer->width == 800 + step);
        pools_made += buffer->pool != pool ? 1 : 0;
        // The new geometry is a new buffer, all of it stale once.
        CHECK_FALSE(guest.messages.take<protocol::BufferCreate>().empty());
    }
    CHECK(guest.ids.pool <= 4);
}

TEST_CASE("without room for two buffers one is drawn over, without room for one none") {
    Guest guest(side_pages + 10);
    WindowBuffers buffers(guest.pools, guest.messages, guest.ids);
    const auto only = guest.drawn(buffers, side, side)->id;
    auto* again = buffers.acquire(side, side);
    REQUIRE(again != nullptr);
    CHECK(again->id == only);

    WindowBuffers other(guest.pools, guest.messages, guest.ids);
    CHECK(other.acquire(side, side) == nullptr);
    CHECK(guest.messages.take<protocol::PoolCreate>().empty());

    // Room comes only when the admin domain said that nothing is mapped any more.
    buffers.destroy_all();
    const auto destroyed = guest.messages.take<protocol::PoolDestroy>();
    REQUIRE(destroyed.size() == 1);
    CHECK(other.acquire(side, side) == nullptr);
    CHECK(guest.messages.take<protocol::PoolCreate>().empty());
    guest.pools.unmapped(destroyed[0].pool);
    CHECK(guest.drawn(other, side, side) != nullptr);
}

TEST_CASE("the account holds a pool until it is unmapped, and the grant until then too") {
    Guest guest(1000);
    const auto pool = guest.pools.create(side * side * 4);
    REQUIRE(pool);
    CHECK(guest.pools.pages_used() == side_pages);
    guest.pools.ready(*pool);
    guest.pools.destroy(*pool);
    CHECK(guest.pools.pages_used() == side_pages);
    CHECK(guest.granter->account().used() == side_pages);
    guest.pools.unmapped(*pool);
    CHECK(guest.pools.pages_used() == 0);
    CHECK(guest.granter->account().used() == 0);
}

TEST_CASE("a refused pool is acknowledged, ends at once, and is asked for again after a pause") {
    Guest guest(1000);
    WindowBuffers buffers(guest.pools, guest.messages, guest.ids);
    CHECK(buffers.acquire(side, side) == nullptr);
    CHECK(guest.refuse(buffers) == 1s);
    CHECK(guest.messages.take<protocol::PoolDestroy>().size() == 1);
    CHECK(guest.granter->account().used() == 0);
    CHECK(buffers.acquire(side, side) == nullptr);
    CHECK(guest.messages.take<protocol::PoolCreate>().empty());
    guest.pools.ask_again();
    CHECK(guest.drawn(buffers, side, side) != nullptr);
}

TEST_CASE("while refusals go on each pause is twice as long, up to half a minute") {
    Guest guest(1000);
    WindowBuffers buffers(guest.pools, guest.messages, guest.ids);
    for (const auto pause : {1s, 2s, 4s, 8s, 16s, 30s, 30s}) {
        CHECK(buffers.acquire(side, side) == nullptr);
        CHECK(guest.refuse(buffers) == pause);
        guest.pools.ask_again();
    }
    REQUIRE(guest.drawn(buffers, side, side) != nullptr);
    CHECK(buffers.acquire(side, side) == nullptr);
    CHECK(guest.refuse(buffers) == 1s);
}

TEST_CASE("refusals at one time are waited out together") {
    Guest guest(1000);
    WindowBuffers one(guest.pools, guest.messages, guest.ids);
    WindowBuffers other(guest.pools, guest.messages, guest.ids);
    CHECK(one.acquire(side, side) == nullptr);
    CHECK(other.acquire(side, side) == nullptr);
    const auto offered = guest.messages.take<protocol::PoolCreate>();
    REQUIRE(offered.size() == 2);
    CHECK(guest.pools.refused(offered[0].pool) == 1s);
    CHECK_FALSE(guest.pools.refused(offered[1].pool).has_value());
}

TEST_CASE("where a pool was refused, less may be asked for at once") {
    Guest guest(1000);
    WindowBuffers window(guest.pools, guest.messages, guest.ids);
    WindowBuffers menu(guest.pools, guest.messages, guest.ids);
    // 70 pages, and 80 with slack.
    CHECK(window.acquire(side, 280) == nullptr);
    CHECK(guest.pools.pages_used() == 80);
    guest.refuse(window);
    CHECK(window.acquire(side, 280) == nullptr);
    CHECK(guest.pools.pages_used() == 70);
    guest.refuse(window);
    CHECK(window.acquire(side, 280) == nullptr);
    CHECK(guest.pools.pages_used() == 0);
    CHECK(guest.drawn(menu, side, side) != nullptr);
}

TEST_CASE("a window that is refused a second buffer draws over its first") {
    Guest guest(1000);
    WindowBuffers buffers(guest.pools, guest.messages, guest.ids);
    const auto only = guest.drawn(buffers, side, side)->id;
    CHECK(buffers.acquire(side, side) == nullptr);
    guest.refuse(buffers);
    auto* again = buffers.acquire(side, side);
    REQUIRE(again != nullptr);
    CHECK(again->id == only);
}

TEST_CASE("grants of a lost connection end at the next welcome, not before") {
    Guest guest(1000);
    WindowBuffers buffers(guest.pools, guest.messages, guest.ids);
    guest.drawn(buffers, side, side);
    guest.pools.connection_lost();
    buffers.forget();
    CHECK(guest.granter->account().used() == side_pages);
    guest.pools.welcome(1000);
    CHECK(guest.granter->account().used() == 0);
    const auto before = guest.ids.buffer;
    CHECK(guest.drawn(buffers, side, side) != nullptr);
    CHECK(guest.ids.buffer == before + 1);  // ids go on: none is used twice
}

TEST_CASE("slack is at most a quarter, and none where the limit forbids it") {
    for (std::size_t pages = 1; pages < 20'000; pages = pages * 3 / 2 + 1) {
        const auto with = pages_with_slack(pages * protocol::page_size);
        CHECK(with >= pages);
        CHECK(with <= pages + pages / 4 + 1);
    }
    Guest guest(side_pages + 1);
    CHECK(guest.pools.create((side_pages + 1) * protocol::page_size).has_value());
    CHECK(guest.pools.pages_used() == side_pages + 1);
}

}  // namespace leadlight::agent
