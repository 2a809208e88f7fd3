// SPDX-License-Identifier: MIT
// Where the desktop's domains come from: the configuration of this machine's own, or leadlightd.
// One of the two for as long as the compositor runs.
#pragma once

#include "compositor/config/config.hpp"
#include "compositor/spawner/warden_process.hpp"
#include "protocol/broker_records.hpp"

#include <expected>
#include <string>
#include <string_view>

namespace leadlight::compositor {

class DomainSource {
  public:
    virtual ~DomainSource() = default;

    /// At first, and when the configuration was read again. What is right of it is done; the rest
    /// is in the log.
    virtual void configure(const Config& config) = 0;
    /// Starts a domain's warden. Never blocks; what goes wrong later is told by the warden's end.
    /// The error is one line for the log.
    [[nodiscard]] virtual std::expected<WardenProcess, std::string>
    start(const DomainEntry& domain) = 0;
    /// Pauses a domain, and the like. The error is one line.
    [[nodiscard]] virtual std::expected<void, std::string>
    request(std::string_view domain, protocol::DomainAction action) = 0;
};

}  // namespace leadlight::compositor
