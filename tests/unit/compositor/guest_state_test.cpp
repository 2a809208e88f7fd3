// SPDX-License-Identifier: MIT
// What the compositor checks of every record itself, whatever the warden said (rule 3).
#include "compositor/guest/guest_state.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <random>

using namespace leadlight::compositor;
using namespace leadlight::protocol;

namespace {

PoolId pool(std::uint64_t id) {
    return *PoolId::from(id);
}
BufferId buffer(std::uint64_t id) {
    return *BufferId::from(id);
}
WindowId window(std::uint64_t id) {
    return *WindowId::from(id);
}

PoolCreate memory(std::uint64_t id, int pages) {
    return {.pool = pool(id), .kind = PoolKind::memfd, .pages = *PageCount::from(pages)};
}

BufferCreate pixels(std::uint64_t id, std::uint64_t in, int width, int height) {
    return {.buffer = buffer(id),
            .pool = pool(in),
            .offset = 0,
            .width = *Extent::from(width),
            .height = *Extent::from(height),
            .stride = *Stride::from(width * 4)};
}

Commit shows(std::uint64_t on, std::uint64_t what, int width, int height) {
    Layer layer{.buffer = buffer(what)};
    layer.source.width = *Extent::from(width);
    layer.source.height = *Extent::from(height);
    Commit commit{.window = window(on)};
    commit.layers.push_back(layer);
    return commit;
}

/// A guest with window 1, and buffer 1 of 32x32 pixels in the ready pool 1 of one page.
GuestState drawing() {
    GuestState state;
    REQUIRE(state.pool_create(memory(1, 1)));
    REQUIRE(state.buffer_create(pixels(1, 1, 32, 32)));
    REQUIRE(state.toplevel_create(window(1)));
    state.pool_ready(pool(1));
    return state;
}

template <class Answer>
Violation violation(const Answer& answer) {
    REQUIRE(!answer.has_value());
    return answer.error();
}

}  // namespace

TEST_CASE("ids only grow, each kind for itself") {
    GuestState state = drawing();
    CHECK(violation(state.pool_create(memory(1, 1))) == Violation::id_not_increasing);
    CHECK(violation(state.buffer_create(pixels(1, 1, 4, 4))) == Violation::id_not_increasing);
    CHECK(violation(state.toplevel_create(window(1))) == Violation::id_not_increasing);
    CHECK(state.toplevel_create(window(7)));
    CHECK(violation(state.toplevel_create(window(6))) == Violation::id_not_increasing);
    // Not even after the one before it is gone.
    REQUIRE(state.window_destroy(window(7)));
    CHECK(violation(state.toplevel_create(window(7))) == Violation::id_not_increasing);
}

TEST_CASE("a buffer lies in its pool, however its numbers are chosen") {
    GuestState state;
    REQUIRE(state.pool_create(memory(1, 1)));
    auto create = pixels(1, 1, 32, 32);  // exactly one page
    SECTION("one row more than there are pages") {
        create.height = 33;
        CHECK(violation(state.buffer_create(create)) == Violation::buffer_outside_pool);
    }
    SECTION("an offset that pushes it out") {
        create.offset = 4;
        CHECK(violation(state.buffer_create(create)) == Violation::buffer_outside_pool);
    }
    SECTION("an offset that wraps around with the length") {
        create.offset = UINT64_MAX - 3;
        CHECK(violation(state.buffer_create(create)) == Violation::buffer_outside_pool);
    }
    SECTION("an offset of half a pixel") {
        create.height = 31;
        create.offset = 2;
        CHECK(violation(state.buffer_create(create)) == Violation::buffer_outside_pool);
    }
    SECTION("a stride that Pixman cannot have") {
        create.height = 31;
        create.stride = 130;
        CHECK(violation(state.buffer_create(create)) == Violation::buffer_outside_pool);
    }
    SECTION("rows that overlap") {
        create.stride = 124;
        CHECK(violation(state.buffer_create(create)) == Violation::buffer_outside_pool);
    }
    SECTION("exactly the pool") {
        CHECK(state.buffer_create(create));
    }
}

TEST_CASE("a pool of references is complete when each page has one, in order") {
    GuestState state;
    REQUIRE(state.pool_create(
        {.pool = pool(1), .kind = PoolKind::grant_references, .pages = *PageCount::from(3)}));
    CHECK(violation(state.buffer_create(pixels(1, 1, 4, 4))) == Violation::pool_incomplete);
    PoolReferences references{.pool = pool(1), .first = {}, .references = {8, 9}};
    REQUIRE(state.pool_references(references));
    CHECK(!state.find_pool(pool(1))->complete());
    SECTION("a page twice") {
        CHECK(violation(state.pool_references(references)) == Violation::out_of_bounds);
    }
    SECTION("more than there are pages") {
        references.first = 2;
        CHECK(violation(state.pool_references(references)) == Violation::out_of_bounds);
    }
    SECTION("the rest") {
        references = {.pool = pool(1), .first = 2, .references = {10}};
        REQUIRE(state.pool_references(references));
        CHECK(state.find_pool(pool(1))->references == std::vector<std::uint32_t>{8, 9, 10});
        CHECK(violation(state.pool_references(references)) == Violation::pool_complete);
    }
}

