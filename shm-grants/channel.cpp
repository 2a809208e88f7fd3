// SPDX-License-Identifier: MIT
#include "shm-grants/channel.hpp"

namespace leadlight::grants {

std::expected<std::size_t, ChannelError> Channel::write_with_descriptor(std::span<const std::byte>,
                                                                        int) {
    return std::unexpected(ChannelError::not_supported);
}

std::optional<Descriptor> Channel::take_descriptor() {
    return std::nullopt;
}

}  // namespace leadlight::grants
