// SPDX-License-Identifier: MIT
// Where windows come to lie before the person moves them: first places, popups and unmanaged
// windows, what the pointer carries, and what comes back.
#include "compositor/desktop/desktop.hpp"
#include "compositor/guest/guest_window.hpp"
#include "compositor/output/frame_pacer.hpp"
#include "compositor/output/output.hpp"
#include "compositor/server.hpp"
#include "wlr-headers/wlroots.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

namespace leadlight::compositor {

namespace {

/// Logical; a drag icon is not to hide the desktop.
constexpr policy::Coordinate widest_carried = 256;

}  // namespace

std::vector<policy::Box> Desktop::frames_on(policy::OutputId output,
                                            std::optional<policy::DomainId> domain) const {
    std::vector<policy::Box> frames;
    for (const Window* window : scene_order_ | std::views::reverse) {
        if (window->visible() && window->output_ == output &&
            (!domain || window->domain_ == *domain)) {
            frames.push_back(window->frame_box());
        }
    }
    return frames;
}

void Desktop::set_box(Window& window, const policy::Box& box) {
    window.sync_ = policy::ResizeSync(box);
    window.wish_.reset();
    window.placed_ = true;
}

policy::OutputArea Desktop::first_area(const Window& window) const {
    const Window* parent = parent_of(window);
    return parent ? area_of(*parent) : preferred_area();
}

void Desktop::place(Window& window, policy::Size size) {
    if (window.placed_) {
        return;
    }
    const auto area = first_area(window);
    rehome(window, area);
    if (const auto filled = filled_box(window, area)) {
        // It asked for that before it had content. Drawn to fill the screen, it says nothing of
        // how large it would be else.
        const policy::Size most{filled->width * 2 / 3, filled->height * 2 / 3};
        window.restore_box_ = first_place(
            window, {std::min(size.width, most.width), std::min(size.height, most.height)}, area);
        set_box(window, *filled);
    } else {
        set_box(window, first_place(window, size, area));
    }
    if (window.content_box().size() != size) {
        window.configure_due_ = true;
    }
    touch(window);
}

// What belongs to a window opens where that is, over its middle.
policy::Box Desktop::first_place(const Window& window, policy::Size size,
                                 const policy::OutputArea& area) const {
    const Window* parent = parent_of(window);
    const policy::Size wished = window.limits_.apply(size);
    if (window.opening_ == Opening::centred ||
        (parent && window.opening_ != Opening::beside_parent)) {
        const policy::Box over = parent ? parent->frame_box() : area.work;
        return policy::centred_place(wished, over, window.insets(), area);
    }
    const bool guest = window.is_guest();
    const auto others = frames_on(area.id, guest ? std::optional(window.domain_) : std::nullopt);
    const auto gathering = guest ? policy::gathering_of(window.domain_) : policy::centre;
    return policy::initial_place(wished, window.insets(), area, others, gathering);
}

void Desktop::place_satellite(Window& window, const policy::Box& box) {
    const Window* parent = parent_of(window);
    if (window.carried_) {
        // Where it is, with what may be another size; the next motion of the pointer puts it right.
        const policy::Box there = window.wished_box();
        window.wish_ = policy::confined({there.x, there.y, std::min(box.width, widest_carried),
                                         std::min(box.height, widest_carried)},
                                        window.insets(), area_of(window));
    } else {
        rehome(window, area_of(parent ? *parent : window));
        if (window.mapped_) {
            window.wish_ = box;
        } else {
            set_box(window, box);
        }
    }
    ask_configure(window);
}

void Desktop::carry(Window& window, policy::Point pointer) {
    if (window.role_ != WindowRole::unmanaged) {
        return;
    }
    const Output* output =
        server_.outputs->at(static_cast<double>(pointer.x), static_cast<double>(pointer.y));
    const auto area = output ? output->area() : area_of(window);
    const bool first = !std::exchange(window.carried_, true);
    if (first) {
        wlr_scene_node_reparent(&window.tree_->node, server_.layers.carried);
        // Its popups have no limit of size, and nothing else comes above all windows.
        wlr_scene_node_set_enabled(&window.popup_tree_->node, false);
    }
    rehome(window, area);
    const policy::Point offset = window.carried_offset();
    const policy::Size size = window.target_box().size();
    const policy::Box wished{pointer.x + offset.x, pointer.y + offset.y,
                             std::min(size.width, widest_carried),
                             std::min(size.height, widest_carried)};
    const policy::Box box = policy::confined(wished, window.insets(), area);
    if (first || !window.mapped_) {
        put_at_once(window, box);
    } else {
        window.wish_ = box;
        touch(window);
    }
}

// In another layer it is not to be seen where it was, or as large as it was, for one frame.
void Desktop::put_at_once(Window& window, const policy::Box& box) {
    set_box(window, box);
    if (window.mapped_) {
        window.configure_due_ = true;
        lay_out(window);
        scene_changed();
        touch(window);
    }
}

void Desktop::put_down(Window& window) {
    Window* owner = parent_of(window);
    if (!std::exchange(window.carried_, false) || !owner) {
        return;
    }
    wlr_scene_node_reparent(&window.tree_->node, owner->popup_tree_);
    wlr_scene_node_set_enabled(&window.popup_tree_->node, true);
    rehome(window, area_of(*owner));
    put_at_once(window, policy::unmanaged_place(owner->content_box(), window.carried_offset(),
                                                window.wished_box().size(), window.insets(),
                                                area_of(*owner)));
}

void Desktop::restore(Window& window, const policy::Place& place) {
    const policy::Box& content = place.content;
    const auto areas = server_.outputs->areas();
    const auto area = areas.empty() ? preferred_area() : policy::home_of(content, areas);
    rehome(window, area);
    window.returns_ = true;
    stacking_.put_at(window.id_, place.height);
    stack_changed_ = true;
    // Without an output it keeps its size until one comes (follow_outputs).
    window.restore_box_ =
        areas.empty() ? content : policy::confined(content, window.insets(), area);
    window.states_.maximized = place.maximized;
    window.states_.fullscreen = place.fullscreen;
    window.frame_.set_maximized(place.maximized);
    window.opens_minimized_ = place.minimized;
    // As it was: a window that the person had pushed past an edge may be there again.
    const policy::Box free = areas.empty()
                                 ? window.restore_box_
                                 : policy::kept_nameable(content, window.frame_.name_box(), areas);
    set_box(window, filled_box(window, area).value_or(free));
}

void Desktop::rehome(Window& window, const policy::OutputArea& area) {
    rehome(window, area.id, area.scale);
}

void Desktop::rehome(Window& window, policy::OutputId output, policy::Scale scale) {
    if (window.output_ == output && window.scale_ == scale) {
        return;
    }
    window.output_ = output;
    if (std::exchange(window.scale_, scale) != scale) {
        window.configure_due_ = true;
    }
    window.output_changed();
    window.satellites_due_ = true;
    pace(window);
}

// A window that is put away gets its frames once a second.
void Desktop::pace(const Window& window) {
    if (const auto* guest = dynamic_cast<const GuestWindow*>(&window)) {
        server_.pacer->place(*guest,
                             window.states_.minimized ? policy::OutputId{} : window.output_);
    }
}

}  // namespace leadlight::compositor
