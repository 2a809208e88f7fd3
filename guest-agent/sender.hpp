// SPDX-License-Identifier: MIT
// Where messages to the admin domain go: the connection, or a test's list.
#pragma once

#include "protocol/message.hpp"
#include "shm-grants/descriptor.hpp"

namespace leadlight::agent {

class Sender {
  public:
    virtual ~Sender() = default;
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;

    /// The descriptor travels with the message's first byte.
    virtual void send(const protocol::FromAgent::Any& message,
                      grants::Descriptor descriptor = {}) = 0;

  protected:
    Sender() = default;
};

/// Ids of one process: never reused, so that a late message of the admin domain names nothing new.
struct NextIds {
    std::uint64_t pool = 1, buffer = 1, window = 1;
};

}  // namespace leadlight::agent
