// SPDX-License-Identifier: MIT
// One output: its frame handler, its place in the layout, its trusted bar and background.
#pragma once

#include "compositor/output/output_wish.hpp"
#include "compositor/policy/placement.hpp"
#include "compositor/policy/types.hpp"
#include "compositor/scene/scene_owner.hpp"
#include "theming/desktop.hpp"
#include "theming/frame_geometry.hpp"
#include "wlr-headers/listener.hpp"

#include <optional>
#include <vector>

struct wlr_output;
struct wlr_output_event_commit;
struct wlr_output_event_present;
struct wlr_output_event_request_state;
struct wlr_scene_buffer;
struct wlr_scene_output;

namespace leadlight::compositor {

class Server;

class Output final : public SceneOwner {
  public:
    Output(Server& server, wlr_output* output, policy::OutputId id);
    ~Output();
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    policy::OutputId id() const { return area_.id; }
    wlr_output* wlr() const { return output_; }
    /// In mHz. A nested or a headless output has no rate of its own, and is drawn at 60 Hz or so.
    int refresh() const;
    /// Whole and work area in layout coordinates, and scale.
    const policy::OutputArea& area() const { return area_; }
    void schedule_frame();
    /// The chip of the trusted bar under a layout point, by its place in the bar's list.
    std::optional<std::size_t> chip_at(double layout_x, double layout_y) const;

  private:
    friend class Outputs;

    void frame();
    /// Place and size from the layout.
    void update_area();
    void paint_background();
    void paint_bar(const theming::TrustedBar& bar);

    Server& server_;
    wlr_output* output_;
    wlr_scene_output* scene_output_ = nullptr;
    wlr_scene_buffer* background_;
    wlr_scene_buffer* bar_;
    struct PaintedBar {
        theming::TrustedBar bar;
        policy::Box whole;
        policy::Scale scale;
        int width = 0;  // physical pixels
        bool operator==(const PaintedBar&) const = default;
    };
    std::optional<PaintedBar> painted_bar_;
    std::vector<theming::Box> chips_;  // physical pixels
    policy::WindowId filled_by_;       // the full screen below the bar, as painted
    policy::OutputArea area_;
    policy::Box usable_;  // as panels left it; empty: all
    /// What the command line says of it, else how large its backend made it; none for a screen,
    /// which prefers a mode.
    std::optional<OutputWish> wish_;
    bool needs_mode_ = true;  // its own, with the next commit
    bool is_owed_ = false;    // its last commit failed, as on another virtual terminal

    Listener<> frame_;
    Listener<wlr_output_event_present> present_;
    Listener<wlr_output_event_commit> commit_;
    Listener<wlr_output_event_request_state> request_state_;
    Listener<> destroy_;
};

/// The trusted bar's height in logical units: no window and no panel lies over it.
inline constexpr int bar_height = theming::logical::bar;

}  // namespace leadlight::compositor
