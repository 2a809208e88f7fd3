// SPDX-License-Identifier: MIT
#include "compositor/shell/admin_popup.hpp"

#include <utility>

namespace leadlight::compositor {

namespace {

policy::Box covered_by(const wlr_xdg_popup& popup) {
    const wlr_surface& surface = *popup.base->surface;
    const wlr_box& place = popup.current.geometry;
    return surface.mapped
               ? policy::Box{place.x, place.y, surface.current.width, surface.current.height}
               : policy::Box();
}

}  // namespace

AdminPopup::AdminPopup(wlr_xdg_popup* popup, policy::WindowId root, wlr_scene_tree* parent,
                       std::function<wlr_box()> bounds, std::function<void()> changed,
                       std::function<void(AdminPopup&)> gone)
    : AdminOwner(root), popup_(popup), tree_(wlr_scene_xdg_surface_create(parent, popup->base)),
      bounds_(std::move(bounds)) {
    tree_->node.data = static_cast<SceneOwner*>(this);
    commit_.connect(popup->base->surface->events.commit, [this, changed = std::move(changed)] {
        if (popup_->base->initial_commit) {
            place();
        }
        if (const auto now = covered_by(*popup_); std::exchange(covers_, now) != now) {
            changed();
        }
    });
    reposition_.connect(popup->events.reposition, [this] { place(); });
    // With its surface or with what it stands on, whichever goes first: either may outlive the
    // popup.
    tree_destroy_.connect(tree_->node.events.destroy, [this] { tree_ = nullptr; });
    destroy_.connect(popup->events.destroy, [this, gone = std::move(gone)] { gone(*this); });
}

AdminPopup::~AdminPopup() {
    popup_->base->data = nullptr;
    if (tree_ != nullptr) {
        wlr_scene_node_destroy(&tree_->node);
    }
}

void AdminPopup::place() {
    const wlr_box box = bounds_();
    wlr_xdg_popup_unconstrain_from_box(popup_, &box);
    wlr_xdg_surface_schedule_configure(popup_->base);
}

}  // namespace leadlight::compositor
