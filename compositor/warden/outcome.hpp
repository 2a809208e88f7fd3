// SPDX-License-Identifier: MIT
// How a warden ends. The exit status tells whoever started it, also where no record could.
#pragma once

#include "protocol/violation.hpp"

#include <string_view>
#include <variant>

namespace leadlight::warden {

enum class ExitStatus : int {
    guest_left = 0,
    own_failure = 1,
    usage = 2,
    cannot_connect = 3,
    no_fonts = 4,
    no_cage = 5,
    guest_broke_protocol = 6,
    dismissed = 7,
    compositor_gone = 8,
    channel_broken = 9,
};

/// What the loop ended with.
struct Outcome {
    ExitStatus status = ExitStatus::guest_left;
    std::string_view words;   // ours, never the guest's; told in builds with sanitizers
    protocol::Fault fault{};  // if the guest broke the protocol
};

}  // namespace leadlight::warden
