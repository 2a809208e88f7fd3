// SPDX-License-Identifier: MIT
#include "compositor/broker/service.hpp"

#include "compositor/broker/admission.hpp"
#include "compositor/broker/log.hpp"
#include "compositor/broker/session.hpp"
#include "compositor/policy/page_caps.hpp"
#include "shm-grants/xen/xen.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>

#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

namespace leadlight::broker {

using namespace protocol;

namespace {

// Xen tells nobody when a domain is paused, so it is asked: one call, while there is someone to
// tell.
constexpr int ask_every_ms = 1000;
// What a compositor asks for in one turn of the loop.
constexpr int requests_per_turn = 64;
constexpr int events_per_turn = 64;

Time now() {
    return std::chrono::steady_clock::now().time_since_epoch();
}

void refuse(Served& peer, Refusing reason) {
    static_cast<void>(peer.send(BrokerRefusal{reason}));
}

// With systemd, until the compositor closes its side: should this process die before, the next one
// gets it and waits for that, as this one would have.
void keep(int socket) {
    sd_pid_notify_with_fds(0, 0, "FDSTORE=1\nFDNAME=compositor", &socket, 1);
}

}  // namespace

std::expected<void, std::string> Service::run() {
    const auto limits = parts_.hypervisor.limits(parts_.store.own_domain());
    if (!limits) {
        return std::unexpected(limits.error());
    }
    welcome_ = *limits;
    unmaps_within_ = policy::unmapped_within({.maptrack_frames = welcome_.maptrack_frames,
                                              .entries_per_page = welcome_.entries_per_page});
    for (grants::Descriptor& socket : parts_.former) {
        await(Served(std::move(socket)));
    }
    if (auto listed = list_domains(); !listed) {
        return listed;
    }
    for (bool more_events = false;;) {
        std::vector<pollfd> watched{
            {parts_.signals.get(), POLLIN, 0},
            {parts_.store.descriptor(), POLLIN, 0},
            {leaving_.empty() ? parts_.listening.get() : -1, POLLIN, 0},
            {served_ ? served_->descriptor() : -1, POLLIN, 0},
        };
        if (served_ && served_->wants_to_write()) {
            watched[3].events |= POLLOUT;
        }
        const std::size_t others = watched.size();
        for (const Leaving& one : leaving_) {
            watched.push_back({one.peer.descriptor(), 0, 0});  // hangs up
        }
        static_cast<void>(poll(watched.data(), watched.size(), more_events ? 0 : timeout()));
        for (std::size_t i = leaving_.size(); i-- > 0;) {
            if (watched[others + i].revents != 0 || is_given_up(leaving_[i])) {
                leaving_.erase(leaving_.begin() + static_cast<std::ptrdiff_t>(i));
            }
        }
        if (!take_signals()) {
            return {};
        }
        more_events = false;
        for (int i = 0; i < events_per_turn; ++i) {
            const auto event = parts_.store.next();
            more_events = event.has_value();
            if (!event) {
                break;
            }
            take(*event);
        }
        watch_again();
        if (auto listed = list_domains(); !listed) {
            return listed;
        }
        if (served_ && !served_->flush()) {
            end_service("it left");
        }
        check_session();
        take_requests();
        accept();
    }
}

int Service::timeout() const {
    if (served_ || !leaving_.empty()) {
        return ask_every_ms;
    }
    const bool rests = std::ranges::any_of(
        watched_, [](const auto& one) { return one.second.rests_until.has_value(); });
    return rests ? ask_every_ms : -1;
}

std::expected<void, std::string> Service::list_domains() {
    const auto all = parts_.hypervisor.list(parts_.store.own_domain());
    if (!all) {
        return std::unexpected(all.error());
    }
    const auto changes = table_.listed(*all);
    tell(changes.records);
    for (const DomainKey& key : changes.gone) {
        const std::uint16_t domain = key.domain.get();
        parts_.store.watch_name(domain, false);
        parts_.store.watch_nodes(domain, false);
        watched_.erase(domain);
        parts_.wardens.stop(key);
        log_info("domain " + std::to_string(domain) + " is gone");
    }
    for (const DomainKey& key : changes.appeared) {
        // Each watch fires once by itself, which reads what is there.
        const std::uint16_t domain = key.domain.get();
        watched_.try_emplace(domain,
                             Watched{.limit = WatchLimit(now()), .rests_until = {}, .log = {}});
        parts_.store.watch_name(domain, true);
        parts_.store.watch_nodes(domain, true);
    }
    return {};
}

void Service::take(const DomainStore::Event& event) {
    if (const auto* name = std::get_if<DomainStore::NameChanged>(&event)) {
        tell(table_.named(name->domain, parts_.store.name(name->domain)));
    } else if (const auto* nodes = std::get_if<DomainStore::NodesChanged>(&event)) {
        nodes_changed(nodes->domain);
    }
    // Domains that came or went are listed anyway, after each turn's events.
}

void Service::nodes_changed(std::uint16_t domain) {
    const auto found = watched_.find(domain);
    if (found == watched_.end() || found->second.rests_until) {
        return;  // an event from before the watch ended
    }
    if (!found->second.limit.take(now())) {
        parts_.store.watch_nodes(domain, false);
        found->second.rests_until = now() + WatchLimit::rest;
        if (const auto line = found->second.log.take(
                now(), "domain " + std::to_string(domain) +
                           " writes its nodes all the time: it is not watched for a while")) {
            log_warning(*line);
        }
        return;
    }
    tell(table_.served(domain, parts_.store.nodes(domain)));
}

void Service::watch_again() {
    for (auto& [domain, watched] : watched_) {
        if (watched.rests_until && *watched.rests_until <= now()) {
            watched.rests_until.reset();
            parts_.store.watch_nodes(domain, true);
        }
    }
}

bool Service::take_signals() {
    bool on = true;
    signalfd_siginfo signal{};
    while (read(parts_.signals.get(), &signal, sizeof signal) == ssize_t{sizeof signal}) {
        on = on && signal.ssi_signo == SIGCHLD;
    }
    tell(parts_.wardens.reap());
    return on;
}

void Service::accept() {
    // Agents take the welcome of the next one's wardens for the end of all mappings.
    if (!leaving_.empty()) {
        return;
    }
    if (!next_) {
        next_.emplace(grants::Descriptor(
            ::accept4(parts_.listening.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)));
    }
    Served peer = std::move(*next_);
    next_.reset();
    if (peer.descriptor() < 0) {
        return;
    }
    const auto user = peer_user(peer.descriptor());
    if (!user) {
        return;
    }
    const Person person{.user = *user,
                        .session = parts_.only_user ? "" : peer_session(peer.descriptor())};
    const std::string who = "user " + std::to_string(*user);
    switch (admit(person, active(),
                  served_.transform([](const Served& served) { return served.person(); }))) {
    case Admission::not_the_active_session:
        warn_of(*user, who + " asked to be served, and not from the session that is active");
        return refuse(peer, Refusing::not_the_active_session);
    case Admission::another_is_served:
        warn_of(*user, who + " asked to be served a second time");
        return refuse(peer, Refusing::another_is_served);
    case Admission::serve_instead:
        refuse(*served_, Refusing::replaced);
        end_service("another session is active now");
        next_.emplace(std::move(peer));
        return;
    case Admission::serve:
        break;
    }
    auto device = grants::xen::open_grant_device();
    if (!device) {
        log_error("/dev/xen/gntdev cannot be opened");
        return;
    }
    served_.emplace(std::move(peer)).set_person(person);
    keep(served_->descriptor());
    log_info(who + " is served");
    if (!served_->send(welcome_, std::move(device))) {
        return end_service("it left");
    }
    tell(table_.all());
}

std::optional<Person> Service::active() const {
    return parts_.only_user ? std::optional(Person{.user = *parts_.only_user, .session = {}})
                            : active_person();
}

void Service::check_session() {
    if (served_ && !parts_.only_user && !session_lasts(served_->person().session)) {
        refuse(*served_, Refusing::not_the_active_session);
        end_service("its session ended");
    }
}

void Service::end_service(const std::string& why) {
    log_info("user " + std::to_string(served_->person().user) + " is not served any more: " + why);
    await(std::move(*served_));
    served_.reset();
    parts_.wardens.disown_all();
}

// It reads the end, and has until it closes its own side to unmap everything.
void Service::await(Served peer) {
    shutdown(peer.descriptor(), SHUT_WR);
    leaving_.push_back({.peer = std::move(peer), .until = now() + unmaps_within_});
}

// What it keeps mapped is guests' memory, and entries of maptrack that the next one counts as free:
// the kernel takes them back when it dies, and its socket closes then.
bool Service::is_given_up(Leaving& leaving) {
    if (now() < leaving.until) {
        return false;
    }
    const auto user = peer_user(leaving.peer.descriptor());
    log_warning("the compositor of user " + (user ? std::to_string(*user) : "?") +
                " has not let go of its pages in time: it is killed");
    leaving.until = Time::max();
    return !leaving.peer.kill();
}

void Service::warn_of(uid_t user, const std::string& text) {
    if (const auto line = user_logs_[user].take(now(), text)) {
        log_warning(*line);
    }
}

void Service::take_requests() {
    for (int i = 0; served_ && i < requests_per_turn; ++i) {
        auto arrived = served_->receive();
        if (!arrived) {
            return end_service(arrived.error());
        }
        if (!*arrived) {
            return;
        }
        take((*arrived)->record, std::move((*arrived)->descriptor));
    }
}

void Service::take(ToBroker::Any& request, grants::Descriptor descriptor) {
    if (const auto* start = std::get_if<WardenStart>(&request)) {
        // The name is for a command line and a log, and checked like any other's.
        if (!table_.serves(start->key) || !is_name(start->name.view())) {
            tell(Wardens::Ended{
                {.warden = start->warden, .fate = WardenFate::not_started, .code = ENOENT}});
        } else {
            tell(parts_.wardens.start(*start, std::move(descriptor)));
        }
    } else if (const auto* stop = std::get_if<WardenStop>(&request)) {
        parts_.wardens.stop(stop->warden);
    } else if (const auto* wish = std::get_if<DomainRequest>(&request)) {
        const std::string what = std::string(name_of(wish->action)) + " domain " +
                                 std::to_string(wish->key.domain.get());
        // Who is away from the seat keeps the windows, to come back to; what is done with domains
        // is the word of the person who is there.
        if (active() != served_->person()) {
            return warn_of(served_->person().user,
                           what + ": asked for by a session that is not active");
        }
        if (const auto done = parts_.hypervisor.act(wish->key, wish->action); done) {
            log_info(what);
        } else {
            log_warning(what + ": " + done.error());
        }
    }
}

void Service::tell(const Records& records) {
    for (const auto& record : records) {
        if (served_ && !served_->send(record)) {
            end_service("it does not read");
        }
    }
}

void Service::tell(const Wardens::Ended& ended) {
    for (const auto& end : ended) {
        if (served_ && !served_->send(end)) {
            end_service("it does not read");
        }
    }
}

}  // namespace leadlight::broker
