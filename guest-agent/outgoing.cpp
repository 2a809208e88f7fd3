// SPDX-License-Identifier: MIT
#include "guest-agent/outgoing.hpp"

#include <span>

namespace leadlight::agent {

std::expected<void, grants::ChannelError> Outgoing::write_to(grants::Channel& channel) {
    while (!empty()) {
        const std::span<const std::byte> rest = std::span(bytes_).subspan(start_);
        std::expected<std::size_t, grants::ChannelError> taken;
        if (descriptors_.empty()) {
            taken = channel.write(rest);
        } else if (descriptors_.front().place > start_) {
            taken = channel.write(rest.first(descriptors_.front().place - start_));
        } else {
            taken = channel.write_with_descriptor(rest, descriptors_.front().descriptor.get());
            if (taken && *taken > 0)
                descriptors_.pop_front();
        }
        if (!taken)
            return std::unexpected(taken.error());
        if (*taken == 0)
            break;
        start_ += *taken;
    }
    drop_written();
    return {};
}

void Outgoing::drop_written() {
    // Moving what is left costs; do it when little is left of much.
    if (start_ < bytes_.size() / 2)
        return;
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(start_));
    for (Waiting& waiting : descriptors_)
        waiting.place -= start_;
    start_ = 0;
}

}  // namespace leadlight::agent
