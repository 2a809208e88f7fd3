// SPDX-License-Identifier: MIT
// The compositor that is served: its socket, and what waits for it to read.
#pragma once

#include "compositor/records/record_socket.hpp"
#include "protocol/broker_records.hpp"

#include <deque>
#include <string>
#include <vector>

#include <sys/types.h>

namespace leadlight::broker {

class Served {
  public:
    Served(grants::Descriptor socket, uid_t user) : socket_(std::move(socket)), user_(user) {}

    uid_t user() const { return user_; }
    void set_user(uid_t user) { user_ = user; }
    int descriptor() const { return socket_.poll_descriptor(); }
    bool wants_to_write() const { return !waiting_.empty(); }

    using Any = protocol::FromBroker::Any;
    /// Takes `file` over. Never blocks. False: the connection is over, or the compositor has not
    /// read for so long that it can be no compositor.
    [[nodiscard]] bool send(const Any& record, grants::Descriptor file = {});
    [[nodiscard]] bool flush();
    /// The next record, or nothing now; an error ends the connection, in one line.
    [[nodiscard]] std::expected<std::optional<records::Arrived<protocol::ToBroker>>, std::string>
    receive();

  private:
    struct Waiting {
        std::vector<std::byte> bytes;
        grants::Descriptor file;
    };
    static constexpr std::size_t most_waiting = 4096;

    records::RecordSocket socket_;
    uid_t user_;
    std::deque<Waiting> waiting_;
};

}  // namespace leadlight::broker
