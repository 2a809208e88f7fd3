// SPDX-License-Identifier: MIT
// The body of decode_record(), for the files that instantiate it, one for each pair of ends.
#pragma once

#include "protocol/records.hpp"

namespace leadlight::protocol {

template <class List>
[[nodiscard]] std::expected<typename List::Any, Fault>
decode_record(std::span<const std::byte> datagram) {
    Reader in(datagram);
    const auto kind = in.integer<std::uint16_t>();
    const auto size = in.integer<std::uint16_t>();
    const auto reserved = in.integer<std::uint32_t>();
    if (in.violation() || size != datagram.size()) {
        return std::unexpected(Fault{Violation::wrong_length, {}, "head"});
    }
    if (reserved != 0) {
        return std::unexpected(Fault{Violation::reserved_not_zero, {}, "head"});
    }

    std::expected<typename List::Any, Fault> result =
        std::unexpected(Fault{Violation::unknown_opcode, {}, "head"});
    std::uint16_t place = 0;
    List::each([&]<class R>(std::type_identity<R>) {
        if (++place == kind) {
            result =
                decode<R, Layout::fixed>(datagram.subspan(record_head)).transform([](R record) {
                    return typename List::Any(std::move(record));
                });
        }
    });
    return result;
}

}  // namespace leadlight::protocol
