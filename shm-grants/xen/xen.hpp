// SPDX-License-Identifier: MIT
#pragma once

// Both sides on Xen: a vchan for the bytes, gntalloc in the guest and gntdev in
// the admin domain for the pages.

#include "shm-grants/address.hpp"
#include "shm-grants/channel.hpp"
#include "shm-grants/mapping.hpp"
#include "shm-grants/pages.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <vector>

namespace leadlight::grants::xen {

// Guest. The vchan's nodes are at data/vchan/<domain>/<port> in the guest's own directory.
[[nodiscard]] std::expected<std::unique_ptr<Server>, ChannelError> serve(const XenAddress& address);

// Admin domain. `not_there` while the guest's nodes are missing: leadlightd watches for them.
[[nodiscard]] std::expected<std::unique_ptr<Channel>, ChannelError>
connect(const XenAddress& address);

// Guest: grants to `admin_domain`. Its limit is the least of gntalloc's and the grant table's,
// less what the vchan and the guest's own disks and network need.
[[nodiscard]] std::expected<std::unique_ptr<PageGranter>, GrantError>
granter(std::uint16_t admin_domain);

// Admin domain. `gntdev` is borrowed and must outlive the mapping; `domain` is what leadlightd
// said, never what a guest said. The references are a guest's.
[[nodiscard]] std::expected<std::unique_ptr<PageMapping>, MapError>
map(int gntdev, std::uint16_t domain, std::vector<std::uint32_t> references);

}  // namespace leadlight::grants::xen
