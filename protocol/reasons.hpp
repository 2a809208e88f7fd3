// SPDX-License-Identifier: MIT
// What each reason means to who writes an agent: for docs/protocol.md, and in the order of names<>.
#pragma once

#include "protocol/violation.hpp"

#include <array>
#include <string_view>

namespace leadlight::protocol {

template <NamedEnum Enum>
inline constexpr std::array<std::string_view, 0> meanings{};

template <>
inline constexpr std::array meanings<Violation> = std::to_array<std::string_view>({
    "No message of this direction has the opcode.",
    "The body's length is not one that the message can have, or its fields or pixels do not fill "
    "it.",
    "A value is outside the field's bound, or does not fit the others of its message or what came "
    "before.",
    "The value of an enumeration has no name.",
    "A bit that has no name is set.",
    "The text is not valid UTF-8, or has a zero in it.",
    "The list has more entries, or the text more bytes, than its bound.",
    "An id of zero where one has to be named.",
    "A boolean is neither 0 nor 1.",
    "A reserved field is not zero.",
    "Something other than `hello` came first, or nothing came in time.",
    "A second `hello`.",
    "No version from `min_version` to `max_version` is one that the admin domain speaks.",
    "The id of a new object is not greater than all of its kind before it on this connection.",
    "No pool has this id, or it was destroyed.",
    "No buffer has this id, or it was destroyed.",
    "No window has this id, or it was destroyed.",
    "The window has another role than the message is for.",
    "The parent is no toplevel, is the window itself or one below it; or a window is destroyed "
    "before the popups and unmanaged windows on it.",
    "A buffer of a pool whose references are not all here, or a commit of one before `pool_ready`.",
    "References for a pool that has all of them, or takes none.",
    "The pool still has buffers.",
    "`pool_create` of kind memfd without its descriptor.",
    "A descriptor that no message asks for.",
    "The descriptor is not a sealed memory file of at least the pages that were announced.",
    "The buffer's last row ends behind the pool's last page.",
    "The layer shows pixels that its buffer has not.",
    "Damage outside of the layer's source.",
    "More layers than `welcome` allows.",
    "A commit for a window whose last commit was not answered by `frame`.",
    "A serial that was not sent on this connection, or not for what it is given back for; or one "
    "that was answered already, or is older than one that was.",
    "The granted pages cannot be mapped: revoked, of another domain, or never granted.",
    "More objects alive, or refused and not acknowledged, than a connection may have.",
    "The agent does not read: more waits for it than is kept.",
});

template <>
inline constexpr std::array meanings<Refusal> = std::to_array<std::string_view>({
    "No more windows now, of this domain or of all together; or what it stands on was refused.",
    "The domain has as many popups and unmanaged windows as it may have.",
    "Windows stand on windows in more steps than there may be.",
    "No more pages now, of this domain or of all together.",
});

}  // namespace leadlight::protocol
