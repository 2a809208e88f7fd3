// SPDX-License-Identifier: MIT
#include "protocol/records.hpp"

namespace leadlight::protocol {

template <class List>
std::expected<typename List::Any, Fault> decode_record(std::span<const std::byte> datagram) {
    Reader in(datagram);
    const auto kind = in.integer<std::uint16_t>();
    const auto size = in.integer<std::uint16_t>();
    const auto reserved = in.integer<std::uint32_t>();
    if (in.violation() || size != datagram.size())
        return std::unexpected(Fault{Violation::wrong_length, {}, "head"});
    if (reserved != 0)
        return std::unexpected(Fault{Violation::reserved_not_zero, {}, "head"});

    std::expected<typename List::Any, Fault> result =
        std::unexpected(Fault{Violation::unknown_opcode, {}, "head"});
    std::uint16_t place = 0;
    List::each([&]<class R>(std::type_identity<R>) {
        if (++place == kind)
            result =
                decode<R, Layout::fixed>(datagram.subspan(record_head)).transform([](R record) {
                    return typename List::Any(std::move(record));
                });
    });
    return result;
}

template std::expected<FromWarden::Any, Fault>
    decode_record<FromWarden>(std::span<const std::byte>);
template std::expected<ToWarden::Any, Fault> decode_record<ToWarden>(std::span<const std::byte>);

}  // namespace leadlight::protocol
