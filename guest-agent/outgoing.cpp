// SPDX-License-Identifier: MIT
#include "guest-agent/outgoing.hpp"

#include <span>

namespace leadlight::agent {

std::expected<void, grants::ChannelError> Outgoing::write_to(grants::Channel& channel) {
    while (!empty()) {
        // One write never reaches over the place where the next descriptor must go.
        const bool with_descriptor = !descriptors_.empty() && descriptors_.front().place == start_;
        const std::size_t next = with_descriptor ? 1 : 0;
        const std::size_t end =
            descriptors_.size() > next ? descriptors_[next].place : bytes_.size();
        const auto part = std::span<const std::byte>(bytes_).subspan(start_, end - start_);
        const auto taken =
            with_descriptor
                ? channel.write_with_descriptor(part, descriptors_.front().descriptor.get())
                : channel.write(part);
        if (with_descriptor && taken && *taken > 0) {
            descriptors_.pop_front();
        }
        if (!taken) {
            return std::unexpected(taken.error());
        }
        if (*taken == 0) {
            break;
        }
        start_ += *taken;
    }
    drop_written();
    return {};
}

void Outgoing::drop_written() {
    // Moving what is left costs; do it when little is left of much.
    if (start_ < bytes_.size() / 2) {
        return;
    }
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(start_));
    for (Waiting& waiting : descriptors_) {
        waiting.place -= start_;
    }
    start_ = 0;
}

}  // namespace leadlight::agent
