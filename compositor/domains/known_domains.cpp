// SPDX-License-Identifier: MIT
#include "compositor/domains/known_domains.hpp"

#include <algorithm>

namespace leadlight::compositor {

using namespace protocol;

void KnownDomains::configure(std::vector<GuestEntry> guests,
                             std::optional<theming::Label> unknown_label) {
    guests_ = std::move(guests);
    unknown_label_ = std::move(unknown_label);
}

void KnownDomains::begin() {
    for (Known& known : known_) {
        known.confirmed = false;
        // Its warden ended with leadlightd, and who serves is told anew.
        known.seen.server = 0;
    }
}

void KnownDomains::seen(const DomainSeen& record) {
    const auto found =
        std::ranges::find(known_, record.key, [](const Known& known) { return known.seen.key; });
    if (found != known_.end() && found->seen.name == record.name) {
        *found = {record};
        return;
    }
    // By another name it comes anew, and takes it from no domain that has it.
    if (found != known_.end()) {
        known_.erase(found);
    }
    known_.push_back({record});
}

void KnownDomains::gone(const DomainGone& record) {
    std::erase_if(known_, [&](const Known& known) { return known.seen.key == record.key; });
}

void KnownDomains::all_seen() {
    std::erase_if(known_, [](const Known& known) { return !known.confirmed; });
}

std::expected<GuestEntry, std::string> KnownDomains::entry_of(const DomainSeen& domain) const {
    const auto by_uuid =
        std::ranges::find(guests_, std::optional(domain.key.uuid), &GuestEntry::uuid);
    if (by_uuid != guests_.end()) {
        return *by_uuid;
    }
    const std::string name(domain.name.view());
    if (const auto problem = domain_name_problem(name)) {
        return std::unexpected("it has no name that can be shown: " + *problem);
    }
    const auto by_name = std::ranges::find(guests_, name, &GuestEntry::name);
    if (by_name != guests_.end()) {
        // Whoever may create domains may choose their names; the administrator's word was about
        // another one.
        return by_name->uuid ? std::expected<GuestEntry, std::string>(std::unexpected(
                                   "its name is that of a domain with another uuid"))
                             : *by_name;
    }
    if (!unknown_label_) {
        return std::unexpected("the configuration does not name it");
    }
    return GuestEntry{.name = name, .label = *unknown_label_, .uuid = {}};
}

KnownDomains::View KnownDomains::view() const {
    View view;
    for (const auto& [domain, confirmed] : known_) {
        if (domain.state == XenState::ending) {
            continue;
        }
        const auto entry = entry_of(domain);
        if (!entry) {
            view.hidden.push_back({domain.key, entry.error()});
        } else if (std::ranges::contains(view.shown, entry->name, &ShownDomain::name)) {
            view.hidden.push_back({domain.key, "a domain named " + entry->name + " is shown"});
        } else {
            view.shown.push_back({.key = domain.key,
                                  .name = entry->name,
                                  .label = entry->label,
                                  .server = domain.server,
                                  .paused = domain.state == XenState::paused});
        }
    }
    return view;
}

}  // namespace leadlight::compositor
