// SPDX-License-Identifier: MIT
// A domain as the administrator named it, connected or not. Its label comes from here alone
// (rule 2); where its grants come from is the address's part, a fact of its own.
#pragma once

#include "compositor/policy/restore.hpp"
#include "compositor/policy/types.hpp"
#include "shm-grants/address.hpp"
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

/// What configuration and leadlightctl say of a domain.
struct DomainEntry {
    std::string name;  // theming::valid_name
    theming::Label label;
    grants::Address address;
    bool operator==(const DomainEntry&) const = default;
};

/// A warden that was started for one connection.
struct WardenProcess {
    grants::Descriptor records;  // SOCK_SEQPACKET, non-blocking
    grants::Descriptor process;  // pidfd: readable once it has ended
};
/// From compositor/spawner/; the error is one line for the log.
using StartWarden =
    std::function<std::expected<WardenProcess, std::string>(const DomainEntry& domain)>;

class Domain;

class Domains {
  public:
    explicit Domains(Server& server);
    ~Domains();

    /// Before the first add().
    void set_starter(StartWarden start);

    /// Replaces an entry of that name; its windows stay if the address is the same, and are drawn
    /// with the new label. The error is one line, for the configuration or leadlightctl.
    std::expected<void, std::string> add(const DomainEntry& entry);
    /// Ends its connection; its windows go. False: unknown.
    bool remove(std::string_view name);
    Domain* find(std::string_view name) const;
    std::vector<Domain*> all() const;
    /// The connection of that id, or null.
    Guest* guest(policy::DomainId id) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

enum class DomainState : std::uint8_t { waiting, greeting, connected, not_responding };
std::string_view to_string(DomainState state);

class Domain {
  public:
    const DomainEntry& entry() const { return entry_; }
    const theming::Identity& identity() const { return identity_; }
    DomainState state() const;
    /// Null while not connected.
    Guest* guest() const { return guest_.get(); }
    /// What names it for restored windows.
    const policy::Uuid& uuid() const { return uuid_; }

  private:
    DomainEntry entry_;
    theming::Identity identity_;
    policy::Uuid uuid_{};
    std::unique_ptr<Guest> guest_;
};

}  // namespace leadlight::compositor
