// SPDX-License-Identifier: MIT
#include "guest-agent/toplevel.hpp"

#include "guest-agent/agent.hpp"
#include "guest-agent/edges.hpp"
#include "guest-agent/text.hpp"

namespace leadlight::agent {
Toplevel::Toplevel(Agent& agent, wlr_xdg_toplevel* toplevel) : Window(agent), toplevel_(toplevel) {
    agent_.surfaces().set_user(surface(), this);
    auto& events = toplevel->events;
    destroy_.connect(events.destroy, [this] { agent_.windows().discard(*this); });
    set_title_.connect(events.set_title, [this] { send_title(); });
    set_app_id_.connect(events.set_app_id, [this] { send_app_id(); });
    set_parent_.connect(events.set_parent, [this] { send_parent(); });
    maximize_.connect(events.request_maximize, [this] {
        wish(toplevel_->requested.maximized ? protocol::StateWish::maximize
                                            : protocol::StateWish::unmaximize);
    });
    fullscreen_.connect(events.request_fullscreen, [this] {
        wish(toplevel_->requested.fullscreen ? protocol::StateWish::fullscreen
                                             : protocol::StateWish::unfullscreen);
    });
    minimize_.connect(events.request_minimize, [this] { wish(protocol::StateWish::minimize); });
    move_.connect(events.request_move, [this](const wlr_xdg_toplevel_move_event* event) {
        ask_move(agent_.serials().admin(event->serial));
    });
    resize_.connect(events.request_resize, [this](const wlr_xdg_toplevel_resize_event* event) {
        ask_resize(agent_.serials().admin(event->serial), edges_of(event->edges));
    });
}

wlr_surface* Toplevel::surface() const {
    return toplevel_->base->surface;
}

Box Toplevel::geometry() const {
    wlr_box box;
    wlr_xdg_surface_get_geometry(toplevel_->base, &box);
    return {box.x, box.y, box.width, box.height};
}

void Toplevel::close() {
    wlr_xdg_toplevel_send_close(toplevel_);
}

void Toplevel::surface_gone() {
    agent_.windows().discard(*this);
}

void Toplevel::surface_committed() {
    const bool mapped = surface()->mapped;
    // Until the program's next commit; commits of its subsurfaces come here, too.
    if (toplevel_->base->initial_commit) {
        if (!std::exchange(offered_, true)) {
            offer_first_size();
            want();
        }
        return;
    }
    offered_ = false;
    if (was_mapped_ && !mapped) {
        withdraw();
    }
    was_mapped_ = mapped;
    send_limits();
    Window::surface_committed();
}

void Toplevel::offer_first_size() {
    // The size is the program's to choose, so it need not wait for the admin domain, whose own
    // configure follows: some programs (mpv) draw after one roundtrip, configured or not, and are
    // ended for it. While nobody is connected none would get any further.
    configured_ = true;
    assume_scale();
    refuse_own_decoration();
    set_bounds(agent_.output().width(), agent_.output().height());
    wlr_xdg_toplevel_set_size(toplevel_, 0, 0);
}

void Toplevel::set_bounds(int width, int height) {
    wlr_xdg_toplevel_set_bounds(toplevel_, scale().fits_logical(width),
                                scale().fits_logical(height));
    // No full screen: that is the person's to give, and programs need not offer what nobody gets.
    wlr_xdg_toplevel_set_wm_capabilities(toplevel_, WLR_XDG_TOPLEVEL_WM_CAPABILITIES_MAXIMIZE |
                                                        WLR_XDG_TOPLEVEL_WM_CAPABILITIES_MINIMIZE);
}

void Toplevel::announce(protocol::WindowId id) {
    agent_.connection().send(protocol::ToplevelCreate{id, token_});
    answers_.clear();
    send_title();
    send_app_id();
    if (toplevel_->parent != nullptr) {
        send_parent();
    }
    send_limits();
    // Asked for before there was a window to ask it for.
    if (toplevel_->requested.maximized) {
        wish(protocol::StateWish::maximize);
    }
    if (toplevel_->requested.fullscreen) {
        wish(protocol::StateWish::fullscreen);
    }
}

void Toplevel::apply(const protocol::Configure& configure) {
    // Another one than before: a window that was withdrawn is a new one to the admin domain.
    if (configure.token != protocol::Token{}) {
        token_ = configure.token;
    }
    if (!toplevel_->base->initialized) {
        return;
    }
    using enum protocol::WindowState;
    const auto states = configure.states;
    wlr_xdg_toplevel_set_activated(toplevel_, states.has(activated));
    wlr_xdg_toplevel_set_maximized(toplevel_, states.has(maximized));
    wlr_xdg_toplevel_set_fullscreen(toplevel_, states.has(fullscreen));
    wlr_xdg_toplevel_set_resizing(toplevel_, states.has(resizing));
    wlr_xdg_toplevel_set_suspended(toplevel_, states.has(suspended));
    set_bounds(configure.bounds_width, configure.bounds_height);
    const auto local = wlr_xdg_toplevel_set_size(toplevel_, scale().fits_logical(configure.width),
                                                 scale().fits_logical(configure.height));
    answers_.push_back({local, configure.serial});
}

void Toplevel::set_decoration(wlr_xdg_toplevel_decoration_v1* decoration) {
    decoration_ = decoration;
    refuse_own_decoration();
}

void Toplevel::refuse_own_decoration() {
    if (decoration_ != nullptr && configured_ && toplevel_->base->initialized) {
        wlr_xdg_toplevel_decoration_v1_set_mode(decoration_,
                                                WLR_XDG_TOPLEVEL_DECORATION_V1_MODE_SERVER_SIDE);
    }
}

protocol::Serial Toplevel::answered() {
    protocol::Serial newest = 0;
    const auto acknowledged = toplevel_->base->current.configure_serial;
    // A signed difference, because the counter wraps around.
    while (!answers_.empty() &&
           static_cast<std::int32_t>(acknowledged - answers_.front().local) >= 0) {
        newest = answers_.front().admin;
        answers_.pop_front();
    }
    return newest;
}

void Toplevel::send_title() {
    if (id() && toplevel_->title != nullptr) {
        agent_.connection().send(protocol::Title{*id(), to_text<512>(toplevel_->title)});
    }
}

void Toplevel::send_app_id() {
    if (id() && toplevel_->app_id != nullptr) {
        agent_.connection().send(protocol::AppId{*id(), to_text<128>(toplevel_->app_id)});
    }
}

void Toplevel::send_parent() {
    if (!id()) {
        return;
    }
    const Window* parent = window_of_parent();
    agent_.connection().send(
        protocol::WindowParent{*id(), parent == nullptr ? std::nullopt : parent->id()});
}

const Window* Toplevel::window_of_parent() const {
    return toplevel_->parent == nullptr
               ? nullptr
               : dynamic_cast<Window*>(agent_.surfaces().user_of(toplevel_->parent->base->surface));
}

void Toplevel::other_announced(const Window& other) {
    if (window_of_parent() == &other) {
        send_parent();
    }
}

void Toplevel::send_limits() {
    if (!id()) {
        return;
    }
    const auto& state = toplevel_->current;
    const auto physical = [this](int logical) {
        return protocol::ExtentOrNone::clamped(scale().to_physical(logical));
    };
    tell_limits({.window = *id(),
                 .min_width = physical(state.min_width),
                 .min_height = physical(state.min_height),
                 .max_width = physical(state.max_width),
                 .max_height = physical(state.max_height)});
}

void Toplevel::wish(protocol::StateWish wish) {
    if (id()) {
        // The request names no event; it can only come from the last press.
        agent_.connection().send(
            protocol::StateRequest{*id(), agent_.serials().last_press(), wish});
    } else if (configured_ && toplevel_->base->initialized) {
        // The protocol wants an answer, whatever comes of it.
        wlr_xdg_surface_schedule_configure(toplevel_->base);
    }
}

void Toplevel::activate(std::uint32_t local_serial) {
    if (id()) {
        agent_.connection().send(protocol::Activate{*id(), agent_.serials().admin(local_serial)});
    }
}

}  // namespace leadlight::agent
