// SPDX-License-Identifier: MIT
#include "compositor/desktop/desktop.hpp"

#include "compositor/clock.hpp"
#include "compositor/guest/guest_window.hpp"
#include "compositor/output/output.hpp"
#include "compositor/server.hpp"
#include "wlr-headers/wlroots.hpp"

#include <algorithm>
#include <ranges>
#include <span>

namespace leadlight::compositor {

Desktop::Desktop(Server& server)
    : server_(server), attention_timer_(server.loop, [this] { attention_changed(); }),
      sync_timer_(server.loop,
                  [this] {
                      for (Window* window : resizing_) {
                          touch(*window);
                      }
                  }),
      settle_timer_(server.loop, [this] { settle(); }) {}

Desktop::~Desktop() = default;

Window* Desktop::find(policy::WindowId id) const {
    const auto found = windows_.find(id);
    return found == windows_.end() ? nullptr : found->second;
}

std::vector<Window*> Desktop::stacked() const {
    std::vector<Window*> toplevels, carried;
    std::map<const Window*, std::vector<Window*>> standing;
    for (const auto id : stacking_.order()) {
        Window* window = find(id);
        if (window->carried_) {
            carried.push_back(window);
        } else if (window->role_ == WindowRole::toplevel) {
            toplevels.push_back(window);
        } else {
            standing[&root_of(*window)].push_back(window);
        }
    }
    std::vector<Window*> all;
    for (Window* toplevel : toplevels) {
        all.push_back(toplevel);
        if (const auto on = standing.find(toplevel); on != standing.end()) {
            all.insert(all.end(), on->second.begin(), on->second.end());
        }
    }
    all.insert(all.end(), carried.begin(), carried.end());
    return all;
}

std::vector<Window*> Desktop::recent() const {
    std::vector<Window*> all;
    for (const auto id : recent_ | std::views::reverse) {
        if (Window* window = find(id)) {
            all.push_back(window);
        }
    }
    return all;
}

Window* Desktop::parent_of(const Window& window) const {
    return find(stacking_.parent_of(window.id()));
}

Window& Desktop::root_of(Window& window) const {
    Window* root = &window;
    while (root->role() != WindowRole::toplevel) {
        Window* parent = parent_of(*root);
        if (!parent) {
            break;
        }
        root = parent;
    }
    return *root;
}

bool Desktop::in_sight(const Window& window) const {
    const Window* below = &window;
    while (below->shown() && below->role() != WindowRole::toplevel) {
        const Window* parent = parent_of(*below);
        if (!parent) {
            return false;
        }
        // What is carried shows nothing but itself; where it shows, its owner does not matter.
        if (below->carried_) {
            return below == &window;
        }
        below = parent;
    }
    return below->shown();
}

namespace {

// Guests choose the number of their windows, and pieces grow with it.
constexpr std::size_t most_above = 16;

// By what is above it, from the top down.
bool is_covered_by(std::span<const Window* const> above, const Window& window) {
    std::vector<policy::Box> boxes;
    for (const Window* other : above) {
        if (boxes.size() == most_above) {
            break;
        }
        if (other->domain() != window.domain()) {
            boxes.push_back(other->seen_frame_box());
        }
    }
    return policy::covers(boxes, window.seen_frame_box());
}

}  // namespace

bool Desktop::is_open(const Window& menu) const {
    if (!in_sight(menu)) {
        return false;
    }
    const policy::Box frame = menu.seen_frame_box();
    std::vector<policy::Box> above;
    for (const Window* other : stacked() | std::views::reverse) {
        if (other == &menu) {
            break;
        }
        if (const policy::Box box = other->seen_frame_box();
            in_sight(*other) && !policy::intersection(box, frame).empty()) {
            above.push_back(box);
        }
    }
    return above.size() <= most_above && !policy::covers(above, frame);
}

std::set<policy::WindowId> Desktop::uncovered() const {
    std::set<policy::WindowId> all;
    std::vector<const Window*> above;
    for (const Window* window : stacked() | std::views::reverse) {
        if (in_sight(*window)) {
            if (!is_covered_by(above, *window)) {
                all.insert(window->id());
            }
            above.push_back(window);
        }
    }
    return all;
}

const Window* Desktop::fills(const Output& output) const {
    const auto seen = is_seen();
    for (const Window* window : scene_order_ | std::views::reverse) {
        if (window->states_.fullscreen && window->output_ == output.id() && seen(window->id())) {
            return window;
        }
    }
    return nullptr;
}

std::function<bool(policy::WindowId)> Desktop::is_seen() const {
    // Asked of one window after another, among all that guests may have, while nothing changes.
    return [this, seen = std::optional<std::set<policy::WindowId>>()](policy::WindowId id) mutable {
        if (!seen) {
            seen = uncovered();
        }
        return seen->contains(id);
    };
}

policy::OutputArea Desktop::preferred_area() const {
    if (const Window* window = focused()) {
        if (const Output* output = server_.outputs->find(window->output())) {
            return output->area();
        }
    }
    const auto areas = server_.outputs->areas();
    // With no output at all windows still need sizes to answer with.
    return areas.empty()
               ? policy::OutputArea{{}, {0, 0, 1280, 720}, {0, 0, 1280, 720}, policy::Scale()}
               : areas.front();
}

policy::OutputArea Desktop::area_of(const Window& window) const {
    const Output* output = server_.outputs->find(window.output());
    return output ? output->area() : preferred_area();
}

bool Desktop::add(Window& window, Window* parent) {
    if (parent) {
        if (!stacking_.add_child(window.domain(), window.id(), parent->id())) {
            return false;
        }
        window.output_ = parent->output_;
        window.scale_ = parent->scale_;
    } else {
        // Below the focused one until it is shown: a family must never be found on top by accident.
        if (focus_.window()) {
            stacking_.add_below(window.domain(), window.id(), focus_.window());
        } else {
            stacking_.add(window.domain(), window.id());
        }
        scene_order_.push_back(&window);
        stack_changed_ = true;
        window.scale_ = preferred_area().scale;
    }
    windows_[window.id()] = &window;
    return true;
}

void Desktop::remove(Window& window) {
    if (listener_) {
        listener_->window_gone(window);
    }
    windows_.erase(window.id());
    stacking_.remove(window.id());
    focus_.window_gone(window.id_, is_seen(), now());
    set_attention(window, false);
    std::erase(recent_, window.id());
    std::erase(scene_order_, &window);
    std::erase(touched_, &window);
    resizing_.erase(&window);
    if (window.mapped_) {
        window.mapped_ = false;
        wlr_scene_node_set_enabled(&window.tree_->node, false);
        scene_changed();
    }
    focus_changed();
}

bool Desktop::set_parent(Window& window, Window* parent) {
    // No serial comes with it: a domain without the focus does not come above others by it (rule
    // 5).
    const bool may_rise = !window.is_guest() || window.domain() == focus_.domain();
    if (!stacking_.set_parent(window.id(), parent ? parent->id() : policy::WindowId{}, may_rise)) {
        return false;
    }
    stack_changed_ = true;
    touch(window);
    return true;
}

void Desktop::map(Window& window, policy::Size size) {
    place(window, size);
    if (window.mapped_) {
        return;
    }
    // Only now that it has content: who is hidden may never draw.
    if (std::exchange(window.opens_minimized_, false)) {
        set_minimized(window, true);
    }
    window.mapped_ = true;
    const bool returns = std::exchange(window.returns_, false);
    // A guest's is laid out by settle(), with the same frame if it is its turn: else one that takes
    // its windows away and shows them in other sizes would have each laid out at every refresh, and
    // others of its windows never. Until then it is not seen: its frame is of another size.
    window.waits_for_layout_ = window.is_guest();
    if (!window.waits_for_layout_) {
        lay_out(window);
    }
    set_visible(window);
    if (window.role_ == WindowRole::toplevel && window.visible()) {
        if (returns) {
            focus_.window_returned(window.domain_, window.id_);
            // What the person works in stays on top.
            if (stacking_.height_of(window.id_) > stacking_.height_of(focus_.window())) {
                stacking_.raise(focus_.window());
                stack_changed_ = true;
            }
        } else if (focus_.window_shown(window.domain_, window.id_, now()) ==
                   policy::Appearance::focused_on_top) {
            raise(window);
        } else if (focus_.window()) {
            set_attention(window, true);
            // It may have been made while another window had the focus.
            stacking_.raise(focus_.window());
            stack_changed_ = true;
        } else {
            raise(window);
        }
    }
    touch(window);
    focus_changed();
}

void Desktop::unmap(Window& window) {
    if (!window.mapped_) {
        return;
    }
    window.mapped_ = false;
    window.waits_for_layout_ = false;
    set_visible(window);
    set_attention(window, false);
    focus_.window_gone(window.id_, is_seen(), now());
    focus_changed();
}

void Desktop::set_visible(Window& window) {
    wlr_scene_node_set_enabled(&window.tree_->node, window.shown());
    scene_changed();
}

void Desktop::raise(Window& window) {
    stacking_.raise(window.id_);
    stack_changed_ = true;
    touch(window);
}

void Desktop::scene_changed() {
    if (listener_) {
        listener_->scene_changed();
    }
}

void Desktop::dismiss_popups(policy::DomainId only) {
    for (const auto& [id, window] : windows_) {
        if (window->role_ != WindowRole::popup || (only && window->domain_ != only)) {
            continue;
        }
        const Window* parent = parent_of(*window);
        if (!parent || parent->role_ != WindowRole::popup) {  // those on it go with it
            window->dismiss();
        }
    }
}

void Desktop::set_minimized(Window& window, bool minimized) {
    if (window.states_.minimized == minimized || window.role_ != WindowRole::toplevel) {
        return;
    }
    window.states_.minimized = minimized;
    window.configure_due_ = true;
    set_visible(window);
    pace(window);
    window.minimized_changed();
    if (minimized) {
        focus_.window_put_away(window.id_, is_seen());
        focus_changed();
    }
    touch(window);
}

Hit Desktop::at(double layout_x, double layout_y) const {
    Hit hit;
    const Layers& layers = server_.layers;
    // All but the layer of what the pointer carries.
    for (wlr_scene_tree* layer :
         {layers.trusted, layers.shell_overlay, layers.shell_top, layers.windows,
          layers.shell_bottom, layers.shell_background, layers.background}) {
        hit.node = wlr_scene_node_at(&layer->node, layout_x, layout_y, &hit.node_x, &hit.node_y);
        if (hit.node) {
            break;
        }
    }
    for (wlr_scene_node* node = hit.node; node;
         node = node->parent ? &node->parent->node : nullptr) {
        if (node->data) {
            hit.owner = static_cast<SceneOwner*>(node->data);
            break;
        }
    }
    if (hit.owner && hit.owner->kind == SceneOwner::Kind::window) {
        hit.window = static_cast<Window*>(hit.owner);
        std::tie(hit.content_x, hit.content_y) = content_point(*hit.window, layout_x, layout_y);
        hit.part = hit.window->frame_.hit({static_cast<int>(std::floor(hit.content_x)),
                                           static_cast<int>(std::floor(hit.content_y))});
    }
    return hit;
}

std::pair<double, double> Desktop::content_point(const Window& window, double layout_x,
                                                 double layout_y) {
    const double scale = window.seen_scale().in_120ths() / 120.0;
    const policy::Box box = window.seen_box();
    return {(layout_x - static_cast<double>(box.x)) * scale,
            (layout_y - static_cast<double>(box.y)) * scale};
}

}  // namespace leadlight::compositor
