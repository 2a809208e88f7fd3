// SPDX-License-Identifier: MIT
#include "compositor/policy/touch_guard.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

namespace leadlight::policy {
namespace {

DomainId domain_at(const TouchGuard::Picture& picture, Point at) {
    for (const auto& patch : std::views::reverse(picture)) {
        if (patch.frame.contains(at)) {
            return patch.domain;
        }
    }
    return {};
}

}  // namespace

void TouchGuard::scene_changed(Picture picture, Time now) {
    // The last picture before the interval is still needed: it is what was seen then.
    while (held_.size() > 1 && now - held_[1].since >= interval) {
        held_.pop_front();
    }
    if (held_.size() > 1 && now - held_.back().since < grain) {
        held_.back().picture = std::move(picture);
    } else {
        held_.push_back({std::move(picture), now});
    }
}

bool TouchGuard::allows_touch(Point at, Time now) const {
    if (held_.empty()) {
        return true;
    }
    const DomainId present = domain_at(held_.back().picture, at);
    if (!present) {
        return true;  // the compositor's own drawing, or the background
    }
    // A picture was seen until the next one came.
    for (std::size_t i = 0; i + 1 < held_.size(); ++i) {
        if (now - held_[i + 1].since < interval && domain_at(held_[i].picture, at) != present) {
            return false;
        }
    }
    return true;
}

}  // namespace leadlight::policy
