// SPDX-License-Identifier: MIT
#include "compositor/policy/stacking.hpp"

#include <algorithm>

namespace leadlight::policy {

namespace {

// Between two that were raised one after the other: 32 can go in at the worst place, then heights
// are the same, and those who left come back in the order of their coming.
constexpr Stacking::Height step = Stacking::Height{1} << 32;

// A guest can have its windows raised thousands of times a second, and would be there in a week.
constexpr Stacking::Height highest = Stacking::Height{1} << 61;

}  // namespace

void Stacking::add(DomainId domain, WindowId window) {
    if (nodes_.try_emplace(window, Node{.domain = domain}).second) {
        nodes_.at(window).height = height_before(roots_.end());
        roots_.push_back(window);
    }
}

void Stacking::add_below(DomainId domain, WindowId window, WindowId other) {
    if (nodes_.try_emplace(window, Node{.domain = domain}).second) {
        const auto place = std::ranges::find(roots_, root_of(other));
        nodes_.at(window).height = height_before(place);
        roots_.insert(place, window);
    }
}

bool Stacking::add_child(DomainId domain, WindowId window, WindowId parent) {
    const auto found = nodes_.find(parent);
    if (found == nodes_.end() || found->second.domain != domain || nodes_.contains(window) ||
        depth_of(parent) >= max_depth) {
        return false;
    }
    found->second.children.push_back(window);
    nodes_[window] = {.domain = domain, .parent = parent};
    return true;
}

bool Stacking::set_parent(WindowId window, WindowId parent, bool may_rise) {
    const auto found = nodes_.find(window);
    if (found == nodes_.end()) {
        return false;
    }
    auto& node = found->second;
    if (node.parent == parent) {
        return true;
    }
    if (parent) {
        const auto above = nodes_.find(parent);
        if (above == nodes_.end() || above->second.domain != node.domain ||
            depth_of(parent) + 1 + generations_below(window) > max_depth ||
            std::ranges::contains(branch(window), parent)) {
            return false;
        }
    }
    const WindowId old_root = root_of(window);
    const WindowId new_root = parent ? root_of(parent) : WindowId{};
    if (new_root && !may_rise) {
        const auto old_place = std::ranges::find(roots_, old_root);
        if (const auto place = std::ranges::find(roots_, new_root); old_place < place) {
            nodes_.at(new_root).height = height_before(std::next(old_place));
            std::rotate(std::next(old_place), place, std::next(place));
        }
    }
    std::erase(siblings(node.parent), window);
    node.parent = parent;
    if (parent) {
        siblings(parent).push_back(window);
    } else {
        const auto place = std::next(std::ranges::find(roots_, old_root));
        node.height = height_before(place);
        roots_.insert(place, window);
    }
    return true;
}

void Stacking::remove(WindowId window) {
    const auto node = nodes_.extract(window);
    if (node.empty()) {
        return;
    }
    const auto& [domain, parent, children, height] = node.mapped();
    auto& around = siblings(parent);
    const auto place = around.erase(std::ranges::find(around, window));
    around.insert(place, children.begin(), children.end());
    for (const auto child : children) {
        nodes_[child].parent = parent;
        nodes_[child].height = height;
    }
}

void Stacking::raise(WindowId window) {
    // On each level, from the window up to its root: to the top among its siblings.
    while (nodes_.contains(window)) {
        const WindowId parent = nodes_.at(window).parent;
        auto& around = siblings(parent);
        const auto at = std::ranges::find(around, window);
        if (std::next(at) != around.end()) {
            std::rotate(at, std::next(at), around.end());
            if (!parent) {
                nodes_.at(window).height = height_before(roots_.end());
            }
        }
        window = parent;
    }
}

void Stacking::put_at(WindowId window, Height height) {
    const auto found = nodes_.find(window);
    if (found == nodes_.end() || found->second.parent) {
        return;
    }
    found->second.height = height;
    std::erase(roots_, window);
    roots_.insert(std::ranges::upper_bound(
                      roots_, height, {}, [this](WindowId root) { return nodes_.at(root).height; }),
                  window);
    keep_below(height);
}

Stacking::Height Stacking::height_of(WindowId window) const {
    const auto root = nodes_.find(root_of(window));
    return root != nodes_.end() ? root->second.height : 0;
}

Stacking::Height Stacking::height_before(std::vector<WindowId>::iterator root) {
    if (root == roots_.end()) {
        if (top_ >= highest) {
            renumber();
        }
        return top_ += step;
    }
    const Height above = nodes_.at(*root).height;
    const Height below = root == roots_.begin() ? 0 : nodes_.at(*std::prev(root)).height;
    return below + (above - below) / 2;
}

// Those that are not there keep their heights: they come back above all that is here now.
void Stacking::renumber() {
    top_ = 0;
    for (const auto root : roots_) {
        nodes_.at(root).height = top_ += step;
    }
}

std::vector<WindowId> Stacking::order() const {
    std::vector<WindowId> out;
    out.reserve(nodes_.size());
    for (const auto root : roots_) {
        append_branch(root, out);
    }
    return out;
}

WindowId Stacking::root_of(WindowId window) const {
    for (WindowId parent = parent_of(window); parent; parent = parent_of(window)) {
        window = parent;
    }
    return window;
}

WindowId Stacking::parent_of(WindowId window) const {
    const auto found = nodes_.find(window);
    return found != nodes_.end() ? found->second.parent : WindowId{};
}

std::vector<WindowId> Stacking::branch(WindowId window) const {
    std::vector<WindowId> out;
    append_branch(window, out);
    return out;
}

std::vector<WindowId>& Stacking::siblings(WindowId parent) {
    return parent ? nodes_.at(parent).children : roots_;
}

std::size_t Stacking::depth_of(WindowId window) const {
    std::size_t depth = 0;
    for (window = parent_of(window); window; window = parent_of(window)) {
        ++depth;
    }
    return depth;
}

// Recursion is as deep as a family, which is bounded by max_depth.
std::size_t Stacking::generations_below(WindowId window) const {
    std::size_t generations = 0;
    for (const auto child : nodes_.at(window).children) {
        generations = std::max(generations, 1 + generations_below(child));
    }
    return generations;
}

void Stacking::append_branch(WindowId window, std::vector<WindowId>& out) const {
    const auto found = nodes_.find(window);
    if (found == nodes_.end()) {
        return;
    }
    out.push_back(window);
    for (const auto child : found->second.children) {
        append_branch(child, out);
    }
}

}  // namespace leadlight::policy