// The references are not kept once the pages are mapped, and the pool is complete all the same:
// buffers come whenever the guest is ready for them, and a second set of references would put
// another mapping under what is shown.
TEST_CASE("a mapped pool of references stays complete") {
    GuestState state;
    REQUIRE(state.pool_create(
        {.pool = pool(1), .kind = PoolKind::grant_references, .pages = *PageCount::from(2)}));
    const PoolReferences references{.pool = pool(1), .first = {}, .references = {8, 9}};
    REQUIRE(state.pool_references(references));
    state.pool_ready(pool(1));
    CHECK(state.find_pool(pool(1))->complete());
    CHECK(state.buffer_create(pixels(1, 1, 4, 4)));
    CHECK(violation(state.pool_references(references)) == Violation::pool_complete);
}

TEST_CASE("a commit shows only what is there and mapped") {
    GuestState state = drawing();
    SECTION("another's window") {
        CHECK(violation(state.commit(shows(2, 1, 32, 32))) == Violation::unknown_window);
    }
    SECTION("a buffer that is none") {
        CHECK(violation(state.commit(shows(1, 9, 32, 32))) == Violation::unknown_buffer);
    }
    SECTION("a pool that is not mapped yet") {
        REQUIRE(state.pool_create(memory(2, 1)));
        REQUIRE(state.buffer_create(pixels(2, 2, 8, 8)));
        CHECK(violation(state.commit(shows(1, 2, 8, 8))) == Violation::pool_incomplete);
    }
    SECTION("more than the buffer has") {
        CHECK(violation(state.commit(shows(1, 1, 33, 32))) == Violation::layer_outside_buffer);
    }
    SECTION("a part that begins too late") {
        auto commit = shows(1, 1, 32, 32);
        commit.layers[0].source.x = 1;
        CHECK(violation(state.commit(commit)) == Violation::layer_outside_buffer);
    }
    SECTION("content that does not begin at its origin") {
        auto commit = shows(1, 1, 8, 8);
        commit.layers[0].x = 1;
        CHECK(violation(state.commit(commit)) == Violation::layer_outside_buffer);
    }
    SECTION("damage beyond the buffer") {
        auto commit = shows(1, 1, 32, 32);
        Rect damage;
        damage.x = 32;
        commit.layers[0].damage.push_back(damage);
        CHECK(violation(state.commit(commit)) == Violation::damage_outside_layer);
    }
    SECTION("more layers than welcome allowed") {
        auto commit = shows(1, 1, 8, 8);
        commit.layers.push_back(commit.layers[0]);
        CHECK(violation(state.commit(commit)) == Violation::too_many_layers);
    }
}

TEST_CASE("one commit of a window is under way, until its frame") {
    GuestState state = drawing();
    REQUIRE(state.commit(shows(1, 1, 32, 32)));
    CHECK(violation(state.commit(shows(1, 1, 32, 32))) == Violation::commit_in_flight);
    state.frame_sent(window(1));
    CHECK(state.commit(shows(1, 1, 32, 32)));
}

TEST_CASE("a commit answers a configure that was sent, and none before the last answered") {
    GuestState state = drawing();
    auto commit = shows(1, 1, 32, 32);
    commit.configure = 1;
    CHECK(violation(state.commit(commit)) == Violation::serial_not_sent);
    CHECK(state.next_configure(window(1)) == 1);
    CHECK(state.next_configure(window(1)) == 2);
    commit.configure = 2;
    REQUIRE(state.commit(commit));
    state.frame_sent(window(1));
    commit.configure = 1;
    CHECK(violation(state.commit(commit)) == Violation::serial_not_sent);
    commit.configure = 0;
    CHECK(state.commit(commit));
}

TEST_CASE("what is refused is not there, and not held against the guest until it knows") {
    GuestState state = drawing();
    REQUIRE(state.toplevel_create(window(2)));
    REQUIRE(state.refuse_window(window(2)));
    CHECK(state.commit(shows(2, 1, 32, 32)) == Named::refused);
    CHECK(state.window(window(2), WindowRole::toplevel) == Named::refused);
    CHECK(state.child_create(window(3), window(2), WindowRole::popup) == Named::refused);
    CHECK(state.window_destroy(window(3)) == Named::refused);
    CHECK(state.window_destroy(window(2)) == Named::refused);  // now it knows
    CHECK(violation(state.window_destroy(window(2))) == Violation::unknown_window);

    REQUIRE(state.pool_create(memory(2, 1)));
    REQUIRE(state.refuse_pool(pool(2)));
    CHECK(state.buffer_create(pixels(2, 2, 8, 8)) == Named::refused);
    CHECK(state.buffer_destroy(buffer(2)) == Named::refused);
    CHECK(state.pool_destroy(pool(2)) == Named::refused);
    CHECK(violation(state.pool_destroy(pool(2))) == Violation::unknown_pool);
}

