// SPDX-License-Identifier: MIT
// Lines over a channel, between the two test programs: it must cope with all
// that a channel may do, and every wait has an end.
#pragma once

#include "shm-grants/channel.hpp"

#include <expected>
#include <memory>
#include <string>

namespace leadlight::xen_test {

using grants::Channel;
using grants::ChannelError;

// Waits until the descriptor is readable. False after half a minute.
[[nodiscard]] bool becomes_readable(int descriptor);

class Talk {
  public:
    explicit Talk(std::unique_ptr<Channel> channel) : channel_(std::move(channel)) {}

    // Without its newline. `failed` after half a minute of silence if patient is false; otherwise
    // it waits for ever.
    [[nodiscard]] std::expected<std::string, ChannelError> receive(bool patient = false);
    [[nodiscard]] std::expected<void, ChannelError> send(const std::string& line);
    // Without a newline: half a message.
    [[nodiscard]] std::expected<void, ChannelError> send_raw(std::string_view bytes);

    [[nodiscard]] Channel& channel() { return *channel_; }

  private:
    bool wait(bool patient);

    std::unique_ptr<Channel> channel_;
    std::string received_;
};

}  // namespace leadlight::xen_test
