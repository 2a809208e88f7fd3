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
    const policy::Box before = window.wish_.value_or(window.wished_box());
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
    if (maximized && !window.states_.fullscreen) {
        window.restore_box_ = window.wish_.value_or(window.wished_box());
    }
    window.states_.maximized = maximized;
    window.frame_.set_maximized(maximized);
    const auto area = area_of(window);
    if (!window.states_.fullscreen) {
        window.wish_ = maximized ? policy::maximized(window.insets(), area) : window.restore_box_;
    }
    ask_configure(window);
}

void Desktop::set_fullscreen(Window& window, bool fullscreen) {
    if (window.states_.fullscreen == fullscreen || window.role_ != WindowRole::toplevel) {
        return;
    }
    const auto area = area_of(window);
    if (fullscreen && !window.states_.maximized) {
        window.restore_box_ = window.wish_.value_or(window.wished_box());
    }
    window.states_.fullscreen = fullscreen;
    window.wish_ = fullscreen                 ? policy::fullscreen(window.insets(), area)
                   : window.states_.maximized ? policy::maximized(window.insets(), area)
                                              : window.restore_box_;
    ask_configure(window);
}

}  // namespace leadlight::compositor
