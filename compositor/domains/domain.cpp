// SPDX-License-Identifier: MIT
#include "compositor/domains/domain.hpp"

#include "compositor/clock.hpp"
#include "compositor/guest/guest.hpp"
#include "compositor/log.hpp"
#include "compositor/server.hpp"
#include "compositor/spawner/warden_end.hpp"
#include "wlr-headers/wlroots.hpp"

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace leadlight::compositor {

namespace {

// The agent's 5 s are counted by the warden, from the connection. This is for a warden that gets
// stuck before, or was taken over: on a busy machine its start alone takes seconds.
constexpr policy::Time hello_within = std::chrono::seconds{30};
constexpr policy::Time linger = std::chrono::seconds{1};

// A domain of the local backend has no uuid; its name and address stand for it, spread over 128
// bits (FNV-1a, twice). It is a name for places, not a secret.
policy::Uuid uuid_of(const DomainEntry& entry) {
    if (entry.uuid) {
        return *entry.uuid;
    }
    policy::Uuid uuid{};
    const std::string text = entry.name + '\n' + grants::to_string(entry.address);
    for (std::size_t half = 0; half < 2; ++half) {
        std::uint64_t hash = 0xcbf29ce484222325U + half;
        for (const char c : text) {
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
        }
        for (std::size_t i = 0; i < 8; ++i) {
            uuid[half * 8 + i] = static_cast<std::uint8_t>(hash >> (8 * i));
        }
    }
    return uuid;
}

}  // namespace

std::string_view to_string(DomainState state) {
    switch (state) {
    case DomainState::waiting:
        return "waiting";
    case DomainState::greeting:
        return "greeting";
    case DomainState::connected:
        return "connected";
    case DomainState::not_responding:
        return "not responding";
    case DomainState::paused:
        return "paused";
    }
    return "";
}

Domain::Domain(Server& server, DomainEntry entry)
    : server_(server), entry_(std::move(entry)),
      identity_(theming::Identity::guest(entry_.name, entry_.label)), uuid_(uuid_of(entry_)),
      connect_timer_(server.loop, [this] { connect(); }),
      hello_timer_(server.loop,
                   [this] {
                       if (paused_) {
                           hello_timer_.set(now() + hello_within);
                       } else if (guest_ && !guest_->ready() && !guest_->ended()) {
                           guest_warning(entry_.name, "no hello in time");
                           guest_->end(protocol::Violation::hello_expected);
                       }
                   }),
      linger_timer_(server.loop, [this] {
          warden_watch_ = {};
          warden_.process.reset();  // kills it
          tidy();
      }) {}

Domain::~Domain() = default;

DomainState Domain::state() const {
    if (paused_) {
        return DomainState::paused;
    }
    if (!guest_ || guest_->ended()) {
        return DomainState::waiting;
    }
    return !guest_->ready()       ? DomainState::greeting
           : guest_->responding() ? DomainState::connected
                                  : DomainState::not_responding;
}

Guest* Domain::guest() const {
    return guest_ && !guest_->ended() ? guest_.get() : nullptr;
}

void Domain::relabel(const theming::Label& label) {
    entry_.label = label;
    identity_ = theming::Identity::guest(entry_.name, label);
    if (Guest* guest = this->guest()) {
        guest->relabel();
    }
}

void Domain::set_server(std::uint32_t server) {
    if (std::exchange(agent_server_, server) != server) {
        reachable_again();
    }
}

void Domain::set_paused(bool paused) {
    if (std::exchange(paused_, paused) == paused) {
        return;
    }
    was_paused_ = was_paused_ || paused;
    if (guest_) {
        guest_->freeze(paused);
    }
    if (!paused) {
        reachable_again();
    }
}

void Domain::reachable_again() {
    if (waits_ && !unreachable()) {
        connect_at(now());
    }
}

void Domain::connect_at(policy::Time when) {
    waits_ = false;
    connect_timer_.set(when);
}

void Domain::connect() {
    if (!idle() || leaving_ || !server_.domains->starter()) {
        return;
    }
    // The same guest may have gone as another domain just now: renamed, hidden, suspended. Its
    // agent takes the next welcome for the end of all mappings.
    held_ = server_.domains->leaves(entry_.address);
    if (held_) {
        return;
    }
    waits_ = unreachable();
    if (waits_) {
        return;
    }
    tried_server_ = agent_server_;
    was_paused_ = paused_;
    auto warden = server_.domains->starter()(entry_);
    if (!warden) {
        guest_warning(entry_.name, warden.error());
        connect_at(now() + backoff_.after(LinkEnd::crashed, {}));
        return;
    }
    warden_ = std::move(*warden);
    last_end_ = LinkEnd::closed;
    warden_watch_ = FdWatch(server_.loop, warden_.process.get(), WL_EVENT_READABLE,
                            [this](std::uint32_t) { warden_ended(); });
    guest_ = std::make_unique<Guest>(server_, *this, server_.domains->new_id(),
                                     std::move(warden_.records));
    hello_timer_.set(now() + hello_within);
}

// The warden's exit is told apart from the end of its socket: whichever comes first, the next one
// is started when both have come, and every page of the last connection is unmapped.
void Domain::warden_ended() {
    const WardenEnd end = read_warden_end(warden_.process.get());
    warden_watch_ = {};
    warden_.process.reset();
    last_end_ = guest_ && guest_->broke() ? LinkEnd::violation : link_end(end);
    if (last_end_ == LinkEnd::crashed && !leaving_) {
        guest_warning(entry_.name, "its warden " + to_string(end));
    } else if (broke_channel(end) && !leaving_) {
        guest_warning(entry_.name, "broke its channel");
    }
    if (!std::exchange(missed_, last_end_ == LinkEnd::unreachable) && missed_) {
        const std::string where = entry_.uuid ? "" : " at " + grants::to_string(entry_.address);
        log_info("domain " + entry_.name + ": nobody answers" + where + "; it is tried again");
    }
    if (guest_ && !guest_->ended()) {
        guest_->end({});
    }
    tidy();
}

void Domain::tidy() {
    if (!guest_ || !guest_->drained()) {
        return;
    }
    if (warden_.process) {
        // Its socket is closed, and it tells the agent why: a moment for that, then it is killed.
        linger_timer_.set(now() + linger);
        return;
    }
    if (was_paused_ && guest_->broke() == protocol::Violation::hello_expected) {
        // The warden's clock went on while the guest's stood still.
        last_end_ = LinkEnd::closed;
    } else if (guest_->broke()) {
        last_end_ = LinkEnd::violation;
    }
    const policy::Time welcomed = guest_->welcomed_at();
    const policy::Time lasted = welcomed == policy::Time{} ? policy::Time{} : now() - welcomed;
    guest_.reset();
    hello_timer_.set({});
    linger_timer_.set({});
    if (leaving_) {
        return;
    }
    if (entry_.uuid && last_end_ == LinkEnd::unreachable) {
        const Backoff::Retry retry = backoff_.after_vain(agent_server_ != tried_server_);
        connect_at(now() + retry.pause);
        waits_ = retry.or_at_another_server;
    } else {
        connect_at(now() + backoff_.after(last_end_, lasted));
    }
}

void Domain::end() {
    leaving_ = true;
    connect_timer_.set({});
    warden_watch_ = {};
    warden_.process.reset();
    if (guest_ && !guest_->ended()) {
        guest_->end({});
    }
}

Domains::Domains(Server& server)
    : server_(server),
      tidy_timer_(server.loop,
                  [this] {
                      for (const auto& domain : domains_) {
                          domain->tidy();
                      }
                      for (const auto& domain : leaving_) {
                          domain->tidy();
                      }
                      const auto gone = std::erase_if(
                          leaving_, [](const auto& domain) { return !domain->guest_; });
                      for (const auto& domain : domains_) {
                          if (gone != 0 && domain->held_) {
                              domain->connect_at(now());
                          }
                      }
                  }),
      refresh_timer_(server.loop, [this] {
          wakes_ = false;
          server_.ledger.refresh(now());
          for (const auto& domain : domains_) {
              if (Guest* guest = domain->guest()) {
                  guest->resume();
              }
          }
      }) {}

Domains::~Domains() = default;

std::expected<void, std::string> Domains::add(const DomainEntry& entry) {
    if (std::holds_alternative<grants::LocalAddress>(entry.address) &&
        !server_.options().allow_local) {
        return std::unexpected("domain " + entry.name +
                               " has a local address, which needs --allow-local");
    }
    if (Domain* domain = find(entry.name)) {
        if (domain->entry().address == entry.address && domain->entry().uuid == entry.uuid) {
            if (domain->entry().label != entry.label) {
                domain->relabel(entry.label);
                server_.outputs->repaint_bars();
            }
            return {};
        }
        remove(entry.name);
    }
    domains_.push_back(std::make_unique<Domain>(server_, entry));
    domains_.back()->connect_timer_.set(now());
    return {};
}

bool Domains::remove(std::string_view name) {
    const auto found = std::ranges::find_if(
        domains_, [&](const auto& domain) { return domain->entry().name == name; });
    if (found == domains_.end()) {
        return false;
    }
    leaving_.push_back(std::move(*found));
    domains_.erase(found);
    leaving_.back()->end();
    guest_ended();
    return true;
}

Domain* Domains::find(std::string_view name) const {
    for (const auto& domain : domains_) {
        if (domain->entry().name == name) {
            return domain.get();
        }
    }
    return nullptr;
}

std::vector<Domain*> Domains::all() const {
    std::vector<Domain*> all;
    for (const auto& domain : domains_) {
        all.push_back(domain.get());
    }
    return all;
}

Guest* Domains::guest(policy::DomainId id) const {
    for (const auto& domain : domains_) {
        if (Guest* guest = domain->guest(); guest && guest->id() == id) {
            return guest;
        }
    }
    return nullptr;
}

void Domains::guest_ended() {
    tidy_timer_.set(now());
}

bool Domains::leaves(const grants::Address& address) const {
    return std::ranges::any_of(leaving_, [&](const auto& domain) {
        return domain->guest_ && domain->entry().address == address;
    });
}

bool Domains::all_unmapped() const {
    const auto has_none = [](const auto& domain) { return !domain->guest_; };
    return std::ranges::all_of(domains_, has_none) && std::ranges::all_of(leaving_, has_none);
}

void Domains::wake_at_refresh() {
    // Who comes to rest later does not make the others wait longer.
    if (!std::exchange(wakes_, true)) {
        refresh_timer_.set(server_.ledger.next_refresh());
    }
}

}  // namespace leadlight::compositor
