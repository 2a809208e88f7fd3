// SPDX-License-Identifier: MIT
// All who can be told of input: the admin domain's programs, and each guest that is connected. What
// is said to whom was decided before (policy::InputOwner).
#pragma once

#include "compositor/input/admin_recipient.hpp"
#include "compositor/input/guest_recipient.hpp"
#include "compositor/policy/input_owner.hpp"

#include <map>
#include <memory>

namespace leadlight::compositor {

class Recipients {
  public:
    Recipients(Desktop& desktop, wlr_seat* seat, xkb_keymap* keymap);

    AdminRecipient& admin() { return admin_; }
    void add(Guest& guest, xkb_keymap* keymap);
    void remove(policy::DomainId domain) { guests_.erase(domain); }
    /// Null for a domain that is not there.
    Recipient* find(policy::DomainId domain);
    GuestRecipient* find_guest(policy::DomainId domain) const;

    /// What a delivery does not say itself: where things are, and when.
    struct Event {
        policy::Time time{};
        LayoutPoint pointer;
        LayoutPoint finger;              // of touches: the one that it names
        const Scroll* scroll = nullptr;  // of pointer_axis
        xkb_state* keyboard = nullptr;
    };
    /// In its domain's words; one that is gone hears nothing.
    void tell(const policy::Delivery& delivery, const Event& event);

    /// The keymap is new: what was known of keys is void.
    void keymap(xkb_keymap* keymap);
    void pointer_frame();
    void touch_frame();
    /// The guests' drags are about to lose their buttons, which nobody let go.
    void drop_nowhere();

  private:
    Desktop& desktop_;
    AdminRecipient admin_;
    std::map<policy::DomainId, std::unique_ptr<GuestRecipient>> guests_;
};

}  // namespace leadlight::compositor
