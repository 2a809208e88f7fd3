// SPDX-License-Identifier: MIT
// How a warden ended, as the spawner tells it, or the compositor itself with leadlightd's word:
// once, on a pipe of that warden's own, so that who waits for the end need not know who started it.
#pragma once

#include "compositor/spawner/backoff.hpp"

#include <string>

namespace leadlight::compositor {

struct WardenEnd {
    enum class How : unsigned char {
        exited,       // `code`: its exit status, see compositor/warden/outcome.hpp
        killed,       // `code`: the signal
        not_started,  // `code`: errno of what failed
        unknown,      // the spawner went first
    };
    How how = How::unknown;
    int code = 0;
    bool operator==(const WardenEnd&) const = default;
};

/// Of a child, by what waitpid() said.
WardenEnd warden_end_of(int wait_status);

/// Into the writing end of that pipe. Does not block, and nobody may be there to hear it.
void tell_warden_end(int pipe, const WardenEnd& end);
/// From WardenProcess::process once it is readable. Does not block.
WardenEnd read_warden_end(int process);

/// What it means for the next try. A warden that the compositor dismissed was dismissed for what
/// its guest did.
LinkEnd link_end(const WardenEnd& end);

/// By ring indices that cannot be, or rings that are too large: the warden has no voice to say so.
bool broke_channel(const WardenEnd& end);

/// "ended with status 3", for the log.
std::string to_string(const WardenEnd& end);

}  // namespace leadlight::compositor
