// SPDX-License-Identifier: MIT
// What leadlightd asks of the hypervisor itself: which domains it runs and in which state, which
// xenstore does not know; and pause, unpause, power off. By libxenctrl, in one call each: ending a
// domain's devices and its place in xenstore stays with the toolstack that made it, which sees it
// powered off as if it had done so itself.
#pragma once

#include "compositor/broker/domain_table.hpp"

#include <expected>
#include <memory>
#include <string>
#include <vector>

struct xc_interface_core;

namespace leadlight::broker {

class Hypervisor {
  public:
    [[nodiscard]] static std::expected<Hypervisor, std::string> open();

    /// What the admin domain, `own`, may map, as the welcome tells it.
    [[nodiscard]] std::expected<protocol::BrokerWelcome, std::string>
    limits(std::uint16_t own) const;
    /// All domains but `own`.
    [[nodiscard]] std::expected<std::vector<Listed>, std::string> list(std::uint16_t own) const;
    /// The domain of that id, if it still has that uuid. The error is one line.
    [[nodiscard]] std::expected<void, std::string> act(const protocol::DomainKey& key,
                                                       protocol::DomainAction action) const;

  private:
    struct Close {
        void operator()(xc_interface_core* handle) const;
    };
    explicit Hypervisor(xc_interface_core* handle) : handle_(handle) {}

    std::unique_ptr<xc_interface_core, Close> handle_;
};

}  // namespace leadlight::broker
