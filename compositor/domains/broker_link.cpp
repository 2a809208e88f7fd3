// SPDX-License-Identifier: MIT
#include "compositor/domains/broker_link.hpp"

#include "compositor/clock.hpp"
#include "compositor/domains/asking_group.hpp"
#include "compositor/log.hpp"
#include "compositor/policy/page_caps.hpp"
#include "compositor/server.hpp"
#include "compositor/spawner/warden_end.hpp"
#include "shm-grants/unix_address.hpp"
#include "wlr-headers/wlroots.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <sys/socket.h>
#include <unistd.h>

namespace leadlight::compositor {

using namespace protocol;

namespace {

constexpr policy::Time again = std::chrono::seconds{1};

std::string error_line(const std::string& what) {
    return what + ": " + std::strerror(errno);
}

grants::Descriptor connect_to(const std::string& path) {
    const auto address = grants::unix_address(path);
    if (!address) {
        errno = ENAMETOOLONG;
        return {};
    }
    grants::Descriptor socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const AskingGroup group;
    if (socket && ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&*address),
                            sizeof *address) != 0) {
        return {};
    }
    return socket;
}

WardenEnd warden_end_of(const WardenEnded& end) {
    switch (end.fate) {
    case WardenFate::exited:
        return {WardenEnd::How::exited, end.code};
    case WardenFate::killed:
        return {WardenEnd::How::killed, end.code};
    case WardenFate::not_started:
        break;
    }
    return {WardenEnd::How::not_started, end.code};
}

std::optional<DomainKey> key_of(const DomainEntry& entry) {
    const auto* address = std::get_if<grants::XenAddress>(&entry.address);
    const auto domain = XenDomain::from(address ? address->domain : UINT16_MAX);
    if (!domain || !entry.uuid) {
        return std::nullopt;
    }
    return DomainKey{.domain = *domain, .uuid = *entry.uuid};
}

}  // namespace

BrokerLink::BrokerLink(Server& server, std::string socket, const Limits& limits)
    : server_(server), path_(std::move(socket)), limits_(limits),
      leave_timer_(server.loop, [this] { leave(); }),
      connect_timer_(server.loop, [this] { connect(); }) {
    connect_timer_.set(now());
    if (server_.session) {
        // Whoever comes back to the seat is not to wait for what was refused meanwhile.
        seat_.connect(server_.session->events.active, [this] {
            if (server_.session->active && !socket_) {
                refusal_pause_.forget();
                connect_timer_.set(now());
            }
        });
    }
}

void BrokerLink::configure(const Config& config) {
    // An address of the file would be a second word on where a domain is.
    for (const auto& entry : config.domains) {
        log_warning("domain " + entry.name + " has an address, which needs --domains local");
    }
    known_.configure(config.guests, config.unknown_label);
    apply();
}

void BrokerLink::connect() {
    auto socket = connect_to(path_);
    if (!socket) {
        return lose(error_line(path_));
    }
    socket_.emplace(std::move(socket));
    watch_ = FdWatch(server_.loop, socket_->poll_descriptor(), WL_EVENT_READABLE,
                     [this](std::uint32_t) { ready(); });
}

void BrokerLink::ready() {
    while (socket_) {
        auto arrived = records::receive_record<FromBroker>(*socket_);
        if (!arrived) {
            const auto* fault = std::get_if<Fault>(&arrived.error());
            return lose(fault ? "it sent what is no record: " + std::string(fault->message)
                              : "leadlightd is gone");
        }
        if (!*arrived) {
            break;
        }
        take((*arrived)->record, (*arrived)->descriptor);
    }
    apply();
}

void BrokerLink::take(FromBroker::Any& any, grants::Descriptor& file) {
    if (const auto* welcome = std::get_if<BrokerWelcome>(&any)) {
        if (welcome->version != broker_version) {
            return lose("leadlightd is of another version");
        }
        last_trouble_.clear();
        refusal_pause_.forget();
        leaving_.reset();  // it waited for that as long as it would
        log_info("leadlightd is there");
        // Pages that are mapped were mapped by the one that is there, and are unmapped by it.
        if (!server_.gntdev) {
            server_.gntdev = std::move(file);
        }
        lower_caps(*welcome);
        known_.begin();
    } else if (const auto* refusal = std::get_if<BrokerRefusal>(&any)) {
        lose("leadlightd refused: " + std::string(name_of(refusal->reason)));
        connect_timer_.set(now() + refusal_pause_.next());
    } else if (const auto* seen = std::get_if<DomainSeen>(&any)) {
        known_.seen(*seen);
    } else if (const auto* gone = std::get_if<DomainGone>(&any)) {
        known_.gone(*gone);
    } else if (std::holds_alternative<AllSeen>(any)) {
        known_.all_seen();
    } else if (const auto* ended = std::get_if<WardenEnded>(&any)) {
        take(*ended);
    }
}

