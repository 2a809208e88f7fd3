// SPDX-License-Identifier: MIT
// What a guest says and asks about its windows, pointer and drags. Whether a request is granted is
// the compositor's to decide (rule 5); here only such are stopped that no honest agent can send.
#include "compositor/warden/about_window.hpp"

namespace leadlight::warden {

using protocol::Edge;
using protocol::Violation;

GuestState::Answer GuestState::on(const protocol::Title& message) {
    return about(message, std::nullopt);
}

GuestState::Answer GuestState::on(const protocol::AppId& message) {
    return about(message, std::nullopt);
}

GuestState::Answer GuestState::on(const protocol::WindowKind& message) {
    return about(message, std::nullopt);
}

GuestState::Answer GuestState::on(const protocol::IdleInhibit& message) {
    return about(message, std::nullopt);
}

GuestState::Answer GuestState::on(const protocol::SizeLimits& message) {
    if (message.max_width != 0 && message.max_width < message.min_width) {
        return refuse(message, Violation::out_of_bounds, "max_width");
    }
    if (message.max_height != 0 && message.max_height < message.min_height) {
        return refuse(message, Violation::out_of_bounds, "max_height");
    }
    return about(message, Role::toplevel);
}

GuestState::Answer GuestState::on(const protocol::MoveRequest& message) {
    if (const auto wrong = check_serial(message, false)) {
        return std::unexpected(*wrong);
    }
    return about(message, Role::toplevel);
}

GuestState::Answer GuestState::on(const protocol::ResizeRequest& message) {
    if (const auto wrong = check_serial(message, false)) {
        return std::unexpected(*wrong);
    }
    const auto edges = message.edges;
    if (edges.bits() == 0 || (edges.has(Edge::top) && edges.has(Edge::bottom)) ||
        (edges.has(Edge::left) && edges.has(Edge::right))) {
        return refuse(message, Violation::out_of_bounds, "edges");
    }
    return about(message, Role::toplevel);
}

// A program may ask for a state, focus or a constraint by itself, as when it starts: that answers
// no event, and counts for as little.

GuestState::Answer GuestState::on(const protocol::StateRequest& message) {
    if (const auto wrong = check_serial(message, true)) {
        return std::unexpected(*wrong);
    }
    return about(message, Role::toplevel);
}

GuestState::Answer GuestState::on(const protocol::Activate& message) {
    if (const auto wrong = check_serial(message, true)) {
        return std::unexpected(*wrong);
    }
    return about(message, Role::toplevel);
}

GuestState::Answer GuestState::on(const protocol::Constraint& message) {
    if (const auto wrong = check_serial(message, true)) {
        return std::unexpected(*wrong);
    }
    return about(message, std::nullopt);
}

GuestState::Answer GuestState::on(const protocol::CursorShapeSet& message) {
    if (const auto wrong = check_serial(message, false)) {
        return std::unexpected(*wrong);
    }
    return Verdict::pass;
}

GuestState::Answer GuestState::on(const protocol::CursorImage& message) {
    if (const auto wrong = check_serial(message, false)) {
        return std::unexpected(*wrong);
    }
    if (message.hotspot_x >= message.width) {
        return refuse(message, Violation::out_of_bounds, "hotspot_x");
    }
    if (message.hotspot_y >= message.height) {
        return refuse(message, Violation::out_of_bounds, "hotspot_y");
    }
    if (message.pixels.span().size() != std::size_t{4} * message.width * message.height) {
        return refuse(message, Violation::wrong_length, "pixels");
    }
    return Verdict::pass;
}

GuestState::Answer GuestState::on(const protocol::DragBegin& message) {
    if (const auto wrong = check_serial(message, false)) {
        return std::unexpected(*wrong);
    }
    const auto origin = windows_.alive.find(message.origin);
    if (origin == windows_.alive.end()) {
        return refuse(message, Violation::unknown_window, "origin");
    }
    bool real = origin->second.being == Being::real;
    if (message.icon) {
        const auto icon = windows_.alive.find(*message.icon);
        if (icon == windows_.alive.end()) {
            return refuse(message, Violation::unknown_window, "icon");
        }
        if (icon->second.role != Role::unmanaged) {
            return refuse(message, Violation::wrong_role, "icon");
        }
        real = real && icon->second.being == Being::real;
    }
    return real ? Verdict::pass : Verdict::drop;
}

GuestState::Answer GuestState::on(const protocol::DragEnd&) {
    return Verdict::pass;
}

GuestState::Answer GuestState::on(const protocol::Pong& message) {
    if (!pings_.contains(message.serial)) {
        return refuse(message, Violation::serial_not_sent, "serial");
    }
    return Verdict::pass;
}

}  // namespace leadlight::warden
