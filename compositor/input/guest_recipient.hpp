// SPDX-License-Identifier: MIT
// Input in records, for one guest's connection. Places are in physical pixels of its windows, times
// since its own epoch, serials its own: a guest learns nothing of the layout or of other domains.
#pragma once

#include "compositor/input/domain_modifiers.hpp"
#include "compositor/input/recipient.hpp"
#include "protocol/input_events.hpp"

#include <map>
#include <optional>
#include <set>

namespace leadlight::compositor {

class Desktop;
class Guest;
class Window;

class GuestRecipient final : public Recipient {
  public:
    GuestRecipient(Desktop& desktop, Guest& guest, xkb_keymap* keymap);

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

    void relative_motion(double dx, double dy, double dx_raw, double dy_raw, policy::Time time);

    /// It did not read, and records may have been dropped: everything it could believe to be down
    /// or entered is taken back, in its words.
    void start_anew();

    /// Between those two, motion with a button held enters and leaves this domain's windows.
    void drag(bool on) { dragging_ = on; }
    /// The buttons of its drag are taken from it: it hears of no release over a window.
    void drop_nowhere();

    /// Names the last pointer_enter; what the guest wants to see there must name it.
    protocol::Serial entered_with() const { return entered_with_; }
    policy::WindowId entered() const { return entered_; }

  private:
    protocol::Serial serial_of(bool press);
    void send_modifiers(xkb_state* physical);
    Window* window_of_ours(policy::WindowId id) const;

    Desktop& desktop_;
    Guest& guest_;
    std::optional<DomainModifiers> modifiers_;
    std::optional<ModifierState> told_;
    policy::WindowId focused_;
    policy::WindowId entered_;
    protocol::Serial entered_with_ = 0;
    bool dragging_ = false;
    bool frame_due_ = false;
    bool touch_frame_due_ = false;
    std::set<std::uint32_t> keys_, buttons_;
    std::map<std::uint32_t, policy::WindowId> fingers_;
};

}  // namespace leadlight::compositor