// Before any page is mapped: what maps them came with the welcome.
void BrokerLink::lower_caps(const BrokerWelcome& welcome) {
    const auto frames = std::min(limits_.maptrack_frames.value_or(welcome.maptrack_frames),
                                 welcome.maptrack_frames);
    const auto caps = policy::capped_by(
        limits_.budgets, {.maptrack_frames = frames, .entries_per_page = welcome.entries_per_page});
    if (caps.lowered) {
        log_warning("guests get less memory than [limits] says, " +
                    std::to_string(caps.budgets.pages_in_all / 256) + " MiB: there are only " +
                    std::to_string(frames) + " maptrack frames");
    }
    server_.ledger.set_budgets(caps.budgets);
}

void BrokerLink::take(const WardenEnded& record) {
    const auto found = wardens_.find(record.warden.get());
    if (found != wardens_.end()) {
        tell_warden_end(found->second.end.get(), warden_end_of(record));
        wardens_.erase(found);
    }
}

// Wardens end with leadlightd, and their pipes with nothing told: that is nobody's fault.
void BrokerLink::lose(const std::string& why) {
    if (std::exchange(last_trouble_, why) != why) {
        log_warning(why);
    }
    watch_ = {};
    if (socket_) {
        leaving_ = std::move(socket_);
        socket_.reset();
    }
    wardens_.clear();
    known_.begin();
    apply();
    connect_timer_.set(now() + again);
    leave();
}

// leadlightd serves another compositor when this socket closes: agents take the welcome of its
// wardens for the end of our mappings.
void BrokerLink::leave() {
    if (!leaving_ || server_.domains->all_unmapped()) {
        leaving_.reset();
    } else {
        leave_timer_.set(now() + policy::page_refresh);
    }
}

void BrokerLink::apply() {
    auto view = known_.view();
    // First those that go: a name may be another domain's now.
    for (const ShownDomain& before : shown_) {
        const bool stays = std::ranges::any_of(view.shown, [&](const ShownDomain& now) {
            return now.key == before.key && now.name == before.name;
        });
        if (!stays) {
            log_info("domain " + before.name + " is gone");
            server_.domains->remove(before.name);
        }
    }
    for (const ShownDomain& domain : view.shown) {
        const grants::XenAddress address{.domain = domain.key.domain.get(), .port = agent_port};
        const auto added = server_.domains->add({.name = domain.name,
                                                 .label = domain.label,
                                                 .address = address,
                                                 .uuid = domain.key.uuid});
        if (!added) {
            log_warning(added.error());
            continue;
        }
        Domain& shown = *server_.domains->find(domain.name);
        shown.set_paused(domain.paused);
        shown.set_server(domain.server);
    }
    for (const HiddenDomain& hidden : view.hidden) {
        if (!std::ranges::contains(hidden_, hidden)) {
            log_warning("domain " + std::to_string(hidden.key.domain.get()) +
                        " is not shown: " + hidden.why);
        }
    }
    shown_ = std::move(view.shown);
    hidden_ = std::move(view.hidden);
}

bool BrokerLink::send(const ToBroker::Any& record, int file) {
    if (!socket_) {
        return false;
    }
    const auto bytes =
        std::visit([](const auto& one) { return encode_record<ToBroker>(one); }, record);
    const auto sent = socket_->send(bytes, file);
    return sent && *sent == records::Sent::yes;
}

std::expected<WardenProcess, std::string> BrokerLink::start(const DomainEntry& domain) {
    const auto key = key_of(domain);
    const auto name = Name::from(domain.name);
    if (!key || !name) {
        return std::unexpected("it is no domain that leadlightd told of");
    }
    auto ends = make_warden_ends();
    if (!ends) {
        return std::unexpected(ends.error());
    }
    const auto number = *WardenNumber::from(++last_warden_);
    if (!send(WardenStart{.warden = number, .key = *key, .name = *name}, ends->records.get())) {
        return std::unexpected("leadlightd does not answer");
    }
    // In error once nobody waits for its end any more: that is the request to kill it.
    FdWatch watch(server_.loop, ends->end.get(), 0,
                  [this, number](std::uint32_t) { stop(number); });
    wardens_.insert_or_assign(number.get(), Warden{std::move(ends->end), std::move(watch)});
    return std::move(ends->ours);
}

void BrokerLink::stop(WardenNumber number) {
    wardens_.erase(number.get());
    if (!send(WardenStop{number}) && socket_) {
        lose("leadlightd does not read");
    }
}

std::expected<void, std::string> BrokerLink::request(std::string_view name, DomainAction action) {
    const auto found = std::ranges::find(shown_, name, &ShownDomain::name);
    if (found == shown_.end()) {
        return std::unexpected("leadlightd tells of no domain '" + std::string(name) + "'");
    }
    // What leadlightd would refuse, and only its journal would say.
    if (action != DomainAction::power_off && found->paused == (action == DomainAction::pause)) {
        return std::unexpected(found->paused ? "it is paused already" : "it is not paused");
    }
    if (server_.session != nullptr && !server_.session->active) {
        return std::unexpected("only who is at the seat may ask for that");
    }
    if (!send(DomainRequest{.key = found->key, .action = action})) {
        return std::unexpected("leadlightd does not answer");
    }
    return {};
}

}  // namespace leadlight::compositor
