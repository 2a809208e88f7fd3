// SPDX-License-Identifier: MIT
// What an X11 window says of itself, in the protocol's words.
#include "guest-agent/agent.hpp"
#include "guest-agent/text.hpp"
#include "guest-agent/x_window.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace leadlight::agent {

namespace {

using Extent = protocol::ExtentOrNone;

// Width to height within the protocol's range: large numbers keep their quotient, nearly.
std::pair<Extent, Extent> ratio(int width, int height) {
    if (width <= 0 || height <= 0) {
        return {};
    }
    const int over = std::max(width, height) / (Extent::max + 1) + 1;
    return {Extent::clamped(std::max(width / over, 1)),
            Extent::clamped(std::max(height / over, 1))};
}

}  // namespace

void XWindow::send_title() {
    if (id() && owner_ == nullptr && x_->title != nullptr) {
        agent_.connection().send(protocol::Title{*id(), to_text<512>(x_->title)});
    }
}

void XWindow::send_app_id() {
    if (id() && owner_ == nullptr && x_->class_ != nullptr) {
        agent_.connection().send(protocol::AppId{*id(), to_text<128>(x_->class_)});
    }
}

void XWindow::send_type() {
    const auto type = agent_.x_window_type(*x_);
    if (id() && type != protocol::WindowType::normal) {
        agent_.connection().send(protocol::WindowKind{*id(), type});
    }
}

void XWindow::send_parent() {
    if (!id() || owner_ != nullptr) {
        return;
    }
    std::optional<protocol::WindowId> parent;
    if (x_->parent != nullptr && x_->parent->surface != nullptr) {
        if (const auto* window =
                dynamic_cast<XWindow*>(agent_.surfaces().user_of(x_->parent->surface))) {
            if (window->parent() == nullptr) {
                parent = window->id();
            }
        }
    }
    agent_.connection().send(protocol::WindowParent{*id(), parent});
}

void XWindow::send_limits() {
    const auto* hints = x_->size_hints;
    if (!id() || owner_ != nullptr || hints == nullptr) {
        return;
    }
    const auto extent = [hints](std::uint32_t flag, int value) {
        return (hints->flags & flag) != 0 ? protocol::ExtentOrNone::clamped(value)
                                          : protocol::ExtentOrNone{};
    };
    // ICCCM 4.1.2.3: each stands in for the other. wlroots fills in the values, not the flags.
    constexpr std::uint32_t least = XCB_ICCCM_SIZE_HINT_P_MIN_SIZE | XCB_ICCCM_SIZE_HINT_BASE_SIZE;
    protocol::SizeLimits limits{
        .window = *id(),
        .min_width = extent(least, hints->min_width),
        .min_height = extent(least, hints->min_height),
        .max_width = extent(XCB_ICCCM_SIZE_HINT_P_MAX_SIZE, hints->max_width),
        .max_height = extent(XCB_ICCCM_SIZE_HINT_P_MAX_SIZE, hints->max_height),
        .base_width = extent(least, hints->base_width),
        .base_height = extent(least, hints->base_height),
        .step_width = extent(XCB_ICCCM_SIZE_HINT_P_RESIZE_INC, hints->width_inc),
        .step_height = extent(XCB_ICCCM_SIZE_HINT_P_RESIZE_INC, hints->height_inc),
    };
    if ((hints->flags & XCB_ICCCM_SIZE_HINT_P_ASPECT) != 0) {
        std::tie(limits.min_aspect_width, limits.min_aspect_height) =
            ratio(hints->min_aspect_num, hints->min_aspect_den);
        std::tie(limits.max_aspect_width, limits.max_aspect_height) =
            ratio(hints->max_aspect_num, hints->max_aspect_den);
    }
    tell_limits(limits);
}

// It asks for attention, and not for the focus.
void XWindow::send_urgency() {
    const bool urgent =
        x_->hints != nullptr && (x_->hints->flags & XCB_ICCCM_WM_HINT_X_URGENCY) != 0;
    if (id() && !std::exchange(urgent_, urgent) && urgent) {
        activate(0);
    }
}

}  // namespace leadlight::agent
