// SPDX-License-Identifier: MIT
// One domain as input sees it: a guest, which hears by records, or the admin domain, whose programs
// hear by the seat. What is said to whom was decided before (policy::InputOwner); a recipient only
// puts it into words.
#pragma once

#include "compositor/policy/geometry.hpp"
#include "compositor/policy/types.hpp"

#include <cstdint>

struct xkb_keymap;
struct xkb_state;

namespace leadlight::compositor {

/// A place in the layout, with its fraction.
struct LayoutPoint {
    double x = 0, y = 0;
};

struct Scroll {
    bool horizontal = false;
    std::uint8_t source = 0;    // as wl_pointer.axis_source
    double value = 0;           // logical; 0 is the end of a scroll
    std::int32_t value120 = 0;  // 0: not a wheel
    bool inverted = false;
};

class Recipient {
  public:
    virtual ~Recipient() = default;

    /// The keymap is new: what was known of keys is void.
    virtual void keymap(xkb_keymap* keymap) = 0;
    /// Keys go to that window, or (none) to none of this domain.
    virtual void focus(policy::WindowId window, xkb_state* physical) = 0;
    virtual void key(std::uint32_t code, bool pressed, policy::Time time, xkb_state* physical) = 0;
    /// A lock or the layout may have changed, by a key that this domain was not given.
    virtual void locks_changed(xkb_state* physical) = 0;

    virtual void pointer_enter(policy::WindowId window, LayoutPoint at) = 0;
    virtual void pointer_leave(policy::WindowId window) = 0;
    virtual void pointer_motion(policy::WindowId window, policy::WindowId under, LayoutPoint at,
                                policy::Time time) = 0;
    virtual void button(std::uint32_t code, bool pressed, policy::Time time) = 0;
    virtual void scroll(const Scroll& scroll, policy::Time time) = 0;
    virtual void pointer_frame() = 0;

    virtual void touch_down(std::uint32_t finger, policy::WindowId window, LayoutPoint at,
                            policy::Time time) = 0;
    virtual void touch_motion(std::uint32_t finger, LayoutPoint at, policy::Time time) = 0;
    virtual void touch_up(std::uint32_t finger, policy::Time time) = 0;
    virtual void touch_cancel() = 0;
    virtual void touch_frame() = 0;
};

}  // namespace leadlight::compositor
