// SPDX-License-Identifier: MIT
// A channel on a Unix stream socket. A stream and not packets, because it must
// behave as a vchan's ring does: reads and writes end anywhere.
#pragma once

#include "shm-grants/channel.hpp"

#include <deque>

struct msghdr;

namespace leadlight::grants::local {

class SocketChannel final : public Channel {
  public:
    explicit SocketChannel(Descriptor stream_socket);

    int poll_descriptor() const override { return socket_.get(); }
    bool room_shows_as_writable() const override { return true; }
    void drain_event() override {}
    [[nodiscard]] std::expected<std::size_t, ChannelError>
    read(std::span<std::byte> bytes) override;
    [[nodiscard]] std::expected<std::size_t, ChannelError>
    write(std::span<const std::byte> bytes) override;
    [[nodiscard]] std::expected<std::size_t, ChannelError>
    write_with_descriptor(std::span<const std::byte> bytes, int descriptor) override;
    [[nodiscard]] std::optional<Descriptor> take_descriptor() override;

  private:
    [[nodiscard]] std::expected<std::size_t, ChannelError> send(const msghdr& message);
    void adopt_descriptors(msghdr& message);
    std::unexpected<ChannelError> end(ChannelError error);

    Descriptor socket_;
    std::deque<Descriptor> waiting_;
    std::optional<ChannelError> ended_;
};

}  // namespace leadlight::grants::local
