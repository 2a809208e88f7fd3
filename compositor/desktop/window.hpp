// SPDX-License-Identifier: MIT
// A window on the desktop: a frame of its domain's label around content (rule 1). The base knows
// geometry, state and frame; what the content is and whom to ask for another size is in
// GuestWindow (guest_window.hpp) and in the admin domain's windows (compositor/shell/).
#pragma once

#include "compositor/desktop/window_role.hpp"
#include "compositor/policy/placement.hpp"
#include "compositor/policy/resize.hpp"
#include "compositor/policy/resize_sync.hpp"
#include "compositor/policy/types.hpp"
#include "compositor/scene/frame.hpp"
#include "compositor/scene/scene_owner.hpp"
#include "theming/label.hpp"

#include <cstdint>
#include <optional>
#include <string>

struct wlr_scene_tree;

namespace leadlight::compositor {

class Desktop;

/// Id of the admin domain among policy's domains: its programs are one more owner of focus and
/// input. Guests' connections get greater ones.
inline constexpr policy::DomainId admin_domain{1};

/// Where a window opens.
enum class Opening : std::uint8_t { ordinary, centred, beside_parent };

struct WindowStates {
    bool activated = false;
    bool maximized = false;
    bool fullscreen = false;
    bool resizing = false;
    bool minimized = false;
    bool operator==(const WindowStates&) const = default;
};

class Window : public SceneOwner {
  public:
    /// Creates the scene tree, disabled, inside `parent` (a layer, or the popup tree of a window).
    Window(Desktop& desktop, policy::DomainId domain, WindowRole role,
           const theming::Identity& identity, wlr_scene_tree* parent);
    virtual ~Window();
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    policy::WindowId id() const { return id_; }
    policy::DomainId domain() const { return domain_; }
    WindowRole role() const { return role_; }
    const theming::Identity& identity() const { return identity_; }
    bool is_guest() const { return domain_ != admin_domain; }

    // Geometry: content boxes in layout coordinates (logical).
    /// What is on the screen now, and what was asked for.
    const policy::Box& content_box() const { return sync_.shown(); }
    const policy::Box& wished_box() const { return sync_.wished(); }
    policy::Box frame_box() const { return content_box().grown(insets()); }
    /// What the screen shows of it: the boxes above may be laid out some frames later. Whatever
    /// is drawn in its tree, or asks what lies under a point, goes by these.
    policy::Box seen_box() const;
    policy::Box seen_frame_box() const { return seen_box().grown(insets()); }
    policy::Scale seen_scale() const;
    /// Where it is going: what was asked for last.
    policy::Box target_box() const { return wish_.value_or(wished_box()); }
    policy::Insets insets() const;
    policy::OutputId output() const { return output_; }
    policy::Scale scale() const { return scale_; }
    const policy::SizeLimits& limits() const { return limits_; }

    const WindowStates& states() const { return states_; }
    /// It has content and is not minimized; what it stands on may be (Desktop::in_sight).
    bool visible() const { return mapped_ && !states_.minimized; }
    /// And it was laid out since it has: the screen shows it.
    bool shown() const { return visible() && !waits_for_layout_; }
    bool mapped() const { return mapped_; }
    bool wants_attention() const { return attention_; }
    /// Safe to show: checked by theming::is_safe_text. May be empty.
    const std::string& title() const { return title_; }
    const std::string& app_id() const { return app_id_; }

    // Scene. `content_tree` begins at the content's top left and is where subclasses put theirs;
    // `popup_tree` lies above the frame, same origin.
    wlr_scene_tree* tree() const { return tree_; }
    wlr_scene_tree* content_tree() const { return content_tree_; }
    wlr_scene_tree* popup_tree() const { return popup_tree_; }
    Frame& frame() { return frame_; }

    /// Our words about the domain, after its name in the title; empty: none.
    void set_note(const std::string& note);

    /// The administrator changed the domain's label.
    void relabel(const theming::Identity& identity);

    /// The person asks it to close.
    virtual void ask_close() = 0;
    /// Of a drag icon: what its guest wants between the pointer and its content, logical.
    virtual policy::Point carried_offset() const { return {}; }
    /// The person pressed its close button. A domain that does not answer cannot close anything:
    /// there the first press says so, and the next one ends it.
    virtual void press_close() { ask_close(); }

  protected:
    friend class Desktop;

    /// Tells whoever draws it of that box and of states(). Called at most once a refresh. Gives the
    /// serial that content drawn for it will name through content_answers().
    virtual std::uint32_t send_configure(const policy::Box& wished) = 0;
    /// content_box() or scale changed: crop or pad the content to it.
    virtual void fit_content() = 0;
    /// Of a popup or unmanaged window: where its rules and its guest's wish put it on what it
    /// stands on, where that is now; confined (rule 1).
    virtual policy::Box satellite_place() const { return wished_box(); }
    /// Menus end: the person turned to something else.
    virtual void dismiss() {}
    /// The person put it away, or took it out again.
    virtual void minimized_changed() {}
    /// It was laid out for its content: the next frame shows it.
    virtual void appeared() {}
    /// It is on another output, or its own has changed: what it was told in physical pixels is
    /// something else in logical ones, and the room for it is another.
    virtual void output_changed() {}
    /// Its frame is about to be laid out: what came of its title since, of which the last counts.
    virtual void take_title() {}
    /// It needs its title drawn for that much room, in physical pixels.
    virtual void title_room_changed(int /*room*/) {}

    const policy::WindowId id_;
    const policy::DomainId domain_;
    const WindowRole role_;
    theming::Identity identity_;
    Desktop& desktop_;

    wlr_scene_tree* tree_;
    wlr_scene_tree* content_tree_;
    Frame frame_;
    wlr_scene_tree* popup_tree_;

    policy::ResizeSync sync_;
    policy::SizeLimits limits_;
    policy::OutputId output_;
    policy::Scale scale_;
    policy::Box restore_box_;  // before maximize or fullscreen
    /// Where it was on an output that is gone: it returns with the output, unless the person moved
    /// it meanwhile.
    struct Displaced {
        std::string output;  // its name: ids are not used again
        policy::OutputArea area;
        policy::Box box;
        policy::Box restore;
    };
    std::optional<Displaced> displaced_;
    WindowStates states_;
    bool mapped_ = false;
    bool returns_ = false;           // it was there before, and is not shown yet
    bool opens_minimized_ = false;   // it comes back, and the person had put it away
    bool waits_for_layout_ = false;  // mapped, and not on the screen until it was laid out
    bool attention_ = false;
    bool placed_ = false;              // has a place on the desktop
    bool carried_ = false;             // by the pointer: not in its parent's tree
    std::optional<policy::Box> wish_;  // since the last settle()
    bool configure_due_ = false;
    bool keeps_right_ = false;  // edges that stay while the person resizes
    bool keeps_bottom_ = false;
    /// What frame and content were fitted to, and where its tree was put.
    struct LaidOut {
        policy::Size size;
        policy::Scale scale;
        std::optional<policy::Point> origin;
    };
    LaidOut laid_out_;
    bool satellites_due_ = false;  // its output changed: what stands on it is placed anew
    bool touched_ = false;         // settle() has to look at it
    Opening opening_ = Opening::ordinary;
    int title_room_ = 0;  // as last told
    std::string title_;
    std::string app_id_;
};

}  // namespace leadlight::compositor
