// SPDX-License-Identifier: MIT
#include "guest-agent/output.hpp"

namespace leadlight::agent {
namespace {

void apply(wlr_output* output, const protocol::Output& wanted) {
    wlr_output_state state;
    wlr_output_state_init(&state);
    wlr_output_state_set_enabled(&state, true);
    wlr_output_state_set_custom_mode(&state, wanted.width, wanted.height,
                                     static_cast<std::int32_t>(wanted.refresh));
    wlr_output_state_set_scale(&state, static_cast<float>(wanted.scale.get()) / 120.0f);
    wlr_output_commit_state(output, &state);
    wlr_output_state_finish(&state);
}

}  // namespace

NominalOutput::NominalOutput(wl_display* display)
    : backend_(wlr_headless_backend_create(wl_display_get_event_loop(display))),
      layout_(wlr_output_layout_create(display)) {
    wlr_backend_start(backend_);
    // Until the admin domain says better.
    protocol::Output first{.width = 1920, .height = 1080, .scale = 120, .refresh = 60'000};
    output_ = wlr_headless_add_output(backend_, first.width, first.height);
    wlr_output_set_name(output_, "LEADLIGHT-1");
    wlr_output_layout_add(layout_, output_, 0, 0);
    unscaled_ = wlr_headless_add_output(backend_, first.width, first.height);
    wlr_output_set_name(unscaled_, "LEADLIGHT-X11");
    wlr_output_layout_add(layout_, unscaled_, 0, 0);
    configure(first);
    wlr_xdg_output_manager_v1_create(display, layout_);
}

NominalOutput::~NominalOutput() {
    wlr_output_layout_destroy(layout_);
    wlr_backend_destroy(backend_);
}

void NominalOutput::configure(const protocol::Output& output) {
    scale_ = WindowScale(output.scale);
    apply(output_, output);
    auto without_scale = output;
    without_scale.scale = 120;
    apply(unscaled_, without_scale);
}

}  // namespace leadlight::agent
