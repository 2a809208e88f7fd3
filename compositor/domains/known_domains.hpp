// SPDX-License-Identifier: MIT
// Which of Xen's domains are shown, and as what: what leadlightd tells of, labelled by the
// administrator's configuration (rule 2). Two domains never look the same; of two that would, the
// one that came first by its name is shown and the other is refused. leadlightd keeps the same
// order, so that it is no other one after the compositor started anew. Pure.
#pragma once

#include "compositor/config/config.hpp"
#include "protocol/broker_records.hpp"

#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace leadlight::compositor {

struct ShownDomain {
    protocol::DomainKey key;
    std::string name;
    theming::Label label;
    std::uint32_t server = 0;  // see protocol::DomainSeen
    bool paused = false;
    bool operator==(const ShownDomain&) const = default;
};

struct HiddenDomain {
    protocol::DomainKey key;
    std::string why;  // one line
    bool operator==(const HiddenDomain&) const = default;
};

class KnownDomains {
  public:
    void configure(std::vector<GuestEntry> guests, std::optional<theming::Label> unknown_label);

    /// leadlightd tells anew of all that is there.
    void begin();
    void seen(const protocol::DomainSeen& record);
    void gone(const protocol::DomainGone& record);
    void all_seen();

    struct View {
        std::vector<ShownDomain> shown;
        std::vector<HiddenDomain> hidden;
    };
    View view() const;

  private:
    struct Known {
        protocol::DomainSeen seen;
        bool confirmed = true;  // since begin()
    };

    /// The entry of the configuration that this domain is, or why it cannot be shown.
    [[nodiscard]] std::expected<GuestEntry, std::string>
    entry_of(const protocol::DomainSeen& domain) const;

    std::vector<GuestEntry> guests_;
    std::optional<theming::Label> unknown_label_;
    std::vector<Known> known_;  // in the order in which they came by their names
};

}  // namespace leadlight::compositor
