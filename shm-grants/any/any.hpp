// SPDX-License-Identifier: MIT
// The backend that an address asks for, for programs that take an address on
// their command line. A Xen address gives `not_supported` in a build without Xen.
#pragma once

#include "shm-grants/address.hpp"
#include "shm-grants/channel.hpp"
#include "shm-grants/pages.hpp"

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>

namespace leadlight::grants {

/// Guest.
[[nodiscard]] std::expected<std::unique_ptr<Server>, ChannelError> serve(const Address& address);
/// `grant_frames`: how many frames this domain's grant table may have, by its configuration on Xen;
/// nothing: Xen's default.
[[nodiscard]] std::expected<std::unique_ptr<PageGranter>, GrantError>
make_granter(const Address& address, std::optional<std::uint32_t> grant_frames = {});

/// Admin domain.
[[nodiscard]] std::expected<std::unique_ptr<Channel>, ChannelError> connect(const Address& address);

}  // namespace leadlight::grants
