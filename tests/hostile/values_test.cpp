// SPDX-License-Identifier: MIT
// What no field alone shows to be wrong.
#include "tests/hostile/changed.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::hostile;
using lp::Violation;

namespace {

using Breaches = std::vector<Breach>;

Breaches roles() {
    Breaches all;
    const auto on_popup = [&]<class T>(std::type_identity<T>) {
        all.push_back(changed<T>("a popup", Violation::wrong_role,
                                 [](T& m, Hostile& h) { m.window = h.things.popup; }));
        all.push_back(changed<T>("an unmanaged window", Violation::wrong_role,
                                 [](T& m, Hostile& h) { m.window = h.things.unmanaged; }));
    };
    on_popup(std::type_identity<lp::WindowParent>());
    on_popup(std::type_identity<lp::SizeLimits>());
    on_popup(std::type_identity<lp::MoveRequest>());
    on_popup(std::type_identity<lp::ResizeRequest>());
    on_popup(std::type_identity<lp::StateRequest>());
    on_popup(std::type_identity<lp::Activate>());
    all.push_back(
        changed<lp::PopupReposition>("a toplevel", Violation::wrong_role,
                                     [](auto& m, Hostile& h) { m.window = h.things.toplevel; }));
    all.push_back(
        changed<lp::PopupReposition>("an unmanaged window", Violation::wrong_role,
                                     [](auto& m, Hostile& h) { m.window = h.things.unmanaged; }));
    all.push_back(
        changed<lp::UnmanagedPlace>("a toplevel", Violation::wrong_role,
                                    [](auto& m, Hostile& h) { m.window = h.things.toplevel; }));
    all.push_back(changed<lp::UnmanagedPlace>(
        "a popup", Violation::wrong_role, [](auto& m, Hostile& h) { m.window = h.things.popup; }));
    all.push_back(changed<lp::DragBegin>("an icon that is a toplevel", Violation::wrong_role,
                                         [](auto& m, Hostile& h) { m.icon = h.things.other; }));
    all.push_back(changed<lp::WindowParent>("its own parent", Violation::wrong_parent,
                                            [](auto& m, Hostile&) { m.parent = m.window; }));
    all.push_back(
        changed<lp::WindowParent>("a popup above", Violation::wrong_parent,
                                  [](auto& m, Hostile& h) { m.parent = h.things.popup; }));
    all.push_back(
        changed<lp::WindowParent>("a circle", Violation::wrong_parent, [](auto& m, Hostile& h) {
            h.guest.send(lp::WindowParent{.window = h.things.toplevel, .parent = h.things.other});
            m.parent = h.things.toplevel;
        }));
    all.push_back(changed<lp::WindowParent>(
        "a circle of three", Violation::wrong_parent, [](auto& m, Hostile& h) {
            h.guest.send(lp::WindowParent{.window = h.things.toplevel, .parent = h.things.spare});
            h.guest.send(lp::WindowParent{.window = h.things.spare, .parent = h.things.other});
            m.parent = h.things.toplevel;
        }));
    all.push_back(
        changed<lp::WindowDestroy>("with a popup on it", Violation::wrong_parent,
                                   [](auto& m, Hostile& h) { m.window = h.things.toplevel; }));
    all.push_back(changed<lp::PoolDestroy>("with a buffer in it", Violation::pool_in_use,
                                           [](auto& m, Hostile& h) { m.pool = h.things.pool; }));
    return all;
}

/// What one field alone cannot tell.
Breaches values() {
    Breaches all;
    const auto buffer = [&](const char* what, Violation reason,
                            std::function<void(lp::BufferCreate&)> change) {
        all.push_back(changed<lp::BufferCreate>(what, reason,
                                                [=](lp::BufferCreate& m, Hostile&) { change(m); }));
    };
    buffer("an odd offset", Violation::out_of_bounds, [](auto& m) { m.offset = 2; });
    buffer("an odd stride", Violation::out_of_bounds, [](auto& m) { m.stride = 18; });
    buffer("a stride below the width", Violation::out_of_bounds, [](auto& m) { m.stride = 12; });
    buffer("an offset past the end", Violation::buffer_outside_pool,
           [](auto& m) { m.offset = std::uint64_t{1} << 32; });
    buffer("an offset that wraps", Violation::buffer_outside_pool,
           [](auto& m) { m.offset = UINT64_MAX - 3; });
    buffer("more rows than the pool has", Violation::buffer_outside_pool,
           [](auto& m) { m.height = 16384; });
    buffer("the longest and the tallest", Violation::buffer_outside_pool, [](auto& m) {
        m.width = 16384;
        m.height = 16384;
        m.stride = 65536;
    });

    const auto commit = [&](const char* what, Violation reason,
                            std::function<void(lp::Commit&, Hostile&)> change) {
        all.push_back(changed<lp::Commit>(what, reason, change));
    };
    // Many: a picture may be drawn between any two.
    commit("several at once", Violation::commit_in_flight, [](auto& m, Hostile& h) {
        std::vector<std::byte> bytes;
        for (int i = 0; i < 20; ++i) {
            lp::encode<lp::FromAgent>(m, bytes);
        }
        h.guest.send_bytes(bytes);
    });
    commit("two layers", Violation::too_many_layers,
           [](auto& m, Hostile&) { m.layers.push_back(m.layers[0]); });
    commit("a source past the right edge", Violation::layer_outside_buffer,
           [](auto& m, Hostile&) { m.layers[0].source.x = 1; });
    commit("a source past the lower edge", Violation::layer_outside_buffer,
           [](auto& m, Hostile&) { m.layers[0].source.height = 16384; });
    commit("damage outside", Violation::damage_outside_layer, [](auto& m, Hostile&) {
        m.layers[0].damage[1] = {.x = 16384, .y = 16384, .width = 16384, .height = 16384};
    });
    commit("damage beside the source", Violation::damage_outside_layer, [](auto& m, Hostile&) {
        m.layers[0].source = {.x = 2, .y = 2, .width = 20, .height = 20};
    });
    commit("away from the corner", Violation::out_of_bounds,
           [](auto& m, Hostile&) { m.layers[0].x = 5; });
    commit("past the greatest window", Violation::out_of_bounds,
           [](auto& m, Hostile&) { m.layers[0].x = 16384; });

    all.push_back(changed<lp::SizeLimits>("most below least", Violation::out_of_bounds,
                                          [](auto& m, Hostile&) { m.max_width = 2; }));
    all.push_back(changed<lp::SizeLimits>("tallest below least", Violation::out_of_bounds,
                                          [](auto& m, Hostile&) { m.max_height = 2; }));
    const auto edges = [&](const char* what, std::uint32_t bits) {
        all.push_back(
            changed<lp::ResizeRequest>(what, Violation::out_of_bounds, [=](auto& m, Hostile&) {
                m.edges = *lp::Flags<lp::Edge>::from(bits);
            }));
    };
    edges("no edge", 0);
    edges("top and bottom", 0b0011);
    edges("left and right", 0b1100);
    all.push_back(changed<lp::CursorImage>("a hotspot outside", Violation::out_of_bounds,
                                           [](auto& m, Hostile&) { m.hotspot_x = 2; }));
    all.push_back(changed<lp::CursorImage>("a hotspot below", Violation::out_of_bounds,
                                           [](auto& m, Hostile&) { m.hotspot_y = 100; }));
    all.push_back(changed<lp::CursorImage>("fewer pixels than it says", Violation::wrong_length,
                                           [](auto& m, Hostile&) { m.width = 128; }));
    all.push_back(changed<lp::CursorImage>("no pixels", Violation::wrong_length,
                                           [](auto& m, Hostile&) { m.pixels = {}; }));
    all.push_back(changed<lp::PoolReferences>("on a local channel", Violation::pool_complete,
                                              [](auto&, Hostile&) {}));
    return all;
}

}  // namespace

TEST_CASE("windows, buffers and commits have rules beyond their fields") {
    Stage stage;
    commit_breaches(stage, "roles", roles());
    commit_breaches(stage, "values", values());
}
