// SPDX-License-Identifier: MIT
// Who has the focus, and who asks for it.
#include "compositor/clock.hpp"
#include "compositor/desktop/desktop.hpp"
#include "compositor/server.hpp"

#include <algorithm>
#include <ranges>

namespace leadlight::compositor {

void Desktop::choose(Window& chosen) {
    Window& window = root_of(chosen);
    set_attention(window, false);
    focus_.person_chose(window.domain_, window.id_);
    set_minimized(window, false);
    raise(window);
    focus_changed();
}

void Desktop::program_started(policy::DomainId domain) {
    focus_.program_started(domain, now());
}

void Desktop::activation_asked(Window& window, bool vouched) {
    if (!window.mapped_) {
        return;
    }
    if (focus_.activation_asked(window.domain_, window.id_, vouched) ==
        policy::Appearance::focused_on_top) {
        set_minimized(window, false);
        raise(window);
        focus_changed();
    } else {
        set_attention(window, true);
    }
}

void Desktop::set_attention(Window& window, bool attention) {
    if (std::exchange(window.attention_, attention) != attention) {
        attention_changed();
    }
}

void Desktop::attention_changed() {
    std::set<policy::DomainId> asking;
    for (const auto& [id, window] : windows_) {
        if (window->attention_) {
            asking.insert(window->domain_);
        }
    }
    attention_.update(asking, now());
    attention_timer_.set(attention_.next_change(now()));
    server_.outputs->repaint_bars();
}

std::vector<Desktop::Asking> Desktop::asking() const {
    std::vector<Asking> all;
    for (const auto domain : attention_.shown(now())) {
        const auto found = std::ranges::find_if(
            windows_, [&](const auto& entry) { return entry.second->domain_ == domain; });
        if (found != windows_.end()) {
            all.push_back({domain, found->second->identity_});
        }
    }
    return all;
}

void Desktop::attend(policy::DomainId domain) {
    const auto order = stacking_.order();
    for (const auto id : std::views::reverse(order)) {
        Window* window = find(id);
        if (window && window->domain_ == domain && window->attention_) {
            return choose(*window);
        }
    }
}

void Desktop::domain_lost(policy::DomainId domain, bool gone) {
    focus_.domain_gone(domain);
    if (!gone) {
        dismiss_popups(domain);
    }
    focus_changed();
}

// Tells everyone of a focus that moved, once.
void Desktop::focus_changed() {
    const policy::WindowId id = focus_.window();
    if (id == told_focus_) {
        return;
    }
    const auto activate = [&](Window* window, bool activated) {
        if (window) {
            window->states_.activated = activated;
            window->frame_.set_focused(activated);
            window->configure_due_ = true;
            touch(*window);
        }
    };
    activate(find(told_focus_), false);
    told_focus_ = id;
    Window* window = find(id);
    activate(window, true);
    if (window) {
        set_attention(*window, false);
        std::erase(recent_, id);
        recent_.push_back(id);
    }
    server_.outputs->repaint_bars();
    if (listener_) {
        listener_->focus_moved();
    }
}

}  // namespace leadlight::compositor
