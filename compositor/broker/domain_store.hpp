// SPDX-License-Identifier: MIT
// What leadlightd watches and reads in xenstore: that domains come and go, what the toolstack calls
// them, and whether their agents serve. The guests' own nodes are read for one purpose, to tell
// whether they changed; they are passed on to nobody.
#pragma once

#include "shm-grants/xen/nodes.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <variant>

namespace leadlight::broker {

class DomainStore {
  public:
    [[nodiscard]] static std::expected<DomainStore, std::string> open();

    std::uint16_t own_domain() const { return own_; }
    /// Readable when next() has something.
    int descriptor() const;

    struct DomainsChanged {};
    struct NameChanged {
        std::uint16_t domain;
    };
    struct NodesChanged {
        std::uint16_t domain;
    };
    using Event = std::variant<DomainsChanged, NameChanged, NodesChanged>;
    /// Never blocks; nothing when there is none now.
    [[nodiscard]] std::optional<Event> next();

    void watch_name(std::uint16_t domain, bool on);
    void watch_nodes(std::uint16_t domain, bool on);

    [[nodiscard]] std::optional<std::string> name(std::uint16_t domain);
    /// What an agent's nodes contain, joined; nothing while one is missing.
    [[nodiscard]] std::optional<std::string> nodes(std::uint16_t domain);

  private:
    DomainStore(grants::xen::Store store, std::uint16_t own)
        : store_(std::move(store)), own_(own) {}
    void watch(const std::string& path, const std::string& token, bool on);
    std::string nodes_path(std::uint16_t domain) const;

    grants::xen::Store store_;
    std::uint16_t own_;
};

}  // namespace leadlight::broker
