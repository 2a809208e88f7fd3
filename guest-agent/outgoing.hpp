// SPDX-License-Identifier: MIT
// What waits for room in the channel: bytes in order, and descriptors that must travel with the
// first byte of their message.
#pragma once

#include "protocol/message.hpp"
#include "shm-grants/channel.hpp"
#include "shm-grants/descriptor.hpp"

#include <cstddef>
#include <deque>
#include <expected>
#include <vector>

namespace leadlight::agent {

class Outgoing {
  public:
    template <class Message>
    void push(const Message& message, grants::Descriptor descriptor = {}) {
        if (descriptor) {
            descriptors_.push_back({bytes_.size(), std::move(descriptor)});
        }
        protocol::encode<protocol::FromAgent>(message, bytes_);
    }

    /// Writes what the channel takes.
    [[nodiscard]] std::expected<void, grants::ChannelError> write_to(grants::Channel& channel);

    std::size_t size() const { return bytes_.size() - start_; }
    bool empty() const { return size() == 0; }
    /// Above this, what can wait (titles, cursors, ...) waits: a program must not make us grow.
    static constexpr std::size_t crowded_at = 256 * 1024;
    bool crowded() const { return size() >= crowded_at; }
    /// A peer that lets this much wait does not read any more.
    static constexpr std::size_t full_at = 16 * 1024 * 1024;
    bool full() const { return size() >= full_at; }
    void clear() { *this = {}; }

  private:
    struct Waiting {
        std::size_t place;  // index in bytes_ of the message's first byte
        grants::Descriptor descriptor;
    };
    void drop_written();

    std::vector<std::byte> bytes_;
    std::size_t start_ = 0;
    std::deque<Waiting> descriptors_;
};

}  // namespace leadlight::agent
