// SPDX-License-Identifier: MIT
#include "compositor/scene/frame.hpp"

#include "compositor/scene/bitmap_node.hpp"
#include "compositor/scene/shown_length.hpp"
#include "wlr-headers/wlroots.hpp"

#include <algorithm>

namespace leadlight::compositor {

using theming::FrameKind;

namespace {

std::array<float, 4> to_floats(theming::Rgb colour) {
    const auto part = [](std::uint8_t value) { return static_cast<float>(value) / 255.0F; };
    return {part(colour.r), part(colour.g), part(colour.b), 1.0F};
}

}  // namespace

policy::Insets frame_insets(FrameKind kind) {
    using namespace theming::logical;
    return {border, kind == FrameKind::window ? title : popup_top, border, border};
}

Frame::Frame(wlr_scene_tree* parent, const theming::Identity& identity, FrameKind kind)
    : kind_(kind), tree_(wlr_scene_tree_create(parent)), top_(create_bitmap_node(tree_)),
      bar_{.identity = identity} {
    for (std::size_t i = 0; i < borders_.size(); ++i) {
        if (identity.is_admin()) {
            images_[i] = create_bitmap_node(tree_);
        } else {
            const auto colour = to_floats(theming::border_colour(identity));
            borders_[i] = wlr_scene_rect_create(tree_, 0, 0, colour.data());
        }
    }
}

void Frame::set_identity(const theming::Identity& identity) {
    if (bar_.identity.is_admin() || identity.is_admin()) {
        return;  // what a frame is made of depends on it; no window changes sides
    }
    change(bar_.identity, identity);
    for (wlr_scene_rect* border : borders_) {
        wlr_scene_rect_set_color(border, to_floats(theming::border_colour(identity)).data());
    }
}

void Frame::set_focused(bool focused) {
    change(bar_.focused, focused);
}

void Frame::set_maximized(bool maximized) {
    change(bar_.maximized, maximized);
}

void Frame::set_hovered(theming::FramePart part) {
    change(bar_.hovered, part);
}

void Frame::set_pressed(theming::FramePart part) {
    change(bar_.pressed, part);
}

void Frame::set_note(const std::string& note) {
    change(bar_.note, note);
}

void Frame::set_title(theming::TextStrip strip) {
    strip_ = std::move(strip);
    bar_.title = strip_;
    dirty_ = true;
}

bool Frame::lay_out(policy::Size content, policy::Scale scale,
                    const theming::TextPainter& painter) {
    if (!dirty_ && content == content_ && scale == scale_) {
        return false;
    }
    const bool resized = content != content_ || scale != scale_;
    dirty_ = false;
    content_ = content;
    scale_ = scale;
    const policy::Insets insets = frame_insets(kind_);
    const policy::Box outer = policy::Box{0, 0, content.width, content.height}.grown(insets);
    const int width = physical_length(outer.x, outer.width, scale);
    const theming::Scale painted(scale.in_120ths());

    theming::Bitmap top;
    if (kind_ == FrameKind::window) {
        top = theming::paint_title_bar(painter, bar_, width, painted);
        title_room_ =
            theming::title_room(painter, bar_.identity, bar_.buttons, width, painted, bar_.note);
    } else {
        top = theming::paint_edge(bar_.identity, theming::Edge::top, width, painted);
    }
    wlr_scene_node_set_position(&top_->node, static_cast<int>(outer.x), static_cast<int>(outer.y));
    set_bitmap(top_, std::move(top), static_cast<int>(outer.width), static_cast<int>(insets.top));
    if (bar_.identity.is_admin()) {
        if (resized) {
            paint_admin_borders(outer);
        }
    } else {
        place_guest_borders(outer);
    }
    return kind_ == FrameKind::window;
}

void Frame::place_guest_borders(const policy::Box& outer) {
    const auto place = [](wlr_scene_rect* rect, policy::Box box) {
        wlr_scene_node_set_position(&rect->node, static_cast<int>(box.x), static_cast<int>(box.y));
        wlr_scene_rect_set_size(rect, static_cast<int>(box.width), static_cast<int>(box.height));
    };
    const policy::Insets insets = frame_insets(kind_);
    place(borders_[0], {outer.x, 0, insets.left, content_.height});
    place(borders_[1], {content_.width, 0, insets.right, content_.height});
    place(borders_[2], {outer.x, content_.height, outer.width, insets.bottom});
}

void Frame::paint_admin_borders(const policy::Box& outer) {
    const auto paint = [&](wlr_scene_buffer* node, theming::Edge edge, policy::Box box) {
        const bool upright = edge == theming::Edge::left || edge == theming::Edge::right;
        const int length = upright ? physical_length(box.y, box.height, scale_)
                                   : physical_length(box.x, box.width, scale_);
        wlr_scene_node_set_position(&node->node, static_cast<int>(box.x), static_cast<int>(box.y));
        set_bitmap(
            node,
            theming::paint_edge(bar_.identity, edge, length, theming::Scale(scale_.in_120ths())),
            static_cast<int>(box.width), static_cast<int>(box.height));
    };
    const policy::Insets insets = frame_insets(kind_);
    paint(images_[0], theming::Edge::left, {outer.x, 0, insets.left, content_.height});
    paint(images_[1], theming::Edge::right, {content_.width, 0, insets.right, content_.height});
    paint(images_[2], theming::Edge::bottom,
          {outer.x, content_.height, outer.width, insets.bottom});
}

theming::FrameGeometry Frame::geometry() const {
    const theming::Box content{0, 0, physical_length(0, content_.width, scale_),
                               physical_length(0, content_.height, scale_)};
    return {content, theming::Scale(scale_.in_120ths()), kind_, bar_.buttons};
}

theming::FramePart Frame::hit(theming::Point point) const {
    return geometry().hit(point);
}

policy::Box Frame::name_box() const {
    using namespace theming::logical;
    const policy::Insets insets = frame_insets(kind_);
    return {-insets.left, -insets.top,
            std::min<policy::Coordinate>(least_name, content_.width + 2 * border), insets.top};
}

}  // namespace leadlight::compositor
