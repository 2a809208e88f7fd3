// SPDX-License-Identifier: MIT
#include "compositor/desktop/window.hpp"

#include "compositor/desktop/desktop.hpp"
#include "wlr-headers/wlroots.hpp"

namespace leadlight::compositor {

namespace {

theming::FrameKind frame_kind(WindowRole role) {
    return role == WindowRole::toplevel ? theming::FrameKind::window : theming::FrameKind::popup;
}

wlr_scene_tree* create_tree(wlr_scene_tree* parent, SceneOwner* owner) {
    wlr_scene_tree* tree = wlr_scene_tree_create(parent);
    tree->node.data = owner;
    return tree;
}

}  // namespace

// The frame is above the content, so that nothing in the content tree can ever cover it; popups
// are above both, each in a frame of its own.
Window::Window(Desktop& desktop, policy::DomainId domain, WindowRole role,
               const theming::Identity& identity, wlr_scene_tree* parent)
    : SceneOwner(Kind::window), id_(desktop.new_id()), domain_(domain), role_(role),
      identity_(identity), desktop_(desktop), tree_(create_tree(parent, this)),
      content_tree_(wlr_scene_tree_create(tree_)), frame_(tree_, identity, frame_kind(role)),
      popup_tree_(wlr_scene_tree_create(tree_)) {
    wlr_scene_node_set_enabled(&tree_->node, false);
}

Window::~Window() {
    wlr_scene_node_destroy(&tree_->node);
}

policy::Insets Window::insets() const {
    return frame_insets(frame_kind(role_));
}

policy::Box Window::seen_box() const {
    const policy::Point origin = laid_out_.origin.value_or(content_box().origin());
    const policy::Size size = laid_out_.size.empty() ? content_box().size() : laid_out_.size;
    return {origin.x, origin.y, size.width, size.height};
}

policy::Scale Window::seen_scale() const {
    return laid_out_.size.empty() ? scale_ : laid_out_.scale;
}

void Window::set_note(const std::string& note) {
    frame_.set_note(note);
    desktop_.touch(*this);
}

void Window::relabel(const theming::Identity& identity) {
    identity_ = identity;
    frame_.set_identity(identity);
    desktop_.touch(*this);
}

}  // namespace leadlight::compositor
