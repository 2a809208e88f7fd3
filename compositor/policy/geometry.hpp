// SPDX-License-Identifier: MIT
// Points, sizes and boxes of the desktop in logical units: whole numbers of the output layout's
// coordinates. Everything is worked out in 64 bits, so values that a guest chose within their
// bounds (types of the wire: +-16,384) cannot overflow here.
#pragma once

#include <algorithm>
#include <cstdint>

namespace leadlight::policy {

using Coordinate = std::int64_t;

struct Point {
    Coordinate x = 0;
    Coordinate y = 0;
    bool operator==(const Point&) const = default;
};

struct Size {
    Coordinate width = 0;
    Coordinate height = 0;
    bool operator==(const Size&) const = default;
    bool empty() const { return width <= 0 || height <= 0; }
};

/// How thick a frame is on each side of its content.
struct Insets {
    Coordinate left = 0;
    Coordinate top = 0;
    Coordinate right = 0;
    Coordinate bottom = 0;
    bool operator==(const Insets&) const = default;
};

struct Box {
    Coordinate x = 0;
    Coordinate y = 0;
    Coordinate width = 0;
    Coordinate height = 0;

    bool operator==(const Box&) const = default;
    Coordinate right() const { return x + width; }    // exclusive
    Coordinate bottom() const { return y + height; }  // exclusive
    Point origin() const { return {x, y}; }
    Size size() const { return {width, height}; }
    Point centre() const { return {x + width / 2, y + height / 2}; }
    bool empty() const { return width <= 0 || height <= 0; }
    bool contains(Point point) const {
        return point.x >= x && point.x < right() && point.y >= y && point.y < bottom();
    }
    bool contains(const Box& inner) const {
        return inner.x >= x && inner.y >= y && inner.right() <= right() &&
               inner.bottom() <= bottom();
    }
    Box moved(Coordinate dx, Coordinate dy) const { return {x + dx, y + dy, width, height}; }
    Box grown(const Insets& by) const {
        return {x - by.left, y - by.top, width + by.left + by.right, height + by.top + by.bottom};
    }
    Box shrunk(const Insets& by) const {
        return {x + by.left, y + by.top, width - by.left - by.right, height - by.top - by.bottom};
    }
};

/// Empty (no width or no height) if they do not meet.
inline Box intersection(const Box& a, const Box& b) {
    const Coordinate x = std::max(a.x, b.x);
    const Coordinate y = std::max(a.y, b.y);
    return {x, y, std::max<Coordinate>(0, std::min(a.right(), b.right()) - x),
            std::max<Coordinate>(0, std::min(a.bottom(), b.bottom()) - y)};
}

inline Coordinate area(const Box& box) {
    return box.empty() ? 0 : box.width * box.height;
}

/// The nearest place wholly inside. What is larger than `bounds` lies at its top left corner.
inline Box moved_into(Box box, const Box& bounds) {
    box.x = std::max(bounds.x, std::min(box.x, bounds.right() - box.width));
    box.y = std::max(bounds.y, std::min(box.y, bounds.bottom() - box.height));
    return box;
}

/// Cut to the size of `bounds`, then moved inside: what happens to geometry that a guest chose.
inline Box cut_into(Box box, const Box& bounds) {
    box.width = std::min(box.width, bounds.width);
    box.height = std::min(box.height, bounds.height);
    return moved_into(box, bounds);
}

}  // namespace leadlight::policy
