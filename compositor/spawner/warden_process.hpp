// SPDX-License-Identifier: MIT
// What stands between the compositor and one warden, whoever starts it: a socket for records, and a
// pipe on which its end is told.
#pragma once

#include "shm-grants/descriptor.hpp"

#include <expected>
#include <string>

namespace leadlight::compositor {

/// A warden that was started for one connection.
struct WardenProcess {
    grants::Descriptor records;  // SOCK_SEQPACKET, non-blocking
    /// Readable once it has ended, or could not be started: read_warden_end() of warden_end.hpp
    /// says how, backoff.hpp when to start the next. (No pidfd: wardens are children of whoever
    /// starts them, so only that one learns their status.) Closing it kills a warden that still
    /// runs.
    grants::Descriptor process;
};

/// Before it is started: the compositor's ends, the warden's socket, and the pipe's end for whoever
/// starts it.
struct WardenEnds {
    WardenProcess ours;
    grants::Descriptor records;
    grants::Descriptor end;
};

/// The error is one line for the log.
[[nodiscard]] std::expected<WardenEnds, std::string> make_warden_ends();

}  // namespace leadlight::compositor
