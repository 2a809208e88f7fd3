// SPDX-License-Identifier: MIT
// The backend that an address asks for, for programs that take an address on
// their command line. A Xen address gives `not_supported` in a build without Xen.
#pragma once

#include "shm-grants/address.hpp"
#include "shm-grants/channel.hpp"
#include "shm-grants/pages.hpp"

#include <expected>
#include <memory>

namespace leadlight::grants {

/// Guest.
[[nodiscard]] std::expected<std::unique_ptr<Server>, ChannelError> serve(const Address& address);
[[nodiscard]] std::expected<std::unique_ptr<PageGranter>, GrantError>
make_granter(const Address& address);

/// Admin domain.
[[nodiscard]] std::expected<std::unique_ptr<Channel>, ChannelError> connect(const Address& address);

}  // namespace leadlight::grants
