// SPDX-License-Identifier: MIT
#include "compositor/records/record_socket.hpp"

#include "shm-grants/descriptor_message.hpp"

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace leadlight::records {
namespace {

struct Control {
    alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(sizeof(int))> bytes{};
    // Not CMSG_SPACE: its padding would be room for a second descriptor on 64-bit machines.
    static constexpr std::size_t length = CMSG_LEN(sizeof(int));
};

Descriptor adopt(msghdr& message) {
    Descriptor descriptor;
    for (auto* part = CMSG_FIRSTHDR(&message); part != nullptr;
         part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS ||
            part->cmsg_len < CMSG_LEN(sizeof(int))) {
            continue;
        }
        int received = -1;
        std::memcpy(&received, CMSG_DATA(part), sizeof received);
        descriptor.reset(received);
    }
    return descriptor;
}

}  // namespace

std::expected<std::optional<Datagram>, SocketError> RecordSocket::receive() {
    iovec where{buffer_.data(), buffer_.size()};
    Control control;
    msghdr message{};
    message.msg_iov = &where;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes.data();
    message.msg_controllen = Control::length;
    ssize_t length = 0;
    // ECONNRESET: the other end closed with something of ours unread. The kernel tells so once, and
    // before the last words that are still there: of all records, those that say why.
    do {
        length = recvmsg(socket_.get(), &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    } while (length < 0 && (errno == EINTR || errno == ECONNRESET));
    if (length < 0) {
        if (errno == EAGAIN) {
            return std::nullopt;
        }
        return std::unexpected(SocketError::failed);
    }
    // Taken into care first, so that it is closed on each way out.
    Descriptor descriptor = adopt(message);
    if ((message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
        return std::unexpected(SocketError::truncated);
    }
    // An empty datagram looks the same, and is no record either.
    if (length == 0) {
        return std::unexpected(SocketError::closed);
    }
    return Datagram{std::span(buffer_).first(static_cast<std::size_t>(length)),
                    std::move(descriptor)};
}

std::expected<Sent, SocketError> RecordSocket::send(std::span<const std::byte> bytes,
                                                    int descriptor) {
    const grants::DescriptorMessage<1> message(bytes,
                                               std::span(&descriptor, descriptor >= 0 ? 1U : 0U));
    ssize_t length = 0;
    do {
        length = sendmsg(socket_.get(), &message.header(), MSG_DONTWAIT | MSG_NOSIGNAL);
    } while (length < 0 && errno == EINTR);
    if (length >= 0) {
        return Sent::yes;
    }
    switch (errno) {
    case EAGAIN:
        return Sent::no_room;
    case ENOBUFS:
    case ENOMEM:
    case ETOOMANYREFS:
        return Sent::later;
    case EPIPE:
    case ECONNRESET:
        return std::unexpected(SocketError::closed);
    default:
        return std::unexpected(SocketError::failed);
    }
}

void RecordSocket::make_room() {
    int bytes = 0;
    socklen_t size = sizeof bytes;
    // What the kernel tells is twice what it was told, so this doubles it. Best effort.
    if (getsockopt(socket_.get(), SOL_SOCKET, SO_SNDBUF, &bytes, &size) == 0) {
        setsockopt(socket_.get(), SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
    }
}

}  // namespace leadlight::records
