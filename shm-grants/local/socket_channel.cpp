// SPDX-License-Identifier: MIT
#include "shm-grants/local/socket_channel.hpp"

#include "shm-grants/descriptor_message.hpp"
#include "shm-grants/local/local.hpp"

#include <fcntl.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace leadlight::grants::local {

SocketChannel::SocketChannel(Descriptor stream_socket) : socket_(std::move(stream_socket)) {}

std::unexpected<ChannelError> SocketChannel::end(ChannelError error) {
    ended_ = error;
    waiting_.clear();
    return std::unexpected(error);
}

std::expected<std::size_t, ChannelError> SocketChannel::read(std::span<std::byte> bytes) {
    if (ended_) {
        return std::unexpected(*ended_);
    }
    if (bytes.empty()) {
        return 0;  // recvmsg would give 0 as well, and that is how it tells of the end
    }
    iovec where{bytes.data(), bytes.size()};
    alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(sizeof(int) * max_waiting_descriptors)>
        control;
    msghdr message{};
    message.msg_iov = &where;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    ssize_t length = 0;
    do {
        length = recvmsg(socket_.get(), &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    } while (length < 0 && errno == EINTR);
    if (length < 0) {
        if (errno == EAGAIN) {
            return 0;
        }
        return end(errno == ECONNRESET ? ChannelError::closed : ChannelError::failed);
    }
    adopt_descriptors(message);
    // Truncated: the kernel has closed those that found no place. Somebody fills our table.
    if ((message.msg_flags & MSG_CTRUNC) != 0 || waiting_.size() > max_waiting_descriptors) {
        return end(ChannelError::too_many_descriptors);
    }
    if (length == 0) {
        return end(ChannelError::closed);
    }
    return static_cast<std::size_t>(length);
}

void SocketChannel::adopt_descriptors(msghdr& message) {
    for (auto* part = CMSG_FIRSTHDR(&message); part != nullptr;
         part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) {
            continue;
        }
        const auto count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int descriptor = -1;
            std::memcpy(&descriptor, CMSG_DATA(part) + i * sizeof(int), sizeof(int));
            waiting_.emplace_back(descriptor);
        }
    }
}

std::optional<Descriptor> SocketChannel::take_descriptor() {
    if (waiting_.empty()) {
        return std::nullopt;
    }
    auto oldest = std::move(waiting_.front());
    waiting_.pop_front();
    return oldest;
}

std::expected<std::size_t, ChannelError> SocketChannel::send(const msghdr& message) {
    ssize_t length = 0;
    do {
        length = sendmsg(socket_.get(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    } while (length < 0 && errno == EINTR);
    if (length >= 0) {
        return static_cast<std::size_t>(length);
    }
    if (errno == EAGAIN || errno == ENOBUFS) {
        return 0;
    }
    const auto gone = errno == EPIPE || errno == ECONNRESET;
    return std::unexpected(gone ? ChannelError::closed : ChannelError::failed);
}

std::expected<std::size_t, ChannelError> SocketChannel::write(std::span<const std::byte> bytes) {
    // Who sent too many descriptors is not read any more, but can still be told.
    if (ended_ && *ended_ != ChannelError::too_many_descriptors) {
        return std::unexpected(*ended_);
    }
    if (bytes.empty()) {
        return 0;
    }
    return send(DescriptorMessage<0>(bytes, {}).header());
}

std::expected<std::size_t, ChannelError>
SocketChannel::write_with_descriptor(std::span<const std::byte> bytes, int descriptor) {
    if (ended_) {
        return std::unexpected(*ended_);
    }
    if (bytes.empty()) {
        return 0;  // a stream carries a descriptor only with a byte
    }
    return send(DescriptorMessage<1>(bytes, std::span(&descriptor, 1)).header());
}

std::unique_ptr<Channel> channel_on(Descriptor stream_socket) {
    return std::make_unique<SocketChannel>(std::move(stream_socket));
}

std::expected<ChannelPair, ChannelError> channel_pair() {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) < 0) {
        return std::unexpected(ChannelError::failed);
    }
    return ChannelPair{channel_on(Descriptor(ends[0])), channel_on(Descriptor(ends[1]))};
}

}  // namespace leadlight::grants::local
