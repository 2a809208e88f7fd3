// SPDX-License-Identifier: MIT
// Opening a socket and naming it for the kernel, for both ends.
#pragma once

#include "shm-grants/address.hpp"
#include "shm-grants/descriptor.hpp"

#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <optional>

namespace leadlight::grants::local {

inline Descriptor stream_socket() {
    return Descriptor(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

inline std::optional<sockaddr_un> kernel_address(const LocalAddress& address) {
    sockaddr_un result{};
    result.sun_family = AF_UNIX;
    // An empty path would be an autobound name in the abstract namespace, open to everyone.
    if (address.path.empty() || address.path.size() >= sizeof(result.sun_path)) {
        return std::nullopt;
    }
    std::memcpy(result.sun_path, address.path.c_str(), address.path.size() + 1);
    return result;
}

}  // namespace leadlight::grants::local
