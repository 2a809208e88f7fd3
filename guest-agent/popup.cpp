// SPDX-License-Identifier: MIT
#include "guest-agent/popup.hpp"

#include "guest-agent/agent.hpp"

#include <array>
#include <ranges>

namespace leadlight::agent {
namespace {

using protocol::Adjustment;
using protocol::Direction;

// xdg_positioner counts its anchors and gravities as we do.
static_assert(static_cast<int>(Direction::bottom_right) == XDG_POSITIONER_ANCHOR_BOTTOM_RIGHT);
static_assert(static_cast<int>(Direction::top_left) == XDG_POSITIONER_ANCHOR_TOP_LEFT);
static_assert(static_cast<int>(Direction::left) == XDG_POSITIONER_GRAVITY_LEFT);

protocol::Flags<Adjustment> adjustment_of(std::uint32_t wlr) {
    protocol::Flags<Adjustment> flags;
    constexpr std::array known{
        std::pair{XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_SLIDE_X, Adjustment::slide_x},
        std::pair{XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_SLIDE_Y, Adjustment::slide_y},
        std::pair{XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_FLIP_X, Adjustment::flip_x},
        std::pair{XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_FLIP_Y, Adjustment::flip_y},
        std::pair{XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_RESIZE_X, Adjustment::resize_x},
        std::pair{XDG_POSITIONER_CONSTRAINT_ADJUSTMENT_RESIZE_Y, Adjustment::resize_y},
    };
    for (const auto& [bit, flag] : known) {
        flags.set(flag, (wlr & bit) != 0);
    }
    return flags;
}

}  // namespace

Popup::Popup(Agent& agent, wlr_xdg_popup* popup) : Window(agent), popup_(popup) {
    agent_.surfaces().set_user(surface(), this);
    destroy_.connect(popup->events.destroy, [this] { agent_.windows().discard(*this); });
    reposition_.connect(popup->events.reposition, [this] {
        if (id()) {
            agent_.connection().send(
                protocol::PopupReposition{*id(), positioner(), popup_->scheduled.reposition_token});
        }
    });
}

wlr_surface* Popup::surface() const {
    return popup_->base->surface;
}

Box Popup::geometry() const {
    wlr_box box;
    wlr_xdg_surface_get_geometry(popup_->base, &box);
    return {box.x, box.y, box.width, box.height};
}

Window* Popup::parent() const {
    return popup_->parent == nullptr
               ? nullptr
               : dynamic_cast<Window*>(agent_.surfaces().user_of(popup_->parent));
}

void Popup::dismiss() {
    // The program destroys it in its own time, and is ended when others still stand on it.
    const auto children = agent_.windows().children_of(*this);
    for (Window* child : children | std::views::reverse) {
        child->dismiss();
    }
    xdg_popup_send_popup_done(popup_->resource);
}

void Popup::surface_gone() {
    agent_.windows().discard(*this);
}

void Popup::surface_committed() {
    const bool mapped = surface()->mapped;
    if (popup_->base->initial_commit) {
        // On what was a window once, or is none: nothing to stand on.
        if (parent() == nullptr) {
            dismiss();
        } else {
            want();
        }
        return;
    }
    if (was_mapped_ && !mapped) {
        withdraw();
    }
    was_mapped_ = mapped;
    if (mapped && id()) {
        tell_own_size();
    }
    Window::surface_committed();
}

// A program may draw it in another size than it was given, with no word about it. Once for each:
// the admin domain may still see to it that it fits on the screen.
void Popup::tell_own_size() {
    const bool answers =
        static_cast<std::int32_t>(popup_->base->current.configure_serial - local_serial_) >= 0;
    const Box drawn = geometry();
    const auto& given = popup_->scheduled.geometry;
    if (!answers || (drawn.width == given.width && drawn.height == given.height) ||
        (drawn.width == own_width_ && drawn.height == own_height_)) {
        return;
    }
    own_width_ = drawn.width;
    own_height_ = drawn.height;
    protocol::Positioner wished = positioner();
    wished.width = protocol::Extent::clamped(scale().to_physical(own_width_));
    wished.height = protocol::Extent::clamped(scale().to_physical(own_height_));
    agent_.connection().send(protocol::PopupReposition{*id(), wished, 0});
}

protocol::Positioner Popup::positioner() const {
    using protocol::Coordinate;
    using protocol::Extent;
    using protocol::Offset;
    const auto& rules = popup_->scheduled.rules;
    const Window* below = parent();
    const WindowScale factor = below == nullptr ? scale() : below->scale();
    const Box anchor = factor.to_physical(Box{rules.anchor_rect.x, rules.anchor_rect.y,
                                              rules.anchor_rect.width, rules.anchor_rect.height});
    return {
        .width = Extent::clamped(factor.to_physical(rules.size.width)),
        .height = Extent::clamped(factor.to_physical(rules.size.height)),
        .anchor_x = Coordinate::clamped(anchor.x),
        .anchor_y = Coordinate::clamped(anchor.y),
        .anchor_width = Offset::clamped(anchor.width),
        .anchor_height = Offset::clamped(anchor.height),
        .anchor = static_cast<Direction>(rules.anchor),
        .gravity = static_cast<Direction>(rules.gravity),
        .adjustment = adjustment_of(rules.constraint_adjustment),
        .offset_x = Coordinate::clamped(factor.to_physical(rules.offset.x)),
        .offset_y = Coordinate::clamped(factor.to_physical(rules.offset.y)),
        .reactive = rules.reactive,
    };
}

void Popup::announce(protocol::WindowId id) {
    admin_serial_ = 0;
    own_width_ = own_height_ = 0;  // who hears of it now was told nothing yet
    agent_.connection().send(protocol::PopupCreate{
        .window = id,
        .parent = *parent()->id(),
        .positioner = positioner(),
        // wlroots keeps the seat of a grab, and not the serial that the program named for it.
        .grab = popup_->seat == nullptr ? 0 : agent_.serials().last_press(),
    });
}

void Popup::apply(const protocol::Configure& configure) {
    if (!popup_->base->initialized) {
        return;
    }
    auto& geometry = popup_->scheduled.geometry;
    const auto logical = [this](int physical) {
        return static_cast<int>(std::lround(scale().to_logical(physical)));
    };
    geometry.x = logical(configure.x);
    geometry.y = logical(configure.y);
    // A size of 0 is the program's own choice: what its positioner asks for.
    if (configure.width != 0 && configure.height != 0) {
        geometry.width = scale().fits_logical(configure.width);
        geometry.height = scale().fits_logical(configure.height);
    }
    geometry.width = std::max(1, geometry.width);
    geometry.height = std::max(1, geometry.height);
    local_serial_ = wlr_xdg_surface_schedule_configure(popup_->base);
    admin_serial_ = configure.serial;
}

protocol::Serial Popup::answered() {
    if (admin_serial_ == 0 ||
        static_cast<std::int32_t>(popup_->base->current.configure_serial - local_serial_) < 0) {
        return 0;
    }
    return std::exchange(admin_serial_, 0);
}

}  // namespace leadlight::agent
