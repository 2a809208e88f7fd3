// SPDX-License-Identifier: MIT
#include "guest-agent/shell.hpp"

#include "guest-agent/agent.hpp"
#include "guest-agent/popup.hpp"
#include "guest-agent/toplevel.hpp"

#include <algorithm>

namespace leadlight::agent {

Shell::Shell(Agent& agent) : agent_(agent) {
    constexpr std::uint32_t xdg_shell_version = 6;
    auto* shell = wlr_xdg_shell_create(agent.display(), xdg_shell_version);
    new_toplevel_.connect(shell->events.new_toplevel, [this](wlr_xdg_toplevel* toplevel) {
        agent_.windows().own(std::make_unique<Toplevel>(agent_, toplevel));
    });
    new_popup_.connect(shell->events.new_popup, [this](wlr_xdg_popup* popup) {
        agent_.windows().own(std::make_unique<Popup>(agent_, popup));
    });

    auto* decorations = wlr_xdg_decoration_manager_v1_create(agent.display());
    new_decoration_.connect(
        decorations->events.new_toplevel_decoration,
        [this](wlr_xdg_toplevel_decoration_v1* decoration) { decorate(decoration); });
    auto* kde_decorations = wlr_server_decoration_manager_create(agent.display());
    wlr_server_decoration_manager_set_default_mode(kde_decorations,
                                                   WLR_SERVER_DECORATION_MANAGER_MODE_SERVER);

    auto* activation = wlr_xdg_activation_v1_create(agent.display());
    request_activate_.connect(
        activation->events.request_activate,
        [this](const wlr_xdg_activation_v1_request_activate_event* event) {
            auto* window = dynamic_cast<Toplevel*>(agent_.surfaces().user_of(event->surface));
            if (window != nullptr) {
                window->activate(event->token->seat == nullptr ? 0 : event->token->serial);
            }
        });

    auto* idle = wlr_idle_inhibit_v1_create(agent.display());
    new_inhibitor_.connect(idle->events.new_inhibitor, [this](wlr_idle_inhibitor_v1* inhibitor) {
        inhibit_idle(inhibitor->surface, 1);
        inhibitors_[inhibitor].destroy.connect(inhibitor->events.destroy, [this, inhibitor] {
            inhibit_idle(inhibitor->surface, -1);
            inhibitors_.erase(inhibitor);
        });
    });
}

void Shell::inhibit_idle(wlr_surface* wl, int more) {
    Surface* surface = agent_.surfaces().find(wl);
    if (surface == nullptr) {
        return;
    }
    surface->idle_inhibitors += more;
    // One may come before the window, and outlive it.
    if (auto* window = dynamic_cast<Window*>(agent_.surfaces().user_of(wl))) {
        window->tell_idle();
    }
}

void Shell::decorate(wlr_xdg_toplevel_decoration_v1* decoration) {
    const auto window = [this, decoration] {
        return dynamic_cast<Toplevel*>(
            agent_.surfaces().user_of(decoration->toplevel->base->surface));
    };
    Decoration& followed = decorations_[decoration];
    followed.request_mode.connect(decoration->events.request_mode, [window] {
        if (Toplevel* toplevel = window()) {
            toplevel->refuse_own_decoration();
        }
    });
    followed.destroy.connect(decoration->events.destroy, [this, decoration, window] {
        if (Toplevel* toplevel = window()) {
            toplevel->set_decoration(nullptr);
        }
        decorations_.erase(decoration);
    });
    if (Toplevel* toplevel = window()) {
        toplevel->set_decoration(decoration);
    }
}

}  // namespace leadlight::agent
