// SPDX-License-Identifier: MIT
#include "compositor/policy/focus.hpp"

#include <algorithm>

namespace leadlight::policy {

void Focus::person_chose(DomainId domain, WindowId window) {
    credits_.clear();
    give(domain, window);
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

void Focus::window_gone(WindowId window, const std::function<bool(WindowId)>& seen, Time now) {
    if (const DomainId domain = take_from(window, seen)) {
        credits_.grant(domain, now);
    }
}

void Focus::window_put_away(WindowId window, const std::function<bool(WindowId)>& seen) {
    static_cast<void>(take_from(window, seen));
}

DomainId Focus::take_from(WindowId window, const std::function<bool(WindowId)>& seen) {
    std::erase_if(history_, [&](const Held& held) { return held.window == window; });
    if (focused_.window != window) {
        return {};
    }
    const DomainId domain = focused_.domain;
    const auto last = std::find_if(history_.rbegin(), history_.rend(), [&](const Held& held) {
        return held.domain == domain && seen(held.window);
    });
    if (last != history_.rend()) {
        focused_ = *last;
        return {};
    }
    focused_ = {};
    return domain;
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
