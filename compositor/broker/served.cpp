// SPDX-License-Identifier: MIT
#include "compositor/broker/served.hpp"

#include <csignal>

#include <sys/socket.h>
// Made for C alone.
extern "C" {
#include <sys/pidfd.h>
}

// Linux 6.5; glibc 2.41 does not name it.
#ifndef SO_PEERPIDFD
#define SO_PEERPIDFD 77
#endif

namespace leadlight::broker {

using namespace protocol;

bool Served::send(const Any& record, grants::Descriptor file) {
    if (waiting_.size() >= most_waiting) {
        return false;
    }
    waiting_.push_back(
        {std::visit([](const auto& one) { return encode_record<FromBroker>(one); }, record),
         std::move(file)});
    return flush();
}

bool Served::flush() {
    while (!waiting_.empty()) {
        const auto sent = socket_.send(waiting_.front().bytes, waiting_.front().file.get());
        if (!sent) {
            return false;
        }
        if (*sent != records::Sent::yes) {
            return true;
        }
        waiting_.pop_front();
    }
    return true;
}

bool Served::kill() {
    int process = -1;
    socklen_t size = sizeof process;
    if (getsockopt(descriptor(), SOL_SOCKET, SO_PEERPIDFD, &process, &size) != 0) {
        return false;
    }
    const grants::Descriptor owned(process);
    return pidfd_send_signal(owned.get(), SIGKILL, nullptr, 0) == 0;
}

std::expected<std::optional<records::Arrived<ToBroker>>, std::string> Served::receive() {
    auto arrived = records::receive_record<ToBroker>(socket_);
    if (arrived) {
        return std::move(*arrived);
    }
    if (const auto* fault = std::get_if<Fault>(&arrived.error())) {
        return std::unexpected("it sent " + std::string(fault->message) + "." +
                               std::string(fault->field) + ": " +
                               std::string(name_of(fault->violation)));
    }
    return std::unexpected(std::get<records::SocketError>(arrived.error()) ==
                                   records::SocketError::closed
                               ? "it left"
                               : "its socket failed");
}

}  // namespace leadlight::broker
