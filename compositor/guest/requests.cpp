// SPDX-License-Identifier: MIT
// What a guest says and asks of its windows, beside their content. A request that acts on stacking,
// size, grabs or pointer locks counts only if an input event vouches for it (rule 5); else nothing
// happens, and the guest is not told.
#include "compositor/guest/guest.hpp"

#include "compositor/domains/domain.hpp"
#include "compositor/guest/guest_listener.hpp"
#include "compositor/guest/guest_window.hpp"
#include "compositor/log.hpp"
#include "compositor/records/sealed_file.hpp"
#include "compositor/server.hpp"
#include "theming/safe_text.hpp"

namespace leadlight::compositor {

using namespace protocol;

Guest::Outcome Guest::on(const TitleStrip& r, grants::Descriptor& file) {
    return if_here(state_.window(r.window), [&]() -> Outcome {
        if (!records::check_sealed_file(file.get(), std::size_t{r.width} * r.height)) {
            return std::unexpected(Violation::descriptor_refused);
        }
        find(r.window)->set_title(r, std::move(file));
        return Taken::done;
    });
}

// The one pure function that all text passes here, whoever checked it before (rule 3).
Guest::Outcome Guest::on(const TitleText& r) {
    return if_here(state_.window(r.window), [&]() -> Outcome {
        if (!theming::is_safe_text(r.text.view(), decltype(r.text)::capacity)) {
            return std::unexpected(Violation::bad_text);
        }
        find(r.window)->set_title_text(r.text.view());
        return Taken::done;
    });
}

Guest::Outcome Guest::on(const AppId& r) {
    return if_here(state_.window(r.window), [&] {
        // Wardens pass it on as it came; one that cannot be shown is none.
        const bool safe = theming::is_safe_text(r.text.view(), decltype(r.text)::capacity);
        find(r.window)->set_app_id(safe ? r.text.view() : std::string_view{});
    });
}

Guest::Outcome Guest::on(const SizeLimits& r) {
    return if_here(state_.window(r.window, WindowRole::toplevel),
                   [&] { find(r.window)->set_limits(r); });
}

// Where it opens, and nothing more: no kind looks different, goes without a frame or above others.
Guest::Outcome Guest::on(const WindowKind& r) {
    return if_here(state_.window(r.window), [&] { find(r.window)->set_kind(r.type); });
}

Guest::Outcome Guest::on(const MoveRequest& r) {
    return if_here(state_.window(r.window, WindowRole::toplevel), [&] {
        if (auto* listener = server_.desktop->listener(); listener && vouched(r.serial)) {
            listener->move_asked(*find(r.window));
        }
    });
}

Guest::Outcome Guest::on(const ResizeRequest& r) {
    return if_here(state_.window(r.window, WindowRole::toplevel), [&] {
        const policy::Edges edges{.left = r.edges.has(Edge::left),
                                  .top = r.edges.has(Edge::top),
                                  .right = r.edges.has(Edge::right),
                                  .bottom = r.edges.has(Edge::bottom)};
        const bool opposite = (edges.left && edges.right) || (edges.top && edges.bottom);
        const bool any = edges.left || edges.right || edges.top || edges.bottom;
        if (auto* listener = server_.desktop->listener();
            listener && any && !opposite && vouched(r.serial)) {
            listener->resize_asked(*find(r.window), edges);
        }
    });
}

Guest::Outcome Guest::on(const StateRequest& r) {
    return if_here(state_.window(r.window, WindowRole::toplevel), [&] {
        GuestWindow& window = *find(r.window);
        if (vouched(r.serial)) {
            switch (r.wish) {
            case StateWish::maximize:
                server_.desktop->set_maximized(window, true);
                break;
            case StateWish::unmaximize:
                server_.desktop->set_maximized(window, false);
                break;
            case StateWish::minimize:
                // One that is not shown yet would come, and have the keys, unseen.
                if (window.mapped()) {
                    server_.desktop->set_minimized(window, true);
                }
                break;
            case StateWish::unfullscreen:
                server_.desktop->set_fullscreen(window, false);
                break;
            case StateWish::fullscreen:
                break;  // the person's alone
            }
        }
        server_.desktop->ask_configure(window);  // answered, whatever came of it
    });
}

Guest::Outcome Guest::on(const Activate& r) {
    return if_here(state_.window(r.window, WindowRole::toplevel),
                   [&] { server_.desktop->activation_asked(*find(r.window), vouched(r.serial)); });
}

Guest::Outcome Guest::on(const Constraint& r) {
    return if_here(state_.window(r.window), [&] {
        // Taking one back needs no voucher.
        if (auto* listener = server_.guest_listener;
            listener && (r.kind == ConstraintKind::none || vouched(r.serial))) {
            listener->constraint(*find(r.window), r);
        }
    });
}

Guest::Outcome Guest::on(const CursorShapeSet& r) {
    if (auto* listener = server_.guest_listener) {
        listener->cursor_shape(*this, r);
    }
    return Taken::done;
}

Guest::Outcome Guest::on(const CursorFile& r, grants::Descriptor& file) {
    const std::size_t size = std::size_t{r.width} * r.height * 4;
    if (!records::check_sealed_file(file.get(), size)) {
        return std::unexpected(Violation::descriptor_refused);
    }
    if (r.hotspot_x >= r.width || r.hotspot_y >= r.height) {
        return std::unexpected(Violation::out_of_bounds);
    }
    if (auto* listener = server_.guest_listener) {
        listener->cursor_image(*this, r, std::move(file));
    }
    return Taken::done;
}

Guest::Outcome Guest::on(const DragBegin& r) {
    return if_here(state_.window(r.origin), [&]() -> Outcome {
        const auto begin = [&](GuestWindow* icon) {
            if (auto* listener = server_.guest_listener; listener && vouched(r.serial)) {
                listener->drag_begin(*this, icon);
            }
            return Outcome(Taken::done);
        };
        if (!r.icon) {
            return begin(nullptr);
        }
        return if_here(state_.window(*r.icon, WindowRole::unmanaged),
                       [&] { return begin(find(*r.icon)); });
    });
}

Guest::Outcome Guest::on(const DragEnd& /*r*/) {
    if (auto* listener = server_.guest_listener) {
        listener->drag_end(*this);
    }
    return Taken::done;
}

Guest::Outcome Guest::on(const IdleInhibit& r) {
    return if_here(state_.window(r.window), [&] {
        if (auto* listener = server_.guest_listener) {
            listener->idle_inhibit(*find(r.window), r.inhibit);
        }
    });
}

Guest::Outcome Guest::on(const Pong& r) {
    // One ping is under way at most, and one answer is its.
    if (!link_.answered(r.serial)) {
        return std::unexpected(Violation::serial_not_sent);
    }
    return Taken::done;
}

Guest::Outcome Guest::on(const Broken& r) {
    return std::unexpected(r.violation);
}

}  // namespace leadlight::compositor
