// SPDX-License-Identifier: MIT
#include "compositor/policy/input_owner.hpp"

#include <utility>

namespace leadlight::policy {

using Kind = Delivery::Kind;

Deliveries InputOwner::focus(DomainId domain) {
    Deliveries out;
    if (domain != focused_) {
        release_keys(out);
        focused_ = domain;
    }
    return out;
}

Deliveries InputOwner::guests_hear(bool hear) {
    Deliveries out;
    if (std::exchange(guests_hear_, hear) && !hear) {
        release_keys(out);
        end_grab(out);
        leave(out);
        cancel_touches({}, out);
    }
    update_hover(out);
    return out;
}

Deliveries InputOwner::take_all_from(DomainId domain) {
    Deliveries out;
    if (focused_ == domain) {
        release_keys(out);
        focused_ = {};
    }
    if (grab_.owner.domain == domain) {
        end_grab(out);
    }
    if (hovered() == domain) {
        leave(out);
    }
    if (under_ && under_->domain == domain) {
        under_.reset();
    }
    cancel_touches(domain, out);
    return out;
}

Deliveries InputOwner::key_pressed(std::uint32_t code, KeyUse use) {
    Deliveries out;
    if (!keys_down_.insert(code).second) {
        return out;  // down on another keyboard already
    }
    if (use == KeyUse::reserved) {
        reserved_down_.insert(code);
        return out;
    }
    if (use == KeyUse::completes_hotkey) {
        // The guest saw the modifiers go down: it sees them go up before the hotkey acts, and then
        // nothing until the keyboard is at rest.
        muted_until_all_up_ = true;
        release_keys(out);
        return out;
    }
    // With Super held the person talks to the desktop: a mistyped hotkey is not text for a guest.
    const bool to_guests = guests_hear_ && reserved_down_.empty() && !muted_until_all_up_;
    if (to_guests && focused_) {
        given_.insert(code);
        out.push_back({.kind = Kind::key_press, .to = focused_, .code = code});
    }
    return out;
}

Deliveries InputOwner::key_released(std::uint32_t code) {
    Deliveries out;
    keys_down_.erase(code);
    reserved_down_.erase(code);
    // Not given to the domain that is focused now, so not its business: a real release after a
    // change of focus goes nowhere.
    if (given_.erase(code) != 0) {
        out.push_back({.kind = Kind::key_release, .to = focused_, .code = code});
    }
    if (keys_down_.empty()) {
        muted_until_all_up_ = false;
    }
    return out;
}

Deliveries InputOwner::pointer(std::optional<Target> under, bool moved) {
    Deliveries out;
    const auto hovered_before = hover_;
    under_ = under;
    update_hover(out);
    if (!moved || hover_ != hovered_before || !pointed()) {
        return out;
    }
    const WindowId inside =
        under_ && under_->domain == hover_->domain ? under_->window : WindowId{};
    out.push_back({.kind = Kind::pointer_motion,
                   .to = hover_->domain,
                   .window = hover_->window,
                   .under = inside});
    return out;
}

Deliveries InputOwner::button_pressed(std::uint32_t button, bool allowed) {
    Deliveries out;
    const bool first = grab_.down.empty();
    if (!grab_.down.insert(button).second) {
        return out;
    }
    if (first && allowed && hover_) {
        grab_.owner = *hover_;
    }
    if (grab_.owner.domain) {
        grab_.given.insert(button);
        out.push_back({.kind = Kind::button_press,
                       .to = grab_.owner.domain,
                       .window = grab_.owner.window,
                       .code = button});
    }
    return out;
}

Deliveries InputOwner::button_released(std::uint32_t button) {
    Deliveries out;
    if (grab_.down.erase(button) == 0) {
        return out;
    }
    if (grab_.given.erase(button) != 0) {
        out.push_back({.kind = Kind::button_release,
                       .to = grab_.owner.domain,
                       .window = grab_.owner.window,
                       .code = button});
    }
    if (grab_.down.empty()) {
        grab_.owner = {};
        update_hover(out);
    }
    return out;
}

Deliveries InputOwner::axis() const {
    if (!pointed()) {
        return {};
    }
    return {{.kind = Kind::pointer_axis, .to = hover_->domain, .window = hover_->window}};
}

Deliveries InputOwner::touch_down(std::uint32_t id, std::optional<Target> under, bool allowed) {
    if (touches_.contains(id)) {
        return {};
    }
    if (!guests_hear_ || !allowed || !under) {
        touches_[id] = {};
        return {};
    }
    touches_[id] = *under;
    return {{.kind = Kind::touch_down, .to = under->domain, .window = under->window, .code = id}};
}

Deliveries InputOwner::touch_moved(std::uint32_t id) const {
    const auto touch = touches_.find(id);
    if (touch == touches_.end() || !touch->second.domain) {
        return {};
    }
    const auto [domain, window] = touch->second;
    return {{.kind = Kind::touch_motion, .to = domain, .window = window, .code = id}};
}

Deliveries InputOwner::touch_up(std::uint32_t id) {
    const auto touch = touches_.extract(id);
    if (touch.empty() || !touch.mapped().domain) {
        return {};
    }
    const auto [domain, window] = touch.mapped();
    return {{.kind = Kind::touch_up, .to = domain, .window = window, .code = id}};
}

void InputOwner::release_keys(Deliveries& out) {
    for (const auto code : given_) {
        out.push_back({.kind = Kind::key_release, .to = focused_, .code = code});
    }
    given_.clear();
}

void InputOwner::end_grab(Deliveries& out) {
    // grab_.down stays: until those buttons are up no other domain hears of them or of new ones.
    for (const auto button : grab_.given) {
        out.push_back({.kind = Kind::button_release,
                       .to = grab_.owner.domain,
                       .window = grab_.owner.window,
                       .code = button});
    }
    grab_.given.clear();
    grab_.owner = {};
}

void InputOwner::leave(Deliveries& out) {
    if (hover_) {
        out.push_back(
            {.kind = Kind::pointer_leave, .to = hover_->domain, .window = hover_->window});
        hover_.reset();
    }
}

void InputOwner::update_hover(Deliveries& out) {
    if (!guests_hear_ || !grab_.down.empty() || hover_ == under_) {
        return;
    }
    if (hover_ && (!under_ || under_->domain != hover_->domain)) {
        leave(out);
    }
    hover_ = under_;
    if (hover_) {
        out.push_back(
            {.kind = Kind::pointer_enter, .to = hover_->domain, .window = hover_->window});
    }
}

void InputOwner::cancel_touches(DomainId only, Deliveries& out) {
    std::set<DomainId> cancelled;
    for (auto& [id, touch] : touches_) {
        if (touch.domain && (!only || touch.domain == only)) {
            cancelled.insert(touch.domain);
            touch = {};
        }
    }
    for (const auto domain : cancelled) {
        out.push_back({.kind = Kind::touch_cancel, .to = domain});
    }
}

}  // namespace leadlight::policy
