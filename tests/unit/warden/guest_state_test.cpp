// SPDX-License-Identifier: MIT
// Each rule of the connection's state: what breaks it, and what just does not.
#include "tests/unit/warden/values.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <limits>
#include <vector>

namespace leadlight::warden::test {
namespace {

struct Row {
    const char* what;
    FromAgent::Any message;
    std::optional<Violation> violation;  // none: it passes
    std::string_view field;
};

BufferCreate pixels(std::uint64_t offset, int width, int height, int stride) {
    return {.buffer = buffer_id(3),
            .pool = ready_pool,
            .offset = offset,
            .width = *Extent::from(width),
            .height = *Extent::from(height),
            .stride = *Stride::from(stride)};
}

CursorImage cursor(int width, int height, int x, int y, std::size_t bytes) {
    const std::vector<std::byte> content(bytes);
    return {.serial = press,
            .width = *CursorExtent::from(width),
            .height = *CursorExtent::from(height),
            .hotspot_x = *CursorHotspot::from(x),
            .hotspot_y = *CursorHotspot::from(y),
            .pixels = *decltype(CursorImage::pixels)::from(content)};
}

using enum Violation;
const auto unknown = window_id(99);
constexpr auto huge = std::numeric_limits<std::uint64_t>::max();

const std::vector<Row> rows{
    {"hello again", Hello{}, hello_repeated},

    {"a new pool", PoolCreate{.pool = pool_id(3), .pages = 1}, {}},
    {"a gap in the ids", PoolCreate{.pool = pool_id(77), .pages = 1}, {}},
    {"a pool's id again", PoolCreate{.pool = ready_pool}, id_not_increasing, "pool"},
    {"a pool of the other backend",
     PoolCreate{.pool = pool_id(3), .kind = PoolKind::grant_references}, out_of_bounds, "kind"},
    {"references for a memfd", PoolReferences{.pool = new_pool, .references = {1}}, pool_complete,
     "pool"},
    {"references for no pool", PoolReferences{.pool = pool_id(9), .references = {1}}, unknown_pool,
     "pool"},
    {"withdrawing no pool", PoolDestroy{pool_id(9)}, unknown_pool, "pool"},
    {"withdrawing a pool with buffers", PoolDestroy{ready_pool}, pool_in_use, "pool"},

    {"a buffer of all the pool", pixels(0, 32, 32, 128), {}},
    {"a buffer at its end", pixels(4096 - 64 * 16, 16, 16, 64), {}},
    {"a buffer's id again", BufferCreate{.buffer = new_buffer, .pool = ready_pool},
     id_not_increasing, "buffer"},
    {"a buffer of no pool", BufferCreate{.buffer = buffer_id(3), .pool = pool_id(9)}, unknown_pool,
     "pool"},
    {"one row too many", pixels(0, 32, 33, 128), buffer_outside_pool, "offset"},
    {"one word too far", pixels(4096 - 64 * 16 + 4, 16, 16, 64), buffer_outside_pool, "offset"},
    {"an offset that overflows", pixels(huge - 3, 1, 1, 4), buffer_outside_pool, "offset"},
    {"an offset between words", pixels(2, 1, 1, 4), out_of_bounds, "offset"},
    {"a stride between words", pixels(0, 1, 1, 6), out_of_bounds, "stride"},
    {"a stride below the width", pixels(0, 16, 1, 60), out_of_bounds, "stride"},
    {"the largest numbers", pixels(huge & ~3ull, 16384, 16384, 65536), buffer_outside_pool,
     "offset"},
    {"destroying no buffer", BufferDestroy{buffer_id(9)}, unknown_buffer, "buffer"},

    {"a window's id again", ToplevelCreate{.window = submenu}, id_not_increasing, "window"},
    {"a popup on an unmanaged window",
     PopupCreate{.window = window_id(6), .parent = unmanaged, .grab = press},
     {}},
    {"a popup on nothing", PopupCreate{.window = window_id(6), .parent = unknown}, unknown_window,
     "parent"},
    {"a popup on itself", PopupCreate{.window = window_id(6), .parent = window_id(6)},
     unknown_window, "parent"},
    {"a popup for no event",
     PopupCreate{.window = window_id(6), .parent = toplevel, .grab = press + 1}, serial_not_sent,
     "grab"},
    {"an unmanaged window of nobody", UnmanagedCreate{.window = window_id(6), .owner = unknown},
     unknown_window, "owner"},
    {"moving an unmanaged window", UnmanagedPlace{.window = unmanaged}, {}},
    {"moving a popup so", UnmanagedPlace{.window = popup}, wrong_role, "window"},
    {"moving a toplevel so", UnmanagedPlace{.window = toplevel}, wrong_role, "window"},
    {"repositioning a popup", PopupReposition{.window = popup}, {}},
    {"repositioning a toplevel", PopupReposition{.window = toplevel}, wrong_role, "window"},
    {"repositioning nothing", PopupReposition{.window = unknown}, unknown_window, "window"},

    {"a parent", WindowParent{.window = toplevel, .parent = other_toplevel}, {}},
    {"no parent", WindowParent{.window = toplevel}, {}},
    {"its own parent", WindowParent{.window = toplevel, .parent = toplevel}, wrong_parent,
     "parent"},
    {"a popup as parent", WindowParent{.window = toplevel, .parent = popup}, wrong_parent,
     "parent"},
    {"a parent for a popup", WindowParent{.window = popup, .parent = toplevel}, wrong_role,
     "window"},
    {"an unknown parent", WindowParent{.window = toplevel, .parent = unknown}, unknown_window,
     "parent"},

    {"ending a submenu", WindowDestroy{submenu}, {}},
    {"ending a popup below another", WindowDestroy{popup}, wrong_parent, "window"},
    {"ending a toplevel below popups", WindowDestroy{toplevel}, wrong_parent, "window"},
    {"ending nothing", WindowDestroy{unknown}, unknown_window, "window"},

    {"a commit", shows({whole_layer()}), {}},
    {"a commit for a configure", shows({whole_layer()}, configured), {}},
    {"an empty commit", shows({}), {}},
    {"a commit on nothing", Commit{.window = unknown}, unknown_window, "window"},
    {"a commit for no configure", shows({whole_layer()}, configured + 1), serial_not_sent,
     "configure"},
    {"a commit for another's configure", Commit{.window = other_toplevel, .configure = configured},
     serial_not_sent, "configure"},
    {"two layers", shows({whole_layer(), whole_layer()}), too_many_layers, "layers"},
    {"a layer of no buffer", shows({with([](Layer& l) { l.buffer = buffer_id(9); })}),
     unknown_buffer, "buffer"},
    {"a layer before pool_ready", shows({with([](Layer& l) { l.buffer = new_buffer; })}),
     pool_incomplete, "buffer"},
    {"a part of a buffer",
     shows({with([](Layer& l) { l.source = {.x = 15, .y = 15, .width = 1, .height = 1}; })}),
     {}},
    {"a layer wider than the buffer", shows({with([](Layer& l) { l.source.width = 17; })}),
     layer_outside_buffer, "source"},
    {"a layer beside the buffer", shows({with([](Layer& l) { l.source.x = 1; })}),
     layer_outside_buffer, "source"},
    {"a layer below the buffer", shows({with([](Layer& l) { l.source.y = 16384; })}),
     layer_outside_buffer, "source"},
    {"damage of all", shows({with([](Layer& l) { l.damage = {l.source}; })}), {}},
    {"damage beyond",
     shows({with([](Layer& l) { l.damage = {Rect{.x = 8, .width = 9, .height = 1}}; })}),
     damage_outside_layer, "damage"},
    {"damage before", shows({with([](Layer& l) {
         l.source = {.x = 4, .width = 4, .height = 4};
         l.damage = {Rect{.width = 4, .height = 4}};
     })}),
     damage_outside_layer, "damage"},
    {"content that begins beside 0", shows({with([](Layer& l) { l.x = 1; })}), out_of_bounds,
     "layers"},
    {"content that begins below 0", shows({with([](Layer& l) { l.y = 1; })}), out_of_bounds,
     "layers"},
    {"content too wide", shows({with([](Layer& l) { l.x = 16384; })}), out_of_bounds, "x"},
    {"content too high", shows({with([](Layer& l) { l.y = 16384; })}), out_of_bounds, "y"},

    {"a title", Title{.window = popup}, {}},
    {"a title of nothing", Title{.window = unknown}, unknown_window, "window"},
    {"an app id of nothing", AppId{.window = unknown}, unknown_window, "window"},
    {"a type of nothing", WindowKind{.window = unknown}, unknown_window, "window"},
    {"idle inhibition by nothing", IdleInhibit{.window = unknown}, unknown_window, "window"},
    {"limits", SizeLimits{.window = toplevel, .min_width = 5, .max_width = 5}, {}},
    {"a minimum alone", SizeLimits{.window = toplevel, .min_width = 5}, {}},
    {"width limits crossed", SizeLimits{.window = toplevel, .min_width = 5, .max_width = 4},
     out_of_bounds, "max_width"},
    {"height limits crossed", SizeLimits{.window = toplevel, .min_height = 5, .max_height = 4},
     out_of_bounds, "max_height"},
    {"limits of a popup", SizeLimits{.window = popup}, wrong_role, "window"},

    {"a move", MoveRequest{toplevel, press}, {}},
    {"a move by itself", MoveRequest{toplevel, 0}, serial_not_sent, "serial"},
    {"a move for a serial to come", MoveRequest{toplevel, press + 1}, serial_not_sent, "serial"},
    {"a move for a configure", MoveRequest{toplevel, configured}, serial_not_sent, "serial"},
    {"a move of a popup", MoveRequest{popup, press}, wrong_role, "window"},
    {"a resize", ResizeRequest{toplevel, press, *Flags<Edge>::from(0b0101)}, {}},
    {"a resize by no edge", ResizeRequest{toplevel, press, {}}, out_of_bounds, "edges"},
    {"a resize by top and bottom", ResizeRequest{toplevel, press, *Flags<Edge>::from(0b0011)},
     out_of_bounds, "edges"},
    {"a resize by left and right", ResizeRequest{toplevel, press, *Flags<Edge>::from(0b1100)},
     out_of_bounds, "edges"},
    {"a resize by itself", ResizeRequest{toplevel, 0, Edge::top}, serial_not_sent, "serial"},
    {"a state", StateRequest{.window = toplevel, .serial = press}, {}},
    {"a state by itself", StateRequest{.window = toplevel}, {}},
    {"a state for no event", StateRequest{.window = toplevel, .serial = 3}, serial_not_sent,
     "serial"},
    {"a state of a popup", StateRequest{.window = popup}, wrong_role, "window"},
    {"activation by itself", Activate{.window = toplevel}, {}},
    {"activation for no event", Activate{.window = toplevel, .serial = 3}, serial_not_sent,
     "serial"},
    {"activation of an unmanaged window", Activate{.window = unmanaged}, wrong_role, "window"},
    {"a constraint", Constraint{.window = popup, .serial = press}, {}},
    {"a constraint on nothing", Constraint{.window = unknown}, unknown_window, "window"},
    {"a constraint for no event", Constraint{.window = popup, .serial = 3}, serial_not_sent,
     "serial"},

    {"a shape", CursorShapeSet{.serial = press}, {}},
    {"a shape by itself", CursorShapeSet{}, serial_not_sent, "serial"},
    {"an image", cursor(2, 3, 1, 2, 24), {}},
    {"an image by itself", CursorImage{}, serial_not_sent, "serial"},
    {"a hotspot beside", cursor(2, 3, 2, 0, 24), out_of_bounds, "hotspot_x"},
    {"a hotspot below", cursor(2, 3, 0, 3, 24), out_of_bounds, "hotspot_y"},
    {"too few pixels", cursor(2, 3, 0, 0, 23), wrong_length, "pixels"},
    {"too many pixels", cursor(2, 3, 0, 0, 28), wrong_length, "pixels"},

    {"a drag", DragBegin{toplevel, press, unmanaged}, {}},
    {"a drag without an icon", DragBegin{popup, press, {}}, {}},
    {"a drag by itself", DragBegin{toplevel, 0, {}}, serial_not_sent, "serial"},
    {"a drag from nothing", DragBegin{unknown, press, {}}, unknown_window, "origin"},
    {"a drag of an unknown icon", DragBegin{toplevel, press, unknown}, unknown_window, "icon"},
    {"a drag of a toplevel", DragBegin{toplevel, press, other_toplevel}, wrong_role, "icon"},
    {"a drag's end", DragEnd{}, {}},
    {"a pong", Pong{asked}, {}},
    {"a pong to no ping", Pong{asked + 1}, serial_not_sent, "serial"},
};

TEST_CASE("each message against the state of a connection", "[guest_state]") {
    for (const auto& row : rows) {
        INFO(row.what);
        auto state = lively_state();
        const auto answer = state.accept(row.message);
        if (!row.violation) {
            CHECK(answer == Verdict::pass);
            continue;
        }
        REQUIRE_FALSE(answer);
        CHECK(name_of(answer.error().violation) == name_of(*row.violation));
        CHECK(answer.error().field == row.field);
        CHECK_FALSE((answer.error().message.empty()));
    }
}

TEST_CASE("every kind of message is in the table", "[guest_state]") {
    std::vector<bool> there(std::variant_size_v<FromAgent::Any>);
    for (const auto& row : rows) {
        there[row.message.index()] = true;
    }
    CHECK(std::ranges::count(there, false) == 0);
}

TEST_CASE("nothing comes before hello", "[guest_state]") {
    for (const auto& row : rows) {
        GuestState state(PoolKind::memfd);
        if (std::holds_alternative<Hello>(row.message)) {
            continue;
        }
        const auto answer = state.accept(row.message);
        REQUIRE_FALSE(answer);
        CHECK(answer.error().violation == hello_expected);
    }
}

TEST_CASE("hello names versions", "[guest_state]") {
    const auto greet = [](std::uint16_t least, std::uint16_t most) {
        return GuestState(PoolKind::memfd).accept(Hello{least, most});
    };
    CHECK(greet(0, 65535) == Verdict::pass);
    CHECK(greet(version, version) == Verdict::pass);
    CHECK(greet(version + 1, 9).error().violation == version_unsupported);
    CHECK(greet(0, version - 1).error().violation == version_unsupported);
    CHECK(greet(2, 1).error().violation == out_of_bounds);
}

}  // namespace
}  // namespace leadlight::warden::test
