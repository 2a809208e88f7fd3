// SPDX-License-Identifier: MIT
// The edge of all input: what devices do comes in, policy decides whose it is (InputOwner,
// ModeMachine, PressGuard, Hotkeys), recipients are told, and what the person does to windows is
// done. There is one instance. Physical devices and, in a build for tests, the tests' devices come
// in by the same door, add_device().
#pragma once

#include "compositor/desktop/desktop.hpp"
#include "compositor/input/admin_recipient.hpp"
#include "compositor/input/constraints.hpp"
#include "compositor/input/cursor.hpp"
#include "compositor/input/devices.hpp"
#include "compositor/input/guest_recipient.hpp"
#include "compositor/input/hotkey_match.hpp"
#include "compositor/input/person_drag.hpp"
#include "compositor/policy/input_owner.hpp"
#include "compositor/policy/mode.hpp"
#include "compositor/policy/press_guard.hpp"
#include "compositor/policy/switcher.hpp"
#include "compositor/policy/touch_guard.hpp"
#include "compositor/scene/switcher_view.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <variant>

namespace leadlight::compositor {

/// The edges of a window that a part of its frame takes hold of; none for other parts.
policy::Edges edges_of(theming::FramePart part);

class Input final : public DesktopListener {
  public:
    /// Becomes the desktop's listener. The error is one line.
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
    wlr_seat* seat() const { return seat_; }
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
    void guest_arrived(Guest& guest) override;
    void guest_lost(policy::DomainId domain) override;
    void guest_resumed(Guest& guest) override;
    void focus_moved() override;
    void scene_changed() override;
    void before_frame() override;
    void window_gone(Window& window) override;
    void move_asked(Window& window) override;
    void resize_asked(Window& window, policy::Edges edges) override;
    void popup_grabs(Window& popup) override;
    void cursor_shape(Guest& guest, const protocol::CursorShapeSet& request) override;
    void cursor_image(Guest& guest, const protocol::CursorFile& request,
                      grants::Descriptor file) override;
    void constraint(Window& window, const protocol::Constraint& request) override;
    void drag_begin(Guest& guest, Window* icon) override;
    void drag_end(Guest& guest) override;
    void idle_inhibit(Window& window, bool inhibit) override;

  private:
    Input(Server& server, const Config& config, XkbKeymap keymap, grants::Descriptor keymap_file);
    void connect();

    // input.cpp: from decisions to words.
    Recipient* recipient(policy::DomainId domain);
    GuestRecipient* guest_recipient(policy::DomainId domain);
    void deliver(const policy::Deliveries& deliveries, policy::Time time,
                 const Scroll* scroll = nullptr);
    void change_mode(const std::optional<policy::ModeChange>& change);
    void update_focus();
    void send_keymap(Guest& guest);

    // keys.cpp
    void key(const wlr_keyboard_key_event& event);
    void act(policy::Action action);
    /// What a drag takes of the keyboard. True: the key was for it.
    bool drag_key(const KeyMeaning& meaning);

    // switching.cpp
    std::vector<policy::WindowId> windows_by_use() const;
    void step_switcher(bool forward);
    void end_switcher(bool choose);
    void press_in_switcher(LayoutPoint at);

    /// trusted_bar.cpp. True: the press was on the compositor's own drawing, and is done with.
    bool press_on_trusted(const Hit& hit, LayoutPoint at);

    // pointer.cpp
    void motion(const wlr_pointer_motion_event& event);
    void motion_absolute(const wlr_pointer_motion_absolute_event& event);
    void button(const wlr_pointer_button_event& event);
    void axis(const wlr_pointer_axis_event& event);
    void frame();
    void pressed(std::uint32_t button, policy::Time time);
    /// Whether a window in sight keeps the screen on.
    void update_idle();
    bool menus_open_in(policy::DomainId domain) const;
    void forget_hidden_menus();
    /// A press of a button or a finger while menus are open, somewhere else than in their domain.
    bool press_ends_menus(const std::optional<policy::Target>& target);
    /// The trusted bar and the like, or anything while the switcher shows.
    bool is_our_own(const Hit& hit) const;
    void press_with_super(Window& window, std::uint32_t button);
    void released(std::uint32_t button, policy::Time time);
    /// The pointer is somewhere else, or may have something else below it.
    void pointer_moved(policy::Time time);
    /// What lies below the resting pointer, if that changed since the last time.
    void settle_scene();
    void update_look(const Hit& hit);
    std::optional<policy::Target> target_of(const Hit& hit);
    policy::DomainId domain_of(const Hit& hit) const;

