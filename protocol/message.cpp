// SPDX-License-Identifier: MIT
#include "protocol/message.hpp"

namespace leadlight::protocol {

template <class List>
std::expected<Header, Fault> decode_header(std::span<const std::byte, Header::size> bytes) {
    Reader in(bytes);
    const auto opcode = in.integer<std::uint16_t>();
    const auto reserved = in.integer<std::uint16_t>();
    const auto body = in.integer<std::uint32_t>();
    if (reserved != 0) {
        return std::unexpected(Fault{Violation::reserved_not_zero, {}, "header"});
    }

    std::uint16_t place = 0;
    bool known = false, fits = false;
    List::each([&]<class M>(std::type_identity<M>) {
        if (++place == opcode) {
            known = true;
            fits = body >= Wire<M>::min_size && body <= Wire<M>::max_size;
        }
    });
    if (!known) {
        return std::unexpected(Fault{Violation::unknown_opcode, {}, "header"});
    }
    if (!fits) {
        return std::unexpected(Fault{Violation::wrong_length, {}, "header"});
    }
    return Header{opcode, body};
}

template <class List>
std::expected<typename List::Any, Fault> decode_body(std::uint16_t opcode,
                                                     std::span<const std::byte> body) {
    std::expected<typename List::Any, Fault> result =
        std::unexpected(Fault{Violation::unknown_opcode, {}, "header"});
    std::uint16_t place = 0;
    List::each([&]<class M>(std::type_identity<M>) {
        if (++place == opcode) {
            result = decode<M, Layout::packed>(body).transform(
                [](M message) { return typename List::Any(std::move(message)); });
        }
    });
    return result;
}

template std::expected<Header, Fault>
    decode_header<FromAgent>(std::span<const std::byte, Header::size>);
template std::expected<Header, Fault>
    decode_header<ToAgent>(std::span<const std::byte, Header::size>);
template std::expected<FromAgent::Any, Fault> decode_body<FromAgent>(std::uint16_t,
                                                                     std::span<const std::byte>);
template std::expected<ToAgent::Any, Fault> decode_body<ToAgent>(std::uint16_t,
                                                                 std::span<const std::byte>);

}  // namespace leadlight::protocol
