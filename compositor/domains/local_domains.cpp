// SPDX-License-Identifier: MIT
#include "compositor/domains/local_domains.hpp"

#include "compositor/domains/domain.hpp"
#include "compositor/log.hpp"
#include "compositor/server.hpp"

#include <algorithm>
#include <utility>

namespace leadlight::compositor {

void LocalDomains::configure(const Config& config) {
    for (const auto& entry : config.guests) {
        log_warning("domain " + entry.name +
                    " has no address, which only --domains leadlightd can do without");
    }
    for (const std::string& name : std::exchange(named_, {})) {
        if (!std::ranges::contains(config.domains, name, &DomainEntry::name)) {
            server_.domains->remove(name);
        }
    }
    for (const DomainEntry& entry : config.domains) {
        named_.push_back(entry.name);
        if (const auto added = server_.domains->add(entry); !added) {
            log_warning(added.error());
        }
    }
}

std::expected<void, std::string> LocalDomains::request(std::string_view /*domain*/,
                                                       protocol::DomainAction /*action*/) {
    return std::unexpected("there is no leadlightd: domains are local");
}

}  // namespace leadlight::compositor
