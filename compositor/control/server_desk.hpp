// SPDX-License-Identifier: MIT
// The control desk of a running compositor.
#pragma once

#include "compositor/config/config.hpp"
#include "compositor/control/desk.hpp"

#include <functional>

namespace leadlight::compositor {

class Server;
class Window;

class ServerDesk final : public ControlDesk {
  public:
    using Reload = std::function<Result()>;

    using Act = std::function<Result(const std::string& name, protocol::DomainAction action)>;

    /// All borrowed; `config` is the one in force, whatever was reloaded.
    ServerDesk(Server& server, const Config& config, Reload reload, Act act)
        : server_(server), config_(config), reload_(std::move(reload)), act_(std::move(act)) {}

    std::vector<DomainReport> domains() override;
    std::vector<WindowReport> windows() override;
    Counters statistics() override;
    Result add_domain(const std::string& name, const std::string& label,
                      const std::string& address) override;
    Result remove_domain(const std::string& name) override;
    Result act_on_domain(const std::string& name, protocol::DomainAction action) override {
        return act_(name, action);
    }
    Result reload() override { return reload_(); }

  private:
    WindowReport report(const Window& window) const;

    Server& server_;
    const Config& config_;
    Reload reload_;
    Act act_;
};

}  // namespace leadlight::compositor
