// SPDX-License-Identifier: MIT
// Checked values from plain numbers, and a connection with one of everything in it.
#pragma once

#include "compositor/warden/guest_state.hpp"

#include <stdexcept>
#include <utility>

namespace leadlight::warden::test {

using namespace protocol;

constexpr PoolId pool_id(std::uint64_t value) {
    return *PoolId::from(value);
}
constexpr BufferId buffer_id(std::uint64_t value) {
    return *BufferId::from(value);
}
constexpr WindowId window_id(std::uint64_t value) {
    return *WindowId::from(value);
}

inline constexpr auto toplevel = window_id(1), other_toplevel = window_id(2), popup = window_id(3),
                      unmanaged = window_id(4), submenu = window_id(5);
inline constexpr auto ready_pool = pool_id(1), new_pool = pool_id(2);
inline constexpr auto ready_buffer = buffer_id(1), new_buffer = buffer_id(2);
inline constexpr Serial press = 10, configured = 7, asked = 5;

/// A layer that shows all of the ready buffer, 16 by 16.
inline Layer whole_layer() {
    return {.buffer = ready_buffer, .source = {.width = 16, .height = 16}};
}

/// Two toplevels; on the first a popup with a submenu, and an unmanaged window. A pool of one page
/// that is ready, one of four that is not, a buffer of 16 by 16 in each.
inline GuestState lively_state() {
    GuestState state(PoolKind::memfd);
    const auto must = [&](const FromAgent::Any& message) {
        if (state.accept(message) != Verdict::pass) {
            throw std::logic_error("the scene does not stand");
        }
    };
    must(Hello{});
    state.sent(Welcome{});
    must(ToplevelCreate{.window = toplevel});
    must(ToplevelCreate{.window = other_toplevel});
    must(PopupCreate{.window = popup, .parent = toplevel});
    must(UnmanagedCreate{.window = unmanaged, .owner = toplevel});
    must(PopupCreate{.window = submenu, .parent = popup});
    must(PoolCreate{.pool = ready_pool, .pages = 1});
    must(PoolCreate{.pool = new_pool, .pages = 4});
    for (const auto& [buffer, pool] :
         {std::pair(ready_buffer, ready_pool), std::pair(new_buffer, new_pool)}) {
        must(BufferCreate{.buffer = buffer, .pool = pool, .width = 16, .height = 16, .stride = 64});
    }
    state.sent(PoolReady{ready_pool});
    state.sent(Configure{.window = toplevel, .serial = configured});
    state.sent(PointerButton{.serial = press});
    state.sent(Ping{.serial = asked});
    return state;
}

inline Commit shows(std::initializer_list<Layer> layers, Serial configure = 0) {
    return {.window = toplevel, .configure = configure, .layers = layers};
}

inline Layer with(void (*change)(Layer&)) {
    auto layer = whole_layer();
    change(layer);
    return layer;
}

}  // namespace leadlight::warden::test
