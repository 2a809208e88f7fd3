// SPDX-License-Identifier: MIT
// The two directions of a connection as lists of structs. A message's opcode is its place in the
// list, from 1; new ones are added at the end. On the wire a message is a header (opcode u16,
// zero u16, length of the body u32) and the packed body.
#pragma once

#include "protocol/codec.hpp"
#include "protocol/from_agent.hpp"
#include "protocol/input_events.hpp"
#include "protocol/to_agent.hpp"

#include <variant>

namespace leadlight::protocol {

template <class... Messages>
struct MessageList {
    using Any = std::variant<Messages...>;
    static constexpr std::size_t count = sizeof...(Messages);
    /// The longest body.
    static constexpr std::size_t max_body = std::max({Wire<Messages>::max_size...});

    template <class Visitor>
    static constexpr void each(Visitor&& visit) {
        (visit(std::type_identity<Messages>()), ...);
    }
};

using FromAgent =
    MessageList<Hello, PoolCreate, PoolReferences, PoolDestroy, BufferCreate, BufferDestroy,
                ToplevelCreate, PopupCreate, UnmanagedCreate, UnmanagedPlace, WindowParent,
                WindowDestroy, Commit, PopupReposition, Title, AppId, SizeLimits, WindowKind,
                MoveRequest, ResizeRequest, StateRequest, Activate, Constraint, CursorShapeSet,
                CursorImage, DragBegin, DragEnd, IdleInhibit, Pong>;

using ToAgent =
    MessageList<Welcome, Refused, Bye, Keymap, Repeat, Output, Configure, Frame, Release, Presented,
                Hidden, PoolReady, PoolUnmapped, Close, Kill, Ping, PopupDone, Focus, Key,
                Modifiers, PointerEnter, PointerLeave, PointerMotion, PointerRelative,
                PointerButton, PointerAxis, PointerFrame, ConstraintState, TouchDown, TouchMotion,
                TouchUp, TouchFrame, TouchCancel>;

/// The place of T in a list, from 1.
template <class List, class T>
consteval std::uint16_t opcode_of() {
    std::uint16_t place = 0, found = 0;
    List::each([&]<class M>(std::type_identity<M>) {
        ++place;
        if (std::is_same_v<M, T>) {
            found = place;
        }
    });
    return found;
}

template <class T, class List>
concept MessageOf = opcode_of<List, T>() != 0;

struct Header {
    static constexpr std::size_t size = 8;
    std::uint16_t opcode;
    std::uint32_t body;
};

/// Checks that the opcode is known and that the length can be that of its body, so that nobody
/// waits for, or makes room for, what can only be refused.
template <class List>
[[nodiscard]] std::expected<Header, Fault>
decode_header(std::span<const std::byte, Header::size> bytes);

template <class List>
[[nodiscard]] std::expected<typename List::Any, Fault> decode_body(std::uint16_t opcode,
                                                                   std::span<const std::byte> body);

/// Appends the whole message.
template <class List, MessageOf<List> T>
void encode(const T& message, std::vector<std::byte>& out) {
    const std::size_t start = out.size();
    Writer writer(out);
    writer.integer(opcode_of<List, T>());
    writer.integer(std::uint16_t{0});
    writer.integer(std::uint32_t{0});
    Wire<T>::template write<Layout::packed>(writer, message);
    const std::size_t body = out.size() - start - Header::size;
    for (std::size_t i = 0; i < 4; ++i) {
        out[start + 4 + i] = static_cast<std::byte>((body >> (8 * i)) & 0xff);
    }
}

// Instantiated once, in message.cpp.
extern template std::expected<Header, Fault>
    decode_header<FromAgent>(std::span<const std::byte, Header::size>);
extern template std::expected<Header, Fault>
    decode_header<ToAgent>(std::span<const std::byte, Header::size>);
extern template std::expected<FromAgent::Any, Fault>
decode_body<FromAgent>(std::uint16_t, std::span<const std::byte>);
extern template std::expected<ToAgent::Any, Fault> decode_body<ToAgent>(std::uint16_t,
                                                                        std::span<const std::byte>);

}  // namespace leadlight::protocol
