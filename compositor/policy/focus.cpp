// SPDX-License-Identifier: MIT
#include "compositor/policy/focus.hpp"

#include <algorithm>

namespace leadlight::policy {

void Focus::person_chose(DomainId domain, WindowId window) {
    credits_.clear();
    if (window) {
        give(domain, window);
    } else {
        focused_ = {};
    }
}

Appearance Focus::window_shown(DomainId domain, WindowId window, Time now) {
    const bool credited = credits_.spend(domain, now);
    // Within the domain that the person works in, a new window is what the person asked for.
    if (credited || (domain && domain == focused_.domain)) {
        give(domain, window);
        return Appearance::focused_on_top;
    }
    window_returned(domain, window);
    return Appearance::below_focused_wanting_attention;
}

void Focus::window_returned(DomainId domain, WindowId window) {
    std::erase_if(history_, [&](const Held& held) { return held.window == window; });
    history_.insert(history_.begin(), {domain, window});
}

Appearance Focus::activation_asked(DomainId domain, WindowId window, bool vouched) {
    if (vouched && domain == this->domain()) {
        give(domain, window);
        return Appearance::focused_on_top;
    }
    return Appearance::below_focused_wanting_attention;
}

void Focus::window_gone(WindowId window, const std::function<bool(WindowId)>& seen) {
    std::erase_if(history_, [&](const Held& held) { return held.window == window; });
    if (focused_.window != window) {
        return;
    }
    // The domain stays the chosen one without a window: when its splash screen makes way for its
    // main window, that one is focused, and meanwhile keys go nowhere.
    focused_.window = {};
    const auto last = std::find_if(history_.rbegin(), history_.rend(), [&](const Held& held) {
        return held.domain == focused_.domain && seen(held.window);
    });
    if (last != history_.rend()) {
        focused_.window = last->window;
    }
}

void Focus::domain_gone(DomainId domain) {
    std::erase_if(history_, [&](const Held& held) { return held.domain == domain; });
    credits_.drop(domain);
    if (focused_.domain == domain) {
        focused_ = {};
    }
}

void Focus::give(DomainId domain, WindowId window) {
    std::erase_if(history_, [&](const Held& held) { return held.window == window; });
    focused_ = {domain, window};
    history_.push_back(focused_);
}

}  // namespace leadlight::policy
