// SPDX-License-Identifier: MIT
#include "compositor/policy/waiting_places.hpp"

#include <algorithm>
#include <utility>

namespace leadlight::policy {

WaitingPlaces::WaitingPlaces(std::size_t per_domain, Places from_file)
    : per_domain_(per_domain), places_(std::move(from_file)) {
    places_.each([this](const Uuid& domain, const Token& token, const Place&) {
        order_[domain].push_back(token);
    });
}

void WaitingPlaces::keep(const Uuid& domain, const Token& token, const Place& place) {
    forget(domain, token);
    while (order_.contains(domain) && order_[domain].size() >= per_domain_) {
        forget_oldest_of(domain);
    }
    if (places_.size() >= Places::most) {
        forget_oldest_of(std::ranges::max_element(order_, {}, [](const auto& entry) {
                             return entry.second.size();
                         })->first);
    }
    if (places_.remember(domain, token, place)) {
        order_[domain].push_back(token);
    }
}

std::optional<Place> WaitingPlaces::claim(const Uuid& domain, const Token& token) {
    const auto place = places_.claim(domain, token);
    forget(domain, token);
    return place;
}

void WaitingPlaces::forget(const Uuid& domain, const Token& token) {
    places_.forget(domain, token);
    if (const auto found = order_.find(domain); found != order_.end()) {
        std::erase(found->second, token);
        if (found->second.empty()) {
            order_.erase(found);
        }
    }
}

void WaitingPlaces::add_to(Places& present) const {
    places_.each([&](const Uuid& domain, const Token& token, const Place& place) {
        static_cast<void>(present.remember(domain, token, place));
    });
}

void WaitingPlaces::forget_oldest_of(const Uuid& domain) {
    const Uuid whose = domain;  // it may lie in what is erased
    const Token oldest = order_.at(whose).front();
    forget(whose, oldest);
}

}  // namespace leadlight::policy
