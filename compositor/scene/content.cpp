// SPDX-License-Identifier: MIT
#include "compositor/scene/content.hpp"

#include "compositor/scene/shown_length.hpp"
#include "wlr-headers/wlroots.hpp"

#include <algorithm>

namespace leadlight::compositor {

namespace {

// A neutral dark tone that belongs to no label.
constexpr float padding_colour[4] = {0.12F, 0.125F, 0.14F, 1.0F};

}  // namespace

Content::Content(wlr_scene_tree* parent)
    : padding_(wlr_scene_rect_create(parent, 0, 0, padding_colour)),
      node_(wlr_scene_buffer_create(parent, nullptr)) {
    wlr_scene_node_set_enabled(&node_->node, false);
}

void Content::show(wlr_buffer* buffer, const protocol::Rect& source,
                   std::span<const protocol::Rect> damage) {
    pixman_region32_t region;
    pixman_region32_init(&region);
    for (const auto& rect : damage) {
        pixman_region32_union_rect(&region, &region, rect.x, rect.y, rect.width, rect.height);
    }
    const bool resized = !shown_ || source_ != source;
    source_ = source;
    wlr_scene_buffer_set_buffer_with_damage(node_, buffer, &region);
    shown_ = BufferLock(buffer);  // after: the former one is locked until it is replaced
    pixman_region32_fini(&region);
    if (resized) {
        crop();
    }
}

void Content::clear() {
    wlr_scene_node_set_enabled(&node_->node, false);
    wlr_scene_buffer_set_buffer(node_, nullptr);
    shown_ = {};
}

void Content::fit(policy::Size box, policy::Scale scale) {
    if (box == box_ && scale == scale_) {
        return;
    }
    box_ = box;
    scale_ = scale;
    wlr_scene_rect_set_size(padding_, static_cast<int>(box.width), static_cast<int>(box.height));
    crop();
}

void Content::crop() {
    if (!shown_) {
        return;
    }
    // Content is never resampled: what does not fit is cut, what is missing is padded.
    const auto along = [&](policy::Coordinate box, int content) {
        const int room = static_cast<int>(scale_.to_physical(box));
        return room <= content ? ShownLength{static_cast<int>(box), room}
                               : shown_length(content, scale_);
    };
    const ShownLength width = along(box_.width, source_.width);
    const ShownLength height = along(box_.height, source_.height);
    if (width.logical <= 0 || height.logical <= 0) {
        wlr_scene_node_set_enabled(&node_->node, false);
        return;
    }
    const wlr_fbox source{static_cast<double>(source_.x), static_cast<double>(source_.y),
                          static_cast<double>(width.physical),
                          static_cast<double>(height.physical)};
    wlr_scene_buffer_set_source_box(node_, &source);
    wlr_scene_buffer_set_dest_size(node_, width.logical, height.logical);
    pixman_region32_t opaque;
    pixman_region32_init_rect(&opaque, 0, 0, static_cast<unsigned>(width.logical),
                              static_cast<unsigned>(height.logical));
    wlr_scene_buffer_set_opaque_region(node_, &opaque);
    pixman_region32_fini(&opaque);
    wlr_scene_node_set_enabled(&node_->node, true);
}

}  // namespace leadlight::compositor
