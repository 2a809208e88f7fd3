// SPDX-License-Identifier: MIT
// A menu or tooltip of an admin program, on its window, panel or other menu. It has no frame: the
// admin domain is trusted, and its own frame tells where it is one.
#pragma once

#include "compositor/policy/geometry.hpp"
#include "compositor/shell/admin_owner.hpp"
#include "wlr-headers/listener.hpp"
#include "wlr-headers/wlroots.hpp"

#include <functional>

namespace leadlight::compositor {

class AdminPopup final : public AdminOwner {
  public:
    /// `bounds`: where it may lie, relative to the surface of the window or panel at its root;
    /// asked whenever it is placed. `changed`: it covers something else now. `gone` may free it.
    AdminPopup(wlr_xdg_popup* popup, policy::WindowId root, wlr_scene_tree* parent,
               std::function<wlr_box()> bounds, std::function<void()> changed,
               std::function<void(AdminPopup&)> gone);
    ~AdminPopup();
    AdminPopup(const AdminPopup&) = delete;
    AdminPopup& operator=(const AdminPopup&) = delete;

    wlr_xdg_popup* popup() const { return popup_; }
    wlr_scene_tree* tree() const { return tree_; }
    const std::function<wlr_box()>& bounds() const { return bounds_; }

  private:
    void place();

    wlr_xdg_popup* popup_;
    wlr_scene_tree* tree_;
    std::function<wlr_box()> bounds_;
    policy::Box covers_;  // on what it stands on, as of the last commit; empty: nothing
    Listener<> commit_, reposition_, tree_destroy_, destroy_;
};

}  // namespace leadlight::compositor
