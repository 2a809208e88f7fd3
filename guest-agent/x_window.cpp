// SPDX-License-Identifier: MIT
#include "guest-agent/x_window.hpp"

#include "guest-agent/agent.hpp"
#include "guest-agent/edges.hpp"
#include "guest-agent/text.hpp"
#include "guest-agent/x_reply.hpp"

#include <algorithm>
#include <ranges>

namespace leadlight::agent {

XWindow::XWindow(Agent& agent, wlr_xwayland_surface* x) : Window(agent), x_(x) {
    auto& events = x->events;
    destroy_.connect(events.destroy, [this] { agent_.windows().discard(*this); });
    associate_.connect(events.associate, [this] { associate(); });
    dissociate_.connect(events.dissociate, [this] { dissociate(); });
    set_geometry_.connect(events.set_geometry, [this] { moved(); });
    override_redirect_.connect(events.set_override_redirect, [this] {
        // It becomes another kind of window, which it can only be as a new one.
        if (!wanted()) {
            return;
        }
        withdraw();
        owner_ = x_->override_redirect ? find_owner(false) : nullptr;
        want();
    });
    set_title_.connect(events.set_title, [this] { send_title(); });
    set_class_.connect(events.set_class, [this] { send_app_id(); });
    set_parent_.connect(events.set_parent, [this] { send_parent(); });
    set_type_.connect(events.set_window_type, [this] { send_type(); });
    configure_.connect(
        events.request_configure,
        [this](const wlr_xwayland_surface_configure_event* event) { configure_request(*event); });
    move_.connect(events.request_move, [this] { ask_move(agent_.serials().last_press()); });
    resize_.connect(events.request_resize, [this](const wlr_xwayland_resize_event* event) {
        ask_resize(agent_.serials().last_press(), edges_of(event->edges));
    });
    maximize_.connect(events.request_maximize, [this] {
        wish(x_->maximized_horz && x_->maximized_vert ? protocol::StateWish::maximize
                                                      : protocol::StateWish::unmaximize);
    });
    fullscreen_.connect(events.request_fullscreen, [this] {
        wish(x_->fullscreen ? protocol::StateWish::fullscreen : protocol::StateWish::unfullscreen);
    });
    minimize_.connect(events.request_minimize, [this](const wlr_xwayland_minimize_event* event) {
        if (event->minimize) {
            wish(protocol::StateWish::minimize);
        } else {
            activate(agent_.serials().last_press());
        }
    });
    activate_.connect(events.request_activate, [this] { activate(agent_.serials().last_press()); });
    set_hints_.connect(events.set_hints, [this] { send_urgency(); });
    if (x_->surface != nullptr) {
        associate();
    }
}

void XWindow::associate() {
    agent_.surfaces().set_user(x_->surface, this);
    // X11 may say so when the surface has its content already. wlroots maps it at the next commit,
    // for which Xwayland waits until it is shown.
    if (wlr_surface_has_buffer(x_->surface)) {
        wlr_surface_map(x_->surface);
    }
    surface_committed();
}

void XWindow::dissociate() {
    withdraw();
    was_mapped_ = false;
    agent_.surfaces().clear_user(this);
    // wlroots would take it for focused when it comes back, and do nothing.
    wlr_xwayland_surface_activate(x_, false);
    flush();
    // What lay on it may stay.
    for (Window* other : agent_.windows().all()) {
        other->other_gone(*this);
    }
}

void XWindow::surface_gone() {
    withdraw();
    was_mapped_ = false;
}

Box XWindow::geometry() const {
    return {0, 0, x_->surface->current.width, x_->surface->current.height};
}

XWindow* XWindow::find_owner(bool any) const {
    const auto x_window = [this](Window* window) -> XWindow* {
        for (const Window* below = window; below != nullptr; below = below->parent()) {
            if (below == this) {
                return nullptr;  // nothing lies on itself
            }
        }
        return dynamic_cast<XWindow*>(window);
    };
    if (x_->parent != nullptr && x_->parent->surface != nullptr) {
        if (XWindow* named =
                x_window(dynamic_cast<Window*>(agent_.surfaces().user_of(x_->parent->surface)))) {
            return named;
        }
    }
    const auto& windows = agent_.windows();
    const auto& seat = agent_.seat();
    // Menus follow a press. Tooltips follow the resting pointer, and completions the keys.
    std::vector<Window*> likely{windows.find(seat.pointer().pressed_window()),
                                windows.find(seat.pointer().window()),
                                windows.find(seat.keyboard().window())};
    if (any) {
        const auto all = windows.all();
        std::ranges::copy_if(
            all | std::views::reverse, std::back_inserter(likely),
            [](const Window* window) { return window->wanted() && window->parent() == nullptr; });
    }
    xcb_connection_t* connection = agent_.x_connection();
    if (connection == nullptr) {
        return nullptr;  // the server is going
    }
    // The press may be an old one, in another program. An id begins with what its connection has to
    // itself; some programs have more than one.
    const std::uint32_t of_connection = ~xcb_get_setup(connection)->resource_id_mask;
    XWindow* of_process = nullptr;
    for (Window* window : likely) {
        XWindow* found = x_window(window);
        if (found == nullptr) {
            continue;
        }
        if (((found->x_->window_id ^ x_->window_id) & of_connection) == 0) {
            return found;
        }
        if (of_process == nullptr && x_->pid != 0 && found->x_->pid == x_->pid) {
            of_process = found;
        }
    }
    return of_process;
}

void XWindow::other_gone(const Window& other) {
    if (owner_ != &other) {
        return;
    }
    withdraw();
    owner_ = was_mapped_ ? find_owner(true) : nullptr;
    if (owner_ != nullptr) {
        want();
    }
}

void XWindow::other_announced(const Window& other) {
    if (owner_ == &other && was_mapped_) {
        want();  // they were withdrawn together
        return;
    }
    if (const auto* x = dynamic_cast<const XWindow*>(&other); x != nullptr && x_->parent == x->x_) {
        send_parent();
    }
}

void XWindow::surface_committed() {
    const bool mapped = x_->surface != nullptr && x_->surface->mapped;
    if (mapped && !was_mapped_) {
        owner_ = x_->override_redirect ? find_owner(false) : nullptr;
        if (!x_->override_redirect && (x_->x != 0 || x_->y != 0)) {
            wlr_xwayland_surface_configure(x_, 0, 0, x_->width, x_->height);
        }
        want();
        // It came up above all others, also above one that the pointer is in.
        Window* pointed = agent_.windows().find(agent_.seat().pointer().window());
        if (x_->override_redirect && pointed != nullptr && pointed->bottom() != bottom()) {
            pointed->before_pointer();
        }
    }
    if (!mapped && was_mapped_) {
        withdraw();
    }
    was_mapped_ = mapped;
    if (!mapped) {
        return;
    }
    send_limits();
    Window::surface_committed();
}

protocol::UnmanagedPlace XWindow::place(protocol::WindowId id) const {
    return {id, protocol::Coordinate::clamped(x_->x - owner_->x_->x),
            protocol::Coordinate::clamped(x_->y - owner_->x_->y),
            protocol::Extent::clamped(x_->width), protocol::Extent::clamped(x_->height)};
}

void XWindow::announce(protocol::WindowId id) {
    asked_ = {};
    if (owner_ != nullptr) {
        place_ = place(id);
        agent_.connection().send(protocol::UnmanagedCreate{id, *owner_->id(), place_.x, place_.y,
                                                           place_.width, place_.height});
    } else {
        // Also for an override-redirect window without an owner: it gets a frame of its own.
        agent_.connection().send(protocol::ToplevelCreate{id, token_});
        send_title();
        send_app_id();
        if (x_->parent != nullptr) {
            send_parent();
        }
        send_limits();
        urgent_ = false;
        send_urgency();
        if (x_->fullscreen) {
            wish(protocol::StateWish::fullscreen);
        } else if (x_->maximized_horz && x_->maximized_vert) {
            wish(protocol::StateWish::maximize);
        }
    }
    send_type();
}

void XWindow::apply(const protocol::Configure& configure) {
    if (owner_ != nullptr) {
        return;
    }
    if (configure.token != protocol::Token{}) {
        token_ = configure.token;
    }
    if (x_->override_redirect) {
        return;
    }
    using enum protocol::WindowState;
    const auto states = configure.states;
    wlr_xwayland_surface_set_maximized(x_, states.has(maximized));
    wlr_xwayland_surface_set_fullscreen(x_, states.has(fullscreen));
    wlr_xwayland_surface_set_minimized(x_, states.has(suspended));
    size_is_given_ = states.has(maximized) || states.has(fullscreen);
    asked_ = {configure.serial, configure.width == 0 ? x_->width : configure.width.get(),
              configure.height == 0 ? x_->height : configure.height.get()};
    if (asked_.width != x_->width || asked_.height != x_->height || x_->x != 0 || x_->y != 0) {
        wlr_xwayland_surface_configure(x_, 0, 0, static_cast<std::uint16_t>(asked_.width),
                                       static_cast<std::uint16_t>(asked_.height));
    }
    flush();
    // It may have that size already, and then no commit follows.
    Window::surface_committed();
}

protocol::Serial XWindow::answered() {
    if (asked_.serial == 0 || x_->surface->current.width != asked_.width ||
        x_->surface->current.height != asked_.height) {
        return 0;
    }
    return std::exchange(asked_.serial, 0);
}

void XWindow::configure_request(const wlr_xwayland_surface_configure_event& event) {
    // Where it lies on the screen is the person's; X11's coordinates stay at the origin.
    const bool given = size_is_given_ && id().has_value();
    wlr_xwayland_surface_configure(x_, 0, 0, given ? x_->width : event.width,
                                   given ? x_->height : event.height);
}

void XWindow::moved() {
    if (!id() || owner_ == nullptr) {
        return;
    }
    const auto now = place(*id());
    if (now == place_) {
        return;
    }
    place_ = now;
    agent_.connection().send(now);
}

void XWindow::close() {
    wlr_xwayland_surface_close(x_);
    flush();
}

void XWindow::flush() {
    // wlroots leaves some requests in its buffer until the X server says something.
    if (xcb_connection_t* connection = agent_.x_connection()) {
        xcb_flush(connection);
    }
}

void XWindow::kill() {
    // The Wayland client is the X server: it would take all X11 programs along.
    if (xcb_connection_t* connection = agent_.x_connection()) {
        xcb_kill_client(connection, x_->window_id);
    }
    flush();
}

void XWindow::take_keyboard(wlr_seat* seat, const wlr_keyboard& keyboard) {
    // Menus take keys by grabs of X11; giving one the focus would take it from its owner, and
    // toolkits close their menus then.
    if (!x_->override_redirect || wlr_xwayland_or_surface_wants_focus(x_)) {
        wlr_xwayland_surface_activate(x_, true);
    }
    flush();
    constexpr int enough = 3;
    returns_left_ = enough;
    Window::take_keyboard(seat, keyboard);
}

void XWindow::return_focus() {
    if (x_->override_redirect || returns_left_ == 0) {
        return;
    }
    --returns_left_;
    // wlroots may believe that it has it.
    wlr_xwayland_surface_activate(x_, false);
    wlr_xwayland_surface_activate(x_, true);
    flush();
}

void XWindow::lose_keyboard() {
    if (!x_->override_redirect) {
        wlr_xwayland_surface_activate(x_, false);
    }
    flush();
}

void XWindow::before_pointer() {
    xcb_connection_t* connection = agent_.x_connection();
    if (connection == nullptr) {
        return;
    }
    // All managed windows lie at the origin, so the X server would find the topmost instead of
    // this one.
    raise(connection);
    // What comes by Wayland overtakes what comes by X11: a press at once would go to the window
    // that was above. An answer to anything says that the server has done what came before.
    x_reply_in_time<xcb_get_input_focus_reply_t>(connection, xcb_get_input_focus(connection));
}

void XWindow::raise(xcb_connection_t* connection) {
    // wlroots has a list of the managed ones, and leaves all others, of any program, above those.
    if (!x_->override_redirect) {
        wlr_xwayland_surface_restack(x_, nullptr, XCB_STACK_MODE_ABOVE);
    }
    const std::uint32_t above = XCB_STACK_MODE_ABOVE;
    xcb_configure_window(connection, x_->window_id, XCB_CONFIG_WINDOW_STACK_MODE, &above);
    for (Window* child : agent_.windows().children_of(*this)) {
        auto* menu = dynamic_cast<XWindow*>(child);
        if (menu != nullptr && menu->wanted()) {
            menu->raise(connection);
        }
    }
}

void XWindow::activate(protocol::Serial serial) {
    if (id() && owner_ == nullptr) {
        agent_.connection().send(protocol::Activate{*id(), serial});
    }
}

void XWindow::wish(protocol::StateWish wish) {
    if (id() && owner_ == nullptr) {
        agent_.connection().send(
            protocol::StateRequest{*id(), agent_.serials().last_press(), wish});
    }
}

}  // namespace leadlight::agent
