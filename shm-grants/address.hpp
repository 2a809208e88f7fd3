// SPDX-License-Identifier: MIT
// Where a channel's two ends meet. Written as local:/path/to/socket, or as
// xen:DOMID:PORT where DOMID is the peer: the admin domain for the guest that
// listens, the guest for the admin domain that connects.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <variant>

namespace leadlight::grants {

struct LocalAddress {
    std::string path;  // absolute, fits a sockaddr_un
    bool operator==(const LocalAddress&) const = default;
};

struct XenAddress {
    std::uint16_t domain = 0;  // below DOMID_FIRST_RESERVED
    std::uint32_t port = 0;    // a name in xenstore, not an event channel's port
    bool operator==(const XenAddress&) const = default;
};

using Address = std::variant<LocalAddress, XenAddress>;

/// The error is a sentence for the person who wrote the address.
[[nodiscard]] std::expected<Address, std::string_view> parse_address(std::string_view text);
std::string to_string(const Address& address);

}  // namespace leadlight::grants
