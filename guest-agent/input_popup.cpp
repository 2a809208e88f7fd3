// SPDX-License-Identifier: MIT
#include "guest-agent/input_popup.hpp"

#include "guest-agent/agent.hpp"

#include <algorithm>

namespace leadlight::agent {

InputPopup::InputPopup(Agent& agent, wlr_input_popup_surface_v2* popup)
    : Window(agent), popup_(popup) {
    agent_.surfaces().set_user(popup->surface, this);
    destroy_.connect(popup->events.destroy, [this] { agent_.windows().discard(*this); });
}

Box InputPopup::geometry() const {
    return {0, 0, std::max(1, popup_->surface->current.width),
            std::max(1, popup_->surface->current.height)};
}

void InputPopup::surface_gone() {
    agent_.windows().discard(*this);
}

void InputPopup::other_gone(const Window& other) {
    if (parent_ == &other) {
        show_on(nullptr, {});
    }
}

void InputPopup::show_on(Window* window, const Box& cursor) {
    if (parent_ != window) {
        withdraw();
        parent_ = window;
    }
    if (window != nullptr) {
        const Box content = window->geometry();
        cursor_ = {cursor.x - content.x, cursor.y - content.y, cursor.width, cursor.height};
    }
    surface_committed();
}

void InputPopup::surface_committed() {
    // It is mapped while it has content and its input method is at work.
    if (parent_ == nullptr || !surface()->mapped) {
        withdraw();
        return;
    }
    want();
    if (id() && positioner() != placed_) {
        placed_ = positioner();
        agent_.connection().send(protocol::PopupReposition{*id(), placed_, 0});
    }
    Window::surface_committed();
}

protocol::Positioner InputPopup::positioner() const {
    using protocol::Adjustment;
    const WindowScale& factor = parent_->scale();
    const Box anchor = factor.to_physical(cursor_);
    const Box size = factor.to_physical(geometry());
    protocol::Positioner result{
        .width = protocol::Extent::clamped(size.width),
        .height = protocol::Extent::clamped(size.height),
        .anchor_x = protocol::Coordinate::clamped(anchor.x),
        .anchor_y = protocol::Coordinate::clamped(anchor.y),
        .anchor_width = protocol::Offset::clamped(anchor.width),
        .anchor_height = protocol::Offset::clamped(anchor.height),
        .anchor = protocol::Direction::bottom_left,
        .gravity = protocol::Direction::bottom_right,
        .reactive = true,
    };
    // Above the line when there is no room below it; never over it.
    result.adjustment.set(Adjustment::slide_x, true);
    result.adjustment.set(Adjustment::flip_y, true);
    return result;
}

void InputPopup::announce(protocol::WindowId id) {
    placed_ = positioner();
    agent_.connection().send(protocol::PopupCreate{
        .window = id, .parent = *parent_->id(), .positioner = placed_, .grab = 0});
}

void InputPopup::apply(const protocol::Configure& configure) {
    wlr_box seen_from_here{
        cursor_.x - static_cast<int>(std::lround(scale().to_logical(configure.x))),
        cursor_.y - static_cast<int>(std::lround(scale().to_logical(configure.y))), cursor_.width,
        cursor_.height};
    wlr_input_popup_surface_v2_send_text_input_rectangle(popup_, &seen_from_here);
}

}  // namespace leadlight::agent
