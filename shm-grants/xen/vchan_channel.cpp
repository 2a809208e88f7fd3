// SPDX-License-Identifier: MIT
#include "shm-grants/xen/vchan_channel.hpp"

#include <fcntl.h>

#include <algorithm>
#include <climits>

extern "C" {
#include <libxenvchan.h>
}

namespace leadlight::grants::xen {
namespace {

// More bytes in a ring than fit: a peer that writes where it must not. libxenvchan answers with
// "nothing there", for ever; here it is told from silence. Both words are read once: one of them
// is ours, and a peer who changes it as well gains another wrong number, which libxenvchan masks.
bool is_out_of_range(const libxenvchan_ring& ring) {
    const std::uint32_t produced = *static_cast<volatile std::uint32_t*>(&ring.shr->prod);
    const std::uint32_t consumed = *static_cast<volatile std::uint32_t*>(&ring.shr->cons);
    return produced - consumed > (std::uint32_t{1} << ring.order);
}

std::size_t at_most_int(std::size_t size) {
    return std::min<std::size_t>(size, INT_MAX);
}

}  // namespace

Vchan adopt(libxenvchan* made) {
    if (made == nullptr) {
        return nullptr;
    }
    Vchan vchan(made, libxenvchan_close);
    vchan->blocking = 0;
    const int events = xenevtchn_fd(vchan->event);
    const int flags = fcntl(events, F_GETFL);
    if (flags < 0 || fcntl(events, F_SETFL, flags | O_NONBLOCK) < 0) {
        return nullptr;
    }
    return vchan;
}

// One: a guest can send the next before this one is taken, without end. What is left keeps the
// descriptor readable.
void acknowledge_event(libxenvchan& vchan) {
    const auto port = xenevtchn_pending(vchan.event);
    if (port >= 0) {
        xenevtchn_unmask(vchan.event, static_cast<evtchn_port_t>(port));
    }
}

int VchanChannel::poll_descriptor() const {
    return libxenvchan_fd_for_select(vchan_.get());
}

void VchanChannel::drain_event() {
    acknowledge_event(*vchan_);
}

std::expected<std::size_t, ChannelError> VchanChannel::read(std::span<std::byte> bytes) {
    if (ended_) {
        return std::unexpected(*ended_);
    }
    if (bytes.empty()) {
        return 0;
    }
    if (is_out_of_range(vchan_->read)) {
        ended_ = ChannelError::broken;
        return std::unexpected(*ended_);
    }
    const int length = libxenvchan_read(vchan_.get(), bytes.data(), at_most_int(bytes.size()));
    if (length < 0) {
        ended_ = ChannelError::closed;
        return std::unexpected(*ended_);
    }
    return static_cast<std::size_t>(length);
}

std::expected<std::size_t, ChannelError> VchanChannel::write(std::span<const std::byte> bytes) {
    if (ended_) {
        return std::unexpected(*ended_);
    }
    if (bytes.empty()) {
        return 0;
    }
    if (is_out_of_range(vchan_->write)) {
        ended_ = ChannelError::broken;
        return std::unexpected(*ended_);
    }
    const int length = libxenvchan_write(vchan_.get(), bytes.data(), at_most_int(bytes.size()));
    if (length < 0) {
        return std::unexpected(ChannelError::closed);
    }
    return static_cast<std::size_t>(length);
}

int VchanChannel::dangerous_descriptor() const {
    return vchan_->is_server ? -1 : xengnttab_fd(vchan_->gnttab);
}

}  // namespace leadlight::grants::xen
