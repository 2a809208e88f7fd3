// SPDX-License-Identifier: MIT
// A guest window's pixels in the scene: one buffer, shown 1:1 at the content's top left, cropped to
// the box that the compositor decided or padded in it. What shows guests' content stands behind
// this one interface, so that uploading to a GPU can come beside it.
#pragma once

#include "compositor/policy/geometry.hpp"
#include "compositor/policy/scale.hpp"
#include "compositor/scene/pool.hpp"
#include "protocol/types.hpp"
#include "wlr-headers/buffer_lock.hpp"

#include <span>

struct wlr_scene_buffer;
struct wlr_scene_rect;
struct wlr_scene_tree;

namespace leadlight::compositor {

class Content {
  public:
    explicit Content(wlr_scene_tree* parent);

    /// `source` lies inside the buffer, `damage` too: GuestState checked it.
    void show(wlr_buffer* buffer, const protocol::Rect& source,
              std::span<const protocol::Rect> damage);
    /// Padding only.
    void clear();

    /// The logical size that it fills, with padding where the guest's pixels end.
    void fit(policy::Size box, policy::Scale scale);

  private:
    void crop();

    wlr_scene_rect* padding_;
    wlr_scene_buffer* node_;
    BufferLock shown_;
    protocol::Rect source_;
    policy::Size box_;
    policy::Scale scale_;
};

}  // namespace leadlight::compositor
