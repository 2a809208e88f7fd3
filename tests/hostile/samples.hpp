// SPDX-License-Identifier: MIT
// One good message of each kind for a connection whose objects are these: what an attack is then a
// single step away from.
#pragma once

#include "protocol/records.hpp"

namespace leadlight::hostile {

namespace lp = leadlight::protocol;

/// What exists in a hostile domain's connection. Ids of all kinds come from one counter, so that
/// none of one kind is one of another.
struct Things {
    lp::PoolId pool, spare_pool;  // the spare ones may be destroyed: nothing is made of them
    lp::BufferId buffer, spare_buffer;
    lp::WindowId toplevel, other, spare;  // toplevels; `toplevel` shows `buffer`
    lp::WindowId popup, unmanaged;        // both on `toplevel`
    std::uint64_t next = 0;               // never used
    lp::Serial configure = 0, input = 0;
    int width = 0, height = 0;  // of `buffer`

    template <class Id>
    Id fresh() const {
        return *Id::from(next);
    }
};

/// What differs from good in one value at most is a copy of these.
inline lp::Positioner good_positioner() {
    return {.width = 40,
            .height = 30,
            .anchor_x = 2,
            .anchor_y = 3,
            .anchor_width = 5,
            .anchor_height = 6,
            .anchor = lp::Direction::bottom_left,
            .gravity = lp::Direction::bottom_right,
            .adjustment = lp::Adjustment::flip_y};
}

inline lp::Layer good_layer(const Things& things) {
    const lp::Rect all{.width = *lp::Extent::from(things.width),
                       .height = *lp::Extent::from(things.height)};
    return {.buffer = things.buffer, .source = all, .damage = {all, {.width = 1, .height = 1}}};
}

template <class T>
struct Sample;
template <class T>
T sample(const Things& things) {
    return Sample<T>::of(things);
}

#define LEADLIGHT_SAMPLE(Message, ...)                                                             \
    template <>                                                                                    \
    struct Sample<lp::Message> {                                                                   \
        static lp::Message of([[maybe_unused]] const Things& t) {                                  \
            return lp::Message __VA_ARGS__;                                                        \
        }                                                                                          \
    };

LEADLIGHT_SAMPLE(Hello, {})
LEADLIGHT_SAMPLE(PoolCreate, {.pool = t.fresh<lp::PoolId>(), .pages = 1})
LEADLIGHT_SAMPLE(PoolReferences, {.pool = t.pool, .first = 0, .references = {7, 8, 9}})
LEADLIGHT_SAMPLE(PoolDestroy, {.pool = t.spare_pool})
LEADLIGHT_SAMPLE(
    BufferCreate,
    {.buffer = t.fresh<lp::BufferId>(), .pool = t.pool, .width = 4, .height = 4, .stride = 16})
LEADLIGHT_SAMPLE(BufferDestroy, {.buffer = t.spare_buffer})
LEADLIGHT_SAMPLE(ToplevelCreate, {.window = t.fresh<lp::WindowId>()})
LEADLIGHT_SAMPLE(PopupCreate, {.window = t.fresh<lp::WindowId>(),
                               .parent = t.toplevel,
                               .positioner = good_positioner(),
                               .grab = t.input})
LEADLIGHT_SAMPLE(UnmanagedCreate, {.window = t.fresh<lp::WindowId>(),
                                   .owner = t.toplevel,
                                   .x = 3,
                                   .y = 4,
                                   .width = 20,
                                   .height = 20})
LEADLIGHT_SAMPLE(UnmanagedPlace,
                 {.window = t.unmanaged, .x = -5, .y = 6, .width = 24, .height = 20})
LEADLIGHT_SAMPLE(WindowParent, {.window = t.other, .parent = t.toplevel})
LEADLIGHT_SAMPLE(WindowDestroy, {.window = t.spare})
LEADLIGHT_SAMPLE(Commit,
                 {.window = t.toplevel, .configure = t.configure, .layers = {good_layer(t)}})
LEADLIGHT_SAMPLE(PopupReposition, {.window = t.popup, .positioner = good_positioner(), .token = 77})
LEADLIGHT_SAMPLE(Title, {.window = t.toplevel, .text = *lp::Text<512>::from("a good title")})
LEADLIGHT_SAMPLE(AppId, {.window = t.toplevel, .text = *lp::Text<128>::from("org.good.app")})
LEADLIGHT_SAMPLE(SizeLimits, {.window = t.toplevel,
                              .min_width = 20,
                              .min_height = 20,
                              .max_width = 900,
                              .max_height = 900,
                              .base_width = 4,
                              .base_height = 4,
                              .step_width = 2,
                              .step_height = 2})
LEADLIGHT_SAMPLE(WindowKind, {.window = t.toplevel, .type = lp::WindowType::dialog})
LEADLIGHT_SAMPLE(MoveRequest, {.window = t.toplevel, .serial = t.input})
LEADLIGHT_SAMPLE(ResizeRequest, {.window = t.toplevel, .serial = t.input, .edges = lp::Edge::left})
LEADLIGHT_SAMPLE(StateRequest,
                 {.window = t.toplevel, .serial = t.input, .wish = lp::StateWish::fullscreen})
LEADLIGHT_SAMPLE(Activate, {.window = t.toplevel, .serial = t.input})
LEADLIGHT_SAMPLE(Constraint,
                 {.window = t.toplevel,
                  .serial = t.input,
                  .kind = lp::ConstraintKind::confine,
                  .region = {{.width = 9, .height = 9}, {.x = 5, .y = 5, .width = 9, .height = 9}}})
LEADLIGHT_SAMPLE(CursorShapeSet, {.serial = t.input, .shape = lp::CursorShape::text})
LEADLIGHT_SAMPLE(CursorImage,
                 {.serial = t.input,
                  .width = 2,
                  .height = 2,
                  .hotspot_x = 1,
                  .hotspot_y = 1,
                  .pixels = *decltype(lp::CursorImage::pixels)::from(std::array<std::byte, 16>{})})
LEADLIGHT_SAMPLE(DragBegin, {.origin = t.toplevel, .serial = t.input, .icon = t.unmanaged})
LEADLIGHT_SAMPLE(DragEnd, {})
LEADLIGHT_SAMPLE(IdleInhibit, {.window = t.toplevel, .inhibit = true})
LEADLIGHT_SAMPLE(Pong, {.serial = 1})
/// Of a warden only.
LEADLIGHT_SAMPLE(TitleStrip, {.window = t.toplevel, .width = 8, .height = 8})
LEADLIGHT_SAMPLE(TitleText, {.window = t.toplevel, .text = *lp::Text<256>::from("a good title")})
LEADLIGHT_SAMPLE(CursorFile, {.serial = t.input, .width = 2, .height = 2})
LEADLIGHT_SAMPLE(Broken, {.violation = lp::Violation::flood})
#undef LEADLIGHT_SAMPLE

}  // namespace leadlight::hostile
