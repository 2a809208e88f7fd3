// SPDX-License-Identifier: MIT
// The one output that programs see: as large as the largest content a window may get. A headless
// output of wlroots, never drawn on. Xwayland sees a twin of it without a scale.
#pragma once

#include "guest-agent/units.hpp"
#include "protocol/message.hpp"
#include "wlr-headers/wlroots.hpp"

namespace leadlight::agent {

class NominalOutput {
  public:
    explicit NominalOutput(wl_display* display);
    ~NominalOutput();
    NominalOutput(const NominalOutput&) = delete;
    NominalOutput& operator=(const NominalOutput&) = delete;

    void configure(const protocol::Output& output);
    wlr_output* wl() const { return output_; }
    wlr_output* unscaled() const { return unscaled_; }
    wlr_backend* backend() const { return backend_; }
    /// In physical pixels.
    int width() const { return output_->width; }
    int height() const { return output_->height; }
    WindowScale scale() const { return scale_; }

  private:
    wlr_backend* backend_;
    wlr_output* output_;
    wlr_output* unscaled_;
    wlr_output_layout* layout_;
    WindowScale scale_;
};

}  // namespace leadlight::agent
