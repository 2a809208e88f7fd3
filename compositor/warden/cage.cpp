// SPDX-License-Identifier: MIT
#include "compositor/warden/cage.hpp"

#include "compositor/warden/cage_parts.hpp"
#include "shm-grants/descriptor.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace leadlight::warden {

std::expected<void, std::string> enter_cage(const CageNeeds& needs) {
    const grants::Descriptor heard(fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    // Landlock behind the streams: it would not let /dev/null be opened. seccomp last: it forbids
    // what the others need.
    auto closed = limit_resources()
                      .and_then(drop_privileges)
                      .and_then(close_streams)
                      .and_then(close_file_system)
                      .and_then([&] { return filter_system_calls(needs); });
    // Not caged after all: which part is missing can be said.
    if (!closed && heard) {
        static_cast<void>(dup2(heard.get(), STDERR_FILENO));
    }
    return closed;
}

}  // namespace leadlight::warden
