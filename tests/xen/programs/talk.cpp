// SPDX-License-Identifier: MIT
#include "talk.hpp"

#include <poll.h>

#include <array>

namespace leadlight::xen_test {
namespace {

constexpr int patience_ms = 30'000;

}  // namespace

bool becomes_readable(int descriptor) {
    pollfd poll_for{descriptor, POLLIN, 0};
    return poll(&poll_for, 1, patience_ms) == 1;
}

bool Talk::wait(bool patient) {
    pollfd poll_for{channel_->poll_descriptor(), POLLIN, 0};
    if (poll(&poll_for, 1, patient ? -1 : patience_ms) != 1) {
        return false;
    }
    channel_->drain_event();
    return true;
}

std::expected<std::string, ChannelError> Talk::receive(bool patient) {
    for (;;) {
        const auto end = received_.find('\n');
        if (end != received_.npos) {
            auto line = received_.substr(0, end);
            received_.erase(0, end + 1);
            return line;
        }
        std::array<std::byte, 1000> buffer;
        const auto got = channel_->read(buffer);
        if (!got) {
            return std::unexpected(got.error());
        }
        received_.append(reinterpret_cast<const char*>(buffer.data()), *got);
        if (*got == 0 && !wait(patient)) {
            return std::unexpected(ChannelError::failed);
        }
    }
}

std::expected<void, ChannelError> Talk::send(const std::string& line) {
    return send_raw(line + '\n');
}

std::expected<void, ChannelError> Talk::send_raw(std::string_view text) {
    auto left = std::as_bytes(std::span(text));
    while (!left.empty()) {
        const auto taken = channel_->write(left);
        if (!taken) {
            return std::unexpected(taken.error());
        }
        left = left.subspan(*taken);
        if (*taken == 0 && !wait(false)) {
            return std::unexpected(ChannelError::failed);
        }
    }
    return {};
}

}  // namespace leadlight::xen_test
