// SPDX-License-Identifier: MIT
// Open menus: popups of a guest with a grab. One domain has any at a time, and a press elsewhere
// ends them.
#pragma once

#include "compositor/policy/types.hpp"

#include <set>

namespace leadlight::compositor {

class Desktop;

class GuestMenus {
  public:
    explicit GuestMenus(const Desktop& desktop) : desktop_(desktop) {}

    void add(policy::WindowId menu) { menus_.insert(menu); }
    bool empty() const { return menus_.empty(); }
    bool open_in(policy::DomainId domain) const;

    void clear() { menus_.clear(); }
    /// The window is gone.
    void forget(policy::WindowId window) { menus_.erase(window); }
    /// The domain is gone, or does not respond.
    void forget(policy::DomainId domain);
    /// One that the person does not see takes no press.
    void forget_hidden();

  private:
    const Desktop& desktop_;
    std::set<policy::WindowId> menus_;
};

}  // namespace leadlight::compositor
