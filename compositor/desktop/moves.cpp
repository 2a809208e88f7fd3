// SPDX-License-Identifier: MIT
// What the person does to the place and size of a window.
#include "compositor/desktop/desktop.hpp"
#include "compositor/output/output.hpp"
#include "compositor/server.hpp"

namespace leadlight::compositor {

void Desktop::drag_to(Window& window, const policy::Box& content) {
    const auto areas = server_.outputs->areas();
    if (areas.empty() || window.states_.maximized || window.states_.fullscreen) {
        return;
    }
    window.displaced_.reset();  // this is its place now
    window.wish_ = policy::kept_nameable(content, window.frame_.name_box(), areas);
    touch(window);
}

void Desktop::resize_to(Window& window, const policy::Box& content) {
    const auto areas = server_.outputs->areas();
    if (areas.empty() || window.states_.maximized || window.states_.fullscreen) {
        return;
    }
    const policy::Box before = window.target_box();
    if (content.width != before.width) {
        window.keeps_right_ = content.x != before.x && content.right() == before.right();
    }
    window.displaced_.reset();
    if (content.height != before.height) {
        window.keeps_bottom_ = content.y != before.y && content.bottom() == before.bottom();
    }
    window.wish_ = policy::kept_nameable(content, window.frame_.name_box(), areas);
    touch(window);
}

void Desktop::set_resizing(Window& window, bool resizing) {
    if (window.states_.resizing != resizing) {
        window.states_.resizing = resizing;
        window.keeps_right_ = resizing && window.keeps_right_;
        window.keeps_bottom_ = resizing && window.keeps_bottom_;
        window.configure_due_ = true;
        touch(window);
    }
}

void Desktop::set_maximized(Window& window, bool maximized) {
    if (window.states_.maximized == maximized || window.role_ != WindowRole::toplevel) {
        return;
    }
    keep_restore_box(window);
    window.states_.maximized = maximized;
    window.frame_.set_maximized(maximized);
    fill_or_restore(window);
}

void Desktop::set_fullscreen(Window& window, bool fullscreen) {
    if (window.states_.fullscreen == fullscreen || window.role_ != WindowRole::toplevel) {
        return;
    }
    keep_restore_box(window);
    window.states_.fullscreen = fullscreen;
    fill_or_restore(window);
}

void Desktop::keep_restore_box(Window& window) {
    if (window.placed_ && !window.states_.maximized && !window.states_.fullscreen) {
        window.restore_box_ = window.target_box();
    }
}

void Desktop::fill_or_restore(Window& window) {
    if (window.placed_) {
        window.wish_ = filled_box(window, area_of(window)).value_or(window.restore_box_);
    }
    ask_configure(window);
}

std::optional<policy::Box> Desktop::filled_box(const Window& window,
                                               const policy::OutputArea& area) {
    if (window.states_.fullscreen) {
        return policy::fullscreen(window.insets(), area);
    }
    if (window.states_.maximized) {
        return policy::maximized(window.insets(), area);
    }
    return std::nullopt;
}

}  // namespace leadlight::compositor
