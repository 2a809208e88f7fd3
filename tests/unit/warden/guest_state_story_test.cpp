// SPDX-License-Identifier: MIT
// The connection's state over several messages: what is whole, in flight, refused, or too much.
#include "tests/unit/warden/values.hpp"

#include <catch2/catch_test_macros.hpp>

namespace leadlight::warden::test {
namespace {

using enum Violation;

TEST_CASE("references come in order until all pages have one", "[guest_state]") {
    GuestState state(PoolKind::grant_references);
    REQUIRE(state.accept(Hello{}));
    const auto grants = PoolKind::grant_references;
    REQUIRE(state.accept(PoolCreate{.pool = ready_pool, .kind = grants, .pages = 3}));
    const auto refer = [&](int first, decltype(PoolReferences::references) references) {
        return state.accept(PoolReferences{ready_pool, *PageIndex::from(first), references});
    };
    CHECK(refer(0, {8, 9}) == Verdict::pass);
    SECTION("the rest") {
        CHECK(refer(2, {7}) == Verdict::pass);
        CHECK(refer(2, {7}).error().violation == pool_complete);
    }
    SECTION("a gap") {
        CHECK(refer(3, {7}).error().field == "first");
    }
    SECTION("again") {
        CHECK(refer(0, {7}).error().field == "first");
    }
    SECTION("too many") {
        CHECK(refer(2, {7, 7}).error().field == "references");
    }
    SECTION("none") {
        CHECK(refer(2, {}).error().field == "references");
    }
    SECTION("a buffer needs them all") {
        const BufferCreate small{.buffer = *BufferId::from(1),
                                 .pool = ready_pool,
                                 .width = 4,
                                 .height = 4,
                                 .stride = 16};
        CHECK(state.accept(small).error().violation == pool_incomplete);
    }
    SECTION("a buffer when they are there") {
        CHECK(refer(2, {7}) == Verdict::pass);
        const BufferCreate small{.buffer = *BufferId::from(1),
                                 .pool = ready_pool,
                                 .width = 4,
                                 .height = 4,
                                 .stride = 16};
        CHECK(state.accept(small) == Verdict::pass);
    }
}

TEST_CASE("one commit is in flight until its frame", "[guest_state]") {
    auto state = lively_state();
    CHECK(state.accept(shows({whole_layer()})) == Verdict::pass);
    CHECK(state.accept(Commit{.window = other_toplevel, .layers = {whole_layer()}}) ==
          Verdict::pass);
    SECTION("another is too much") {
        CHECK(state.accept(shows({whole_layer()})).error().violation == commit_in_flight);
    }
    SECTION("also an empty one") {
        CHECK(state.accept(shows({})).error().violation == commit_in_flight);
    }
    SECTION("the frame of another window does not count") {
        state.sent(Frame{other_toplevel});
        CHECK(state.accept(shows({whole_layer()})).error().violation == commit_in_flight);
    }
    SECTION("after its frame it may") {
        state.sent(Frame{toplevel});
        CHECK(state.accept(shows({whole_layer()})) == Verdict::pass);
    }
}

TEST_CASE("welcome says how many layers", "[guest_state]") {
    auto state = lively_state();
    state.sent(Welcome{.max_layers = 2});
    const auto beside = with([](Layer& l) { l.x = 16; });
    CHECK(state.accept(shows({beside, whole_layer()})) == Verdict::pass);
    state.sent(Frame{toplevel});
    CHECK(state.accept(shows({beside, beside, whole_layer()})).error().violation ==
          too_many_layers);
}

TEST_CASE("parents never go round", "[guest_state]") {
    auto state = lively_state();
    const auto third = window_id(6);
    REQUIRE(state.accept(ToplevelCreate{.window = third}));
    REQUIRE(state.accept(WindowParent{.window = toplevel, .parent = other_toplevel}));
    REQUIRE(state.accept(WindowParent{.window = third, .parent = toplevel}));
    SECTION("over three") {
        CHECK(state.accept(WindowParent{.window = other_toplevel, .parent = third})
                  .error()
                  .violation == wrong_parent);
    }
    SECTION("but after it was let go they may") {
        REQUIRE(state.accept(WindowParent{.window = third}));
        CHECK(state.accept(WindowParent{.window = other_toplevel, .parent = third}) ==
              Verdict::pass);
    }
    SECTION("and a parent may end first") {
        REQUIRE(state.accept(WindowDestroy{other_toplevel}));
        CHECK(state.accept(WindowParent{.window = toplevel, .parent = third}).error().violation ==
              wrong_parent);
        CHECK(state.accept(WindowParent{.window = toplevel}) == Verdict::pass);
    }
}

TEST_CASE("what names something refused is dropped until the guest lets go", "[guest_state]") {
    auto state = lively_state();
    const auto refused = window_id(6), on_it = window_id(7), on_that = window_id(8);
    REQUIRE(state.accept(ToplevelCreate{.window = refused}) == Verdict::pass);
    state.sent(Refused{RefusedKind::window, refused.get(), Refusal::too_many_windows});
    CHECK_FALSE(state.shows(refused));
    CHECK(state.accept(Title{.window = refused}) == Verdict::drop);
    CHECK(state.accept(Commit{.window = refused, .configure = 99}) == Verdict::drop);
    CHECK(state.accept(WindowParent{.window = toplevel, .parent = refused}) == Verdict::drop);
    // Made from it, and never known to the compositor, whose pardon it needs not.
    CHECK(state.accept(PopupCreate{.window = on_it, .parent = refused}) == Verdict::drop);
    CHECK(state.accept(PopupCreate{.window = on_that, .parent = on_it}) == Verdict::drop);
    CHECK(state.accept(Title{.window = on_that}) == Verdict::drop);
    CHECK(state.accept(WindowDestroy{on_that}) == Verdict::drop);
    CHECK(state.accept(WindowDestroy{on_it}) == Verdict::drop);
    CHECK(state.accept(WindowDestroy{refused}) == Verdict::pass);
    CHECK(state.accept(Title{.window = refused}).error().violation == unknown_window);
}

TEST_CASE("the same for pools", "[guest_state]") {
    auto state = lively_state();
    state.sent(Refused{RefusedKind::pool, new_pool.get(), Refusal::out_of_pages});
    const auto phantom = buffer_id(3);
    CHECK(state.accept(BufferCreate{.buffer = phantom, .pool = new_pool, .stride = 4}) ==
          Verdict::drop);
    CHECK(state.accept(PoolDestroy{new_pool}).error().violation == pool_in_use);
    CHECK(state.accept(BufferDestroy{phantom}) == Verdict::drop);
    // The compositor heard of this one.
    CHECK(state.accept(BufferDestroy{new_buffer}) == Verdict::pass);
    CHECK(state.accept(PoolDestroy{new_pool}) == Verdict::pass);
}

TEST_CASE("a refusal that crossed with the end is nothing", "[guest_state]") {
    auto state = lively_state();
    REQUIRE(state.accept(WindowDestroy{submenu}));
    state.sent(Refused{RefusedKind::window, submenu.get(), Refusal::too_deep});
    state.sent(Refused{RefusedKind::window, 0, Refusal::too_deep});
    CHECK(state.accept(Title{.window = submenu}).error().violation == unknown_window);
}

TEST_CASE("the warden's own memory is capped", "[guest_state]") {
    GuestState state(PoolKind::memfd);
    REQUIRE(state.accept(Hello{}));
    for (std::size_t i = 1; i <= GuestState::max_alive; ++i) {
        REQUIRE(state.accept(ToplevelCreate{.window = window_id(i)}));
    }
    SECTION("one too many") {
        const auto next = window_id(GuestState::max_alive + 1);
        CHECK(state.accept(ToplevelCreate{.window = next}).error().violation == flood);
    }
    SECTION("not those that are gone") {
        REQUIRE(state.accept(WindowDestroy{window_id(1)}));
        const auto next = window_id(GuestState::max_alive + 1);
        CHECK(state.accept(ToplevelCreate{.window = next}) == Verdict::pass);
    }
}

TEST_CASE("serials are remembered by range when they are many", "[guest_state]") {
    SentSerials serials;
    CHECK_FALSE(serials.contains(0));
    // Over the end of the numbers, each second one.
    for (std::uint32_t i = 0; i < 1000; ++i) {
        serials.add(0xffff'ff00u + 2 * i);
    }
    CHECK(serials.contains(0xffff'ff00u));
    CHECK(serials.contains(0xffff'ff00u + 2 * 999));
    CHECK_FALSE(serials.contains(0xffff'ff00u + 2 * 999 - 1));
    CHECK_FALSE(serials.contains(0xffff'ff00u + 2 * 1000));
    CHECK_FALSE(serials.contains(0xffff'ff00u - 1));
}

}  // namespace
}  // namespace leadlight::warden::test
