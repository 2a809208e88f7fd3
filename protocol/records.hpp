// SPDX-License-Identifier: MIT
// What a warden and the compositor say to each other: one datagram a record, of one size for its
// kind, most of it the very structs of the messages. What is larger or was text travels as a sealed
// memfd with its record; never more than one descriptor with any.
#pragma once

#include "protocol/message.hpp"

namespace leadlight::protocol {

inline constexpr std::size_t max_record = 1024;

/// Bytes of a record's head: kind u16, size of the whole record u16, zero u32.
inline constexpr std::size_t record_head = 8;

/// A title as the warden drew it: one byte of coverage a pixel, rows without padding, in a sealed
/// memfd of exactly width * height bytes, at most 2,048 by 96.
struct TitleStrip {
    WindowId window;
    Bounded<std::uint16_t, 1, 2048> width;
    Bounded<std::uint16_t, 1, 96> height;
    bool operator==(const TitleStrip&) const = default;
};
template <>
inline constexpr auto schema<TitleStrip> =
    describe("title_strip", "With a memfd of coverage bytes.",
             field<&TitleStrip::window>("window", ""), field<&TitleStrip::width>("width", ""),
             field<&TitleStrip::height>("height", ""));

/// The cleaned title as text, for lists and the switcher; the compositor checks it again.
struct TitleText {
    WindowId window;
    Text<256> text;
    bool operator==(const TitleText&) const = default;
};
template <>
inline constexpr auto schema<TitleText> =
    describe("title_text", "Cleaned; may be empty.", field<&TitleText::window>("window", ""),
             field<&TitleText::text>("text", ""));

struct CursorFile {
    Serial serial = 0;
    CursorExtent width, height;
    CursorHotspot hotspot_x, hotspot_y;
    bool operator==(const CursorFile&) const = default;
};
template <>
inline constexpr auto schema<CursorFile> =
    describe("cursor_file", "With a memfd of width * height premultiplied ARGB8888.",
             field<&CursorFile::serial>("serial", ""), field<&CursorFile::width>("width", ""),
             field<&CursorFile::height>("height", ""),
             field<&CursorFile::hotspot_x>("hotspot_x", ""),
             field<&CursorFile::hotspot_y>("hotspot_y", ""));

/// The warden's last word when its guest broke the protocol; for the log and for backing off. What
/// was at fault is not told: of a warden's words about its guest the compositor logs none.
struct Broken {
    Violation violation = Violation::unknown_opcode;
    bool operator==(const Broken&) const = default;
};
template <>
inline constexpr auto schema<Broken> =
    describe("broken", "", field<&Broken::violation>("violation", ""));

struct KeymapFile {
    Bounded<std::uint32_t, 1, max_keymap> size;
    bool operator==(const KeymapFile&) const = default;
};
template <>
inline constexpr auto schema<KeymapFile> =
    describe("keymap_file", "With a memfd of that many bytes of keymap text.",
             field<&KeymapFile::size>("size", "bytes"));

/// How titles of a window shall be drawn from here on.
struct TitleStyle {
    WindowId window;
    Scale scale;
    Bounded<std::uint16_t, 1, 2048> max_width;
    bool operator==(const TitleStyle&) const = default;
};
template <>
inline constexpr auto schema<TitleStyle> =
    describe("title_style", "", field<&TitleStyle::window>("window", ""),
             field<&TitleStyle::scale>("scale", "1/120"),
             field<&TitleStyle::max_width>("max_width", "physical pixels"));

/// Ends the connection: the warden tells the agent why and exits.
struct Dismiss {
    Violation reason = Violation::flood;
    bool operator==(const Dismiss&) const = default;
};
template <>
inline constexpr auto schema<Dismiss> =
    describe("dismiss", "", field<&Dismiss::reason>("reason", ""));

using FromWarden =
    MessageList<Hello, PoolCreate, PoolReferences, PoolDestroy, BufferCreate, BufferDestroy,
                ToplevelCreate, PopupCreate, UnmanagedCreate, UnmanagedPlace, WindowParent,
                WindowDestroy, Commit, PopupReposition, TitleStrip, TitleText, AppId, SizeLimits,
                WindowKind, MoveRequest, ResizeRequest, StateRequest, Activate, Constraint,
                CursorShapeSet, CursorFile, DragBegin, DragEnd, IdleInhibit, Pong, Broken>;

using ToWarden =
    MessageList<Welcome, Refused, Dismiss, KeymapFile, Repeat, Output, Configure, Frame, Release,
                Presented, Hidden, PoolReady, PoolUnmapped, Close, Kill, Ping, PopupDone, Focus,
                Key, Modifiers, PointerEnter, PointerLeave, PointerMotion, PointerRelative,
                PointerButton, PointerAxis, PointerFrame, ConstraintState, TouchDown, TouchMotion,
                TouchUp, TouchFrame, TouchCancel, TitleStyle>;

/// True where exactly one descriptor must come with the record. A pool of grant references has
/// none, so a pool_create tells by its kind.
template <class T>
bool carries_descriptor(const T& record) {
    if constexpr (std::is_same_v<T, PoolCreate>) {
        return record.kind == PoolKind::memfd;
    } else {
        return std::is_same_v<T, TitleStrip> || std::is_same_v<T, CursorFile> ||
               std::is_same_v<T, KeymapFile>;
    }
}

template <class List, MessageOf<List> T>
std::vector<std::byte> encode_record(const T& record) {
    static_assert(record_head + Wire<T>::max_size <= max_record);
    std::vector<std::byte> out;
    out.reserve(record_head + Wire<T>::max_size);
    Writer writer(out);
    writer.integer(opcode_of<List, T>());
    writer.integer(static_cast<std::uint16_t>(record_head + Wire<T>::max_size));
    writer.integer(std::uint32_t{0});
    Wire<T>::template write<Layout::fixed>(writer, record);
    return out;
}

/// One datagram to one record: the kind known, the size that kind's, every field in its bounds.
template <class List>
[[nodiscard]] std::expected<typename List::Any, Fault>
decode_record(std::span<const std::byte> datagram);

extern template std::expected<FromWarden::Any, Fault>
    decode_record<FromWarden>(std::span<const std::byte>);
extern template std::expected<ToWarden::Any, Fault>
    decode_record<ToWarden>(std::span<const std::byte>);

}  // namespace leadlight::protocol
