// SPDX-License-Identifier: MIT
// The compositor's end of leadlightd: hears of Xen's domains and keeps `Domains` as they are, and
// has wardens started. It comes back by itself when leadlightd was restarted.
#pragma once

#include "compositor/domains/domain.hpp"
#include "compositor/domains/domain_source.hpp"
#include "compositor/domains/known_domains.hpp"
#include "compositor/domains/refusal_pause.hpp"
#include "compositor/event_source.hpp"
#include "compositor/records/record_socket.hpp"
#include "wlr-headers/listener.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace leadlight::compositor {

class Server;

class BrokerLink final : public DomainSource {
  public:
    /// Connects from the loop, now and whenever the connection was lost.
    BrokerLink(Server& server, std::string socket, const Limits& limits);

    /// Takes the configuration's labels.
    void configure(const Config& config) override;
    [[nodiscard]] std::expected<WardenProcess, std::string>
    start(const DomainEntry& domain) override;
    [[nodiscard]] std::expected<void, std::string> request(std::string_view domain,
                                                           protocol::DomainAction action) override;

  private:
    /// A warden that runs: where its end is told, and whether anyone still waits for it.
    struct Warden {
        grants::Descriptor end;  // the writing end of WardenProcess::process
        FdWatch watch;
    };

    void connect();
    void ready();
    void take(protocol::FromBroker::Any& record, grants::Descriptor& file);
    void take(const protocol::WardenEnded& record);
    void lower_caps(const protocol::BrokerWelcome& welcome);
    void stop(protocol::WardenNumber number);
    void lose(const std::string& why);
    /// Closes the last connection once nothing is mapped any more.
    void leave();
    void apply();
    bool send(const protocol::ToBroker::Any& record, int file = -1);

    Server& server_;
    std::string path_;
    Limits limits_;
    std::optional<records::RecordSocket> socket_;
    FdWatch watch_;
    std::optional<records::RecordSocket> leaving_;  // was lost, and pages are mapped by it
    Timer leave_timer_;
    Timer connect_timer_;
    RefusalPause refusal_pause_;
    Listener<> seat_;
    KnownDomains known_;
    std::vector<ShownDomain> shown_;
    std::vector<HiddenDomain> hidden_;
    std::map<std::uint32_t, Warden> wardens_;
    std::uint32_t last_warden_ = 0;
    std::string last_trouble_;  // said once
};

}  // namespace leadlight::compositor
