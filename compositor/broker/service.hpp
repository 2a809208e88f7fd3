// SPDX-License-Identifier: MIT
// leadlightd itself: watches Xen, serves one compositor, starts wardens. One thread, one loop.
#pragma once

#include "compositor/broker/domain_store.hpp"
#include "compositor/broker/domain_table.hpp"
#include "compositor/broker/hypervisor.hpp"
#include "compositor/broker/log_limit.hpp"
#include "compositor/broker/served.hpp"
#include "compositor/broker/wardens.hpp"
#include "compositor/broker/watch_limit.hpp"

#include <map>
#include <optional>
#include <vector>

#include <sys/types.h>

namespace leadlight::broker {

struct ServiceParts {
    Hypervisor hypervisor;
    DomainStore store;
    Wardens& wardens;
    grants::Descriptor listening;  // SOCK_SEQPACKET
    grants::Descriptor signals;    // signalfd of SIGCHLD, SIGTERM, SIGINT
    /// Sockets of compositors that a former leadlightd served.
    std::vector<grants::Descriptor> former;
    /// Instead of whoever has the seat.
    std::optional<uid_t> only_user;
};

class Service {
  public:
    explicit Service(ServiceParts parts) : parts_(std::move(parts)) {}

    /// Until a signal ends it. The error is one line: Xen is not there any more.
    [[nodiscard]] std::expected<void, std::string> run();

  private:
    struct Watched {
        WatchLimit limit;
        std::optional<Time> rests_until;
        LogLimit log;
    };
    /// Is not served any more, and closes its socket when it has unmapped everything.
    struct Leaving {
        Served peer;
        Time until;
    };

    [[nodiscard]] std::expected<void, std::string> list_domains();
    void take(const DomainStore::Event& event);
    void nodes_changed(std::uint16_t domain);
    void watch_again();
    int timeout() const;

    void accept();
    void take_requests();
    void take(protocol::ToBroker::Any& request, grants::Descriptor descriptor);
    void tell(const Records& records);
    void tell(const Wardens::Ended& ended);
    void end_service(const std::string& why);
    /// Nobody is served before it has unmapped everything, or is dead.
    void await(Served peer);
    /// Kills it once its time is over; true where it cannot even be killed.
    [[nodiscard]] bool is_given_up(Leaving& leaving);
    /// Of what a person's programs can bring about at will.
    void warn_of(uid_t user, const std::string& text);
    /// Who has the seat, or whom the administrator named instead.
    std::optional<Person> active() const;
    /// Ends the service of a session that was logged out of.
    void check_session();
    /// False: end.
    bool take_signals();

    ServiceParts parts_;
    DomainTable table_;
    std::map<std::uint16_t, Watched> watched_;
    std::optional<Served> served_;
    protocol::BrokerWelcome welcome_;  // Xen's limits, which last as long as it runs
    Time unmaps_within_{};             // what a compositor is given, by what it may have mapped
    std::vector<Leaving> leaving_;
    std::optional<Served> next_;  // waits for those
    std::map<uid_t, LogLimit> user_logs_;
};

}  // namespace leadlight::broker
