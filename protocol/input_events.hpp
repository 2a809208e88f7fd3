// SPDX-License-Identifier: MIT
// What an agent hears of the person's keyboard, pointer and fingers, in the order of opcodes.
#pragma once

#include "protocol/types.hpp"

namespace leadlight::protocol {

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
inline constexpr auto schema<PointerRelative> = describe(
    "pointer_relative", "Motion as the device gave it, of a pointer that is in a window or locked.",
    field<&PointerRelative::time>("time", ""), field<&PointerRelative::dx>("dx", "1/256 pixel"),
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
