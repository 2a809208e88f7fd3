// SPDX-License-Identifier: MIT
#include "compositor/broker/domain_table.hpp"

#include <algorithm>

namespace leadlight::broker {

using namespace protocol;

namespace {

DomainKey key_of(std::uint16_t id, const XenUuid& uuid) {
    return {.domain = XenDomain::clamped(id), .uuid = uuid};
}

}  // namespace

void DomainTable::tell(std::uint16_t id, const Domain& domain, Records& records) {
    if (!domain.name) {
        return;
    }
    // A name that cannot be shown is told as none, so that the person hears of the domain at all.
    const auto name = is_name(*domain.name) ? Name::from(*domain.name) : Name();
    records.emplace_back(DomainSeen{.key = key_of(id, domain.uuid),
                                    .state = domain.state,
                                    .server = domain.nodes ? domain.servers : 0,
                                    .name = name.value_or(Name())});
}

DomainTable::Changes DomainTable::listed(std::span<const Listed> all) {
    Changes changes;
    for (auto known = domains_.begin(); known != domains_.end();) {
        const DomainKey key = key_of(known->first, known->second.uuid);
        if (std::ranges::contains(all, key, &Listed::key)) {
            ++known;
            continue;
        }
        changes.gone.push_back(key);
        if (known->second.name) {
            changes.records.emplace_back(DomainGone{key});
        }
        known = domains_.erase(known);
    }
    for (const Listed& now : all) {
        const auto [found, is_new] = domains_.try_emplace(now.key.domain.get());
        Domain& domain = found->second;
        if (is_new) {
            domain.uuid = now.key.uuid;
            domain.state = now.state;
            changes.appeared.push_back(now.key);
        } else if (domain.state != now.state) {
            domain.state = now.state;
            tell(found->first, domain, changes.records);
        }
    }
    return changes;
}

Records DomainTable::named(std::uint16_t id, const std::optional<std::string>& name) {
    Records records;
    const auto found = domains_.find(id);
    // A name does not go again: what takes it away is the end of the domain, which is told as such.
    if (found != domains_.end() && name && found->second.name != name) {
        found->second.name = name;
        found->second.named = ++names_;
        tell(id, found->second, records);
    }
    return records;
}

Records DomainTable::served(std::uint16_t id, const std::optional<std::string>& nodes) {
    Records records;
    const auto found = domains_.find(id);
    if (found != domains_.end() && found->second.nodes != nodes) {
        found->second.nodes = nodes;
        found->second.servers += nodes ? 1 : 0;
        tell(id, found->second, records);
    }
    return records;
}

bool DomainTable::alive(const DomainKey& key) const {
    const auto found = domains_.find(key.domain.get());
    return found != domains_.end() && found->second.uuid == key.uuid &&
           found->second.state != XenState::ending;
}

bool DomainTable::serves(const DomainKey& key) const {
    return alive(key) && domains_.at(key.domain.get()).nodes.has_value();
}

Records DomainTable::all() const {
    std::map<std::uint64_t, std::uint16_t> in_order;
    for (const auto& [id, domain] : domains_) {
        if (domain.name) {
            in_order.emplace(domain.named, id);
        }
    }
    Records records;
    for (const auto& [named, id] : in_order) {
        tell(id, domains_.at(id), records);
    }
    records.emplace_back(AllSeen{});
    return records;
}

}  // namespace leadlight::broker
