// SPDX-License-Identifier: MIT
// Windows of a guest: what they are, on what they lie, and what they show.
#include "compositor/warden/about_window.hpp"
#include "compositor/warden/new_id.hpp"

namespace leadlight::warden {

using protocol::Violation;

GuestState::Answer GuestState::on(const protocol::ToplevelCreate& message) {
    if (const auto wrong = take_new_id(windows_, message.window, max_alive)) {
        return refuse(message, *wrong, "window");
    }
    windows_.alive.emplace(message.window, Window{});
    return Verdict::pass;
}

template <class M>
GuestState::Answer GuestState::create_on(const M& message, Role role, protocol::WindowId parent,
                                         std::string_view parent_field) {
    if (const auto wrong = take_new_id(windows_, message.window, max_alive)) {
        return refuse(message, *wrong, "window");
    }
    const auto found = windows_.alive.find(parent);
    if (found == windows_.alive.end()) {
        return refuse(message, Violation::unknown_window, parent_field);
    }
    ++found->second.children;
    const bool real = found->second.being == Being::real;
    windows_.alive.emplace(
        message.window,
        Window{.being = real ? Being::real : Being::phantom, .role = role, .parent = parent});
    return real ? Verdict::pass : Verdict::drop;
}

GuestState::Answer GuestState::on(const protocol::PopupCreate& message) {
    if (message.grab != 0 && !inputs_.contains(message.grab)) {
        return refuse(message, Violation::serial_not_sent, "grab");
    }
    return create_on(message, Role::popup, message.parent, "parent");
}

GuestState::Answer GuestState::on(const protocol::UnmanagedCreate& message) {
    return create_on(message, Role::unmanaged, message.owner, "owner");
}

GuestState::Answer GuestState::on(const protocol::UnmanagedPlace& message) {
    return about(message, Role::unmanaged);
}

GuestState::Answer GuestState::on(const protocol::PopupReposition& message) {
    return about(message, Role::popup);
}

bool GuestState::descends(protocol::WindowId window, protocol::WindowId from) const {
    // Ends, for no cycle was ever let in.
    for (std::optional next = window; next; next = windows_.alive.at(*next).parent) {
        if (*next == from) {
            return true;
        }
    }
    return false;
}

GuestState::Answer GuestState::on(const protocol::WindowParent& message) {
    const auto verdict = about(message, Role::toplevel);
    if (!verdict) {
        return verdict;
    }
    auto& window = windows_.alive.at(message.window);
    if (!message.parent) {
        window.parent.reset();
        return verdict;
    }
    const auto parent = windows_.alive.find(*message.parent);
    if (parent == windows_.alive.end()) {
        return refuse(message, Violation::unknown_window, "parent");
    }
    if (parent->second.role != Role::toplevel || descends(*message.parent, message.window)) {
        return refuse(message, Violation::wrong_parent, "parent");
    }
    window.parent = message.parent;
    return parent->second.being == Being::real ? *verdict : Verdict::drop;
}

GuestState::Answer GuestState::on(const protocol::WindowDestroy& message) {
    const auto found = windows_.alive.find(message.window);
    if (found == windows_.alive.end()) {
        return refuse(message, Violation::unknown_window, "window");
    }
    const auto window = found->second;
    if (window.children != 0) {
        return refuse(message, Violation::wrong_parent, "window");
    }
    windows_.alive.erase(found);
    if (window.role != Role::toplevel && window.parent) {
        --windows_.alive.at(*window.parent).children;
    }
    // Nothing lies on it any more: who still names it is a toplevel above it.
    for (auto& [id, other] : windows_.alive) {
        if (other.parent == message.window) {
            other.parent.reset();
        }
    }
    return window.being == Being::phantom ? Verdict::drop : Verdict::pass;
}

std::optional<protocol::Fault> GuestState::check_layer(const protocol::Layer& layer) const {
    const auto wrong = [&](Violation violation, std::string_view field) {
        return std::optional(fault(layer, violation, field));
    };
    const auto found = buffers_.alive.find(layer.buffer);
    if (found == buffers_.alive.end()) {
        return wrong(Violation::unknown_buffer, "buffer");
    }
    const auto& buffer = found->second;
    // The guest knows: pool_ready goes out before any commit may name its buffers.
    if (!pools_.alive.at(buffer.pool).ready) {
        return wrong(Violation::pool_incomplete, "buffer");
    }

    const auto& source = layer.source;
    if (source.x + source.width > buffer.width || source.y + source.height > buffer.height) {
        return wrong(Violation::layer_outside_buffer, "source");
    }
    for (const auto& damage : layer.damage) {
        if (damage.x < source.x || damage.y < source.y ||
            damage.x + damage.width > source.x + source.width ||
            damage.y + damage.height > source.y + source.height) {
            return wrong(Violation::damage_outside_layer, "damage");
        }
    }
    if (layer.x + source.width > protocol::max_extent) {
        return wrong(Violation::out_of_bounds, "x");
    }
    if (layer.y + source.height > protocol::max_extent) {
        return wrong(Violation::out_of_bounds, "y");
    }
    return std::nullopt;
}

GuestState::Answer GuestState::on(const protocol::Commit& message) {
    const auto verdict = about(message, std::nullopt);
    if (!verdict || *verdict == Verdict::drop) {
        return verdict;
    }
    auto& window = windows_.alive.at(message.window);
    if (window.in_flight) {
        return refuse(message, Violation::commit_in_flight, "window");
    }
    if (message.configure != 0 && !window.configures.contains(message.configure)) {
        return refuse(message, Violation::serial_not_sent, "configure");
    }
    if (message.layers.size() > max_layers_) {
        return refuse(message, Violation::too_many_layers, "layers");
    }
    int left = protocol::max_extent, top = protocol::max_extent;
    for (const auto& layer : message.layers) {
        if (const auto wrong = check_layer(layer)) {
            return std::unexpected(*wrong);
        }
        left = std::min<int>(left, layer.x);
        top = std::min<int>(top, layer.y);
    }
    if (!message.layers.empty() && (left != 0 || top != 0)) {
        return refuse(message, Violation::out_of_bounds, "layers");
    }
    window.in_flight = true;
    return Verdict::pass;
}

}  // namespace leadlight::warden
