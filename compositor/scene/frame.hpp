// SPDX-License-Identifier: MIT
// The frame of one window in the scene: title bar and three borders, or a popup's four thin ones,
// in the label's exact colour. It is drawn by the compositor alone and lies outside of the content
// (rule 1); a guest has a say in nothing here but the coverage of its title, painted after the
// domain's name.
#pragma once

#include "compositor/policy/geometry.hpp"
#include "compositor/policy/scale.hpp"
#include "theming/frame.hpp"
#include "theming/frame_geometry.hpp"

#include <array>

struct wlr_scene_buffer;
struct wlr_scene_rect;
struct wlr_scene_tree;

namespace leadlight::compositor {

/// Thickness of a frame in logical units.
policy::Insets frame_insets(theming::FrameKind kind);

class Frame {
  public:
    Frame(wlr_scene_tree* parent, const theming::Identity& identity, theming::FrameKind kind);
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;

    /// For a content of that size whose top left is the parent's origin. Repaints what changed;
    /// true if it painted a title bar.
    bool lay_out(policy::Size content, policy::Scale scale, const theming::TextPainter& painter);

    // Each marks the frame for the next lay_out(), if it changes anything.
    void set_identity(const theming::Identity& identity);
    void set_focused(bool focused);
    void set_maximized(bool maximized);
    void set_hovered(theming::FramePart part);
    void set_pressed(theming::FramePart part);
    void set_title(theming::TextStrip strip);
    /// Our own words about the domain, after its name; empty: none.
    void set_note(const std::string& note);
    bool dirty() const { return dirty_; }
    /// As the warden drew it: the switcher shows it too.
    theming::TextStripView title() const { return strip_; }

    /// Physical pixels that the title may have; 0 before the first lay_out().
    int title_room() const { return title_room_; }
    /// What lies at a point given in physical pixels from the content's top left.
    theming::FramePart hit(theming::Point point) const;
    /// The part of the frame that shows the domain's name, relative to the content, logical: it
    /// stays on an output wherever the person drags the window (rule 1).
    policy::Box name_box() const;

  private:
    theming::FrameGeometry geometry() const;
    template <class Value>
    void change(Value& value, const Value& to) {
        if (!(value == to)) {
            value = to;
            dirty_ = true;
        }
    }
    void place_guest_borders(const policy::Box& outer);
    void paint_admin_borders(const policy::Box& outer);

    const theming::FrameKind kind_;
    wlr_scene_tree* tree_;
    wlr_scene_buffer* top_;
    std::array<wlr_scene_rect*, 3> borders_{};   // a guest's left, right and bottom
    std::array<wlr_scene_buffer*, 3> images_{};  // the admin domain's, of two tones
    policy::Size content_;
    policy::Scale scale_;
    theming::TitleBar bar_;
    theming::TextStrip strip_;
    int title_room_ = 0;
    bool dirty_ = true;
};

}  // namespace leadlight::compositor
