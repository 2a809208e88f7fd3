// SPDX-License-Identifier: MIT
#include "compositor/shell/shell.hpp"

#include "compositor/input/input.hpp"
#include "compositor/output/output.hpp"
#include "compositor/server.hpp"

#include <algorithm>
#include <utility>

namespace leadlight::compositor {

Shell::Shell(Server& server, Input& input)
    : server_(server), input_(input), idle_notifier_(wlr_idle_notifier_v1_create(server.display)) {
    wl_display* display = server.display;
    // Clipboard and drags among admin programs. Guests have no part in it (rule 6).
    wlr_data_device_manager_create(display);
    wlr_primary_selection_v1_device_manager_create(display);

    wlr_xdg_shell* shell = wlr_xdg_shell_create(display, 6);
    on_toplevel_.connect(shell->events.new_toplevel,
                         [this](wlr_xdg_toplevel* toplevel) { new_toplevel(toplevel); });
    on_popup_.connect(shell->events.new_popup, [this](wlr_xdg_popup* popup) { new_popup(popup); });
    on_decoration_.connect(
        wlr_xdg_decoration_manager_v1_create(display)->events.new_toplevel_decoration,
        [](wlr_xdg_toplevel_decoration_v1* decoration) {
            if (auto* window = static_cast<AdminWindow*>(decoration->toplevel->base->data)) {
                window->set_decoration(decoration);
            }
        });
    wlr_server_decoration_manager_set_default_mode(wlr_server_decoration_manager_create(display),
                                                   WLR_SERVER_DECORATION_MANAGER_MODE_SERVER);
    on_layer_.connect(wlr_layer_shell_v1_create(display, 4)->events.new_surface,
                      [this](wlr_layer_surface_v1* surface) { new_layer_surface(surface); });
    on_cursor_shape_.connect(
        wlr_cursor_shape_manager_v1_create(display, 1)->events.request_set_shape,
        [this](wlr_cursor_shape_manager_v1_request_set_shape_event* request) {
            if (request->device_type == WLR_CURSOR_SHAPE_MANAGER_V1_DEVICE_TYPE_POINTER) {
                input_.show_admin_shape(request->seat_client,
                                        wlr_cursor_shape_v1_name(request->shape));
            }
        });
    on_idle_inhibitor_.connect(
        wlr_idle_inhibit_v1_create(display)->events.new_inhibitor,
        [this](wlr_idle_inhibitor_v1* inhibitor) { new_idle_inhibitor(inhibitor); });
    on_layout_.connect(server.output_layout->events.change, [this] { arrange(); });

    input_.set_admin_surfaces(this);
    input_.on_activity = [this] {
        wlr_idle_notifier_v1_notify_activity(idle_notifier_, input_.seat());
    };
    input_.on_idle_inhibit = [this](bool inhibited) {
        wlr_idle_notifier_v1_set_inhibited(idle_notifier_, inhibited);
    };
}

Shell::~Shell() {
    // Their windows and panels go in order, each with its last call, while all is still here.
    wl_display_destroy_clients(server_.display);
    input_.set_admin_surfaces(nullptr);
    input_.on_activity = nullptr;
    input_.on_idle_inhibit = nullptr;
}

void Shell::new_toplevel(wlr_xdg_toplevel* toplevel) {
    auto window =
        std::make_unique<AdminWindow>(*server_.desktop, toplevel, [this](AdminWindow& gone) {
            windows_.remove_if([&](const auto& other) { return other.get() == &gone; });
        });
    // A window without a parent is never refused.
    if (server_.desktop->add(*window, nullptr)) {
        windows_.push_back(std::move(window));
    }
}

// Menus on windows and on other menus. Those on panels have no parent yet: their panel tells.
void Shell::new_popup(wlr_xdg_popup* popup) {
    auto* parent =
        popup->parent != nullptr ? wlr_xdg_surface_try_from_wlr_surface(popup->parent) : nullptr;
    if (parent == nullptr || parent->data == nullptr) {
        return;
    }
    if (parent->role == WLR_XDG_SURFACE_ROLE_POPUP) {
        const auto* below = static_cast<AdminPopup*>(parent->data);
        add_popup(popup, below->id, below->tree(), below->bounds());
        return;
    }
    auto* window = static_cast<AdminWindow*>(parent->data);
    add_popup(popup, window->id(), window->popup_tree(), [this, window] {
        // The work area, from the surface's own top left.
        const policy::Box work = server_.desktop->area_of(*window).work;
        const policy::Box content = window->content_box();
        const wlr_box geometry = window->geometry();
        return wlr_box{static_cast<int>(work.x - content.x) + geometry.x,
                       static_cast<int>(work.y - content.y) + geometry.y,
                       static_cast<int>(work.width), static_cast<int>(work.height)};
    });
}

void Shell::add_popup(wlr_xdg_popup* popup, policy::WindowId root, wlr_scene_tree* parent,
                      std::function<wlr_box()> bounds) {
    popups_.push_back(std::make_unique<AdminPopup>(
        popup, root, parent, std::move(bounds), [this] { input_.scene_changed(); },
        [this](AdminPopup& gone) {
            popups_.remove_if([&](const auto& other) { return other.get() == &gone; });
            input_.scene_changed();
        }));
    popup->base->data = popups_.back().get();
}

void Shell::new_layer_surface(wlr_layer_surface_v1* surface) {
    if (surface->output == nullptr) {
        // Where the person is.
        const LayoutPoint at = input_.pointer();
        Output* output = server_.outputs->at(at.x, at.y);
        const auto all = server_.outputs->all();
        if (output == nullptr && !all.empty()) {
            output = all.front();
        }
        if (output == nullptr) {
            wlr_layer_surface_v1_destroy(surface);
            return;
        }
        surface->output = output->wlr();
    }
    layers_.push_back(std::make_unique<LayerSurface>(
        *server_.desktop, surface,
        LayerSurface::Events{
            .arrange = [this] { arrange(); },
            .keyboard_changed =
                [this](LayerSurface& layer) {
                    if (pressed_layer_ == layer.id && !layer.takes_keyboard_when_pressed()) {
                        pressed_layer_ = {};
                    }
                    update_layer_focus();
                },
            .new_popup =
                [this](wlr_xdg_popup* popup, LayerSurface& layer) {
                    add_popup(popup, layer.id, layer.popup_tree(),
                              [&layer] { return layer.popup_bounds(); });
                },
            .gone =
                [this](LayerSurface& gone) {
                    if (pressed_layer_ == gone.id) {
                        pressed_layer_ = {};
                    }
                    layers_.remove_if([&](const auto& layer) { return layer.get() == &gone; });
                    update_layer_focus();
                    arrange();
                },
        }));
}

void Shell::new_idle_inhibitor(wlr_idle_inhibitor_v1* inhibitor) {
    const auto kept = idle_inhibitors_.insert(idle_inhibitors_.end(), {inhibitor, {}});
    kept->destroy.connect(inhibitor->events.destroy, [this, kept] {
        idle_inhibitors_.erase(kept);
        input_.scene_changed();
    });
    input_.scene_changed();
}

bool Shell::in_sight(const wlr_surface* surface) const {
    return std::ranges::any_of(windows_,
                               [&](const auto& window) {
                                   return window->surface() == surface &&
                                          server_.desktop->in_sight(*window);
                               }) ||
           std::ranges::any_of(layers_, [&](const auto& layer) {
               return layer->surface() == surface && layer->mapped();
           });
}

bool Shell::inhibit_idle() const {
    return std::ranges::any_of(idle_inhibitors_, [this](const IdleInhibitor& each) {
        return in_sight(wlr_surface_get_root_surface(each.inhibitor->surface));
    });
}

// Panels that reserve room first, from the overlay down, as the protocol has it; what they leave is
// for the others and for windows. The trusted bar's room is never on offer.
void Shell::arrange() {
    if (std::exchange(arranging_, true)) {
        return;
    }
    for (Output* output : server_.outputs->all()) {
        if (!output->wlr()->enabled) {
            continue;
        }
        wlr_box full{};
        wlr_output_layout_get_box(server_.output_layout, output->wlr(), &full);
        const wlr_box whole = full;
        full.y += bar_height;
        full.height = std::max(0, full.height - bar_height);
        wlr_box usable = full;
        for (const bool exclusive : {true, false}) {
            for (int layer = ZWLR_LAYER_SHELL_V1_LAYER_OVERLAY;
                 layer >= ZWLR_LAYER_SHELL_V1_LAYER_BACKGROUND; --layer) {
                for (const auto& surface : layers_) {
                    const wlr_layer_surface_v1* wlr = surface->layer_surface();
                    if (wlr->output == output->wlr() &&
                        wlr->current.layer == static_cast<std::uint32_t>(layer) &&
                        (wlr->current.exclusive_zone > 0) == exclusive) {
                        surface->configure(full, usable);
                    }
                }
            }
        }
        // Only what is new: all windows are laid out by it, and guests told.
        const policy::Box free{usable.x - whole.x, usable.y - whole.y, usable.width, usable.height};
        if (policy::Box& known = work_areas_[output->id()]; known != free) {
            known = free;
            server_.outputs->set_work_area(*output, free);
        }
    }
    arranging_ = false;
    input_.scene_changed();
}

// The newest that asks for all keys, else the one that the person pressed, else none.
void Shell::update_layer_focus() {
    const auto greedy = std::ranges::find_if(layers_.rbegin(), layers_.rend(), [](const auto& it) {
        return it->takes_keyboard_at_once();
    });
    const bool launcher = greedy != layers_.rend();
    // A launcher that goes has most likely started something: its window may take the focus, if the
    // person does nothing else before. Only the admin domain can have it by this.
    if (std::exchange(launcher_, launcher) && !launcher) {
        server_.desktop->program_started(admin_domain);
    }
    input_.focus_layer_surface(launcher ? (*greedy)->id : pressed_layer_);
}

LayerSurface* Shell::find_layer(policy::WindowId id) {
    const auto found = std::ranges::find(layers_, id, [](const auto& layer) { return layer->id; });
    return found == layers_.end() ? nullptr : found->get();
}

wlr_surface* Shell::keyboard_surface(policy::WindowId id) {
    if (LayerSurface* layer = find_layer(id)) {
        return layer->surface();
    }
    const auto window =
        std::ranges::find(windows_, id, [](const auto& other) { return other->id(); });
    return window == windows_.end() ? nullptr : (*window)->surface();
}

policy::WindowId Shell::layer_surface(const SceneOwner& owner) {
    return owner.kind == SceneOwner::Kind::layer_surface ? static_cast<const AdminOwner&>(owner).id
                                                         : policy::WindowId{};
}

void Shell::layer_surface_pressed(policy::WindowId id) {
    if (Window* window = server_.desktop->find(id)) {
        server_.desktop->choose(*window);  // the press was on its menu
        return;
    }
    LayerSurface* layer = find_layer(id);
    pressed_layer_ =
        layer != nullptr && layer->takes_keyboard_when_pressed() ? id : policy::WindowId{};
    update_layer_focus();
}

void Shell::window_pressed() {
    if (std::exchange(pressed_layer_, {})) {
        update_layer_focus();
    }
}

void Shell::dismiss_menus() {
    // The topmost first, each takes itself off the list. Tooltips have no grab, and stay.
    for (bool found = true; found;) {
        const auto menu =
            std::ranges::find_if(popups_.rbegin(), popups_.rend(),
                                 [](const auto& it) { return it->popup()->seat != nullptr; });
        found = menu != popups_.rend();
        if (found) {
            wlr_xdg_popup_destroy((*menu)->popup());
        }
    }
}

}  // namespace leadlight::compositor
