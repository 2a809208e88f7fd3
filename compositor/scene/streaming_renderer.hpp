// SPDX-License-Identifier: MIT
// wlroots' Pixman renderer, but for one thing: large opaque pictures that are shown 1:1, as guests'
// windows are, are written to the output past the caches. Pixman's ordinary stores read each line
// of the output before they write it, a third of all that is moved for a window that repaints
// itself.
#pragma once

struct wlr_renderer;

namespace leadlight::compositor {

/// Owned by the caller, ended by wlr_renderer_destroy; null if there is no memory.
wlr_renderer* create_streaming_renderer();

}  // namespace leadlight::compositor
