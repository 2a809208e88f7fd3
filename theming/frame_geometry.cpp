// SPDX-License-Identifier: MIT
#include "theming/frame_geometry.hpp"

#include <algorithm>

namespace leadlight::theming {

FrameGeometry::FrameGeometry(Box content, Scale scale, FrameKind kind, Buttons buttons)
    : content_(content), border_(scale.px(logical::border)),
      top_(kind == FrameKind::window ? scale.px(logical::title) : scale.px(logical::popup_top)),
      corner_(scale.px(logical::corner)), kind_(kind) {
    outer_ = {content.x - border_, content.y - top_, content.width + 2 * border_,
              content.height + top_ + border_};
    if (kind != FrameKind::window) {
        return;
    }
    // From the right: close, maximize, minimize, as long as pattern and name keep their room.
    const int size = scale.px(logical::button);
    const int keep = outer_.x + scale.px(logical::least_name);
    int edge = outer_.right() - border_;
    const auto place = [&](bool wanted) {
        if (!wanted || edge - size < keep) {
            return Box{};
        }
        edge -= size;
        return Box{edge, outer_.y, size, top_};
    };
    close_ = place(true);
    maximize_ = place(buttons.maximize);
    minimize_ = place(buttons.minimize);
}

FrameGeometry FrameGeometry::around(Box outer, Scale scale, FrameKind kind, Buttons buttons) {
    const int border = scale.px(logical::border);
    const int top =
        kind == FrameKind::window ? scale.px(logical::title) : scale.px(logical::popup_top);
    const Box content{outer.x + border, outer.y + top, std::max(1, outer.width - 2 * border),
                      std::max(1, outer.height - top - border)};
    return {content, scale, kind, buttons};
}

Box FrameGeometry::title() const {
    return {outer_.x, outer_.y, outer_.width, top_};
}

Box FrameGeometry::left() const {
    return {outer_.x, content_.y, border_, content_.height};
}

Box FrameGeometry::right() const {
    return {content_.right(), content_.y, border_, content_.height};
}

Box FrameGeometry::bottom() const {
    return {outer_.x, content_.bottom(), outer_.width, border_};
}

std::array<Box, 4> FrameGeometry::edges() const {
    return {title(), left(), right(), bottom()};
}

FramePart FrameGeometry::hit(Point point) const {
    if (!outer_.contains(point)) {
        return FramePart::outside;
    }
    if (content_.contains(point)) {
        return FramePart::content;
    }
    if (kind_ == FrameKind::popup) {
        return FramePart::title;  // a popup has nothing to grab: its frame only says whose it is
    }
    // Buttons reach to the top so that a flick into the corner of the screen hits them; resizing
    // has the strip above all else of the bar.
    const int from_left = point.x - outer_.x;
    const int from_right = outer_.right() - 1 - point.x;
    const int from_top = point.y - outer_.y;
    const int from_bottom = outer_.bottom() - 1 - point.y;
    const bool on_side = from_left < border_ || from_right < border_;
    if (!on_side && from_top < top_) {
        if (close_.contains(point)) {
            return FramePart::close;
        }
        if (maximize_.contains(point)) {
            return FramePart::maximize;
        }
        if (minimize_.contains(point)) {
            return FramePart::minimize;
        }
        if (from_top >= border_) {
            return FramePart::title;
        }
    }
    // What is left is the outline. Near a corner it pulls both edges; where two corners overlap in
    // a very small window, the nearer one.
    const bool near_left = from_left < corner_ && from_left <= from_right;
    const bool near_right = from_right < corner_;
    const bool near_top = from_top < corner_ && from_top <= from_bottom;
    const bool near_bottom = from_bottom < corner_;
    if (near_top && near_left) {
        return FramePart::top_left;
    }
    if (near_top && near_right) {
        return FramePart::top_right;
    }
    if (near_bottom && near_left) {
        return FramePart::bottom_left;
    }
    if (near_bottom && near_right) {
        return FramePart::bottom_right;
    }
    if (from_top < border_) {
        return FramePart::top;
    }
    if (from_bottom < border_) {
        return FramePart::bottom;
    }
    return from_left < border_ ? FramePart::left : FramePart::right;
}

}  // namespace leadlight::theming
