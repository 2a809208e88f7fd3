// SPDX-License-Identifier: MIT
// The rule of ids, the same for all kinds.
#pragma once

#include "protocol/violation.hpp"

#include <cstdint>
#include <optional>

namespace leadlight::warden {

/// Greater than each one of its kind before, and not too many alive. Notes the id as used.
template <class Table, class Id>
std::optional<protocol::Violation> take_new_id(Table& table, Id id, std::size_t max_alive) {
    if (id.get() <= table.last) {
        return protocol::Violation::id_not_increasing;
    }
    if (table.alive.size() >= max_alive) {
        return protocol::Violation::flood;
    }
    table.last = id.get();
    return std::nullopt;
}

}  // namespace leadlight::warden
