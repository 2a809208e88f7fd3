// SPDX-License-Identifier: MIT
#include "compositor/shell/admin_window.hpp"

#include "compositor/config/config.hpp"
#include "compositor/desktop/desktop.hpp"
#include "compositor/server.hpp"
#include "theming/sanitise.hpp"

#include <algorithm>

namespace leadlight::compositor {

namespace {

std::string safe(const char* text) {
    return text == nullptr ? "" : theming::sanitise(text);
}

}  // namespace

AdminWindow::AdminWindow(Desktop& desktop, wlr_xdg_toplevel* toplevel,
                         std::function<void(AdminWindow&)> gone)
    : Window(desktop, admin_domain, WindowRole::toplevel,
             theming::Identity::admin(std::string(admin_name)), desktop.server().layers.windows),
      toplevel_(toplevel),
      surface_tree_(wlr_scene_xdg_surface_create(content_tree_, toplevel->base)) {
    toplevel->base->data = this;
    wlr_surface* surface = toplevel->base->surface;
    map_.connect(surface->events.map, [this] {
        title_changed();
        read_limits();
        desktop_.map(*this, content_size());
    });
    unmap_.connect(surface->events.unmap, [this] { desktop_.unmap(*this); });
    commit_.connect(surface->events.commit, [this] { committed(); });
    destroy_.connect(toplevel->events.destroy, [this, gone = std::move(gone)] {
        toplevel_->base->data = nullptr;
        desktop_.remove(*this);
        gone(*this);
    });
    set_title_.connect(toplevel->events.set_title, [this] { title_changed(); });
    set_app_.connect(toplevel->events.set_app_id, [this] { app_id_ = safe(toplevel_->app_id); });
    set_parent_.connect(toplevel->events.set_parent, [this] {
        auto* parent = toplevel_->parent != nullptr
                           ? static_cast<AdminWindow*>(toplevel_->parent->base->data)
                           : nullptr;
        // Refused for a circle, which wlroots refuses too.
        (void)desktop_.set_parent(*this, parent);
    });
    // The seat's own word: a button that this domain holds. Input asks for it.
    move_.connect(toplevel->events.request_move, [this] {
        if (auto* listener = desktop_.listener()) {
            listener->move_asked(*this);
        }
    });
    resize_.connect(toplevel->events.request_resize, [this](wlr_xdg_toplevel_resize_event* event) {
        const auto has = [event](wlr_edges edge) { return (event->edges & edge) != 0; };
        if (auto* listener = desktop_.listener()) {
            listener->resize_asked(*this, {.left = has(WLR_EDGE_LEFT),
                                           .top = has(WLR_EDGE_TOP),
                                           .right = has(WLR_EDGE_RIGHT),
                                           .bottom = has(WLR_EDGE_BOTTOM)});
        }
    });
    // Each of these is answered by a configure, whatever comes of it.
    maximize_.connect(toplevel->events.request_maximize, [this] {
        desktop_.set_maximized(*this, toplevel_->requested.maximized);
        desktop_.ask_configure(*this);
    });
    fullscreen_.connect(toplevel->events.request_fullscreen, [this] {
        desktop_.set_fullscreen(*this, toplevel_->requested.fullscreen);
        desktop_.ask_configure(*this);
    });
    minimize_.connect(toplevel->events.request_minimize,
                      [this] { desktop_.set_minimized(*this, true); });
}

AdminWindow::~AdminWindow() = default;

void AdminWindow::set_decoration(wlr_xdg_toplevel_decoration_v1* decoration) {
    decoration_ = decoration;
    decoration_gone_.connect(decoration->events.destroy, [this] {
        decoration_ = nullptr;
        decoration_mode_.disconnect();
        decoration_gone_.disconnect();
    });
    const auto ours = [this] {
        if (toplevel_->base->initialized) {
            wlr_xdg_toplevel_decoration_v1_set_mode(
                decoration_, WLR_XDG_TOPLEVEL_DECORATION_V1_MODE_SERVER_SIDE);
        }
    };
    decoration_mode_.connect(decoration->events.request_mode, ours);
    ours();
}

wlr_box AdminWindow::geometry() const {
    // Not current.geometry, which is empty for a program that says nothing of it.
    wlr_box box{};
    wlr_xdg_surface_get_geometry(toplevel_->base, &box);
    return box;
}

policy::Size AdminWindow::content_size() const {
    const wlr_box box = geometry();
    return {std::max(1, box.width), std::max(1, box.height)};
}

void AdminWindow::committed() {
    if (toplevel_->base->initial_commit) {
        // Its own size; what it may be at most.
        const auto bounds = policy::maximized(insets(), desktop_.area_of(*this)).size();
        wlr_xdg_toplevel_set_bounds(toplevel_, static_cast<int>(bounds.width),
                                    static_cast<int>(bounds.height));
        wlr_xdg_toplevel_set_wm_capabilities(toplevel_,
                                             WLR_XDG_TOPLEVEL_WM_CAPABILITIES_MAXIMIZE |
                                                 WLR_XDG_TOPLEVEL_WM_CAPABILITIES_FULLSCREEN |
                                                 WLR_XDG_TOPLEVEL_WM_CAPABILITIES_MINIMIZE);
        desktop_.ask_configure(*this);
        if (decoration_ != nullptr) {
            wlr_xdg_toplevel_decoration_v1_set_mode(
                decoration_, WLR_XDG_TOPLEVEL_DECORATION_V1_MODE_SERVER_SIDE);
        }
        return;
    }
    if (!mapped()) {
        return;
    }
    read_limits();
    desktop_.content_answers(*this, toplevel_->base->current.configure_serial, content_size());
    fit_content();
}

void AdminWindow::read_limits() {
    const auto& state = toplevel_->current;
    limits_ = policy::SizeLimits(policy::SizeHints{
        .least = {state.min_width, state.min_height},
        .greatest = {state.max_width, state.max_height},
    });
}

void AdminWindow::title_changed() {
    title_ = safe(toplevel_->title);
    if (title_room_ > 0) {
        frame_.set_title(theming::title_strip(desktop_.server().painter(), title_,
                                              theming::Scale(scale_.in_120ths()), title_room_));
        desktop_.touch(*this);
    }
}

void AdminWindow::title_room_changed(int /*room*/) {
    title_changed();
}

void AdminWindow::ask_close() {
    wlr_xdg_toplevel_send_close(toplevel_);
}

std::uint32_t AdminWindow::send_configure(const policy::Box& wished) {
    if (!toplevel_->base->initialized) {
        return 0;
    }
    wlr_xdg_toplevel_set_activated(toplevel_, states_.activated);
    wlr_xdg_toplevel_set_maximized(toplevel_, states_.maximized);
    wlr_xdg_toplevel_set_fullscreen(toplevel_, states_.fullscreen);
    wlr_xdg_toplevel_set_resizing(toplevel_, states_.resizing);
    wlr_xdg_toplevel_set_suspended(toplevel_, states_.minimized);
    if (wished.empty()) {
        return wlr_xdg_surface_schedule_configure(toplevel_->base);
    }
    return wlr_xdg_toplevel_set_size(toplevel_, static_cast<int>(wished.width),
                                     static_cast<int>(wished.height));
}

// Shadows that the program draws, and what is larger than its place, are cut off.
void AdminWindow::fit_content() {
    const wlr_box drawn = geometry();
    const policy::Size box = content_box().size();
    const wlr_box clip{drawn.x, drawn.y, static_cast<int>(box.width), static_cast<int>(box.height)};
    wlr_scene_subsurface_tree_set_clip(&surface_tree_->node, &clip);
}

void AdminWindow::minimized_changed() {
    desktop_.ask_configure(*this);
}

}  // namespace leadlight::compositor