TEST_CASE("a guest that acknowledges no refusal is cut off") {
    GuestState state;
    Checked checked;
    std::uint64_t id = 0;
    while (checked && id < 10'000) {
        ++id;
        REQUIRE(state.toplevel_create(window(id)));
        checked = state.refuse_window(window(id));
    }
    CHECK(violation(checked) == Violation::flood);
    CHECK(id == GuestState::most_refused + 1);
}

TEST_CASE("windows go after those on them, pools after their buffers") {
    GuestState state = drawing();
    REQUIRE(state.child_create(window(2), window(1), WindowRole::popup));
    CHECK(state.child_depth(window(2)) == 2);
    CHECK(violation(state.window_destroy(window(1))) == Violation::wrong_parent);
    CHECK(state.window_destroy(window(2)));
    CHECK(state.window_destroy(window(1)));
    CHECK(violation(state.pool_destroy(pool(1))) == Violation::pool_in_use);
    CHECK(state.buffer_destroy(buffer(1)));
    CHECK(state.pool_destroy(pool(1)));
    // Withdrawn, but still mapped: nothing new may lie in it.
    CHECK(violation(state.buffer_create(pixels(2, 1, 4, 4))) == Violation::unknown_pool);
    CHECK(violation(state.pool_destroy(pool(1))) == Violation::unknown_pool);
    state.pool_gone(pool(1));
    CHECK(state.find_pool(pool(1)) == nullptr);
}

TEST_CASE("roles hold") {
    GuestState state = drawing();
    REQUIRE(state.child_create(window(2), window(1), WindowRole::popup));
    CHECK(violation(state.window(window(2), WindowRole::toplevel)) == Violation::wrong_role);
    CHECK(violation(state.window_parent({.window = window(2), .parent = window(1)})) ==
          Violation::wrong_role);
    CHECK(violation(state.window_parent({.window = window(1), .parent = window(1)})) ==
          Violation::wrong_parent);
    CHECK(violation(state.window_parent({.window = window(1), .parent = window(2)})) ==
          Violation::wrong_role);
}

// Whatever comes, what a commit got through with lies in mapped pages.
TEST_CASE("no order of records shows memory that is not there") {
    std::mt19937 random(GENERATE(1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U));
    const auto below = [&](std::uint32_t bound) { return random() % bound; };
    GuestState state;
    std::map<std::uint64_t, int> pages;
    std::uint64_t next = 1;
    int shown = 0;
    for (int step = 0; step < 8000; ++step) {
        const std::uint64_t some = 1 + below(static_cast<std::uint32_t>(next));
        switch (below(9)) {
        case 0:
            pages[next] = static_cast<int>(1 + below(4));
            static_cast<void>(state.pool_create(memory(next, pages[next])));
            ++next;
            break;
        case 1: {
            auto create = pixels(next++, some, 1 + static_cast<int>(below(40)),
                                 1 + static_cast<int>(below(40)));
            create.offset = below(4) == 0 ? ~std::uint64_t{below(64)} : below(2) * below(8192);
            static_cast<void>(state.buffer_create(create));
            break;
        }
        case 2:
            static_cast<void>(state.toplevel_create(window(next++)));
            break;
        case 3:
            if (state.find_pool(pool(some)) && !state.find_pool(pool(some))->withdrawn) {
                state.pool_ready(pool(some));
            }
            break;
        case 4:
            static_cast<void>(state.buffer_destroy(buffer(some)));
            break;
        case 5:
            if (state.pool_destroy(pool(some)) == Named::here) {
                state.pool_gone(pool(some));
            }
            break;
        case 6:
            state.frame_sent(window(some));
            break;
        default: {
            const auto commit =
                shows(1 + below(static_cast<std::uint32_t>(next)), some,
                      1 + static_cast<int>(below(8)), 1 + static_cast<int>(below(8)));
            if (state.commit(commit) == Named::here) {
                ++shown;
                const Layer& layer = commit.layers[0];
                const BufferFacts* facts = state.find_buffer(layer.buffer);
                REQUIRE(facts);
                const PoolFacts* in = state.find_pool(facts->pool);
                REQUIRE(in);
                CHECK(in->ready);
                CHECK(!in->withdrawn);
                const std::uint64_t last =
                    facts->offset +
                    std::uint64_t{facts->stride} * (layer.source.y + layer.source.height - 1) +
                    std::uint64_t{4} * (layer.source.x + layer.source.width);
                CHECK(last <= std::uint64_t{in->pages} * page_size);
            }
            break;
        }
        }
        if (next > 300) {
            state = {};
            next = 1;
        }
    }
    CHECK(shown > 0);
}
