// SPDX-License-Identifier: MIT
#include "compositor/policy/positioner.hpp"

namespace leadlight::policy {
namespace {

// Both axes follow the same rules, each for itself.
struct Axis {
    Coordinate rect, rect_length;  // of the anchor, absolute
    int anchor, gravity;           // -1, 0, 1
    Coordinate offset, length;
    bool slide, flip, resize;
};

struct Span {
    Coordinate at, length;
    Coordinate end() const { return at + length; }
    bool inside(const Span& outer) const { return at >= outer.at && end() <= outer.end(); }
};

Span unconstrained(const Axis& axis, int anchor, int gravity) {
    const Coordinate point = anchor < 0   ? axis.rect
                             : anchor > 0 ? axis.rect + axis.rect_length
                                          : axis.rect + axis.rect_length / 2;
    const Coordinate at = gravity < 0   ? point - axis.length
                          : gravity > 0 ? point
                                        : point - axis.length / 2;
    return {at + axis.offset, axis.length};
}

// Flip, slide, resize, in this order. What is still outside is moved in by the caller: a guest that
// allows nothing would otherwise have its frame off the screen.
Span constrained(const Axis& axis, const Span& bounds) {
    const Span wished = unconstrained(axis, axis.anchor, axis.gravity);
    if (wished.inside(bounds)) {
        return wished;
    }
    if (axis.flip) {
        const Span flipped = unconstrained(axis, -axis.anchor, -axis.gravity);
        if (flipped.inside(bounds)) {
            return flipped;
        }
    }
    if (axis.slide || !axis.resize) {
        return wished;
    }
    const Coordinate at = std::max(wished.at, bounds.at);
    const Coordinate length = std::min(wished.end(), bounds.end()) - at;
    return length >= smallest_content ? Span{at, length} : wished;
}

}  // namespace

PopupRules bounded(PopupRules rules) {
    const auto length = [](Coordinate& value, Coordinate least) {
        value = std::clamp(value, least, positioner_bound);
    };
    const auto place = [](Coordinate& value) {
        value = std::clamp(value, -positioner_bound, positioner_bound);
    };
    const auto side = [](Side& value) {
        value.x = std::clamp<std::int8_t>(value.x, -1, 1);
        value.y = std::clamp<std::int8_t>(value.y, -1, 1);
    };
    length(rules.size.width, 1);
    length(rules.size.height, 1);
    length(rules.anchor_rect.width, 0);
    length(rules.anchor_rect.height, 0);
    place(rules.anchor_rect.x);
    place(rules.anchor_rect.y);
    place(rules.offset.x);
    place(rules.offset.y);
    side(rules.anchor);
    side(rules.gravity);
    return rules;
}

Box place_popup(const PopupRules& untrusted, Point parent, const Insets& frame,
                const OutputArea& output) {
    const auto rules = bounded(untrusted);
    const auto& may = rules.adjustment;
    const Box room = maximized(frame, output);
    const Span x = constrained({.rect = parent.x + rules.anchor_rect.x,
                                .rect_length = rules.anchor_rect.width,
                                .anchor = rules.anchor.x,
                                .gravity = rules.gravity.x,
                                .offset = rules.offset.x,
                                .length = rules.size.width,
                                .slide = may.slide_x,
                                .flip = may.flip_x,
                                .resize = may.resize_x},
                               {room.x, room.width});
    const Span y = constrained({.rect = parent.y + rules.anchor_rect.y,
                                .rect_length = rules.anchor_rect.height,
                                .anchor = rules.anchor.y,
                                .gravity = rules.gravity.y,
                                .offset = rules.offset.y,
                                .length = rules.size.height,
                                .slide = may.slide_y,
                                .flip = may.flip_y,
                                .resize = may.resize_y},
                               {room.y, room.height});
    return confined({x.at, y.at, x.length, y.length}, frame, output);
}

}  // namespace leadlight::policy
