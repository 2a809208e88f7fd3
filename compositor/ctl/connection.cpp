// SPDX-License-Identifier: MIT
#include "compositor/ctl/connection.hpp"

#include "shm-grants/descriptor.hpp"
#include "shm-grants/unix_address.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sys/socket.h>
#include <sys/time.h>

namespace leadlight::ctl {

std::string default_socket() {
    const char* directory = std::getenv("XDG_RUNTIME_DIR");
    return std::string(directory != nullptr ? directory : "/run") + "/leadlight/control";
}

std::expected<std::string, std::string> ask(const std::string& socket_path,
                                            const std::string& request) {
    const auto failed = [&socket_path](const char* what) {
        return std::unexpected(std::string(what) + " " + socket_path + ": " + std::strerror(errno));
    };
    const auto address = grants::unix_address(socket_path);
    if (!address) {
        return std::unexpected(socket_path + ": empty, or too long for a socket");
    }
    const grants::Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket ||
        connect(socket.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0) {
        return failed("no leadlight answers at");
    }
    // A compositor that hangs is worth a message, not a shell that hangs too.
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const std::string line = request + "\n";
    if (send(socket.get(), line.data(), line.size(), MSG_NOSIGNAL) != std::ssize(line)) {
        return failed("cannot write to");
    }
    std::string answer;
    std::array<char, 16384> bytes{};
    while (!answer.ends_with('\n')) {
        const ssize_t size = recv(socket.get(), bytes.data(), bytes.size(), 0);
        if (size < 0) {
            return failed("no answer from");
        }
        if (size == 0) {
            return std::unexpected("leadlight hung up");
        }
        answer.append(bytes.data(), static_cast<std::size_t>(size));
    }
    answer.pop_back();
    return answer;
}

}  // namespace leadlight::ctl
