// SPDX-License-Identifier: MIT
// The checks that all messages about one window share. For guest_*.cpp only.
#pragma once

#include "compositor/warden/fault.hpp"
#include "compositor/warden/guest_state.hpp"

namespace leadlight::warden {

/// `message.window` exists, and is of the role where one is asked for.
template <class M>
GuestState::Answer GuestState::about(const M& message, std::optional<Role> role) {
    const auto found = windows_.alive.find(message.window);
    if (found == windows_.alive.end()) {
        return refuse(message, protocol::Violation::unknown_window, "window");
    }
    if (role && found->second.role != *role) {
        return refuse(message, protocol::Violation::wrong_role, "window");
    }
    return found->second.being == Being::real ? Verdict::pass : Verdict::drop;
}

/// `message.serial` was sent with an input event; or is 0 where the request may answer none.
template <class M>
std::optional<protocol::Fault> GuestState::check_serial(const M& message, bool may_be_none) const {
    if ((may_be_none && message.serial == 0) || inputs_.contains(message.serial)) {
        return std::nullopt;
    }
    return fault(message, protocol::Violation::serial_not_sent, "serial");
}

}  // namespace leadlight::warden
