// SPDX-License-Identifier: MIT
// Domains of this machine's own, by the addresses in the configuration; the spawner starts their
// wardens.
#pragma once

#include "compositor/domains/domain_source.hpp"
#include "compositor/spawner/spawner.hpp"

#include <string>
#include <vector>

namespace leadlight::compositor {

class Server;

class LocalDomains final : public DomainSource {
  public:
    /// The spawner was forked before the server was made, and outlives it: wardens have a last
    /// word.
    LocalDomains(Server& server, Spawner& spawner) : server_(server), spawner_(spawner) {}

    /// Of the domains that it named before, those that it does not name any more go; what
    /// leadlightctl added stays.
    void configure(const Config& config) override;
    [[nodiscard]] std::expected<WardenProcess, std::string>
    start(const DomainEntry& domain) override {
        return spawner_.start(domain);
    }
    /// No hypervisor runs them.
    [[nodiscard]] std::expected<void, std::string> request(std::string_view domain,
                                                           protocol::DomainAction action) override;

  private:
    Server& server_;
    Spawner& spawner_;
    std::vector<std::string> named_;  // by the configuration, as of the last time
};

}  // namespace leadlight::compositor
