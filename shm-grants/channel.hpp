// SPDX-License-Identifier: MIT
// A channel is a two-way stream of bytes between a guest and the admin domain:
// a vchan or a Unix socket. It never blocks and keeps no message boundaries;
// what is above must cope with a read that ends in the middle of a header.
//
// How to drive one from an event loop. When poll_descriptor() is readable:
// drain_event(), then read() until it gives 0 or you choose to stop, then
// write() what waits. A vchan tells of a change once: who stops before read()
// gave 0 must come back without being told. Room for writing shows as a
// *writable* descriptor where room_shows_as_writable(), else as a readable one;
// write() must have given 0 (or less than asked) for the news to come.
//
// System calls after connecting, for the warden's cage. Local: recvmsg,
// sendmsg, close. Xen: read and write (event channel), ioctl EVTCHN_NOTIFY,
// and no other ioctl. The destructor of a Xen channel needs munmap, close and
// two gntdev ioctls: a caged process leaves by _exit() instead, and the kernel
// does the rest, telling the peer.
#pragma once

#include "shm-grants/descriptor.hpp"

#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace leadlight::grants {

enum class ChannelError {
    closed,                // the peer is gone, and all that it wrote has been read
    broken,                // the peer broke the ring's or the socket's rules
    too_many_descriptors,  // more came along than take_descriptor() was called for
    not_there,             // connect: nobody listens
    in_use,                // serve: another server has the address
    open_folder,    // serve: the folder of a local address is missing, or others may enter it
    not_supported,  // this backend is not built, or cannot do this
    refused,        // the system denies it: permissions, no device
    failed,         // out of resources, or a system call failed for another reason
};
std::string_view to_string(ChannelError error);

class Channel {
  public:
    virtual ~Channel() = default;
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    /// Stays the same for the channel's life. Owned by the channel.
    virtual int poll_descriptor() const = 0;
    virtual bool room_shows_as_writable() const = 0;
    /// Takes note of an event that made the descriptor readable, and of one only: while there are
    /// more it stays readable. Does not block.
    virtual void drain_event() = 0;

    /// How many bytes, 0 when there are none now. Once it gave an error it gives that for good.
    [[nodiscard]] virtual std::expected<std::size_t, ChannelError>
    read(std::span<std::byte> bytes) = 0;
    /// How many bytes were taken, 0 when there is no room now. When this gives `closed`, read() may
    /// still have the peer's last words.
    [[nodiscard]] virtual std::expected<std::size_t, ChannelError>
    write(std::span<const std::byte> bytes) = 0;

    /// Local only. The descriptor (a duplicate of it) travels with the first of the bytes: when
    /// 0 bytes were taken it was not sent. The reader has it no later than that byte.
    [[nodiscard]] virtual std::expected<std::size_t, ChannelError>
    write_with_descriptor(std::span<const std::byte> bytes, int descriptor);
    /// The oldest one that came along with bytes that were read; at most max_waiting_descriptors
    /// wait, more is an error of read().
    [[nodiscard]] virtual std::optional<Descriptor> take_descriptor();
    static constexpr std::size_t max_waiting_descriptors = 16;

    /// The descriptor by which this process could map any domain's memory (a Xen client's gntdev),
    /// or -1. A caged process puts /dev/null over it: the rings stay mapped.
    virtual int dangerous_descriptor() const { return -1; }

  protected:
    Channel() = default;
};

/// The guest's end: waits for the admin domain's one connection.
class Server {
  public:
    virtual ~Server() = default;
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Makes ready for a client and gives the descriptor to poll until accept() gave a channel.
    /// Call it at the start, and again when that channel has ended *and was destroyed*: with Xen
    /// it is a new vchan and a new descriptor, so that nothing is left of the former client.
    /// Calling it while ready is harmless.
    [[nodiscard]] virtual std::expected<int, ChannelError> listen() = 0;
    /// When the descriptor is readable: the channel, or null when nobody is there yet.
    [[nodiscard]] virtual std::expected<std::unique_ptr<Channel>, ChannelError> accept() = 0;

  protected:
    Server() = default;
};

}  // namespace leadlight::grants
