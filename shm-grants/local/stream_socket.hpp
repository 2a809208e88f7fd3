// SPDX-License-Identifier: MIT
// Opening a socket, for both ends.
#pragma once

#include "shm-grants/descriptor.hpp"

#include <sys/socket.h>

namespace leadlight::grants::local {

inline Descriptor stream_socket() {
    return Descriptor(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

}  // namespace leadlight::grants::local
