// SPDX-License-Identifier: MIT
// A channel on a vchan: two rings in shared memory and an event channel. The
// same for both ends; the client's takes care, because the rings are a guest's.
#pragma once

#include "shm-grants/channel.hpp"

struct libxenvchan;

namespace leadlight::grants::xen {

/// Shared by the channel and by the server that must know when it has ended.
using Vchan = std::shared_ptr<libxenvchan>;

/// Takes over what libxenvchan made (null is an error) and makes it fit for an event loop.
Vchan adopt(libxenvchan* made);

/// Acknowledges the event that is there, if any, so that the next one is heard: the descriptor
/// rests once there is none.
void acknowledge_event(libxenvchan& vchan);

class VchanChannel final : public Channel {
  public:
    explicit VchanChannel(Vchan vchan) : vchan_(std::move(vchan)) {}

    int poll_descriptor() const override;
    bool room_shows_as_writable() const override { return false; }
    void drain_event() override;
    [[nodiscard]] std::expected<std::size_t, ChannelError>
    read(std::span<std::byte> bytes) override;
    [[nodiscard]] std::expected<std::size_t, ChannelError>
    write(std::span<const std::byte> bytes) override;
    int dangerous_descriptor() const override;

  private:
    Vchan vchan_;
    std::optional<ChannelError> ended_;
};

}  // namespace leadlight::grants::xen
