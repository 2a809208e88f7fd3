// SPDX-License-Identifier: MIT
#include "compositor/spawner/warden_end.hpp"

#include "compositor/warden/outcome.hpp"

#include <cerrno>
#include <cstring>
#include <sys/wait.h>
#include <unistd.h>

namespace leadlight::compositor {

WardenEnd warden_end_of(int wait_status) {
    return WIFEXITED(wait_status) ? WardenEnd{WardenEnd::How::exited, WEXITSTATUS(wait_status)}
                                  : WardenEnd{WardenEnd::How::killed, WTERMSIG(wait_status)};
}

void tell_warden_end(int pipe, const WardenEnd& end) {
    // A pipe takes a write of this size whole or not at all, and it is empty.
    [[maybe_unused]] const ssize_t size = write(pipe, &end, sizeof end);
}

WardenEnd read_warden_end(int process) {
    WardenEnd end;
    ssize_t size = 0;
    do {
        size = read(process, &end, sizeof end);
    } while (size < 0 && errno == EINTR);
    return size == ssize_t{sizeof end} ? end : WardenEnd{};
}

LinkEnd link_end(const WardenEnd& end) {
    using warden::ExitStatus;
    if (end.how == WardenEnd::How::unknown) {
        return LinkEnd::closed;  // whoever starts wardens ended, and they with it: nobody's fault
    }
    if (end.how != WardenEnd::How::exited) {
        return LinkEnd::crashed;
    }
    switch (static_cast<ExitStatus>(end.code)) {
    case ExitStatus::cannot_connect:
        return LinkEnd::unreachable;
    case ExitStatus::guest_left:
    case ExitStatus::compositor_gone:
        return LinkEnd::closed;
    case ExitStatus::guest_broke_protocol:
    case ExitStatus::channel_broken:  // by ring indices that cannot be
    case ExitStatus::dismissed:
        return LinkEnd::violation;
    case ExitStatus::own_failure:
    case ExitStatus::usage:
    case ExitStatus::no_fonts:
    case ExitStatus::no_cage:
        break;
    }
    return LinkEnd::crashed;
}

bool broke_channel(const WardenEnd& end) {
    return end ==
           WardenEnd{WardenEnd::How::exited, static_cast<int>(warden::ExitStatus::channel_broken)};
}

std::string to_string(const WardenEnd& end) {
    switch (end.how) {
    case WardenEnd::How::exited:
        return "ended with status " + std::to_string(end.code);
    case WardenEnd::How::killed:
        return "was killed by signal " + std::to_string(end.code);
    case WardenEnd::How::not_started:
        return "could not be started: " + std::string(std::strerror(end.code));
    case WardenEnd::How::unknown:
        break;
    }
    return "ended with the spawner";
}

}  // namespace leadlight::compositor
