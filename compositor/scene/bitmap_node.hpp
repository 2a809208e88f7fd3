// SPDX-License-Identifier: MIT
// A picture of the compositor's own in the scene: title bars, the trusted bar, the background.
#pragma once

#include "theming/bitmap.hpp"

struct wlr_scene_buffer;
struct wlr_scene_tree;

namespace leadlight::compositor {

/// Shows nothing yet.
wlr_scene_buffer* create_bitmap_node(wlr_scene_tree* parent);

/// Shows the bitmap, which it takes, at that logical size; opaque as theming's pictures are, unless
/// told otherwise.
void set_bitmap(wlr_scene_buffer* node, theming::Bitmap bitmap, int width, int height,
                bool opaque = true);

}  // namespace leadlight::compositor
