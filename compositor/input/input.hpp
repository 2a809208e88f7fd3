// SPDX-License-Identifier: MIT
// The edge of all input: what devices do comes in, policy decides whose it is (InputOwner,
// ModeMachine, PressGuard, Hotkeys), recipients are told, and what the person does to windows is
// done. There is one instance. Physical devices and, in a build for tests, the tests' devices come
// in by the same door, add_device().
#pragma once

#include "compositor/desktop/desktop.hpp"
#include "compositor/guest/guest_listener.hpp"
#include "compositor/input/admin_seat.hpp"
#include "compositor/input/constraints.hpp"
#include "compositor/input/cursor.hpp"
#include "compositor/input/devices.hpp"
#include "compositor/input/drag_icon.hpp"
#include "compositor/input/frame_hand.hpp"
#include "compositor/input/guest_keymap.hpp"
#include "compositor/input/guest_menus.hpp"
#include "compositor/input/hotkey_match.hpp"
#include "compositor/input/idle_inhibitors.hpp"
#include "compositor/input/person_drag.hpp"
#include "compositor/input/pointer_look.hpp"
#include "compositor/input/recipients.hpp"
#include "compositor/input/switching.hpp"
#include "compositor/policy/input_owner.hpp"
#include "compositor/policy/mode.hpp"
#include "compositor/policy/press_guard.hpp"
#include "compositor/policy/touch_guard.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>

namespace leadlight::compositor {

class Input final : public DesktopListener, public GuestListener {
  public:
    /// Becomes the desktop's listener and the guests'. The error is one line.
    [[nodiscard]] static std::expected<std::unique_ptr<Input>, std::string>
    create(Server& server, const Config& config);
    ~Input() override;
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;

    /// The configuration was read anew. The error is one line, and then nothing changed.
    [[nodiscard]] std::expected<void, std::string> configure(const Config& config);

    void add_device(wlr_input_device* device) { devices_.add(device); }

    // For the code that holds the admin domain's programs.
    void set_admin_surfaces(AdminSurfaces* surfaces);
    wlr_seat* seat() const { return seat_.wlr(); }
    /// Keys go to that layer surface, or (none) again to the focused window.
    void focus_layer_surface(policy::WindowId id);
    /// An admin program names a shape of ours, over its own surfaces.
    void show_admin_shape(const wlr_seat_client* client, const char* shape);
    LayoutPoint pointer() const { return {cursor_.x(), cursor_.y()}; }

    /// Each event of the person's, for what turns the screen off.
    std::function<void()> on_activity;
    /// Whether any window keeps the screen on.
    std::function<void(bool inhibited)> on_idle_inhibit;

    // DesktopListener
    void focus_moved() override;
    void scene_changed() override;
    void content_fitted(Window& window) override;
    void window_gone(Window& window) override;
    void move_asked(Window& window) override;
    void resize_asked(Window& window, policy::Edges edges) override;
    void before_frame() override;

    // GuestListener
    void guest_arrived(Guest& guest) override;
    void guest_lost(policy::DomainId domain) override;
    void guest_resumed(Guest& guest) override;
    bool has_keys(policy::DomainId domain) const override { return owner_.focused() == domain; }
    void popup_grabs(Window& popup) override;
    void cursor_shape(Guest& guest, const protocol::CursorShapeSet& request) override;
    void cursor_image(Guest& guest, const protocol::CursorFile& request,
                      grants::Descriptor file) override;
    void constraint(Window& window, const protocol::Constraint& request) override;
    void drag_begin(Guest& guest, Window* icon) override;
    void drag_end(Guest& guest) override;
    void idle_inhibit(Window& window, bool inhibit) override;

  private:
    Input(Server& server, const Config& config, XkbKeymap keymap, GuestKeymap guest_keymap);
    void connect();

    // input.cpp: decisions carried out, and who is meant.
    void deliver(const policy::Deliveries& deliveries, policy::Time time,
                 const Scroll* scroll = nullptr);
    void change_mode(const std::optional<policy::ModeChange>& change);
    void update_focus();
    void person_is_active() const;
    bool pointer_is_on(const wlr_seat_client* client) const;

    // keys.cpp
    void key(const wlr_keyboard_key_event& event);
    void act(policy::Action action);
    void step_switcher(bool forward);
    void choose_in_switcher();
    /// Only while it is open.
    void end_switcher(policy::WindowId choice);

