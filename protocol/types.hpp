// SPDX-License-Identifier: MIT
// The words of the protocol: ids, units, enumerations. All sizes and places are physical pixels.
#pragma once

#include "protocol/bounded.hpp"
#include "protocol/containers.hpp"
#include "protocol/schema.hpp"

namespace leadlight::protocol {

inline constexpr std::uint16_t version = 1;
/// Bytes of a page on every machine that Xen and Leadlight run on.
inline constexpr std::size_t page_size = 4096;
/// wlroots' Pixman renderer uses 16.16 fixed point; half of its range is kept.
inline constexpr int max_extent = 16384;

using PoolId = Id<struct PoolTag>;
using BufferId = Id<struct BufferTag>;
using WindowId = Id<struct WindowTag>;

/// Names an event that the admin domain sent; 0 where a message answers none.
using Serial = std::uint32_t;
/// Microseconds since `welcome`: each connection has an epoch of its own, so that domains cannot
/// compare clocks.
using Time = std::uint64_t;

using Extent = Bounded<std::uint16_t, 1, max_extent>;
/// A size of which 0 says "not set" or "your choice".
using ExtentOrNone = Bounded<std::uint16_t, 0, max_extent>;
using Offset = Bounded<std::uint16_t, 0, max_extent>;
/// wlroots' positioner arithmetic does not check for overflow; within this it cannot.
using Coordinate = Bounded<std::int16_t, -max_extent, max_extent>;
/// 1/256 physical pixel.
using FinePlace = Bounded<std::int32_t, -max_extent * 256, max_extent * 256>;
/// 1/120, as in wp_fractional_scale_v1: 0.5 to 8.
using Scale = Bounded<std::uint16_t, 60, 960>;
/// gntdev maps at most 65,536 grants a request.
using PageCount = Bounded<std::uint32_t, 1, 65536>;
using PageIndex = Bounded<std::uint32_t, 0, 65535>;
using Stride = Bounded<std::uint32_t, 4, max_extent * 4>;

/// Given by the admin domain to a window; who shows it again gets the old place back. All zero:
/// none.
using Token = std::array<std::uint8_t, 16>;

struct Rect {
    Offset x, y;
    Extent width, height;
    bool operator==(const Rect&) const = default;
};
template <>
inline constexpr auto schema<Rect> =
    describe("rect", "A rectangle inside a buffer or window.", field<&Rect::x>("x", "left edge"),
             field<&Rect::y>("y", "top edge"), field<&Rect::width>("width", ""),
             field<&Rect::height>("height", ""));

enum class PoolKind : std::uint8_t { memfd, grant_references };
template <>
inline constexpr std::array names<PoolKind> =
    std::to_array<std::string_view>({"memfd", "grant_references"});

/// Everything is shown opaque: a guest that could blend over another domain could forge its pixels.
enum class Format : std::uint8_t { xrgb8888 };
template <>
inline constexpr std::array names<Format> = std::to_array<std::string_view>({"xrgb8888"});

enum class Edge : std::uint8_t { top, bottom, left, right };
template <>
inline constexpr std::array names<Edge> =
    std::to_array<std::string_view>({"top", "bottom", "left", "right"});

/// As xdg_positioner's anchor and gravity.
enum class Direction : std::uint8_t {
    none,
    top,
    bottom,
    left,
    right,
    top_left,
    bottom_left,
    top_right,
    bottom_right,
};
template <>
inline constexpr std::array names<Direction> =
    std::to_array<std::string_view>({"none", "top", "bottom", "left", "right", "top_left",
                                     "bottom_left", "top_right", "bottom_right"});

enum class Adjustment : std::uint8_t { slide_x, slide_y, flip_x, flip_y, resize_x, resize_y };
template <>
inline constexpr std::array names<Adjustment> = std::to_array<std::string_view>(
    {"slide_x", "slide_y", "flip_x", "flip_y", "resize_x", "resize_y"});

/// Where a popup goes, as xdg_positioner says it; places are relative to the parent's content.
struct Positioner {
    Extent width, height;
    Coordinate anchor_x, anchor_y;
    Offset anchor_width, anchor_height;
    Direction anchor = Direction::none;
    Direction gravity = Direction::none;
    Flags<Adjustment> adjustment;
    Coordinate offset_x, offset_y;
    bool reactive = false;
    bool operator==(const Positioner&) const = default;
};
template <>
inline constexpr auto schema<Positioner> = describe(
    "positioner", "Where a popup goes, with the rules of xdg_positioner.",
    field<&Positioner::width>("width", "wanted size"), field<&Positioner::height>("height", ""),
    field<&Positioner::anchor_x>("anchor_x", "anchor box, relative to the parent's content"),
    field<&Positioner::anchor_y>("anchor_y", ""),
    field<&Positioner::anchor_width>("anchor_width", ""),
    field<&Positioner::anchor_height>("anchor_height", ""),
    field<&Positioner::anchor>("anchor", "point of the anchor box"),
    field<&Positioner::gravity>("gravity", "where the popup lies from that point"),
    field<&Positioner::adjustment>("adjustment", "what may be done to keep it on the screen"),
    field<&Positioner::offset_x>("offset_x", ""), field<&Positioner::offset_y>("offset_y", ""),
    field<&Positioner::reactive>("reactive", "place it anew when the parent moves"));

/// What a part of a window shows: 1:1 pixels of one buffer.
struct Layer {
    BufferId buffer;
    Rect source;
    Offset x, y;
    List<Rect, 16> damage;
    bool operator==(const Layer&) const = default;
};
template <>
inline constexpr auto schema<Layer> = describe(
    "layer", "One buffer's part of a window's content, shown 1:1.",
    field<&Layer::buffer>("buffer", "may be the buffer on screen"),
    field<&Layer::source>("source", "the part of the buffer that is shown"),
    field<&Layer::x>("x", "its place in the window's content"), field<&Layer::y>("y", ""),
    field<&Layer::damage>("damage", "what differs from the commit before, in buffer pixels; "
                                    "may be empty"));

enum class WindowType : std::uint8_t {
    normal,
    dialog,
    utility,
    splash,
    menu,
    tooltip,
    notification,
    drag_icon,
};
template <>
inline constexpr std::array names<WindowType> = std::to_array<std::string_view>(
    {"normal", "dialog", "utility", "splash", "menu", "tooltip", "notification", "drag_icon"});

enum class StateWish : std::uint8_t { maximize, unmaximize, minimize, fullscreen, unfullscreen };
template <>
inline constexpr std::array names<StateWish> = std::to_array<std::string_view>(
    {"maximize", "unmaximize", "minimize", "fullscreen", "unfullscreen"});

enum class ConstraintKind : std::uint8_t { none, lock, confine };
template <>
inline constexpr std::array names<ConstraintKind> =
    std::to_array<std::string_view>({"none", "lock", "confine"});

/// As wp_cursor_shape_device_v1, one less; `hidden` is last.
enum class CursorShape : std::uint8_t {
    default_,
    context_menu,
    help,
    pointer,
    progress,
    wait,
    cell,
    crosshair,
    text,
    vertical_text,
    alias,
    copy,
    move,
    no_drop,
    not_allowed,
    grab,
    grabbing,
    e_resize,
    n_resize,
    ne_resize,
    nw_resize,
    s_resize,
    se_resize,
    sw_resize,
    w_resize,
    ew_resize,
    ns_resize,
    nesw_resize,
    nwse_resize,
    col_resize,
    row_resize,
    all_scroll,
    zoom_in,
    zoom_out,
    hidden,
};
template <>
inline constexpr std::array names<CursorShape> = std::to_array<std::string_view>({
    "default",    "context-menu", "help",        "pointer",       "progress",    "wait",
    "cell",       "crosshair",    "text",        "vertical-text", "alias",       "copy",
    "move",       "no-drop",      "not-allowed", "grab",          "grabbing",    "e-resize",
    "n-resize",   "ne-resize",    "nw-resize",   "s-resize",      "se-resize",   "sw-resize",
    "w-resize",   "ew-resize",    "ns-resize",   "nesw-resize",   "nwse-resize", "col-resize",
    "row-resize", "all-scroll",   "zoom-in",     "zoom-out",      "hidden",
});

enum class WindowState : std::uint8_t { activated, maximized, fullscreen, resizing, suspended };
template <>
inline constexpr std::array names<WindowState> = std::to_array<std::string_view>(
    {"activated", "maximized", "fullscreen", "resizing", "suspended"});

enum class AxisOrientation : std::uint8_t { vertical, horizontal };
template <>
inline constexpr std::array names<AxisOrientation> =
    std::to_array<std::string_view>({"vertical", "horizontal"});

/// As wl_pointer.axis_source.
enum class AxisSource : std::uint8_t { wheel, finger, continuous, wheel_tilt };
template <>
inline constexpr std::array names<AxisSource> =
    std::to_array<std::string_view>({"wheel", "finger", "continuous", "wheel_tilt"});

}  // namespace leadlight::protocol
