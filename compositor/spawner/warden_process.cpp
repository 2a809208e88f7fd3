// SPDX-License-Identifier: MIT
#include "compositor/spawner/warden_process.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace leadlight::compositor {

std::expected<WardenEnds, std::string> make_warden_ends() {
    WardenEnds ends;
    int fds[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) != 0) {
        return std::unexpected(std::string("socketpair: ") + std::strerror(errno));
    }
    ends.ours.records.reset(fds[0]);
    ends.records.reset(fds[1]);
    if (pipe2(fds, O_CLOEXEC | O_NONBLOCK) != 0) {
        return std::unexpected(std::string("pipe: ") + std::strerror(errno));
    }
    ends.ours.process.reset(fds[0]);
    ends.end.reset(fds[1]);
    // Ours never blocks; the warden chooses for its own end.
    fcntl(ends.ours.records.get(), F_SETFL, O_NONBLOCK);
    return ends;
}

}  // namespace leadlight::compositor
