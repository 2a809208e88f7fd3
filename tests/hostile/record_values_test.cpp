// SPDX-License-Identifier: MIT
// A hijacked warden's records that are well formed and yet cannot be, and such as mean nothing.
#include "tests/hostile/wrongs.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::hostile;
using leadlight::grants::Descriptor;
using lp::Violation;

namespace {

Wrongs values() {
    Wrongs all;
    const auto buffer = [&](const char* what, std::function<void(lp::BufferCreate&)> change) {
        all.push_back(changed<lp::BufferCreate>(what, Violation::buffer_outside_pool,
                                                [=](auto& r, Hijacked&) { change(r); }));
    };
    buffer("an odd offset", [](auto& r) { r.offset = 2; });
    buffer("an odd stride", [](auto& r) { r.stride = 18; });
    buffer("a stride below the width", [](auto& r) { r.stride = 12; });
    buffer("an offset past the end", [](auto& r) { r.offset = std::uint64_t{1} << 32; });
    buffer("an offset that wraps", [](auto& r) { r.offset = UINT64_MAX - 3; });
    buffer("an offset to the last row", [](auto& r) { r.offset = 4 * lp::page_size - 60; });
    buffer("more rows than the pool has", [](auto& r) { r.height = 16384; });

    all.push_back(changed<lp::Pong>("to no ping", Violation::serial_not_sent,
                                    [](lp::Pong& r, Hijacked&) { r.serial = 77; }));

    const auto commits = [&](const char* what, Violation reason,
                             std::function<void(lp::Commit&, Hijacked&)> change) {
        all.push_back(changed<lp::Commit>(what, reason, change));
    };
    // Many: a picture may be drawn between any two.
    commits("several at once", Violation::commit_in_flight, [](auto& r, Hijacked& w) {
        for (int i = 0; i < 20; ++i) {
            w.send(r);
        }
    });
    commits("two layers", Violation::too_many_layers,
            [](auto& r, Hijacked&) { r.layers.push_back(r.layers[0]); });
    commits("a source past the right edge", Violation::layer_outside_buffer,
            [](auto& r, Hijacked&) { r.layers[0].source.x = 1; });
    commits("the greatest source", Violation::layer_outside_buffer, [](auto& r, Hijacked&) {
        r.layers[0].source = {.x = 16384, .y = 16384, .width = 16384, .height = 16384};
    });
    commits("damage outside of the buffer", Violation::damage_outside_layer,
            [](auto& r, Hijacked&) {
                r.layers[0].damage[1] = {.x = 16384, .y = 16384, .width = 16384, .height = 16384};
            });
    commits("away from the corner", Violation::layer_outside_buffer,
            [](auto& r, Hijacked&) { r.layers[0].x = 5; });
    commits("a configure never sent", Violation::serial_not_sent,
            [](auto& r, Hijacked&) { r.configure = 0x7fff'ffff; });
    commits("of a pool that is not mapped", Violation::pool_incomplete, [](auto& r, Hijacked& w) {
        const auto pool = *lp::PoolId::from(w.next_id());
        const auto made = *lp::BufferId::from(w.next_id());
        // So many pages that they are not mapped in one dispatch.
        const Descriptor file(Hijacked::sealed(std::size_t{16'384} * lp::page_size));
        w.send(lp::PoolCreate{.pool = pool, .pages = 16'384}, file.get());
        w.send(lp::BufferCreate{.buffer = made,
                                .pool = pool,
                                .width = r.layers[0].source.width,
                                .height = r.layers[0].source.height,
                                .stride = 256});
        r.layers[0].buffer = made;
    });

    const auto wrong_role = [&]<class T>(std::type_identity<T>) {
        all.push_back(changed<T>("a popup", Violation::wrong_role,
                                 [](T& r, Hijacked& w) { r.window = w.things.popup; }));
    };
    wrong_role(std::type_identity<lp::WindowParent>());
    wrong_role(std::type_identity<lp::SizeLimits>());
    wrong_role(std::type_identity<lp::MoveRequest>());
    wrong_role(std::type_identity<lp::ResizeRequest>());
    wrong_role(std::type_identity<lp::StateRequest>());
    wrong_role(std::type_identity<lp::Activate>());
    wrong_role(std::type_identity<lp::UnmanagedPlace>());
    all.push_back(
        changed<lp::PopupReposition>("a toplevel", Violation::wrong_role,
                                     [](auto& r, Hijacked& w) { r.window = w.things.toplevel; }));
    all.push_back(changed<lp::DragBegin>("an icon that is a toplevel", Violation::wrong_role,
                                         [](auto& r, Hijacked& w) { r.icon = w.things.other; }));
    all.push_back(changed<lp::WindowParent>("its own parent", Violation::wrong_parent,
                                            [](auto& r, Hijacked&) { r.parent = r.window; }));
    all.push_back(
        changed<lp::WindowDestroy>("with a popup on it", Violation::wrong_parent,
                                   [](auto& r, Hijacked& w) { r.window = w.things.toplevel; }));
    all.push_back(changed<lp::PoolDestroy>("with a buffer in it", Violation::pool_in_use,
                                           [](auto& r, Hijacked& w) { r.pool = w.things.pool; }));
    all.push_back(changed<lp::PoolReferences>("of a memfd", Violation::pool_complete,
                                              [](auto&, Hijacked&) {}));
    all.push_back(changed<lp::PoolCreate>(
        "references on a local link", Violation::descriptor_unexpected,
        [](auto& r, Hijacked&) { r.kind = lp::PoolKind::grant_references; }));
    all.push_back({.what = "pool_create: references without a descriptor",
                   .does =
                       [](Hijacked& warden) {
                           auto pool = sample<lp::PoolCreate>(warden.things);
                           pool.kind = lp::PoolKind::grant_references;
                           warden.send(pool);
                       },
                   .reason = Violation::descriptor_refused});
    all.push_back(changed<lp::CursorFile>("a hotspot outside", Violation::out_of_bounds,
                                          [](auto& r, Hijacked&) { r.hotspot_x = 2; }));
    all.push_back(changed<lp::CursorFile>("a hotspot below", Violation::out_of_bounds,
                                          [](auto& r, Hijacked&) { r.hotspot_y = 127; }));
    // Valid UTF-8 that may not be shown: the warden was to clean it.
    for (const char* text : {"right to left \u202e override", "isolate \u2066", "bell \a",
                             "line\nbreak", "tag \U000E0041"}) {
        all.push_back(changed<lp::TitleText>(
            "text that is not clean", Violation::bad_text,
            [=](auto& r, Hijacked&) { r.text = lp::Text<256>::from(text).value(); }));
    }
    return all;
}

/// What no warden sends and the compositor has no rule against: taken without harm.
template <class T>
Wrong odd(const char* what, std::function<void(T&)> change) {
    return {.what = std::string(lp::schema<T>.name) + ": " + what,
            .does =
                [=](Hijacked& warden) {
                    T record = sample<T>(warden.things);
                    change(record);
                    const Descriptor file = good_file(record);
                    warden.send(record, file.get());
                    warden.is_answered();
                    warden.send(lp::Hello{});  // the end that is awaited
                },
            .reason = Violation::hello_repeated};
}

Wrongs oddities() {
    Wrongs all;
    all.push_back(odd<lp::SizeLimits>("greatest below least", [](auto& r) {
        r.min_width = r.min_height = 16384;
        r.max_width = r.max_height = 1;
        r.base_width = r.base_height = 16384;
        r.step_width = r.step_height = 16384;
    }));
    for (const std::uint32_t edges : {0u, 0b0011u, 0b1100u, 0b1111u}) {
        all.push_back(odd<lp::ResizeRequest>("edges that are opposite", [=](auto& r) {
            r.edges = *lp::Flags<lp::Edge>::from(edges);
        }));
    }
    const auto serial = [&]<class T>(std::type_identity<T>) {
        for (const lp::Serial never : {0u, 1u, 0x7fff'ffffu, 0xffff'ffffu}) {
            all.push_back(odd<T>("a serial never sent", [=](T& r) { r.serial = never; }));
        }
    };
    serial(std::type_identity<lp::MoveRequest>());
    serial(std::type_identity<lp::StateRequest>());
    serial(std::type_identity<lp::Activate>());
    serial(std::type_identity<lp::Constraint>());
    serial(std::type_identity<lp::CursorShapeSet>());
    serial(std::type_identity<lp::CursorFile>());
    serial(std::type_identity<lp::DragBegin>());
    all.push_back(odd<lp::PopupCreate>("a grab never sent", [](auto& r) { r.grab = 77; }));
    all.push_back(odd<lp::DragEnd>("without a drag", [](auto&) {}));
    all.push_back(
        odd<lp::PoolCreate>("more pages than there are", [](auto& r) { r.pages = 65536; }));
    all.push_back(odd<lp::ToplevelCreate>(
        "the last id of all", [](auto& r) { r.window = *lp::WindowId::from(UINT64_MAX); }));
    // Its number shares bits with the kinds that the outgoing queue files records under.
    all.push_back(odd<lp::ToplevelCreate>("an id above 2^48", [](auto& r) {
        r.window = *lp::WindowId::from((std::uint64_t{0x0f} << 48) + 5);
    }));
    for (const int place : {-16384, 16384}) {
        all.push_back(odd<lp::UnmanagedPlace>("at the end of the world", [=](auto& r) {
            r.x = r.y = *lp::Coordinate::from(place);
            r.width = r.height = 16384;
        }));
        all.push_back(odd<lp::PopupReposition>("at the end of the world", [=](auto& r) {
            r.positioner.anchor_x = r.positioner.offset_x = *lp::Coordinate::from(place);
            r.positioner.anchor_y = r.positioner.offset_y = *lp::Coordinate::from(place);
            r.positioner.width = r.positioner.height = 16384;
            r.positioner.anchor_width = r.positioner.anchor_height = 16384;
            r.positioner.reactive = true;
        }));
    }
    all.push_back(odd<lp::TitleStrip>("as large as one may be", [](auto& r) {
        r.width = 2048;
        r.height = 96;
    }));
    all.push_back(odd<lp::TitleText>("no text", [](auto& r) { r.text = {}; }));
    all.push_back(odd<lp::AppId>("an app id that cannot be shown", [](auto& r) {
        r.text = lp::Text<128>::from("evil \u202e app").value();
    }));
    all.push_back(odd<lp::Commit>("no layer", [](auto& r) { r.layers.clear(); }));
    all.push_back(odd<lp::Commit>("a pixel", [](auto& r) {
        r.layers[0].source = {.width = 1, .height = 1};
        r.layers[0].damage.clear();
    }));
    return all;
}

}  // namespace

TEST_CASE("records with rules beyond their fields cut off its own domain alone, or mean nothing") {
    Stage stage(scripted_warden());
    commit(stage, "records beyond their fields", values());
    commit(stage, "odd records", oddities());
}
