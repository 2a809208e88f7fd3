// SPDX-License-Identifier: MIT
#include "compositor/policy/attention.hpp"

#include <algorithm>

namespace leadlight::policy {

void Attention::update(const std::set<DomainId>& asking, Time now) {
    std::erase_if(rests_until_, [&](const auto& entry) { return entry.second <= now; });
    for (const DomainId domain : shown(now)) {
        if (!asking.contains(domain)) {
            rests_until_[domain] = now + rest;
        }
    }
    std::erase_if(asking_, [&](DomainId domain) { return !asking.contains(domain); });
    for (const DomainId domain : asking) {
        if (std::ranges::find(asking_, domain) == asking_.end()) {
            asking_.push_back(domain);
        }
    }
}

std::vector<DomainId> Attention::shown(Time now) const {
    std::vector<DomainId> shown;
    for (const DomainId domain : asking_) {
        const auto rests = rests_until_.find(domain);
        if (rests == rests_until_.end() || rests->second <= now) {
            shown.push_back(domain);
        }
    }
    return shown;
}

std::optional<Time> Attention::next_change(Time now) const {
    std::optional<Time> next;
    for (const DomainId domain : asking_) {
        const auto rests = rests_until_.find(domain);
        if (rests != rests_until_.end() && rests->second > now) {
            next = next ? std::min(*next, rests->second) : rests->second;
        }
    }
    return next;
}

}  // namespace leadlight::policy
