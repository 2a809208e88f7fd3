// SPDX-License-Identifier: MIT
// Input for the admin domain's own programs, by the seat of the compositor's Wayland socket.
#pragma once

#include "compositor/input/admin_surfaces.hpp"
#include "compositor/input/domain_modifiers.hpp"
#include "compositor/input/recipient.hpp"

#include <map>
#include <optional>

struct wlr_seat;
struct wlr_surface;

namespace leadlight::compositor {

class Desktop;

class AdminRecipient final : public Recipient {
  public:
    AdminRecipient(Desktop& desktop, wlr_seat* seat, xkb_keymap* keymap);

    /// Borrowed; until it is set nobody hears anything.
    void set_surfaces(AdminSurfaces* surfaces) { surfaces_ = surfaces; }

    void keymap(xkb_keymap* keymap) override;
    void focus(policy::WindowId window, xkb_state* physical) override;
    void key(std::uint32_t code, bool pressed, policy::Time time, xkb_state* physical) override;
    void locks_changed(xkb_state* physical) override;
    void pointer_enter(policy::WindowId window, LayoutPoint at) override;
    void pointer_leave(policy::WindowId window) override;
    void pointer_motion(policy::WindowId window, policy::WindowId under, LayoutPoint at,
                        policy::Time time) override;
    void button(std::uint32_t code, bool pressed, policy::Time time) override;
    void scroll(const Scroll& scroll, policy::Time time) override;
    void pointer_frame() override;
    void touch_down(std::uint32_t finger, policy::WindowId window, LayoutPoint at,
                    policy::Time time) override;
    void touch_motion(std::uint32_t finger, LayoutPoint at, policy::Time time) override;
    void touch_up(std::uint32_t finger, policy::Time time) override;
    void touch_cancel() override;
    void touch_frame() override;

  private:
    /// A surface and a point in its own coordinates.
    struct Place {
        wlr_surface* surface = nullptr;
        double x = 0, y = 0;
    };
    Place place_at(LayoutPoint at) const;
    void send_modifiers(xkb_state* physical);

    Desktop& desktop_;
    wlr_seat* seat_;
    AdminSurfaces* surfaces_ = nullptr;
    std::optional<DomainModifiers> modifiers_;
    std::optional<ModifierState> told_;
    /// Where the pointer's surface begins in the layout: motion with a button held is reckoned from
    /// there, wherever the pointer is.
    LayoutPoint origin_;
    std::map<std::uint32_t, LayoutPoint> finger_origins_;
    int buttons_ = 0;
    bool frame_due_ = false;
};

}  // namespace leadlight::compositor