    // pointer.cpp
    void motion(const wlr_pointer_motion_event& event);
    void motion_absolute(const wlr_pointer_motion_absolute_event& event);
    void button(const wlr_pointer_button_event& event);
    void axis(const wlr_pointer_axis_event& event);
    void pressed(std::uint32_t button, policy::Time time);
    void released(std::uint32_t button, policy::Time time);
    /// The pointer is somewhere else, or may have something else below it.
    void pointer_moved(policy::Time time);
    void update_look(const Hit& hit);

    // touch.cpp
    void watch_for_touch();
    void touch_down(const wlr_touch_down_event& event);
    void touch_motion(const wlr_touch_motion_event& event);
    void touch_up(const wlr_touch_up_event& event);
    void touch_cancelled();

    // presses.cpp: what presses of a button and of a finger have in common.
    Hit under_pointer() const { return desktop_.at(cursor_.x(), cursor_.y()); }
    std::optional<policy::Target> target_of(const Hit& hit) const;
    /// A frame counts as its domain, the compositor's own drawing as none.
    static policy::DomainId domain_of(const Hit& hit);
    /// While menus are open, somewhere else than in their domain. True: the press does no more.
    bool press_ends_menus(const std::optional<policy::Target>& target);
    /// The trusted bar and the like, or anything while the switcher shows.
    bool is_our_own(const Hit& hit) const;
    void press_on_our_own(const Hit& hit, LayoutPoint at);
    /// Focus, stacking and menus follow the press.
    void turn_to(const Hit& hit, const std::optional<policy::Target>& target);
    void drag_with_super(Window& window, std::uint32_t button);
    policy::Edges edges_by_pointer(const Window& window) const;
    /// False: one goes on, or something more important does; or the window is no toplevel.
    bool begin_drag(const DragStart& start);
    void end_drag(bool cancelled);

    // desktop_changes.cpp
    /// What lies below the resting pointer, if that changed since the last time.
    void settle_scene();
    void update_idle();
    /// A guest's grab lasts as long as it has a menu open.
    void end_grab_without_menus();
    /// Something waits for before_frame().
    void frame_due();

    // requests.cpp
    bool names_last_enter(const Guest& guest, protocol::Serial serial) const;

    Server& server_;
    Desktop& desktop_;
    policy::Hotkeys hotkeys_;
    GuestKeymap guest_keymap_;

    Cursor cursor_;
    Devices devices_;
    AdminSeat seat_;
    AdminSurfaces* surfaces_ = nullptr;
    Recipients recipients_;

    policy::InputOwner owner_;
    policy::ModeMachine mode_;
    policy::PressGuard guard_;
    policy::TouchGuard touch_guard_;
    policy::DomainId told_focus_;   // the domain that believes to have the focus
    policy::WindowId layer_focus_;  // a layer surface that has the keys

    PointerLook look_;
    FrameHand frame_hand_;
    Constraints constraints_;
    GuestMenus menus_;
    DragIcon drag_icon_;
    IdleInhibitors idle_inhibitors_;

    std::optional<PersonDrag> drag_;      // exactly in its mode
    std::optional<Switching> switching_;  // exactly in its mode
    std::set<std::uint32_t> buttons_down_;
    std::map<std::uint32_t, LayoutPoint> fingers_;
    std::optional<std::uint32_t> drag_finger_;
    bool idle_inhibited_ = false;  // as last told

    bool scene_changed_ = false;
    wl_event_source* settle_source_ = nullptr;

    Listener<wlr_keyboard_key_event> on_key_;
    Listener<> on_modifiers_;
    Listener<wlr_pointer_motion_event> on_motion_;
    Listener<wlr_pointer_motion_absolute_event> on_motion_absolute_;
    Listener<wlr_pointer_button_event> on_button_;
    Listener<wlr_pointer_axis_event> on_axis_;
    Listener<> on_frame_;
    Listener<wlr_touch_down_event> on_touch_down_;
    Listener<wlr_touch_motion_event> on_touch_motion_;
    Listener<wlr_touch_up_event> on_touch_up_;
    Listener<> on_touch_cancel_, on_touch_frame_;
    Listener<wlr_seat_pointer_request_set_cursor_event> on_request_cursor_;
};

}  // namespace leadlight::compositor
