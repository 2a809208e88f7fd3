// SPDX-License-Identifier: MIT
// A breach by a good message in which one thing was changed.
#pragma once

#include "tests/hostile/stage.hpp"

namespace leadlight::hostile {

template <class T>
constexpr std::uint16_t opcode = lp::opcode_of<lp::FromAgent, T>();

template <class T>
constexpr bool wants_input =
    requires(T message) { message.serial; } && !std::is_same_v<T, lp::Pong>;

/// Sends a good message after `change` was done to it.
template <class T>
Breach changed(const std::string& what, lp::Violation reason,
               std::function<void(T&, Hostile&)> change) {
    return {.what = std::string(lp::schema<T>.name) + ": " + what,
            .does =
                [=](Hostile& hostile) {
                    T message = sample<T>(hostile.things);
                    change(message, hostile);
                    hostile.guest.send(message);
                },
            .reason = reason,
            .opcode = opcode<T>,
            .needs_pointer = wants_input<T>};
}

}  // namespace leadlight::hostile
