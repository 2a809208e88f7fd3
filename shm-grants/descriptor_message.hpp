// SPDX-License-Identifier: MIT
// Bytes for a Unix socket and the descriptors that go with them, in the form that sendmsg() wants.
#pragma once

#include <sys/socket.h>

#include <array>
#include <cassert>
#include <cstddef>
#include <cstring>
#include <span>

namespace leadlight::grants {

template <std::size_t most>
class DescriptorMessage {
  public:
    /// Borrows the bytes. The descriptors, `most` of them at most, stay the caller's: the kernel
    /// makes the receiver's from them when the message is sent.
    DescriptorMessage(std::span<const std::byte> bytes, std::span<const int> descriptors)
        : bytes_{const_cast<std::byte*>(bytes.data()), bytes.size()} {
        assert(descriptors.size() <= most);
        message_.msg_iov = &bytes_;
        message_.msg_iovlen = 1;
        if (descriptors.empty()) {
            return;
        }
        message_.msg_control = control_.data();
        message_.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
        auto* part = CMSG_FIRSTHDR(&message_);
        part->cmsg_level = SOL_SOCKET;
        part->cmsg_type = SCM_RIGHTS;
        part->cmsg_len = CMSG_LEN(descriptors.size_bytes());
        std::memcpy(CMSG_DATA(part), descriptors.data(), descriptors.size_bytes());
    }
    // It points into itself.
    DescriptorMessage(const DescriptorMessage&) = delete;
    DescriptorMessage& operator=(const DescriptorMessage&) = delete;

    const msghdr& header() const { return message_; }

  private:
    iovec bytes_;
    alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(sizeof(int) * most)> control_{};
    msghdr message_{};
};

}  // namespace leadlight::grants
