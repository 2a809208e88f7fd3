// SPDX-License-Identifier: MIT
#include "compositor/policy/resize.hpp"

namespace leadlight::policy {
namespace {

constexpr Coordinate travel_bound = 1 << 20;

Coordinate least_of(Coordinate asked, Coordinate room) {
    const Coordinate most = std::clamp(room, SizeLimits::smallest, SizeLimits::largest);
    return std::clamp(asked, SizeLimits::smallest, most);
}

Coordinate greatest_of(Coordinate asked, Coordinate least) {
    return asked <= 0 ? SizeLimits::largest : std::clamp(asked, least, SizeLimits::largest);
}

bool usable_ratio(Coordinate width, Coordinate height) {
    return width > 0 && height > 0 && width <= SizeLimits::largest && height <= SizeLimits::largest;
}

// Down to base + n * increment, or up where that would be less than `least`.
Coordinate stepped(Coordinate length, Coordinate base, Coordinate increment, Coordinate least,
                   Coordinate greatest) {
    if (increment <= 1 || length < base) {
        return length;
    }
    const Coordinate down = length - (length - base) % increment;
    const Coordinate kept = down < least ? down + increment : down;
    return std::clamp(kept, least, greatest);
}

}  // namespace

SizeLimits::SizeLimits(const SizeHints& untrusted, Size room)
    : room_(room), least_{least_of(untrusted.least.width, room.width),
                          least_of(untrusted.least.height, room.height)},
      greatest_{greatest_of(untrusted.greatest.width, least_.width),
                greatest_of(untrusted.greatest.height, least_.height)},
      base_{std::clamp<Coordinate>(untrusted.base.width, 0, largest),
            std::clamp<Coordinate>(untrusted.base.height, 0, largest)},
      increment_{std::clamp<Coordinate>(untrusted.increment.width, 0, largest),
                 std::clamp<Coordinate>(untrusted.increment.height, 0, largest)} {
    const auto& low = untrusted.least_aspect;
    const auto& high = untrusted.greatest_aspect;
    const bool has_low = usable_ratio(low.width, low.height);
    const bool has_high = usable_ratio(high.width, high.height);
    if (has_low && has_high && low.width * high.height > high.width * low.height) {
        return;  // no size could keep both
    }
    least_aspect_ = has_low ? low : Size{};
    greatest_aspect_ = has_high ? high : Size{};
}

Size SizeLimits::apply(Size wished) const {
    const auto within = [this](Size size) {
        return Size{std::clamp(size.width, least_.width, greatest_.width),
                    std::clamp(size.height, least_.height, greatest_.height)};
    };
    Size size = within(wished);
    if (const auto& low = least_aspect_;
        !low.empty() && size.width * low.height < size.height * low.width) {
        size.height = size.width * low.height / low.width;
    }
    if (const auto& high = greatest_aspect_;
        !high.empty() && size.width * high.height > size.height * high.width) {
        size.width = size.height * high.width / high.height;
    }
    size = within(size);
    size = {stepped(size.width, base_.width, increment_.width, least_.width, greatest_.width),
            stepped(size.height, base_.height, increment_.height, least_.height, greatest_.height)};
    // A step up may be as wide as a guest likes.
    return {std::min(size.width, std::max(wished.width, room_.width)),
            std::min(size.height, std::max(wished.height, room_.height))};
}

SizeLimits SizeLimits::for_window_of(Size size) const {
    SizeLimits limits = *this;
    limits.room_ = {std::max(smallest, size.width), std::max(smallest, size.height)};
    limits.least_ = {std::min(least_.width, limits.room_.width),
                     std::min(least_.height, limits.room_.height)};
    return limits;
}

Edges edges_at(const Box& content, Point pointer) {
    const Coordinate x = pointer.x - content.x;
    const Coordinate y = pointer.y - content.y;
    Edges edges{.left = x < content.width / 3,
                .top = y < content.height / 3,
                .right = x >= content.width - content.width / 3,
                .bottom = y >= content.height - content.height / 3};
    if (edges == Edges{}) {
        edges.right = edges.bottom = true;  // the middle has no nearest edge
    }
    return edges;
}

Box resized(const Box& start, Edges edges, Coordinate dx, Coordinate dy, const SizeLimits& hints,
            Coordinate step) {
    const SizeLimits limits = hints.for_window_of(start.size());
    dx = std::clamp(dx, -travel_bound, travel_bound);
    dy = std::clamp(dy, -travel_bound, travel_bound);
    const auto grown = [](Coordinate length, bool low, bool high, Coordinate by) {
        return low ? length - by : high ? length + by : length;
    };
    const Size size = limits.apply({grown(start.width, edges.left, edges.right, dx),
                                    grown(start.height, edges.top, edges.bottom, dy)});
    const auto on_grid = [step](Coordinate length, Coordinate least, Coordinate greatest) {
        const Coordinate down = length - length % step;
        return down >= least ? down : down + step <= greatest ? down + step : length;
    };
    Box box = start;
    box.width = on_grid(size.width, limits.least().width, limits.greatest().width);
    box.height = on_grid(size.height, limits.least().height, limits.greatest().height);
    box.x = edges.left ? start.right() - box.width : start.x;
    box.y = edges.top ? start.bottom() - box.height : start.y;
    return box;
}

}  // namespace leadlight::policy
