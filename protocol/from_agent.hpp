// SPDX-License-Identifier: MIT
// What an agent says, in the order of opcodes. Each struct holds only values that passed their own
// bounds; whether they fit the connection's state is the warden's to check.
#pragma once

#include "protocol/types.hpp"

namespace leadlight::protocol {

/// The first message, within 5 s of the connection.
struct Hello {
    std::uint16_t min_version = version;
    std::uint16_t max_version = version;
    bool operator==(const Hello&) const = default;
};
template <>
inline constexpr auto schema<Hello> =
    describe("hello", "First message; must come within 5 s.",
             field<&Hello::min_version>("min_version", "least version the agent speaks"),
             field<&Hello::max_version>("max_version", "greatest version the agent speaks"));

struct PoolCreate {
    PoolId pool;
    PoolKind kind = PoolKind::memfd;
    PageCount pages;
    bool operator==(const PoolCreate&) const = default;
};
template <>
inline constexpr auto schema<PoolCreate> = describe(
    "pool_create", "Offers a run of pages. Usable at pool_ready.",
    field<&PoolCreate::pool>("pool", "new"),
    field<&PoolCreate::kind>("kind", "memfd: the descriptor comes with this message (local "
                                     "channels only); grant_references: pool_references follow"),
    field<&PoolCreate::pages>("pages", "of 4,096 bytes"));

struct PoolReferences {
    PoolId pool;
    PageIndex first;
    List<std::uint32_t, 240> references;
    bool operator==(const PoolReferences&) const = default;
};
template <>
inline constexpr auto schema<PoolReferences> = describe(
    "pool_references", "The grant references of a pool, in order, until all pages have one.",
    field<&PoolReferences::pool>("pool", ""),
    field<&PoolReferences::first>("first", "page of the first reference: the next one due"),
    field<&PoolReferences::references>("references", "of the domain's own grant table"));

struct PoolDestroy {
    PoolId pool;
    bool operator==(const PoolDestroy&) const = default;
};
template <>
inline constexpr auto schema<PoolDestroy> = describe(
    "pool_destroy",
    "Withdraws a pool. Its buffers must be destroyed. The pages stay granted until pool_unmapped.",
    field<&PoolDestroy::pool>("pool", ""));

struct BufferCreate {
    BufferId buffer;
    PoolId pool;
    std::uint64_t offset = 0;
    Extent width, height;
    Stride stride;
    Format format = Format::xrgb8888;
    bool operator==(const BufferCreate&) const = default;
};
template <>
inline constexpr auto schema<BufferCreate> =
    describe("buffer_create", "Names a range of a pool as pixels. Its geometry never changes.",
             field<&BufferCreate::buffer>("buffer", "new"), field<&BufferCreate::pool>("pool", ""),
             field<&BufferCreate::offset>("offset", "bytes from the pool's start, multiple of 4"),
             field<&BufferCreate::width>("width", ""), field<&BufferCreate::height>("height", ""),
             field<&BufferCreate::stride>("stride", "bytes, multiple of 4, at least 4 * width"),
             field<&BufferCreate::format>("format", ""));

struct BufferDestroy {
    BufferId buffer;
    bool operator==(const BufferDestroy&) const = default;
};
template <>
inline constexpr auto schema<BufferDestroy> =
    describe("buffer_destroy", "The screen keeps what it shows of it until the next commit.",
             field<&BufferDestroy::buffer>("buffer", ""));

struct ToplevelCreate {
    WindowId window;
    Token token{};
    bool operator==(const ToplevelCreate&) const = default;
};
template <>
inline constexpr auto schema<ToplevelCreate> =
    describe("toplevel_create", "A new window with a frame. A configure answers.",
             field<&ToplevelCreate::window>("window", "new"),
             field<&ToplevelCreate::token>("token", "of the window's first configure in an earlier "
                                                    "connection, or zero"));

struct PopupCreate {
    WindowId window;
    WindowId parent;
    Positioner positioner;
    Serial grab = 0;
    bool operator==(const PopupCreate&) const = default;
};
template <>
inline constexpr auto schema<PopupCreate> = describe(
    "popup_create", "A menu or the like on its parent. A configure answers.",
    field<&PopupCreate::window>("window", "new"),
    field<&PopupCreate::parent>("parent", "a toplevel, popup or unmanaged window"),
    field<&PopupCreate::positioner>("positioner", ""),
    field<&PopupCreate::grab>("grab", "serial of the input event it answers, or 0 for no grab"));

struct UnmanagedCreate {
    WindowId window;
    WindowId owner;
    Coordinate x, y;
    Extent width, height;
    bool operator==(const UnmanagedCreate&) const = default;
};
template <>
inline constexpr auto schema<UnmanagedCreate> = describe(
    "unmanaged_create",
    "An X11 override-redirect window or a drag's icon. A configure answers with the place it got.",
    field<&UnmanagedCreate::window>("window", "new"),
    field<&UnmanagedCreate::owner>("owner", "a toplevel, popup or unmanaged window"),
    field<&UnmanagedCreate::x>("x", "from the owner's content; a drag's icon: from the pointer"),
    field<&UnmanagedCreate::y>("y", ""), field<&UnmanagedCreate::width>("width", ""),
    field<&UnmanagedCreate::height>("height", ""));

struct UnmanagedPlace {
    WindowId window;
    Coordinate x, y;
    Extent width, height;
    bool operator==(const UnmanagedPlace&) const = default;
};
template <>
inline constexpr auto schema<UnmanagedPlace> =
    describe("unmanaged_place", "Moves or resizes an unmanaged window.",
             field<&UnmanagedPlace::window>("window", ""),
             field<&UnmanagedPlace::x>("x", "as in unmanaged_create"),
             field<&UnmanagedPlace::y>("y", ""), field<&UnmanagedPlace::width>("width", ""),
             field<&UnmanagedPlace::height>("height", ""));

struct WindowParent {
    WindowId window;
    std::optional<WindowId> parent;
    bool operator==(const WindowParent&) const = default;
};
template <>
inline constexpr auto schema<WindowParent> =
    describe("window_parent", "Keeps a toplevel above another of the same domain.",
             field<&WindowParent::window>("window", "a toplevel"),
             field<&WindowParent::parent>("parent", "a toplevel, or 0 for none; never a "
                                                    "descendant of the window"));

struct WindowDestroy {
    WindowId window;
    bool operator==(const WindowDestroy&) const = default;
};
template <>
inline constexpr auto schema<WindowDestroy> =
    describe("window_destroy", "Popups and unmanaged windows on it must be gone before.",
             field<&WindowDestroy::window>("window", ""));

struct Commit {
    WindowId window;
    Serial configure = 0;
    List<Layer, 4> layers;
    bool operator==(const Commit&) const = default;
};
template <>
inline constexpr auto schema<Commit> = describe(
    "commit",
    "Shows new content; one per window until its frame. The content's size is that of the layers' "
    "bounding box, which begins at 0, 0.",
    field<&Commit::window>("window", ""),
    field<&Commit::configure>("configure", "serial of the configure it answers, or 0"),
    field<&Commit::layers>("layers", "none: takes the window off the screen; at most "
                                     "welcome.max_layers"));

struct PopupReposition {
    WindowId window;
    Positioner positioner;
    std::uint32_t token = 0;
    bool operator==(const PopupReposition&) const = default;
};
template <>
inline constexpr auto schema<PopupReposition> =
    describe("popup_reposition", "Places a popup anew; a configure answers.",
             field<&PopupReposition::window>("window", "a popup"),
             field<&PopupReposition::positioner>("positioner", ""),
             field<&PopupReposition::token>("token", "comes back in the configure"));

struct Title {
    WindowId window;
    Text<512> text;
    bool operator==(const Title&) const = default;
};
template <>
inline constexpr auto schema<Title> =
    describe("title", "Shown after the domain's name, cleaned and cut.",
             field<&Title::window>("window", ""), field<&Title::text>("text", "UTF-8"));

struct AppId {
    WindowId window;
    Text<128> text;
    bool operator==(const AppId&) const = default;
};
template <>
inline constexpr auto schema<AppId> =
    describe("app_id", "Names the program, for lists and rules.",
             field<&AppId::window>("window", ""), field<&AppId::text>("text", "UTF-8"));

struct SizeLimits {
    WindowId window;
    ExtentOrNone min_width, min_height, max_width, max_height;
    ExtentOrNone base_width, base_height, step_width, step_height;
    ExtentOrNone min_aspect_width, min_aspect_height, max_aspect_width, max_aspect_height;
    bool operator==(const SizeLimits&) const = default;
};
template <>
inline constexpr auto schema<SizeLimits> =
    describe("size_limits", "Wishes for the person's resizing; 0 is none.",
             field<&SizeLimits::window>("window", "a toplevel"),
             field<&SizeLimits::min_width>("min_width", ""),
             field<&SizeLimits::min_height>("min_height", ""),
             field<&SizeLimits::max_width>("max_width", "at least the minimum, or 0"),
             field<&SizeLimits::max_height>("max_height", "at least the minimum, or 0"),
             field<&SizeLimits::base_width>("base_width", "from where steps count"),
             field<&SizeLimits::base_height>("base_height", ""),
             field<&SizeLimits::step_width>("step_width", ""),
             field<&SizeLimits::step_height>("step_height", ""),
             field<&SizeLimits::min_aspect_width>("min_aspect_width", "not narrower than this"),
             field<&SizeLimits::min_aspect_height>("min_aspect_height", "to this"),
             field<&SizeLimits::max_aspect_width>("max_aspect_width", "not wider than this"),
             field<&SizeLimits::max_aspect_height>("max_aspect_height", "to this"));

struct WindowKind {
    WindowId window;
    WindowType type = WindowType::normal;
    bool operator==(const WindowKind&) const = default;
};
template <>
inline constexpr auto schema<WindowKind> =
    describe("window_type", "What the window is for.", field<&WindowKind::window>("window", ""),
             field<&WindowKind::type>("type", ""));

struct MoveRequest {
    WindowId window;
    Serial serial = 0;
    bool operator==(const MoveRequest&) const = default;
};
template <>
inline constexpr auto schema<MoveRequest> =
    describe("move_request", "The person pressed on the program's own handle.",
             field<&MoveRequest::window>("window", "a toplevel"),
             field<&MoveRequest::serial>("serial", "of that press"));

struct ResizeRequest {
    WindowId window;
    Serial serial = 0;
    Flags<Edge> edges;
    bool operator==(const ResizeRequest&) const = default;
};
template <>
inline constexpr auto schema<ResizeRequest> =
    describe("resize_request", "The person pressed on the program's own edge.",
             field<&ResizeRequest::window>("window", "a toplevel"),
             field<&ResizeRequest::serial>("serial", "of that press"),
             field<&ResizeRequest::edges>("edges", "that follow the pointer"));

struct StateRequest {
    WindowId window;
    Serial serial = 0;
    StateWish wish = StateWish::maximize;
    bool operator==(const StateRequest&) const = default;
};
template <>
inline constexpr auto schema<StateRequest> =
    describe("state_request",
             "Asks for a state; a configure answers, whatever comes of it. Fullscreen is answered "
             "with the size the window has: real fullscreen is the person's.",
             field<&StateRequest::window>("window", "a toplevel"),
             field<&StateRequest::serial>("serial", "of the input event it answers"),
             field<&StateRequest::wish>("wish", ""));

struct Activate {
    WindowId window;
    Serial serial = 0;
    bool operator==(const Activate&) const = default;
};
template <>
inline constexpr auto schema<Activate> =
    describe("activate", "Asks for focus, which moves inside the focused domain only.",
             field<&Activate::window>("window", "a toplevel"),
             field<&Activate::serial>("serial", "of the input event it answers"));

struct Constraint {
    WindowId window;
    Serial serial = 0;
    ConstraintKind kind = ConstraintKind::none;
    List<Rect, 16> region;
    bool operator==(const Constraint&) const = default;
};
template <>
inline constexpr auto schema<Constraint> =
    describe("constraint", "Locks or confines the pointer while the window has it.",
             field<&Constraint::window>("window", ""),
             field<&Constraint::serial>("serial", "of the pointer's last event there"),
             field<&Constraint::kind>("kind", ""),
             field<&Constraint::region>("region", "where it holds; none: the whole content"));

struct CursorShapeSet {
    Serial serial = 0;
    CursorShape shape = CursorShape::default_;
    bool operator==(const CursorShapeSet&) const = default;
};
template <>
inline constexpr auto schema<CursorShapeSet> =
    describe("cursor_shape", "The compositor's own shape over this domain's content.",
             field<&CursorShapeSet::serial>("serial", "of the last pointer_enter"),
             field<&CursorShapeSet::shape>("shape", ""));

/// 64x64 logical pixels (rule 1) at twice the scale.
inline constexpr std::size_t max_cursor_extent = 128;
using CursorExtent = Bounded<std::uint16_t, 1, max_cursor_extent>;
using CursorHotspot = Bounded<std::uint16_t, 0, max_cursor_extent - 1>;

struct CursorImage {
    Serial serial = 0;
    CursorExtent width, height;
    CursorHotspot hotspot_x, hotspot_y;
    Bytes<max_cursor_extent * max_cursor_extent * 4> pixels;
    bool operator==(const CursorImage&) const = default;
};
template <>
inline constexpr auto schema<CursorImage> =
    describe("cursor_image", "An image of the program's own, drawn inside its content only.",
             field<&CursorImage::serial>("serial", "of the last pointer_enter"),
             field<&CursorImage::width>("width", ""), field<&CursorImage::height>("height", ""),
             field<&CursorImage::hotspot_x>("hotspot_x", "inside the image"),
             field<&CursorImage::hotspot_y>("hotspot_y", "inside the image"),
             field<&CursorImage::pixels>("pixels", "width * height premultiplied ARGB8888"));

struct DragBegin {
    WindowId origin;
    Serial serial = 0;
    std::optional<WindowId> icon;
    bool operator==(const DragBegin&) const = default;
};
template <>
inline constexpr auto schema<DragBegin> = describe(
    "drag_begin",
    "A drag inside the domain: until the buttons are up, enter and leave follow the pointer over "
    "this domain's windows.",
    field<&DragBegin::origin>("origin", "the window of the press"),
    field<&DragBegin::serial>("serial", "of the press, still held"),
    field<&DragBegin::icon>("icon", "an unmanaged window that follows the pointer, or 0"));

struct DragEnd {
    bool operator==(const DragEnd&) const = default;
};
template <>
inline constexpr auto schema<DragEnd> = describe("drag_end", "The drag is over.");

struct IdleInhibit {
    WindowId window;
    bool inhibit = false;
    bool operator==(const IdleInhibit&) const = default;
};
template <>
inline constexpr auto schema<IdleInhibit> =
    describe("idle_inhibit", "Keeps the screen on while the window is visible.",
             field<&IdleInhibit::window>("window", ""),
             field<&IdleInhibit::inhibit>("inhibit", ""));

struct Pong {
    Serial serial = 0;
    bool operator==(const Pong&) const = default;
};
template <>
inline constexpr auto schema<Pong> =
    describe("pong", "Answers ping.", field<&Pong::serial>("serial", "of the ping"));

}  // namespace leadlight::protocol
