// SPDX-License-Identifier: MIT
#include "guest-agent/xwayland.hpp"

#include "guest-agent/agent.hpp"
#include "guest-agent/log.hpp"
#include "guest-agent/x_reply.hpp"
#include "guest-agent/x_resources.hpp"
#include "guest-agent/x_window.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <string_view>

namespace leadlight::agent {
namespace {

/// wlroots hands no data to an event handler; there is one X server in a process.
Xwayland* the_one = nullptr;

}  // namespace

Xwayland::Xwayland(Agent& agent, wlr_compositor* compositor)
    : agent_(agent), xwayland_(wlr_xwayland_create(agent.display(), compositor, true)) {
    if (xwayland_ == nullptr) {
        log_warning("no X11 programs: Xwayland is not installed or cannot start");
        return;
    }
    the_one = this;
    xwayland_->user_event_handler = [](wlr_xwm*, xcb_generic_event_t* event) {
        constexpr std::uint8_t sent_by_a_program = 0x80;
        const int type = event->response_type & ~sent_by_a_program;
        const auto* focus = reinterpret_cast<const xcb_focus_in_event_t*>(event);
        if ((type == XCB_FOCUS_IN || type == XCB_FOCUS_OUT) &&
            focus->mode == XCB_NOTIFY_MODE_NORMAL && focus->detail != XCB_NOTIFY_DETAIL_POINTER) {
            the_one->focus_moved();
        }
        return 0;  // wlroots looks at it too
    };
    ready_.connect(xwayland_->events.ready, [this] { ready(); });
    new_surface_.connect(xwayland_->events.new_surface, [this](wlr_xwayland_surface* surface) {
        agent_.windows().own(std::make_unique<XWindow>(agent_, surface));
    });
    wlr_xwayland_set_seat(xwayland_, agent.seat().wl());
}

Xwayland::~Xwayland() {
    if (xwayland_ != nullptr) {
        wlr_xwayland_destroy(xwayland_);
    }
}

std::string Xwayland::display_name() const {
    return xwayland_ == nullptr ? "" : xwayland_->display_name;
}

xcb_connection_t* Xwayland::connection() const {
    return xwayland_ == nullptr ? nullptr : wlr_xwayland_get_xwm_connection(xwayland_);
}

void Xwayland::focus_moved() {
    if (return_focus_ != nullptr) {
        return;
    }
    // After wlroots, which lets a program move the focus among its own windows.
    return_focus_.reset(wl_event_loop_add_idle(
        wl_display_get_event_loop(agent_.display()),
        [](void* self) { static_cast<Xwayland*>(self)->return_focus(); }, this));
}

void Xwayland::return_focus() {
    static_cast<void>(return_focus_.release());
    auto* holder = dynamic_cast<XWindow*>(agent_.windows().find(agent_.seat().keyboard().window()));
    if (holder == nullptr) {
        return;
    }
    // The event may be older than what was asked of the server since.
    const auto reply = x_reply_in_time<xcb_get_input_focus_reply_t>(
        connection(), xcb_get_input_focus(connection()));
    if (!reply || reply->focus == holder->wl().window_id) {
        return;
    }
    // Parts of a window and menus may have it: keys in them are those of their owner.
    const bool nobody = reply->focus <= XCB_INPUT_FOCUS_POINTER_ROOT;
    const auto all = agent_.windows().all();
    const bool another = std::ranges::any_of(all, [&reply](const Window* window) {
        const auto* other = dynamic_cast<const XWindow*>(window);
        return other != nullptr && other->wl().window_id == reply->focus &&
               !other->wl().override_redirect;
    });
    if (nobody || another) {
        holder->return_focus();
    }
}

void Xwayland::output_changed() {
    if (connection() != nullptr) {
        const wlr_box area{0, 0, agent_.output().width(), agent_.output().height()};
        wlr_xwayland_set_workareas(xwayland_, &area, 1);
        tell_scale();
        xcb_flush(connection());
    }
}

xcb_window_t Xwayland::root() const {
    return xcb_setup_roots_iterator(xcb_get_setup(connection())).data->root;
}

void Xwayland::tell_scale() {
    xcb_connection_t* x = connection();
    // In words. What has more is left as it is, and so is what is no text.
    constexpr std::uint32_t most = 16 * 1024;
    // It comes once for each output, when a server that has just started may be slow.
    constexpr std::chrono::milliseconds patience{1000};
    const auto reply = x_reply_in_time<xcb_get_property_reply_t>(
        x, xcb_get_property(x, 0, root(), XCB_ATOM_RESOURCE_MANAGER, XCB_ATOM_STRING, 0, most),
        patience);
    if (!reply || reply->bytes_after != 0) {
        return;
    }
    const std::string_view before(
        static_cast<const char*>(xcb_get_property_value(reply.get())),
        static_cast<std::size_t>(xcb_get_property_value_length(reply.get())));
    const std::string after = with_scale(before, agent_.output().scale());
    if (after != before) {
        xcb_change_property(x, XCB_PROP_MODE_REPLACE, root(), XCB_ATOM_RESOURCE_MANAGER,
                            XCB_ATOM_STRING, 8, static_cast<std::uint32_t>(after.size()),
                            after.data());
    }
}

void Xwayland::set_root_cursor() {
    // In the font of cursors that each X server has.
    constexpr std::string_view font_name = "cursor";
    constexpr std::uint16_t arrow = 68, mask = 69, dark = 0, light = 0xffff;
    xcb_connection_t* x = connection();
    const xcb_font_t font = xcb_generate_id(x);
    const xcb_cursor_t cursor = xcb_generate_id(x);
    xcb_open_font(x, font, static_cast<std::uint16_t>(font_name.size()), font_name.data());
    xcb_create_glyph_cursor(x, cursor, font, font, arrow, mask, dark, dark, dark, light, light,
                            light);
    xcb_change_window_attributes(x, root(), XCB_CW_CURSOR, &cursor);
    xcb_free_cursor(x, cursor);
    xcb_close_font(x, font);
}

void Xwayland::ready() {
    set_root_cursor();
    output_changed();

    using enum protocol::WindowType;
    constexpr std::array known{
        std::pair{std::string_view("_NET_WM_WINDOW_TYPE_DIALOG"), dialog},
        std::pair{std::string_view("_NET_WM_WINDOW_TYPE_UTILITY"), utility},
        std::pair{std::string_view("_NET_WM_WINDOW_TYPE_TOOLBAR"), utility},
        std::pair{std::string_view("_NET_WM_WINDOW_TYPE_SPLASH"), splash},
        std::pair{std::string_view("_NET_WM_WINDOW_TYPE_MENU"), menu},
        std::pair{std::string_view("_NET_WM_WINDOW_TYPE_DROPDOWN_MENU"), menu},
        std::pair{std::string_view("_NET_WM_WINDOW_TYPE_POPUP_MENU"), menu},
        std::pair{std::string_view("_NET_WM_WINDOW_TYPE_COMBO"), menu},
        std::pair{std::string_view("_NET_WM_WINDOW_TYPE_TOOLTIP"), tooltip},
        std::pair{std::string_view("_NET_WM_WINDOW_TYPE_NOTIFICATION"), notification},
        std::pair{std::string_view("_NET_WM_WINDOW_TYPE_DND"), drag_icon},
    };
    // The server is our child and has just said that it is ready, so asking does not block long.
    xcb_connection_t* x = connection();
    types_.clear();
    for (const auto& [name, type] : known) {
        const auto cookie =
            xcb_intern_atom(x, 0, static_cast<std::uint16_t>(name.size()), name.data());
        const std::unique_ptr<xcb_intern_atom_reply_t, decltype(&std::free)> reply(
            xcb_intern_atom_reply(x, cookie, nullptr), &std::free);
        if (reply) {
            types_[reply->atom] = type;
        }
    }
}

protocol::WindowType Xwayland::type_of(const wlr_xwayland_surface& surface) const {
    // The first that we know is the one that the program prefers.
    for (std::size_t i = 0; i < surface.window_type_len; ++i) {
        if (const auto found = types_.find(surface.window_type[i]); found != types_.end()) {
            return found->second;
        }
    }
    return protocol::WindowType::normal;
}

bool Xwayland::is_server(const wl_client* client) const {
    return xwayland_ != nullptr && xwayland_->server != nullptr &&
           xwayland_->server->client == client;
}

const wl_global* Xwayland::shell_global() const {
    return xwayland_ == nullptr ? nullptr : xwayland_->shell_v1->global;
}

}  // namespace leadlight::agent
