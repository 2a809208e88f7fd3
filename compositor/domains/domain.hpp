// SPDX-License-Identifier: MIT
// A domain as the administrator named it, connected or not. Its label comes from here alone
// (rule 2); where its grants come from is the address's part, a fact of its own.
#pragma once

#include "compositor/config/domain_entry.hpp"
#include "compositor/event_source.hpp"
#include "compositor/policy/places.hpp"
#include "compositor/policy/types.hpp"
#include "compositor/spawner/backoff.hpp"
#include "compositor/spawner/warden_process.hpp"
#include "shm-grants/descriptor.hpp"
#include "theming/label.hpp"

#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace leadlight::compositor {

class Guest;
class Server;

/// The error is one line for the log.
using StartWarden =
    std::function<std::expected<WardenProcess, std::string>(const DomainEntry& domain)>;

enum class DomainState : std::uint8_t { waiting, greeting, connected, not_responding, paused };
std::string_view to_string(DomainState state);

class Domain {
  public:
    Domain(Server& server, DomainEntry entry);
    ~Domain();
    Domain(const Domain&) = delete;
    Domain& operator=(const Domain&) = delete;

    const DomainEntry& entry() const { return entry_; }
    const theming::Identity& identity() const { return identity_; }
    DomainState state() const;
    /// Null while not connected.
    Guest* guest() const;
    /// What names it for restored windows.
    const policy::Uuid& uuid() const { return uuid_; }

    /// Of a guest of Xen, by leadlightd: whether its agent serves, and as which server of its life
    /// (0: none). Without one there is nothing to connect to, and nothing is tried.
    void set_server(std::uint32_t server);
    /// The hypervisor runs none of its code.
    void set_paused(bool paused);

  private:
    friend class Domains;

    void relabel(const theming::Label& label);
    void connect();
    /// A guest of Xen that cannot be reached now.
    bool unreachable() const { return entry_.uuid && (agent_server_ == 0 || paused_); }
    void connect_at(policy::Time when);
    /// What held a connection up has changed. It shortens no penalty.
    void reachable_again();
    /// Frees a connection that ended, once nothing of it is mapped and its warden is gone.
    void tidy();
    void warden_ended();
    void end();
    bool idle() const { return !guest_ && !warden_.process; }

    Server& server_;
    DomainEntry entry_;
    theming::Identity identity_;
    policy::Uuid uuid_{};
    std::unique_ptr<Guest> guest_;
    WardenProcess warden_;
    FdWatch warden_watch_;
    Timer connect_timer_;
    Timer hello_timer_;
    Timer linger_timer_;
    Backoff backoff_;
    LinkEnd last_end_ = LinkEnd::unreachable;
    std::uint32_t agent_server_ = 0;
    std::uint32_t tried_server_ = 0;  // the last one that a warden was started for
    bool paused_ = false;
    bool was_paused_ = false;  // at some time since the warden was started
    bool waits_ = false;       // for set_server() or set_paused(), and for no penalty
    bool held_ = false;        // until what leaves its address is unmapped
    bool missed_ = false;      // the last try reached nobody, and the log says so
    bool leaving_ = false;
};

class Domains {
  public:
    explicit Domains(Server& server);
    ~Domains();

    /// Before the first add().
    void set_starter(StartWarden start) { start_ = std::move(start); }

    /// Replaces an entry of that name; its windows stay if it is the same domain, and are drawn
    /// with the new label. The error is one line, for the configuration or leadlightctl.
    [[nodiscard]] std::expected<void, std::string> add(const DomainEntry& entry);
    /// Ends its connection; its windows go. False: unknown.
    bool remove(std::string_view name);
    Domain* find(std::string_view name) const;
    std::vector<Domain*> all() const;
    /// The connection of that id, or null.
    Guest* guest(policy::DomainId id) const;

    // Of domains and their guests.
    const StartWarden& starter() const { return start_; }
    policy::DomainId new_id() { return policy::DomainId{++last_id_}; }
    /// A guest may be freed, but not from within its own code.
    void guest_ended();
    void wake_at_refresh();
    /// Pages from there may still be mapped for a domain that was removed.
    bool leaves(const grants::Address& address) const;

    /// No page of any connection is mapped.
    bool all_unmapped() const;

  private:
    Server& server_;
    StartWarden start_;
    std::vector<std::unique_ptr<Domain>> domains_;
    std::vector<std::unique_ptr<Domain>> leaving_;  // removed, not drained yet
    Timer tidy_timer_;
    Timer refresh_timer_;
    bool wakes_ = false;         // refresh_timer_ is set
    std::uint64_t last_id_ = 1;  // the admin domain's
};

}  // namespace leadlight::compositor
