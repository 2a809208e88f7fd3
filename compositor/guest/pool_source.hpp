// SPDX-License-Identifier: MIT
// Where a connection's pages come from: by its address, which is the administrator's (rule 2's
// sister fact: "grants come from domid X" and "is labelled as Y" are told apart).
#pragma once

#include "protocol/types.hpp"
#include "protocol/violation.hpp"
#include "shm-grants/address.hpp"
#include "shm-grants/descriptor.hpp"
#include "shm-grants/mapping.hpp"

#include <expected>
#include <memory>
#include <vector>

namespace leadlight::compositor {

class Server;

using NewMapping = std::expected<std::unique_ptr<grants::PageMapping>, protocol::Violation>;

protocol::PoolKind pool_kind(const grants::Address& address);
[[nodiscard]] NewMapping map_file(grants::Descriptor file, std::size_t pages);
[[nodiscard]] NewMapping map_references(Server& server, const grants::Address& address,
                                        const std::vector<std::uint32_t>& references);

}  // namespace leadlight::compositor