    // frame_input.cpp: the frame's own buttons and edges, and drags.
    void press_on_frame(const Hit& hit, policy::Time time);
    void frame_motion();
    void release_on_frame();
    void hover_frame(Window* window, theming::FramePart part);
    void begin_drag(Window& window, policy::Edges edges);
    void end_drag(bool cancelled);

    /// A guest's drag: its icon follows the pointer until the buttons are up.
    void carry_drag_icon();
    void put_down_drag_icon();

    // touch.cpp
    void watch_for_touch();
    void touch_down(const wlr_touch_down_event& event);
    void touch_frame_part(Window& window, theming::FramePart part, std::uint32_t finger);
    void touch_motion(const wlr_touch_motion_event& event);
    void touch_up(const wlr_touch_up_event& event);
    void touch_cancelled();
    void touch_frame();

    Server& server_;
    Desktop& desktop_;
    policy::Hotkeys hotkeys_;
    protocol::Repeat repeat_;
    grants::Descriptor keymap_file_;
    std::uint32_t keymap_size_ = 0;

    Cursor cursor_;
    Devices devices_;
    wlr_seat* seat_;
    AdminSurfaces* surfaces_ = nullptr;
    AdminRecipient admin_;
    std::map<policy::DomainId, std::unique_ptr<GuestRecipient>> guests_;

    policy::InputOwner owner_;
    policy::ModeMachine mode_;
    policy::PressGuard guard_;
    policy::TouchGuard touch_guard_;
    Constraints constraints_;
    policy::DomainId told_focus_;       // the domain that believes to have the focus
    policy::WindowId layer_focus_;      // a layer surface that has the keys
    std::set<policy::WindowId> menus_;  // a guest's popups with a grab: of one domain

    std::optional<PersonDrag> drag_;
    std::set<std::uint32_t> buttons_down_;
    std::optional<std::uint32_t> drag_finger_;

    /// A press on a frame that has not become a drag.
    struct FramePress {
        policy::WindowId window;
        theming::FramePart part;
        LayoutPoint at;
    };
    std::optional<FramePress> frame_press_;
    struct Click {
        policy::WindowId window;
        policy::Time time{};
        LayoutPoint at;
    };
    std::optional<Click> title_click_;  // the first of two, perhaps
    policy::WindowId hovered_frame_;

    /// Something waits for before_frame().
    void frame_due();
    /// A picture that was not looked into yet: another one may come before the next frame.
    struct CursorFile {
        protocol::CursorFile request;
        grants::Descriptor file;
    };
    /// What a guest wants the pointer to look like over its content, until the pointer leaves it.
    using CursorWish =
        std::variant<protocol::CursorShape, CursorFile, std::shared_ptr<const CursorPicture>>;
    static CursorWish read_picture(const CursorFile& waiting);
    std::map<policy::DomainId, CursorWish> wishes_;
    bool wish_changed_ = false;  // since the last frame
    bool admin_cursor_ = false;  // an admin program has set its own

    struct Switching {
        Switching(Server& server, const Output& output, policy::Switcher windows);
        policy::Switcher list;
        SwitcherView view;
        bool stale = false;  // the view shows windows that left the list
    };
    std::optional<Switching> switching_;  // exactly in its mode
    policy::WindowId dragged_;            // a guest's drag icon, which the pointer carries

    std::map<std::uint32_t, LayoutPoint> fingers_;
    std::set<policy::WindowId> inhibiting_;  // guests' windows that would keep the screen on
    bool idle_inhibited_ = false;            // as last told

    bool scene_changed_ = false;
    wl_event_source* idle_ = nullptr;

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
    Listener<wlr_seat_request_set_selection_event> on_selection_;
    Listener<wlr_seat_request_set_primary_selection_event> on_primary_selection_;
    Listener<wlr_seat_request_start_drag_event> on_start_drag_;
};

}  // namespace leadlight::compositor
