// SPDX-License-Identifier: MIT
#include "shm-grants/local/local.hpp"
#include "shm-grants/local/stream_socket.hpp"
#include "shm-grants/unix_address.hpp"

#include <cerrno>

namespace leadlight::grants::local {

std::expected<std::unique_ptr<Channel>, ChannelError> connect(const LocalAddress& address) {
    const auto name = unix_address(address.path);
    if (!name) {
        return std::unexpected(ChannelError::not_there);
    }
    auto socket = stream_socket();
    if (!socket) {
        return std::unexpected(ChannelError::failed);
    }
    // Non-blocking: with a full backlog it fails (EAGAIN) instead of waiting for the guest.
    const auto* generic = reinterpret_cast<const sockaddr*>(&*name);
    if (::connect(socket.get(), generic, sizeof *name) < 0) {
        switch (errno) {
        case ENOENT:
        case ENOTDIR:
        case ECONNREFUSED:
        case EAGAIN:
            return std::unexpected(ChannelError::not_there);
        case EACCES:
        case EPERM:
            return std::unexpected(ChannelError::refused);
        default:
            return std::unexpected(ChannelError::failed);
        }
    }
    return channel_on(std::move(socket));
}

}  // namespace leadlight::grants::local
