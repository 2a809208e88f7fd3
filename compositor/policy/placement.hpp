// SPDX-License-Identifier: MIT
// Where windows lie. A place that a guest has any say in is wholly inside one output's work area,
// frame included; only the person's own hand takes a window past an edge, and then the part of its
// frame that shows the domain's name stays on an output (rule 1).
//
// All boxes are of the content; the frame lies outside of them.
#pragma once

#include "compositor/policy/geometry.hpp"
#include "compositor/policy/scale.hpp"
#include "compositor/policy/types.hpp"

#include <span>

namespace leadlight::policy {

/// What a guest may show at least: a window too small to see or hit is no window.
inline constexpr Coordinate smallest_content = 16;

struct OutputArea {
    OutputId id;
    Box whole;  // of the output in the layout
    Box work;   // less the panels of the admin domain
    Scale scale;
};

/// The content box on the output's grid: moved up and left to it, and grown to it, so that what a
/// program drew is padded and never cut for the grid's sake.
Box snapped(const Box& content, const OutputArea& output);

/// Anything a guest chose: cut to the work area with its frame, moved inside, on the grid.
Box confined(const Box& content, const Insets& frame, const OutputArea& output);

/// The work area less the frame.
Box maximized(const Insets& frame, const OutputArea& output);
/// The person's full screen: the whole output less the frame, which never goes (rule 1).
Box fullscreen(const Insets& frame, const OutputArea& output);

/// Around which point new windows gather: in sixteenths of what a window can be moved by, from the
/// upper left of the work area. So a small window keeps away from the middle, a large one from
/// nothing.
using Gathering = Point;
inline constexpr Gathering centre{8, 8};

/// A guest's: none of its windows is placed by what another domain has, since a guest can find out
/// where its own are. A quarter for each, so that those of several domains lie beside each other
/// all the same, and with the fifth domain on nearer to the centre, so that none hides another's.
Gathering gathering_of(DomainId domain);

/// A new window: where it covers least of others, of such places the nearest to where they gather,
/// and never exactly at another's corner where there is room beside it. `others` are frames of
/// windows on the output, topmost first; only the first 16 count, since the time this takes grows
/// with their cube and guests choose their number.
Box initial_place(Size content, const Insets& frame, const OutputArea& output,
                  std::span<const Box> others, Gathering gathering = centre);

/// All of it is under one or another of them.
bool covers(std::span<const Box> boxes, const Box& box);

/// A dialog: its frame over the middle of `over`, as far as the work area lets it.
Box centred_place(Size content, const Box& over, const Insets& frame, const OutputArea& output);

/// A popup-like window that is placed as an offset from its owner's content.
Box unmanaged_place(const Box& owner, Point offset, Size size, const Insets& frame,
                    const OutputArea& output);

/// The person drags the window to where `content` is: the least change that leaves `name`, the
/// name's box relative to the content's origin, wholly in one output's work area. On the grid.
/// `outputs` is not empty.
Box kept_nameable(const Box& content, const Box& name, std::span<const OutputArea> outputs);

/// The output that shows most of the box, else the nearest. `outputs` is not empty.
const OutputArea& home_of(const Box& box, std::span<const OutputArea> outputs);

/// `from` has gone or changed: the same place relative to the work area's corner, confined.
Box rehomed(const Box& content, const Insets& frame, const OutputArea& from, const OutputArea& to);

}  // namespace leadlight::policy
