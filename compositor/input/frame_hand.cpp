// SPDX-License-Identifier: MIT
#include "compositor/input/frame_hand.hpp"

#include "compositor/desktop/desktop.hpp"
#include "compositor/input/frame_edges.hpp"

#include <cmath>
#include <utility>

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

// An edge of a window that fills its output holds nothing.
bool is_handle(const Window& window, policy::Edges edges) {
    return edges != policy::Edges{} && !window.states().maximized && !window.states().fullscreen;
}

}  // namespace

std::optional<DragStart> FrameHand::press(const Hit& hit, LayoutPoint pointer, policy::Time time) {
    Window& window = *hit.window;
    if (window.role() != WindowRole::toplevel) {
        return std::nullopt;
    }
    if (const policy::Edges edges = edges_of(hit.part); is_handle(window, edges)) {
        return DragStart{&window, edges, pointer};
    }
    press_ = Press{window.id(), hit.part, pointer};
    if (is_button(hit.part)) {
        window.frame().set_pressed(hit.part);
        desktop_.touch(window);
        return std::nullopt;
    }
    if (hit.part != FramePart::title) {
        return std::nullopt;
    }
    if (title_click_ && title_click_->window == window.id() &&
        time - title_click_->time < double_click && near(title_click_->at, pointer)) {
        title_click_.reset();
        press_.reset();
        desktop_.set_maximized(window, !window.states().maximized);
        return std::nullopt;
    }
    title_click_ = Click{window.id(), time, pointer};
    return std::nullopt;
}

std::optional<DragStart> FrameHand::pointer_moved(LayoutPoint pointer) {
    if (!press_) {
        return std::nullopt;
    }
    Window* window = desktop_.find(press_->window);
    if (window == nullptr) {
        press_.reset();
        return std::nullopt;
    }
    if (press_->part == FramePart::title && !near(press_->at, pointer)) {
        return DragStart{window, {}, std::exchange(press_, {})->at};
    }
    if (is_button(press_->part)) {
        // Off the button and let go: nothing happens.
        const Hit hit = desktop_.at(pointer.x, pointer.y);
        const bool still = hit.window == window && hit.part == press_->part;
        window->frame().set_pressed(still ? press_->part : FramePart::outside);
        desktop_.touch(*window);
    }
    return std::nullopt;
}

void FrameHand::release(LayoutPoint pointer) {
    const auto press = std::exchange(press_, {});
    Window* window = press && is_button(press->part) ? desktop_.find(press->window) : nullptr;
    if (window == nullptr) {
        return;
    }
    window->frame().set_pressed(FramePart::outside);
    desktop_.touch(*window);
    const Hit hit = desktop_.at(pointer.x, pointer.y);
    if (hit.window == window && hit.part == press->part) {
        click(*window, press->part);
    }
}

std::optional<DragStart> FrameHand::finger_down(Window& window, FramePart part, LayoutPoint at) {
    if (window.role() != WindowRole::toplevel) {
        return std::nullopt;
    }
    const policy::Edges edges = edges_of(part);
    if (part == FramePart::title || is_handle(window, edges)) {
        return DragStart{&window, edges, at};
    }
    click(window, part);
    return std::nullopt;
}

void FrameHand::click(Window& window, FramePart button) {
    if (button == FramePart::close) {
        window.press_close();
    } else if (button == FramePart::maximize) {
        desktop_.set_maximized(window, !window.states().maximized);
    } else if (button == FramePart::minimize) {
        desktop_.set_minimized(window, true);
    }
}

void FrameHand::hover(Window* window, FramePart part) {
    const policy::WindowId id =
        window != nullptr && is_button(part) ? window->id() : policy::WindowId{};
    if (id != hovered_) {
        if (Window* old = desktop_.find(hovered_)) {
            old->frame().set_hovered(FramePart::outside);
            desktop_.touch(*old);
        }
        hovered_ = id;
    }
    if (id) {
        window->frame().set_hovered(part);
        if (window->frame().dirty()) {
            desktop_.touch(*window);
        }
    }
}

void FrameHand::let_go() {
    const auto press = std::exchange(press_, {});
    Window* window = press && is_button(press->part) ? desktop_.find(press->window) : nullptr;
    if (window != nullptr) {
        window->frame().set_pressed(FramePart::outside);
        desktop_.touch(*window);
    }
}

void FrameHand::forget(policy::WindowId window) {
    if (press_ && press_->window == window) {
        press_.reset();
    }
    if (hovered_ == window) {
        hovered_ = {};
    }
}

}  // namespace leadlight::compositor
