// SPDX-License-Identifier: MIT
// The compositor that is served: its socket, and what waits for it to read.
#pragma once

#include "compositor/broker/admission.hpp"
#include "compositor/records/record_socket.hpp"
#include "protocol/broker_records.hpp"

#include <deque>
#include <string>
#include <vector>

namespace leadlight::broker {

class Served {
  public:
    explicit Served(grants::Descriptor socket) : socket_(std::move(socket)) {}

    const Person& person() const { return person_; }
    void set_person(Person person) { person_ = std::move(person); }
    int descriptor() const { return socket_.poll_descriptor(); }
    bool wants_to_write() const { return !waiting_.empty(); }

    using Any = protocol::FromBroker::Any;
    /// Takes `file` over. Never blocks. False: the connection is over, or the compositor has not
    /// read for so long that it can be no compositor.
    [[nodiscard]] bool send(const Any& record, grants::Descriptor file = {});
    [[nodiscard]] bool flush();
    /// Ends the process that connected, whatever it is at. False: it cannot be told which it was.
    [[nodiscard]] bool kill();
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
    Person person_;
    std::deque<Waiting> waiting_;
};

}  // namespace leadlight::broker
