// SPDX-License-Identifier: MIT
// One output: its frame handler, its place in the layout, its bar and background.
#pragma once

#include "compositor/policy/placement.hpp"
#include "compositor/policy/types.hpp"

struct wlr_output;
struct wlr_scene_output;

namespace leadlight::compositor {

class Output {
  public:
    policy::OutputId id() const { return area_.id; }
    wlr_output* wlr() const { return output_; }
    wlr_scene_output* scene_output() const { return scene_output_; }
    /// Whole and work area in layout coordinates, and scale.
    const policy::OutputArea& area() const { return area_; }
    void schedule_frame();

  private:
    policy::OutputArea area_;
    wlr_output* output_ = nullptr;
    wlr_scene_output* scene_output_ = nullptr;
};

}  // namespace leadlight::compositor
