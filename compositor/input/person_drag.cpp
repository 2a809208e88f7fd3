// SPDX-License-Identifier: MIT
#include "compositor/input/person_drag.hpp"

#include "compositor/desktop/desktop.hpp"
#include "compositor/input/frame_edges.hpp"

#include <cmath>

namespace leadlight::compositor {

namespace {

// Where the box would be if `pointer` stayed at the same fraction of its width: a maximized window
// that is dragged off becomes smaller, and must not lose the pointer by it.
policy::Box under_pointer(policy::Box box, const policy::Box& before, LayoutPoint pointer) {
    const double fraction = (pointer.x - static_cast<double>(before.x)) /
                            static_cast<double>(std::max<policy::Coordinate>(1, before.width));
    box.x = std::llround(pointer.x - fraction * static_cast<double>(box.width));
    box.y = before.y;
    return box;
}

}  // namespace

PersonDrag::PersonDrag(Desktop& desktop, const DragStart& start)
    : desktop_(desktop), window_(start.window->id()), edges_(start.edges), from_(start.from),
      start_(start.window->content_box()) {
    Window& window = *start.window;
    if (resizes()) {
        desktop_.set_resizing(window, true);
        return;
    }
    if (window.states().fullscreen || window.states().maximized) {
        desktop_.set_fullscreen(window, false);
        desktop_.set_maximized(window, false);
        start_ = under_pointer(window.target_box(), start_, from_);
        desktop_.drag_to(window, start_);
    }
}

const char* PersonDrag::shape() const {
    return resizes() ? resize_shape(edges_) : "grabbing";
}

void PersonDrag::follow(LayoutPoint pointer) {
    Window* window = desktop_.find(window_);
    if (window == nullptr) {
        return;
    }
    const auto dx = std::llround(pointer.x - from_.x);
    const auto dy = std::llround(pointer.y - from_.y);
    if (resizes()) {
        desktop_.resize_to(*window, policy::resized(start_, edges_, dx, dy, window->limits(),
                                                    window->scale().step()));
    } else {
        desktop_.drag_to(*window, start_.moved(dx, dy));
    }
}

void PersonDrag::finish() {
    Window* window = desktop_.find(window_);
    if (window != nullptr && resizes()) {
        desktop_.set_resizing(*window, false);
    }
}

void PersonDrag::cancel() {
    if (Window* window = desktop_.find(window_)) {
        if (resizes()) {
            desktop_.resize_to(*window, start_);
        } else {
            desktop_.drag_to(*window, start_);
        }
    }
    finish();
}

}  // namespace leadlight::compositor
