// SPDX-License-Identifier: MIT
// The socket between a warden and the compositor: one SOCK_SEQPACKET datagram a record, with at
// most one descriptor. Used by both ends, and neither trusts the other: whatever is not exactly one
// record, with exactly the descriptor that its kind demands, ends the connection.
#pragma once

#include "protocol/records.hpp"
#include "shm-grants/descriptor.hpp"

#include <expected>
#include <optional>
#include <span>
#include <utility>
#include <variant>

namespace leadlight::records {

using grants::Descriptor;

enum class SocketError {
    closed,     // the other end is gone, and all that it sent has been read
    truncated,  // longer than any record, or more than one descriptor: never a record
    failed,     // a system call failed for another reason
};

enum class Sent {
    yes,
    no_room,  // poll for writable
    later,    // too many descriptors of this user are under way; no event tells when it will do
};

struct Datagram {
    std::span<const std::byte> bytes;  // valid until the next receive
    Descriptor descriptor;             // close-on-exec
};

/// Never blocks, whatever the flags of the descriptor.
class RecordSocket {
  public:
    explicit RecordSocket(Descriptor socket) : socket_(std::move(socket)) {}

    int poll_descriptor() const { return socket_.get(); }

    /// The next datagram, or nothing now.
    [[nodiscard]] std::expected<std::optional<Datagram>, SocketError> receive();
    /// All or nothing. `descriptor` is borrowed; -1 for none.
    [[nodiscard]] std::expected<Sent, SocketError> send(std::span<const std::byte> bytes,
                                                        int descriptor = -1);
    /// Once, before the last record: a socket that is full takes more, so that whoever is let go of
    /// hears why also when unread answers to its flood are what it is let go of for.
    void make_room();

  private:
    Descriptor socket_;
    std::array<std::byte, protocol::max_record> buffer_;
};

/// A record with the descriptor that belongs to it; none unless carries_descriptor.
template <class List>
struct Arrived {
    typename List::Any record;
    Descriptor descriptor;
};

/// What ended the reading: the socket, or what came through it.
using ReceiveError = std::variant<SocketError, protocol::Fault>;

/// The next record of this direction, decoded; or nothing now. After an error, give the socket up.
template <class List>
[[nodiscard]] std::expected<std::optional<Arrived<List>>, ReceiveError>
receive_record(RecordSocket& socket) {
    auto received = socket.receive();
    if (!received) {
        return std::unexpected(received.error());
    }
    auto& datagram = *received;
    if (!datagram) {
        return std::nullopt;
    }
    auto record = protocol::decode_record<List>(datagram->bytes);
    if (!record) {
        return std::unexpected(record.error());
    }
    const bool due =
        std::visit([](const auto& value) { return protocol::carries_descriptor(value); }, *record);
    const bool there = static_cast<bool>(datagram->descriptor);
    if (due != there) {
        return std::unexpected(protocol::Fault{there ? protocol::Violation::descriptor_unexpected
                                                     : protocol::Violation::descriptor_missing,
                                               {},
                                               {}});
    }
    return Arrived<List>{std::move(*record), std::move(datagram->descriptor)};
}

}  // namespace leadlight::records
