// SPDX-License-Identifier: MIT
// What an agent hears, in the order of opcodes.
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
    Flags<Edge> tiled;
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
    field<&Configure::tiled>("tiled", "edges"), field<&Configure::scale>("scale", "1/120"),
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

struct Focus {
    std::optional<WindowId> window;
    Serial serial = 0;
    bool operator==(const Focus&) const = default;
};
template <>
inline constexpr auto schema<Focus> =
    describe("focus", "Keys go to this window. A gain starts with no key down.",
             field<&Focus::window>("window", "0: to none of this domain"),
             field<&Focus::serial>("serial", ""));

struct Key {
    Serial serial = 0;
    Time time = 0;
    std::uint16_t key = 0;
    bool pressed = false;
    bool operator==(const Key&) const = default;
};
template <>
inline constexpr auto schema<Key> =
    describe("key", "", field<&Key::serial>("serial", ""), field<&Key::time>("time", ""),
             field<&Key::key>("key", "evdev code"), field<&Key::pressed>("pressed", ""));

struct Modifiers {
    Serial serial = 0;
    std::uint32_t depressed = 0;
    std::uint32_t latched = 0;
    std::uint32_t locked = 0;
    std::uint32_t group = 0;
    bool operator==(const Modifiers&) const = default;
};
template <>
inline constexpr auto schema<Modifiers> = describe(
    "modifiers", "From the keys that this domain was given, and the locks.",
    field<&Modifiers::serial>("serial", ""), field<&Modifiers::depressed>("depressed", "xkb mask"),
    field<&Modifiers::latched>("latched", "xkb mask"),
    field<&Modifiers::locked>("locked", "xkb mask"), field<&Modifiers::group>("group", "layout"));

struct PointerEnter {
    Serial serial = 0;
    WindowId window;
    FinePlace x, y;
    bool operator==(const PointerEnter&) const = default;
};
template <>
inline constexpr auto schema<PointerEnter> =
    describe("pointer_enter", "", field<&PointerEnter::serial>("serial", ""),
             field<&PointerEnter::window>("window", ""),
             field<&PointerEnter::x>("x", "1/256 pixel of the content"),
             field<&PointerEnter::y>("y", ""));

struct PointerLeave {
    Serial serial = 0;
    WindowId window;
    bool operator==(const PointerLeave&) const = default;
};
template <>
inline constexpr auto schema<PointerLeave> =
    describe("pointer_leave", "", field<&PointerLeave::serial>("serial", ""),
             field<&PointerLeave::window>("window", ""));

struct PointerMotion {
    Time time = 0;
    WindowId window;
    FinePlace x, y;
    std::optional<WindowId> under;
    bool operator==(const PointerMotion&) const = default;
};
template <>
inline constexpr auto schema<PointerMotion> = describe(
    "pointer_motion", "", field<&PointerMotion::time>("time", ""),
    field<&PointerMotion::window>("window", "that was entered"),
    field<&PointerMotion::x>("x", "1/256 pixel of its content; outside it while a button is held"),
    field<&PointerMotion::y>("y", ""),
    field<&PointerMotion::under>("under", "this domain's window under the pointer, or 0"));

struct PointerRelative {
    Time time = 0;
    FinePlace dx, dy;
    FinePlace dx_raw, dy_raw;
    bool operator==(const PointerRelative&) const = default;
};
template <>
inline constexpr auto schema<PointerRelative> =
    describe("pointer_relative", "Motion as the device gave it, for locked pointers.",
             field<&PointerRelative::time>("time", ""),
             field<&PointerRelative::dx>("dx", "1/256 pixel"),
             field<&PointerRelative::dy>("dy", ""),
             field<&PointerRelative::dx_raw>("dx_raw", "not accelerated"),
             field<&PointerRelative::dy_raw>("dy_raw", ""));

struct PointerButton {
    Serial serial = 0;
    Time time = 0;
    std::uint16_t button = 0;
    bool pressed = false;
    bool operator==(const PointerButton&) const = default;
};
template <>
inline constexpr auto schema<PointerButton> =
    describe("pointer_button", "", field<&PointerButton::serial>("serial", ""),
             field<&PointerButton::time>("time", ""),
             field<&PointerButton::button>("button", "evdev code"),
             field<&PointerButton::pressed>("pressed", ""));

struct PointerAxis {
    Time time = 0;
    AxisOrientation orientation = AxisOrientation::vertical;
    AxisSource source = AxisSource::wheel;
    FinePlace value;
    std::int32_t value120 = 0;
    bool inverted = false;
    bool operator==(const PointerAxis&) const = default;
};
template <>
inline constexpr auto schema<PointerAxis> =
    describe("pointer_axis", "A scroll; value 0 is its end.", field<&PointerAxis::time>("time", ""),
             field<&PointerAxis::orientation>("orientation", ""),
             field<&PointerAxis::source>("source", ""),
             field<&PointerAxis::value>("value", "1/256 pixel"),
             field<&PointerAxis::value120>("value120", "1/120 of a wheel's notch; 0: not a wheel"),
             field<&PointerAxis::inverted>("inverted", "natural scrolling"));

struct PointerFrame {
    bool operator==(const PointerFrame&) const = default;
};
template <>
inline constexpr auto schema<PointerFrame> =
    describe("pointer_frame", "Ends the pointer events that belong together.");

struct ConstraintState {
    WindowId window;
    bool active = false;
    bool operator==(const ConstraintState&) const = default;
};
template <>
inline constexpr auto schema<ConstraintState> =
    describe("constraint_state", "Whether the pointer is locked or confined as asked.",
             field<&ConstraintState::window>("window", ""),
             field<&ConstraintState::active>("active", ""));

using TouchPoint = Bounded<std::int32_t, 0, 255>;

struct TouchDown {
    Serial serial = 0;
    Time time = 0;
    TouchPoint point;
    WindowId window;
    FinePlace x, y;
    bool operator==(const TouchDown&) const = default;
};
template <>
inline constexpr auto schema<TouchDown> = describe(
    "touch_down", "", field<&TouchDown::serial>("serial", ""), field<&TouchDown::time>("time", ""),
    field<&TouchDown::point>("point", "the finger"), field<&TouchDown::window>("window", ""),
    field<&TouchDown::x>("x", "1/256 pixel of the content"), field<&TouchDown::y>("y", ""));

struct TouchMotion {
    Time time = 0;
    TouchPoint point;
    FinePlace x, y;
    bool operator==(const TouchMotion&) const = default;
};
template <>
inline constexpr auto schema<TouchMotion> =
    describe("touch_motion", "", field<&TouchMotion::time>("time", ""),
             field<&TouchMotion::point>("point", ""), field<&TouchMotion::x>("x", ""),
             field<&TouchMotion::y>("y", ""));

struct TouchUp {
    Serial serial = 0;
    Time time = 0;
    TouchPoint point;
    bool operator==(const TouchUp&) const = default;
};
template <>
inline constexpr auto schema<TouchUp> =
    describe("touch_up", "", field<&TouchUp::serial>("serial", ""),
             field<&TouchUp::time>("time", ""), field<&TouchUp::point>("point", ""));

struct TouchFrame {
    bool operator==(const TouchFrame&) const = default;
};
template <>
inline constexpr auto schema<TouchFrame> =
    describe("touch_frame", "Ends the touch events that belong together.");

struct TouchCancel {
    bool operator==(const TouchCancel&) const = default;
};
template <>
inline constexpr auto schema<TouchCancel> =
    describe("touch_cancel", "All fingers are taken away; nothing was meant.");

}  // namespace leadlight::protocol
