// SPDX-License-Identifier: MIT
// The arithmetic of the person's resize: which edges follow the pointer, and what sizes the window
// accepts. A guest's size hints are wishes: they are bounded, made consistent, and never let a
// guest keep a window larger than the screen or smaller than its label can be read.
#pragma once

#include "compositor/policy/geometry.hpp"

namespace leadlight::policy {

/// In logical units as the guest asked, 0 where it did not. Any value may come in.
struct SizeHints {
    Size least;
    Size greatest;
    Size base;  // increments count from here
    Size increment;
    Size least_aspect;  // as width over height
    Size greatest_aspect;
};

/// Hints that are safe to apply.
class SizeLimits {
  public:
    static constexpr Coordinate smallest = 16;
    static constexpr Coordinate largest = 16'384;

    /// `room` is the largest content that fits on an output: no hint asks for more.
    explicit SizeLimits(const SizeHints& untrusted = {}, Size room = {largest, largest});

    /// The nearest size that keeps them; least and greatest win over aspect and increment.
    Size apply(Size wished) const;
    /// The same for a window of that size, which no hint makes larger.
    SizeLimits for_window_of(Size size) const;
    Size least() const { return least_; }
    Size greatest() const { return greatest_; }

  private:
    Size room_;
    Size least_;
    Size greatest_;
    Size base_;
    Size increment_;
    Size least_aspect_;  // empty: none
    Size greatest_aspect_;
};

struct Edges {
    bool left = false;
    bool top = false;
    bool right = false;
    bool bottom = false;
    bool operator==(const Edges&) const = default;
};

/// For Super+drag: the edges nearest to where the pointer took hold of the window.
Edges edges_at(const Box& content, Point pointer);

/// The content box when the pointer has moved so far since it took hold of `start`. The opposite
/// edges stay where they are, whatever the hints did to the size; they make it no larger than it
/// was or the person wants. Every size is a multiple of `step` (Scale::step) as far as they allow.
Box resized(const Box& start, Edges edges, Coordinate dx, Coordinate dy, const SizeLimits& hints,
            Coordinate step = 1);

}  // namespace leadlight::policy
