// SPDX-License-Identifier: MIT
#include "guest-agent/constraints.hpp"

#include "guest-agent/agent.hpp"

#include <algorithm>

namespace leadlight::agent {

Constraints::Constraints(Agent& agent, wlr_seat* seat, const Pointer& pointer)
    : agent_(agent), seat_(seat), pointer_(pointer),
      constraints_(wlr_pointer_constraints_v1_create(agent.display())) {
    new_constraint_.connect(constraints_->events.new_constraint,
                            [this](wlr_pointer_constraint_v1* constraint) { added(constraint); });
    focus_change_.connect(
        seat->pointer_state.events.focus_change,
        [this](const wlr_seat_pointer_focus_change_event* event) { entered(event->new_surface); });
}

void Constraints::added(wlr_pointer_constraint_v1* constraint) {
    Followed& followed = followed_[constraint];
    followed.set_region.connect(constraint->events.set_region, [this, constraint] {
        if (asked_ == constraint) {
            ask(constraint);
        }
    });
    followed.destroy.connect(constraint->events.destroy, [this, constraint] {
        if (asked_ == constraint) {
            asked_ = nullptr;
            if (const Window* window = window_of(constraint); window != nullptr && window->id()) {
                agent_.connection().send(protocol::Constraint{
                    .window = *window->id(), .serial = agent_.serials().last_deed()});
            }
        }
        followed_.erase(constraint);
    });
    if (seat_->pointer_state.focused_surface == constraint->surface) {
        ask(constraint);
    }
}

void Constraints::entered(wlr_surface* surface) {
    // The admin domain has ended the former one by itself and says so.
    if (surface == nullptr) {
        return;
    }
    if (auto* constraint =
            wlr_pointer_constraints_v1_constraint_for_surface(constraints_, surface, seat_)) {
        ask(constraint);
    }
}

Window* Constraints::window_of(const wlr_pointer_constraint_v1* constraint) const {
    return dynamic_cast<Window*>(agent_.surfaces().user_of(constraint->surface));
}

void Constraints::ask(wlr_pointer_constraint_v1* constraint) {
    const Window* window = window_of(constraint);
    if (window == nullptr || !window->id()) {
        return;
    }
    asked_ = constraint;
    protocol::Constraint wanted{
        .window = *window->id(),
        .serial = agent_.serials().last_deed(),
        .kind = constraint->type == WLR_POINTER_CONSTRAINT_V1_LOCKED
                    ? protocol::ConstraintKind::lock
                    : protocol::ConstraintKind::confine,
    };
    Region region;
    region.add(&constraint->region);
    const Box all{0, 0, constraint->surface->current.width, constraint->surface->current.height};
    if (!region.covers(all)) {
        const auto [x, y] = pointer_.surface_in_window();
        for (const Box& box : at_most(region, wanted.region.capacity)) {
            const Box physical = window->scale().to_physical(Box{
                box.x + static_cast<int>(x), box.y + static_cast<int>(y), box.width, box.height});
            wanted.region.push_back({protocol::Offset::clamped(physical.x),
                                     protocol::Offset::clamped(physical.y),
                                     protocol::Extent::clamped(physical.width),
                                     protocol::Extent::clamped(physical.height)});
        }
    }
    agent_.connection().send(wanted);
}

void Constraints::on(const protocol::ConstraintState& state) {
    for (auto& [constraint, followed] : followed_) {
        const Window* window = window_of(constraint);
        if (window == nullptr || window->id() != state.window) {
            continue;
        }
        if (state.active && constraint == asked_ && !followed.active) {
            followed.active = true;
            wlr_pointer_constraint_v1_send_activated(constraint);
        } else if (!state.active && followed.active) {
            end(constraint, followed);
            // A one-shot constraint went by this, and its entry with it.
            return;
        }
    }
}

void Constraints::end(wlr_pointer_constraint_v1* constraint, Followed& followed) {
    followed.active = false;
    wlr_pointer_constraint_v1_send_deactivated(constraint);
}

void Constraints::connection_lost() {
    const auto active = [](const auto& entry) { return entry.second.active; };
    for (auto found = std::ranges::find_if(followed_, active); found != followed_.end();
         found = std::ranges::find_if(followed_, active)) {
        end(found->first, found->second);
    }
    asked_ = nullptr;
}

}  // namespace leadlight::agent
