// SPDX-License-Identifier: MIT
// The outputs: hot-plug, modes and scales, frames to pacing, and on each the trusted bar and the
// background.
#pragma once

#include "compositor/policy/placement.hpp"
#include "compositor/policy/types.hpp"

#include <memory>
#include <string>
#include <vector>

struct wlr_output;
struct wlr_output_layout;

namespace leadlight::compositor {

class Output;
class Server;

class Outputs {
  public:
    explicit Outputs(Server& server);
    ~Outputs();

    std::vector<Output*> all() const;
    Output* find(policy::OutputId id) const;
    /// The output under a layout point, or null.
    Output* at(double layout_x, double layout_y) const;
    Output* of(const wlr_output* output) const;
    std::vector<policy::OutputArea> areas() const;

    /// Of compositor/shell/: what panels leave free, in layout coordinates. It is cut to what the
    /// trusted bar leaves; no panel gets above that.
    void set_work_area(Output& output, const policy::Box& usable);
    /// The trusted bars' words, such as "move"; empty in normal mode.
    void set_mode_text(const std::string& text);
    /// All bars anew: focus or a label changed.
    void repaint_bars();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace leadlight::compositor
