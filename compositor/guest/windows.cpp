// SPDX-License-Identifier: MIT
// Windows of a guest: made, placed, committed and destroyed as it asks, within its budget.
#include "compositor/guest/guest.hpp"

#include "compositor/domains/domain.hpp"
#include "compositor/guest/guest_window.hpp"
#include "compositor/server.hpp"

#include <algorithm>

namespace leadlight::compositor {

using namespace protocol;

namespace {

Refusal to_wire(policy::Refusal refusal) {
    using enum policy::Refusal;
    switch (refusal) {
    case too_many_satellites:
        return Refusal::too_many_popups;
    case too_deep:
        return Refusal::too_deep;
    case too_many_pages:
    case too_many_pages_in_all:
        return Refusal::out_of_pages;
    default:
        return Refusal::too_many_windows;
    }
}

policy::WindowKind budget_kind(WindowRole role) {
    return role == WindowRole::toplevel ? policy::WindowKind::toplevel
                                        : policy::WindowKind::satellite;
}

}  // namespace

void Guest::tell_refused(protocol::WindowId id, Refusal reason) {
    send(Refused{RefusedKind::window, id.get(), reason});
}

std::expected<Guest::Opened, Violation> Guest::open(protocol::WindowId id, WindowRole role,
                                                    std::optional<protocol::WindowId> parent) {
    const std::uint32_t depth = parent ? state_.child_depth(*parent) : 0;
    const auto counted = server_.ledger.open_window(id_, budget_kind(role), depth);
    if (!counted && counted.error() == policy::Refusal::too_fast) {
        return Opened{.later = true};
    }
    const auto named = parent ? state_.child_create(id, *parent, role) : state_.toplevel_create(id);
    const bool here = named && *named == Named::here;
    if (!here && counted) {
        server_.ledger.close_window(id_, budget_kind(role));
    }
    if (!named) {
        return std::unexpected(named.error());
    }
    if (!here) {  // its parent was refused
        tell_refused(id, Refusal::too_many_windows);
        return Opened{};
    }
    const auto refuse = [&](Refusal reason) -> std::expected<Opened, Violation> {
        tell_refused(id, reason);
        if (const auto checked = state_.refuse_window(id); !checked) {
            return std::unexpected(checked.error());
        }
        return Opened{};
    };
    if (!counted) {
        return refuse(to_wire(counted.error()));
    }
    GuestWindow* above = parent ? find(*parent) : nullptr;
    auto window = std::make_unique<GuestWindow>(*this, id, role, above);
    if (!server_.desktop->add(*window, above)) {
        server_.ledger.close_window(id_, budget_kind(role));
        return refuse(Refusal::too_deep);
    }
    server_.pacer->add(*window);
    return Opened{.window = (windows_[id] = std::move(window)).get()};
}

Guest::Outcome Guest::on(const ToplevelCreate& r) {
    const auto opened = open(r.window, WindowRole::toplevel, {});
    if (!opened) {
        return std::unexpected(opened.error());
    }
    if (opened->window) {
        server_.places->restore_or_name(*opened->window, r.token);
        server_.desktop->ask_configure(*opened->window);
    }
    return opened->later ? Taken::later : Taken::done;
}

Guest::Outcome Guest::on(const PopupCreate& r) {
    const auto opened = open(r.window, WindowRole::popup, r.parent);
    if (!opened) {
        return std::unexpected(opened.error());
    }
    if (GuestWindow* window = opened->window) {
        window->grabs_when_shown(r.grab);
        window->place_by(r.positioner, 0);
    }
    return opened->later ? Taken::later : Taken::done;
}

Guest::Outcome Guest::on(const UnmanagedCreate& r) {
    const auto opened = open(r.window, WindowRole::unmanaged, r.owner);
    if (!opened) {
        return std::unexpected(opened.error());
    }
    if (opened->window) {
        opened->window->place_at({r.x, r.y}, {r.width, r.height});
    }
    return opened->later ? Taken::later : Taken::done;
}

Guest::Outcome Guest::on(const UnmanagedPlace& r) {
    return if_here(state_.window(r.window, WindowRole::unmanaged),
                   [&] { find(r.window)->place_at({r.x, r.y}, {r.width, r.height}); });
}

Guest::Outcome Guest::on(const PopupReposition& r) {
    return if_here(state_.window(r.window, WindowRole::popup),
                   [&] { find(r.window)->place_by(r.positioner, r.token); });
}

Guest::Outcome Guest::on(const WindowParent& r) {
    // The warden refuses a circle in what the guest said. Families here may be others: children
    // stay in the family of one that was destroyed. What makes no family of those is left out.
    return if_here(state_.window_parent(r), [&] {
        server_.desktop->set_parent(*find(r.window), r.parent ? find(*r.parent) : nullptr);
    });
}

Guest::Outcome Guest::on(const WindowDestroy& r) {
    return if_here(state_.window_destroy(r.window), [&] {
        GuestWindow& window = *find(r.window);
        server_.places->forget(window);
        close_window(window);
    });
}

void Guest::close_window(GuestWindow& window) {
    server_.ledger.close_window(id_, budget_kind(window.role()));
    if (ended_) {
        server_.places->keep(window);
    }
    const protocol::WindowId id = window.wire_id();
    const auto node = windows_.extract(id);
    server_.desktop->remove(window);
    const auto released = server_.pacer->remove(window);
    if (!ended_) {
        release(released);
        link_.forget(id);
    }
}

Guest::Outcome Guest::on(const Commit& r) {
    return if_here(state_.commit(r), [&] { find(r.window)->commit(r); });
}

}  // namespace leadlight::compositor
