// SPDX-License-Identifier: MIT
// Saying what is wrong with a message, in the words of its schema.
#pragma once

#include "protocol/schema.hpp"
#include "protocol/violation.hpp"

#include <expected>

namespace leadlight::warden {

template <class M>
protocol::Fault fault(const M&, protocol::Violation violation, std::string_view field) {
    return {violation, protocol::schema<M>.name, field};
}

template <class M>
std::unexpected<protocol::Fault> refuse(const M& message, protocol::Violation violation,
                                        std::string_view field) {
    return std::unexpected(fault(message, violation, field));
}

}  // namespace leadlight::warden
