// SPDX-License-Identifier: MIT
// Who hears of a key, a button, a touch: rule 4. Everything physical goes in, what each domain is
// told comes out. The class keeps the one promise that all of input's isolation rests on: at any
// time at most one domain has a key down, and each domain sees every press answered by a release,
// whoever took the focus, the grab or the whole screen in between.
#pragma once

#include "compositor/policy/types.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace leadlight::policy {

/// A window below the pointer or finger, content only. The compositor's own drawing is no target.
struct Target {
    DomainId domain;
    WindowId window;
    auto operator<=>(const Target&) const = default;
};

/// One thing to tell one domain.
struct Delivery {
    enum class Kind : std::uint8_t {
        key_press,
        key_release,
        pointer_enter,  // also names another window of the same domain: no leave comes before that
        pointer_leave,
        pointer_motion,
        button_press,
        button_release,
        pointer_axis,
        touch_down,
        touch_motion,
        touch_up,
        touch_cancel,  // all touches of the domain
    };
    Kind kind;
    DomainId to;
    WindowId window = {};  // of pointer and touch: where it entered, was pressed or put down
    WindowId under = {};   // of pointer_motion: which of the domain's windows is under it, or none
    std::uint32_t code = 0;  // key, button, or number of the touch
    bool operator==(const Delivery&) const = default;
};
using Deliveries = std::vector<Delivery>;

class InputOwner {
  public:
    /// What the compositor knows of a key press before a guest may hear of it.
    enum class KeyUse : std::uint8_t {
        ordinary,
        reserved,          // Super, by its symbol in the person's keymap
        completes_hotkey,  // with what is held now
    };

    /// The old owner gets its releases; the new one starts with nothing down. No DomainId: nobody.
    [[nodiscard]] Deliveries focus(DomainId domain);
    /// Whether keys, pointer and touch may reach guests at all, by the mode (mode.hpp).
    [[nodiscard]] Deliveries guests_hear(bool hear);
    /// The domain loses focus, grab and touches: it is gone, or does not respond.
    [[nodiscard]] Deliveries take_all_from(DomainId domain);

    [[nodiscard]] Deliveries key_pressed(std::uint32_t code, KeyUse use);
    [[nodiscard]] Deliveries key_released(std::uint32_t code);

    /// `under` is what lies below the pointer now. Call it for motion, and with `moved` false when
    /// the scene changed below a resting pointer.
    [[nodiscard]] Deliveries pointer(std::optional<Target> under, bool moved = true);
    /// `allowed` false on a first press: all until every button is up goes nowhere (the press
    /// guard, a click that dismissed something). A press on the compositor's own drawing does so by
    /// itself.
    [[nodiscard]] Deliveries button_pressed(std::uint32_t button, bool allowed = true);
    [[nodiscard]] Deliveries button_released(std::uint32_t button);
    Deliveries axis() const;

    [[nodiscard]] Deliveries touch_down(std::uint32_t id, std::optional<Target> under,
                                        bool allowed = true);
    Deliveries touch_moved(std::uint32_t id) const;
    [[nodiscard]] Deliveries touch_up(std::uint32_t id);

    DomainId focused() const { return focused_; }
    /// The domain that the held buttons belong to, or none.
    DomainId grabbing() const { return grab_.owner.domain; }
    /// What the pointer is over, as the guests know it.
    DomainId hovered() const { return hover_ ? hover_->domain : DomainId{}; }
    /// Who hears of the pointer's way and of its wheel: nobody, while presses go nowhere.
    std::optional<Target> pointed() const {
        return grab_.down.empty() || grab_.owner.domain ? hover_ : std::nullopt;
    }
    /// Keys that the focused domain believes down: its modifiers follow from these alone.
    const std::set<std::uint32_t>& keys_given() const { return given_; }
    bool any_key_down() const { return !keys_down_.empty(); }

  private:
    /// While the owner holds buttons, hover_ does not move: it is where the press was.
    struct Grab {
        Target owner;                   // no domain while buttons are down: the presses go nowhere
        std::set<std::uint32_t> down;   // physically
        std::set<std::uint32_t> given;  // as the owner believes
    };

    void release_keys(Deliveries& out);
    void end_grab(Deliveries& out);
    void leave(Deliveries& out);
    void update_hover(Deliveries& out);
    void cancel_touches(DomainId only, Deliveries& out);

    DomainId focused_;
    bool guests_hear_ = true;

    std::set<std::uint32_t> keys_down_;
    std::set<std::uint32_t> reserved_down_;
    std::set<std::uint32_t> given_;
    bool muted_until_all_up_ = false;  // after a hotkey

    std::optional<Target> under_;  // physically below the pointer
    std::optional<Target> hover_;  // as told to a guest
    Grab grab_;
    std::map<std::uint32_t, Target> touches_;  // to no domain: its events go nowhere
};

}  // namespace leadlight::policy
