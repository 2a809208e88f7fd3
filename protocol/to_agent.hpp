// SPDX-License-Identifier: MIT
// What an agent hears but input events, in the order of opcodes.
#pragma once

#include "protocol/types.hpp"
#include "protocol/violation.hpp"

namespace leadlight::protocol {

struct Welcome {
    std::uint16_t version = protocol::version;
    std::uint16_t max_windows = 0;
    std::uint16_t max_popups = 0;
    std::uint8_t max_depth = 0;
    std::uint8_t max_layers = 1;
    std::uint32_t max_pages = 0;
    bool operator==(const Welcome&) const = default;
};
template <>
inline constexpr auto schema<Welcome> =
    describe("welcome", "Answers hello: nothing of an earlier connection is mapped any more.",
             field<&Welcome::version>("version", "spoken from here on"),
             field<&Welcome::max_windows>("max_windows", "of all kinds"),
             field<&Welcome::max_popups>("max_popups", "popups and unmanaged windows together"),
             field<&Welcome::max_depth>("max_depth", "of popups on popups"),
             field<&Welcome::max_layers>("max_layers", "in a commit"),
             field<&Welcome::max_pages>("max_pages", "in all pools together"));

/// What the id of a refusal names.
enum class RefusedKind : std::uint8_t { window, pool };
template <>
inline constexpr std::array names<RefusedKind> =
    std::to_array<std::string_view>({"window", "pool"});

struct Refused {
    RefusedKind kind = RefusedKind::window;
    std::uint64_t id = 0;
    Refusal reason = Refusal::too_many_windows;
    bool operator==(const Refused&) const = default;
};
template <>
inline constexpr auto schema<Refused> =
    describe("refused", "Over a cap: the window or pool does not exist, all else goes on.",
             field<&Refused::kind>("kind", "what the id names"), field<&Refused::id>("id", ""),
             field<&Refused::reason>("reason", ""));

struct Bye {
    Violation reason = Violation::unknown_opcode;
    std::uint16_t opcode = 0;
    bool operator==(const Bye&) const = default;
};
template <>
inline constexpr auto schema<Bye> =
    describe("bye", "The last message: what broke the protocol.", field<&Bye::reason>("reason", ""),
             field<&Bye::opcode>("opcode", "of the message at fault, or 0"));

/// Debian's largest layouts compile to about 70 KiB of text.
inline constexpr std::size_t max_keymap = std::size_t{256} * 1024;

struct Keymap {
    Bytes<max_keymap> text;
    bool operator==(const Keymap&) const = default;
};
template <>
inline constexpr auto schema<Keymap> =
    describe("keymap", "The person's keyboard layout.",
             field<&Keymap::text>("text", "XKB_KEYMAP_FORMAT_TEXT_V1, no NUL"));

struct Repeat {
    std::uint16_t rate = 0;
    std::uint16_t delay = 0;
    bool operator==(const Repeat&) const = default;
};
template <>
inline constexpr auto schema<Repeat> =
    describe("repeat", "Key repeat, which the guest does itself.",
             field<&Repeat::rate>("rate", "keys a second; 0: no repeat"),
             field<&Repeat::delay>("delay", "milliseconds"));

struct Output {
    Extent width, height;
    Scale scale;
    std::uint32_t refresh = 0;
    bool operator==(const Output&) const = default;
};
template <>
inline constexpr auto schema<Output> =
    describe("output",
             "The one nominal output: a guest learns neither how many there are nor where.",
             field<&Output::width>("width", "the largest content a window may get"),
             field<&Output::height>("height", ""), field<&Output::scale>("scale", "1/120"),
             field<&Output::refresh>("refresh", "mHz"));

struct Configure {
    WindowId window;
    Serial serial = 0;
    ExtentOrNone width, height;
    ExtentOrNone bounds_width, bounds_height;
    Flags<WindowState> states;
    Scale scale;
    Coordinate x, y;
    std::uint32_t reposition = 0;
    Token token{};
    bool operator==(const Configure&) const = default;
};
template <>
inline constexpr auto schema<Configure> = describe(
    "configure", "What a window shall be; the commit drawn for it names the serial.",
    field<&Configure::window>("window", ""), field<&Configure::serial>("serial", ""),
    field<&Configure::width>("width", "of the content; 0: the program's choice"),
    field<&Configure::height>("height", ""),
    field<&Configure::bounds_width>("bounds_width", "the most that is useful; 0: unknown"),
    field<&Configure::bounds_height>("bounds_height", ""), field<&Configure::states>("states", ""),
    field<&Configure::scale>("scale", "1/120"),
    field<&Configure::x>("x", "popups and unmanaged windows: from the parent's content"),
    field<&Configure::y>("y", ""),
    field<&Configure::reposition>("reposition", "token of the popup_reposition it answers, or 0"),
    field<&Configure::token>("token", "names the window for a later connection"));

struct Frame {
    WindowId window;
    bool operator==(const Frame&) const = default;
};
template <>
inline constexpr auto schema<Frame> = describe("frame", "The commit was drawn: time for the next.",
                                               field<&Frame::window>("window", ""));

struct Release {
    BufferId buffer;
    bool operator==(const Release&) const = default;
};
template <>
inline constexpr auto schema<Release> =
    describe("release", "The buffer is no longer read and may be written.",
             field<&Release::buffer>("buffer", ""));

struct Presented {
    WindowId window;
    std::uint32_t age = 0;
    std::uint32_t refresh = 0;
    std::uint64_t sequence = 0;
    bool vsync = false;
    bool operator==(const Presented&) const = default;
};
template <>
inline constexpr auto schema<Presented> =
    describe("presented", "The last commit that got a frame is on the screen.",
             field<&Presented::window>("window", ""),
             field<&Presented::age>("age", "microseconds since then: clocks differ"),
             field<&Presented::refresh>("refresh", "nanoseconds to the next; 0: unknown"),
             field<&Presented::sequence>("sequence", "of the output's refreshes"),
             field<&Presented::vsync>("vsync", "shown without tearing"));

struct Hidden {
    WindowId window;
    bool hidden = false;
    bool operator==(const Hidden&) const = default;
};
template <>
inline constexpr auto schema<Hidden> =
    describe("hidden", "The person put the window away: free its buffers, draw no more.",
             field<&Hidden::window>("window", ""), field<&Hidden::hidden>("hidden", ""));

struct PoolReady {
    PoolId pool;
    bool operator==(const PoolReady&) const = default;
};
template <>
inline constexpr auto schema<PoolReady> =
    describe("pool_ready", "All pages are mapped; its buffers may be committed.",
             field<&PoolReady::pool>("pool", ""));

struct PoolUnmapped {
    PoolId pool;
    bool operator==(const PoolUnmapped&) const = default;
};
template <>
inline constexpr auto schema<PoolUnmapped> =
    describe("pool_unmapped", "Answers pool_destroy: now the grants may end.",
             field<&PoolUnmapped::pool>("pool", ""));

struct Close {
    WindowId window;
    bool operator==(const Close&) const = default;
};
template <>
inline constexpr auto schema<Close> =
    describe("close", "The person asks the window to close.", field<&Close::window>("window", ""));

struct Kill {
    WindowId window;
    bool operator==(const Kill&) const = default;
};
template <>
inline constexpr auto schema<Kill> =
    describe("kill", "End the program of this window.", field<&Kill::window>("window", ""));

struct Ping {
    Serial serial = 0;
    bool operator==(const Ping&) const = default;
};
template <>
inline constexpr auto schema<Ping> =
    describe("ping", "Answer with pong.", field<&Ping::serial>("serial", ""));

struct PopupDone {
    WindowId window;
    bool operator==(const PopupDone&) const = default;
};
template <>
inline constexpr auto schema<PopupDone> =
    describe("popup_done", "The popup and those on it are dismissed.",
             field<&PopupDone::window>("window", ""));

}  // namespace leadlight::protocol
