// SPDX-License-Identifier: MIT
#include "compositor/output/output.hpp"

#include "compositor/clock.hpp"
#include "compositor/output/frame_pacer.hpp"
#include "compositor/scene/bitmap_node.hpp"
#include "compositor/server.hpp"
#include "wlr-headers/wlroots.hpp"

namespace leadlight::compositor {

Output::Output(Server& server, wlr_output* output, policy::OutputId id)
    : SceneOwner(Kind::trusted), server_(server), output_(output),
      background_(create_bitmap_node(server.layers.background)),
      bar_(create_bitmap_node(server.layers.trusted)) {
    area_.id = id;
    bar_->node.data = static_cast<SceneOwner*>(this);
    frame_.connect(output->events.frame, [this] { frame(); });
    present_.connect(output->events.present, [this](wlr_output_event_present* event) {
        if (event->presented) {
            server_.pacer->presented(*this, *event);
        }
    });
    commit_.connect(output->events.commit, [this](wlr_output_event_commit* event) {
        if ((event->state->committed & WLR_OUTPUT_STATE_BUFFER) != 0) {
            ++server_.statistics.output_frames;
        }
        constexpr unsigned shape = WLR_OUTPUT_STATE_MODE | WLR_OUTPUT_STATE_SCALE |
                                   WLR_OUTPUT_STATE_TRANSFORM | WLR_OUTPUT_STATE_ENABLED;
        if ((event->state->committed & shape) != 0) {
            server_.outputs->layout_changed();
        }
    });
    // A nested window that was resized, for one.
    request_state_.connect(output->events.request_state, [](wlr_output_event_request_state* event) {
        wlr_output_commit_state(event->output, event->state);
    });
    destroy_.connect(output->events.destroy, [this] { server_.outputs->remove(*this); });
}

Output::~Output() {
    wlr_scene_node_destroy(&background_->node);
    wlr_scene_node_destroy(&bar_->node);
}

int Output::refresh() const {
    constexpr int usual = 60'000;
    return output_->refresh > 0 ? output_->refresh : usual;
}

void Output::schedule_frame() {
    wlr_output_schedule_frame(output_);
}

// The order is the protocol: commits are applied, geometry that waited for them with them, the
// frame is rendered, and only then guests hear that they may draw the next (policy/pacing.hpp).
void Output::frame() {
    if (!scene_output_) {
        return;
    }
    server_.ledger.refresh(now());
    server_.pacer->begin_frame(*this);
    server_.desktop->settle();
    if (!wlr_scene_output_commit(scene_output_, nullptr)) {
        return;  // what was applied is answered by the timer
    }
    server_.pacer->rendered(*this);
    timespec when{};
    clock_gettime(CLOCK_MONOTONIC, &when);
    wlr_scene_output_send_frame_done(scene_output_, &when);
}

void Output::update_area() {
    wlr_box box{};
    wlr_output_layout_get_box(server_.output_layout, output_, &box);
    policy::OutputArea area = area_;
    area.whole = {box.x, box.y, box.width, box.height};
    area.scale = policy::Scale(static_cast<std::uint32_t>(std::lround(output_->scale * 120.0F)));
    area.work = {box.x, box.y + bar_height, box.width, box.height - bar_height};
    if (!usable_.empty()) {
        area.work = policy::intersection(area.work, usable_.moved(box.x, box.y));
    }
    const bool resized = area.whole != area_.whole || area.scale != area_.scale;
    area_ = area;
    if (resized) {
        paint_background();
    }
}

void Output::paint_background() {
    int width = 0, height = 0;
    wlr_output_transformed_resolution(output_, &width, &height);
    const auto& whole = area_.whole;
    wlr_scene_node_set_position(&background_->node, static_cast<int>(whole.x),
                                static_cast<int>(whole.y));
    set_bitmap(background_,
               theming::paint_background(width, height, theming::Scale(area_.scale.in_120ths())),
               static_cast<int>(whole.width), static_cast<int>(whole.height));
}

// A guest may have it asked for at every refresh.
void Output::paint_bar(const theming::TrustedBar& bar) {
    int width = 0, height = 0;
    wlr_output_transformed_resolution(output_, &width, &height);
    const auto& whole = area_.whole;
    const PaintedBar painted{.bar = bar, .whole = whole, .scale = area_.scale, .width = width};
    if (painted_bar_ == painted) {
        return;
    }
    painted_bar_ = painted;
    wlr_scene_node_set_position(&bar_->node, static_cast<int>(whole.x), static_cast<int>(whole.y));
    const theming::Scale scale(area_.scale.in_120ths());
    chips_ = theming::attention_chips(server_.painter(), bar, width, scale);
    set_bitmap(bar_, theming::paint_bar(server_.painter(), bar, width, scale),
               static_cast<int>(whole.width), bar_height);
}

std::optional<std::size_t> Output::chip_at(double layout_x, double layout_y) const {
    const double scale = area_.scale.in_120ths() / 120.0;
    const theming::Point point{
        static_cast<int>((layout_x - static_cast<double>(area_.whole.x)) * scale),
        static_cast<int>((layout_y - static_cast<double>(area_.whole.y)) * scale)};
    for (std::size_t i = 0; i < chips_.size(); ++i) {
        if (chips_[i].contains(point)) {
            return i;
        }
    }
    return std::nullopt;
}

}  // namespace leadlight::compositor
