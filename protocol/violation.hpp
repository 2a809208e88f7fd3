// SPDX-License-Identifier: MIT
// Why a connection was closed or a request refused. One list for decoding and for state, so that
// logs, `bye`, `refused` and docs/protocol.md use the same words.
#pragma once

#include "protocol/bounded.hpp"

namespace leadlight::protocol {

/// Each of these ends the connection of the domain that caused it, and nothing else.
enum class Violation : std::uint8_t {
    unknown_opcode,
    wrong_length,
    out_of_bounds,
    unknown_enumerator,
    unknown_flag,
    bad_text,
    list_too_long,
    zero_id,
    not_boolean,
    reserved_not_zero,
    hello_expected,
    hello_repeated,
    version_unsupported,
    id_not_increasing,
    unknown_pool,
    unknown_buffer,
    unknown_window,
    wrong_role,
    wrong_parent,
    pool_incomplete,
    pool_complete,
    pool_in_use,
    descriptor_missing,
    descriptor_unexpected,
    descriptor_refused,
    buffer_outside_pool,
    layer_outside_buffer,
    damage_outside_layer,
    too_many_layers,
    commit_in_flight,
    serial_not_sent,
    mapping_failed,
    flood,
    no_answer,
};
template <>
inline constexpr std::array names<Violation> = std::to_array<std::string_view>({
    "unknown_opcode",
    "wrong_length",
    "out_of_bounds",
    "unknown_enumerator",
    "unknown_flag",
    "bad_text",
    "list_too_long",
    "zero_id",
    "not_boolean",
    "reserved_not_zero",
    "hello_expected",
    "hello_repeated",
    "version_unsupported",
    "id_not_increasing",
    "unknown_pool",
    "unknown_buffer",
    "unknown_window",
    "wrong_role",
    "wrong_parent",
    "pool_incomplete",
    "pool_complete",
    "pool_in_use",
    "descriptor_missing",
    "descriptor_unexpected",
    "descriptor_refused",
    "buffer_outside_pool",
    "layer_outside_buffer",
    "damage_outside_layer",
    "too_many_layers",
    "commit_in_flight",
    "serial_not_sent",
    "mapping_failed",
    "flood",
    "no_answer",
});

/// Each of these fails one request; the connection goes on.
enum class Refusal : std::uint8_t { too_many_windows, too_many_popups, too_deep, out_of_pages };
template <>
inline constexpr std::array names<Refusal> = std::to_array<std::string_view>(
    {"too_many_windows", "too_many_popups", "too_deep", "out_of_pages"});

/// Where a violation was found: enough for a log line that names no guest text.
struct Fault {
    Violation violation;
    /// The schema's name of the message and field; empty where there is none. Static storage.
    std::string_view message;
    std::string_view field;
};

}  // namespace leadlight::protocol
