// SPDX-License-Identifier: MIT
#include "guest-agent/drag.hpp"

#include "guest-agent/agent.hpp"

#include <algorithm>

namespace leadlight::agent {

DragIcon::DragIcon(Agent& agent, wlr_drag_icon* icon, Window& origin)
    : Window(agent), icon_(icon), origin_(&origin) {
    agent_.surfaces().set_user(icon->surface, this);
    destroy_.connect(icon->events.destroy, [this] { agent_.windows().discard(*this); });
    want();
}

Box DragIcon::geometry() const {
    // A program may not have drawn it yet; a window has a size.
    return {0, 0, std::max(1, icon_->surface->current.width),
            std::max(1, icon_->surface->current.height)};
}

void DragIcon::other_gone(const Window& other) {
    if (origin_ == &other) {
        withdraw();
        origin_ = nullptr;
    }
}

protocol::UnmanagedPlace DragIcon::place(protocol::WindowId id) const {
    const Box box = scale().to_physical(geometry());
    // From the pointer, and not from the origin.
    const Surface& surface = agent_.surfaces().of(icon_->surface);
    return {id, protocol::Coordinate::clamped(scale().to_physical(surface.dx)),
            protocol::Coordinate::clamped(scale().to_physical(surface.dy)),
            protocol::Extent::clamped(box.width), protocol::Extent::clamped(box.height)};
}

void DragIcon::announce(protocol::WindowId id) {
    place_ = place(id);
    agent_.connection().send(protocol::UnmanagedCreate{id, *origin_->id(), place_.x, place_.y,
                                                       place_.width, place_.height});
    agent_.connection().send(protocol::WindowKind{id, protocol::WindowType::drag_icon});
}

void DragIcon::surface_committed() {
    if (id() && place(*id()) != place_) {
        place_ = place(*id());
        agent_.connection().send(place_);
    }
    Window::surface_committed();
}

void DragIcon::surface_gone() {
    agent_.windows().discard(*this);
}

Drags::Drags(Agent& agent, wlr_seat* seat) : agent_(agent), seat_(seat) {
    request_.connect(seat->events.request_start_drag,
                     [this](const wlr_seat_request_start_drag_event* event) { requested(*event); });
    start_.connect(seat->events.start_drag, [this](wlr_drag* drag) { started(drag); });
}

void Drags::requested(const wlr_seat_request_start_drag_event& event) {
    origin_ = event.origin;
    press_ = agent_.serials().admin(event.serial);
    // No drag by touch: the admin domain passes a drag over other windows for the pointer only. Nor
    // one by a press so old that nothing tells any more which the admin domain's was.
    if (press_ != 0 && wlr_seat_validate_pointer_grab_serial(seat_, event.origin, event.serial)) {
        wlr_seat_start_pointer_drag(seat_, event.drag, event.serial);
    } else {
        wlr_data_source_destroy(event.drag->source);
    }
}

void Drags::cancel() {
    if (wlr_drag* drag = seat_->drag; drag != nullptr && drag->source != nullptr) {
        wlr_data_source_destroy(drag->source);  // the drag goes with it
    } else if (drag != nullptr) {
        wlr_seat_pointer_end_grab(seat_);
    }
}

void Drags::started(wlr_drag* drag) {
    auto* origin =
        origin_ == nullptr ? nullptr : dynamic_cast<Window*>(agent_.surfaces().user_of(origin_));
    origin_ = nullptr;
    if (origin == nullptr || !origin->id()) {
        return;
    }
    std::optional<protocol::WindowId> icon;
    if (drag->icon != nullptr) {
        icon = agent_.windows().own(std::make_unique<DragIcon>(agent_, drag->icon, *origin)).id();
    }
    agent_.connection().send(protocol::DragBegin{*origin->id(), press_, icon});
    end_.connect(drag->events.destroy, [this] {
        end_.disconnect();
        agent_.connection().send(protocol::DragEnd{});
    });
}

}  // namespace leadlight::agent
