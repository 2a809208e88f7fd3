// SPDX-License-Identifier: MIT
// The person's hand on a frame: its buttons, its title, its edges; and the drags that begin there.
// All of it is the compositor's own drawing, so no guest hears of any of it (rule 4).
#include "compositor/input/input.hpp"
#include "compositor/server.hpp"

#include <cmath>

namespace leadlight::compositor {

namespace {

using theming::FramePart;

constexpr policy::Time double_click = std::chrono::milliseconds{400};
constexpr double slop = 4;  // logical pixels that a click may wander

bool near(LayoutPoint a, LayoutPoint b) {
    return std::hypot(a.x - b.x, a.y - b.y) < slop;
}

bool is_button(FramePart part) {
    return part == FramePart::close || part == FramePart::maximize || part == FramePart::minimize;
}

}  // namespace

policy::Edges edges_of(FramePart part) {
    const auto is = [part](auto... any) { return ((part == any) || ...); };
    return {.left = is(FramePart::left, FramePart::top_left, FramePart::bottom_left),
            .top = is(FramePart::top, FramePart::top_left, FramePart::top_right),
            .right = is(FramePart::right, FramePart::top_right, FramePart::bottom_right),
            .bottom = is(FramePart::bottom, FramePart::bottom_left, FramePart::bottom_right)};
}

void Input::press_on_frame(const Hit& hit, policy::Time time) {
    if (hit.window->role() != WindowRole::toplevel) {
        return;
    }
    frame_press_ = FramePress{hit.window->id(), hit.part, pointer()};
    if (is_button(hit.part)) {
        hit.window->frame().set_pressed(hit.part);
        desktop_.touch(*hit.window);
        return;
    }
    if (const policy::Edges edges = edges_of(hit.part); edges != policy::Edges{} &&
                                                        !hit.window->states().maximized &&
                                                        !hit.window->states().fullscreen) {
        begin_drag(*hit.window, edges);
        return;
    }
    if (hit.part != FramePart::title) {
        return;
    }
    if (title_click_ && title_click_->window == hit.window->id() &&
        time - title_click_->time < double_click && near(title_click_->at, pointer())) {
        title_click_.reset();
        frame_press_.reset();
        desktop_.set_maximized(*hit.window, !hit.window->states().maximized);
        return;
    }
    title_click_ = Click{hit.window->id(), time, pointer()};
}

// The title becomes a handle once the pointer has moved: a click on it moves nothing.
void Input::frame_motion() {
    Window* window = desktop_.find(frame_press_->window);
    if (window == nullptr) {
        frame_press_.reset();
        return;
    }
    if (frame_press_->part == FramePart::title && !near(frame_press_->at, pointer())) {
        begin_drag(*window, {});
        if (drag_) {
            drag_->follow(pointer());
        }
        return;
    }
    if (is_button(frame_press_->part)) {
        // Off the button and let go: nothing happens.
        const Hit hit = desktop_.at(cursor_.x(), cursor_.y());
        const bool still = hit.window == window && hit.part == frame_press_->part;
        window->frame().set_pressed(still ? frame_press_->part : FramePart::outside);
        desktop_.touch(*window);
    }
}

void Input::release_on_frame() {
    if (!frame_press_) {
        return;
    }
    const FramePress press = *frame_press_;
    frame_press_.reset();
    Window* window = desktop_.find(press.window);
    if (window == nullptr || !is_button(press.part)) {
        return;
    }
    window->frame().set_pressed(FramePart::outside);
    desktop_.touch(*window);
    const Hit hit = desktop_.at(cursor_.x(), cursor_.y());
    if (hit.window != window || hit.part != press.part) {
        return;
    }
    if (press.part == FramePart::close) {
        window->press_close();
    } else if (press.part == FramePart::maximize) {
        desktop_.set_maximized(*window, !window->states().maximized);
    } else {
        desktop_.set_minimized(*window, true);
    }
}

void Input::hover_frame(Window* window, FramePart part) {
    const policy::WindowId id =
        window != nullptr && is_button(part) ? window->id() : policy::WindowId{};
    if (id != hovered_frame_) {
        if (Window* old = desktop_.find(hovered_frame_)) {
            old->frame().set_hovered(FramePart::outside);
            desktop_.touch(*old);
        }
        hovered_frame_ = id;
    }
    if (id) {
        window->frame().set_hovered(part);
        if (window->frame().dirty()) {
            desktop_.touch(*window);
        }
    }
}

void Input::begin_drag(Window& window, policy::Edges edges) {
    if (drag_ || window.role() != WindowRole::toplevel) {
        return;
    }
    // The point that was pressed stays under the pointer, though the drag began a little later.
    const LayoutPoint from = frame_press_ ? frame_press_->at : pointer();
    frame_press_.reset();
    const auto change = mode_.enter(policy::Mode::person_drag);
    if (!change) {
        return;  // something more important holds
    }
    change_mode(change);
    drag_.emplace(desktop_, window, edges, from);
    cursor_.show(drag_->shape());
}

void Input::end_drag(bool cancelled) {
    if (!drag_) {
        return;
    }
    if (cancelled) {
        drag_->cancel();
    } else {
        drag_->finish();
    }
    drag_.reset();
    drag_finger_.reset();
    change_mode(mode_.leave(policy::Mode::person_drag));
    scene_changed();
}

}  // namespace leadlight::compositor
