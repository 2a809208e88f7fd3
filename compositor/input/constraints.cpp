// SPDX-License-Identifier: MIT
#include "compositor/input/constraints.hpp"

#include "compositor/desktop/desktop.hpp"

namespace leadlight::compositor {

namespace {

policy::Size pixels(const Window& window) {
    return window.seen_scale().to_physical(window.seen_box().size());
}

LayoutPoint in_content(const Window& window, LayoutPoint at) {
    const auto [x, y] = Desktop::content_point(window, at.x, at.y);
    return {x, y};
}

}  // namespace

void Constraints::ask(Window& window, const protocol::Constraint& request, LayoutPoint pointer) {
    if (active_ == window.id() &&
        (asked_.at(window.id()).kind != request.kind ||
         !allowed(in_content(window, pointer), request.region, pixels(window)))) {
        end();
    }
    if (request.kind == protocol::ConstraintKind::none) {
        asked_.erase(window.id());
    } else {
        asked_[window.id()] = request;
    }
}

void Constraints::begin(Window& window, LayoutPoint pointer) {
    const auto asked = asked_.find(window.id());
    if (active_ || taken_back_ || asked == asked_.end() ||
        !allowed(in_content(window, pointer), asked->second.region, pixels(window))) {
        return;
    }
    active_ = window.id();
    tell_(window, true);
}

void Constraints::end() {
    Window* window = active_ ? desktop_.find(active_) : nullptr;
    active_ = {};
    if (window != nullptr) {
        tell_(*window, false);
    }
}

void Constraints::take_back() {
    taken_back_ = true;
    end();
}

void Constraints::pressed(Window& window, LayoutPoint pointer) {
    taken_back_ = false;
    begin(window, pointer);
}

void Constraints::forget(policy::WindowId window) {
    asked_.erase(window);
    if (active_ == window) {
        active_ = {};
    }
}

bool Constraints::locked() const {
    const auto asked = asked_.find(active_);
    return asked != asked_.end() && asked->second.kind == protocol::ConstraintKind::lock;
}

LayoutPoint Constraints::confine(LayoutPoint from, LayoutPoint to) const {
    const auto asked = asked_.find(active_);
    const Window* window = active_ ? desktop_.find(active_) : nullptr;
    if (asked == asked_.end() || window == nullptr) {
        return to;
    }
    const LayoutPoint start = in_content(*window, from);
    const LayoutPoint end =
        confined(start, in_content(*window, to), asked->second.region, pixels(*window));
    const double scale = window->seen_scale().in_120ths() / 120.0;
    return {from.x + (end.x - start.x) / scale, from.y + (end.y - start.y) / scale};
}

}  // namespace leadlight::compositor
