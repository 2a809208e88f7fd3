// SPDX-License-Identifier: MIT
// Which domains there are, as leadlightd tells it: what the hypervisor lists and what the toolstack
// and the guests' agents wrote into xenstore, joined into one record a domain. Pure: whoever reads
// Xen feeds it, whoever is served gets what comes out.
#pragma once

#include "protocol/broker_records.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leadlight::broker {

using Records = std::vector<protocol::FromBroker::Any>;

/// A domain as the hypervisor lists it.
struct Listed {
    protocol::DomainKey key;
    protocol::XenState state = protocol::XenState::running;
};

class DomainTable {
  public:
    struct Changes {
        std::vector<protocol::DomainKey> appeared;  // to be watched, and asked for their names
        std::vector<protocol::DomainKey> gone;
        Records records;
    };

    /// All that the hypervisor runs now, but for the admin domain itself.
    Changes listed(std::span<const Listed> all);
    /// What the toolstack calls it; nothing while it has no name yet. A domain is told of once it
    /// has one.
    Records named(std::uint16_t domain, const std::optional<std::string>& name);
    /// What its agent's two nodes contain, joined; nothing while one is missing. Other content is
    /// another server.
    Records served(std::uint16_t domain, const std::optional<std::string>& nodes);

    /// The domain is still that one, and not ending.
    bool alive(const protocol::DomainKey& key) const;
    bool serves(const protocol::DomainKey& key) const;
    /// For whoever is served from now on: in the order in which they came by their names, by which
    /// the compositor decides between two that would look the same (known_domains.hpp).
    Records all() const;

  private:
    struct Domain {
        protocol::XenUuid uuid{};
        protocol::XenState state = protocol::XenState::running;
        std::optional<std::string> name;
        std::uint64_t named = 0;  // when, as names_ counts
        std::optional<std::string> nodes;
        std::uint32_t servers = 0;  // so far
    };

    static void tell(std::uint16_t id, const Domain& domain, Records& records);

    std::map<std::uint16_t, Domain> domains_;
    std::uint64_t names_ = 0;  // so far
};

}  // namespace leadlight::broker
