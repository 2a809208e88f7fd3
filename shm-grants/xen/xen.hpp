// SPDX-License-Identifier: MIT
// Both sides on Xen: a vchan for the bytes, gntalloc in the guest and gntdev in
// the admin domain for the pages.
#pragma once

#include "shm-grants/address.hpp"
#include "shm-grants/channel.hpp"
#include "shm-grants/mapping.hpp"
#include "shm-grants/pages.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <vector>

namespace leadlight::grants::xen {

/// Guest. The vchan's nodes are at data/vchan/<domain>/<port> in the guest's own directory.
[[nodiscard]] std::expected<std::unique_ptr<Server>, ChannelError> serve(const XenAddress& address);

/// Admin domain. `not_there` while the guest's nodes are missing: leadlightd watches for them.
/// `broken` when the guest's rings are larger than ours would be.
[[nodiscard]] std::expected<std::unique_ptr<Channel>, ChannelError>
connect(const XenAddress& address);

/// The folder of a guest's nodes (ring-ref and event-channel), as the admin domain watches it.
std::string server_node(const XenAddress& guest, std::uint16_t admin_domain);

/// Guest: grants to `admin_domain`. The account's limit is the least of gntalloc's and the grant
/// table's, less what the vchan and the guest's own disks and network need. A guest cannot ask for
/// the size of its table without rights on the hypervisor, so whoever gave it another one than
/// Xen's default (max_grant_frames in the domain's configuration) says so here.
inline constexpr std::size_t default_grant_frames = 64;
[[nodiscard]] std::expected<std::unique_ptr<PageGranter>, GrantError>
granter(std::uint16_t admin_domain, std::size_t grant_frames = default_grant_frames);

/// Admin domain: the device through which any domain's grants can be mapped. Root's; leadlightd
/// opens it and hands it to the compositor.
Descriptor open_grant_device();

/// Admin domain. `grant_device` is borrowed and must outlive the mapping; `domain` is what
/// leadlightd said, never what a guest said. The references are a guest's.
[[nodiscard]] std::expected<std::unique_ptr<PageMapping>, MapError>
map(int grant_device, std::uint16_t domain, std::vector<std::uint32_t> references);

}  // namespace leadlight::grants::xen
