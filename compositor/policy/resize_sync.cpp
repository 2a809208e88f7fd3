// SPDX-License-Identifier: MIT
#include "compositor/policy/resize_sync.hpp"

#include <algorithm>

namespace leadlight::policy {

void ResizeSync::wish(const Box& content, std::uint32_t serial, Time now) {
    const bool same_size = content.size() == wished_.size();
    wished_ = content;
    if (same_size) {
        // A move alone. While a size waits for its content, the place waits with it; a guest that
        // did not answer in time holds up neither.
        if (open_.empty() || late_) {
            shown_ = content;
        }
        if (!open_.empty()) {
            open_.back().content = content;
        }
        return;
    }
    if (late_) {
        shown_ = content;
    }
    if (open_.size() == most_wishes) {
        // A guest that answers none of so many: keep the oldest for its time, and the newest.
        open_.pop_back();
    }
    open_.push_back({content, serial, now});
}

void ResizeSync::committed(std::uint32_t serial) {
    const auto answered = std::ranges::find(open_, serial, &Wish::serial);
    if (answered == open_.end()) {
        return;
    }
    if (!late_) {
        shown_ = answered->content;
    }
    open_.erase(open_.begin(), std::next(answered));
    late_ = late_ && !open_.empty();
}

void ResizeSync::timer(Time now) {
    if (const auto due = deadline(); due && *due <= now) {
        late_ = true;
        shown_ = wished_;
    }
}

std::optional<Time> ResizeSync::deadline() const {
    if (late_ || open_.empty()) {
        return std::nullopt;
    }
    return open_.front().at + patience;
}

}  // namespace leadlight::policy
