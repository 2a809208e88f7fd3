// SPDX-License-Identifier: MIT
#include "compositor/broker/domain_store.hpp"

#include "compositor/broker/log.hpp"
#include "protocol/broker_records.hpp"
#include "shm-grants/xen/xen.hpp"

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>

namespace leadlight::broker {

namespace {

// Tokens come back with the events, from xenstored and not from a guest: a letter for what is
// watched, then the domain's id.
constexpr std::string_view domains_token = "d";
constexpr char name_token = 'n';
constexpr char nodes_token = 's';

std::optional<std::uint16_t> number(std::string_view text) {
    std::uint16_t value = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || rest != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

std::string name_path(std::uint16_t domain) {
    return "/local/domain/" + std::to_string(domain) + "/name";
}

}  // namespace

std::expected<DomainStore, std::string> DomainStore::open() {
    auto store = grants::xen::open_store();
    if (!store) {
        return std::unexpected("xenstore cannot be reached: " + std::string(std::strerror(errno)));
    }
    // The toolstack's word on who we are, in our own directory.
    const auto own = number(grants::xen::read_node(*store, "domid").value_or(""));
    if (!own) {
        return std::unexpected("xenstore does not say which domain this is: no node domid");
    }
    DomainStore made(std::move(store), *own);
    for (const char* path : {"@introduceDomain", "@releaseDomain"}) {
        made.watch(path, std::string(domains_token), true);
    }
    return made;
}

int DomainStore::descriptor() const {
    return xs_fileno(store_.get());
}

std::optional<DomainStore::Event> DomainStore::next() {
    struct Free {
        void operator()(char** event) const { std::free(event); }
    };
    for (;;) {
        const std::unique_ptr<char*, Free> event(xs_check_watch(store_.get()));
        if (!event) {
            return std::nullopt;
        }
        const std::string_view token = event.get()[XS_WATCH_TOKEN];
        if (token == domains_token) {
            return DomainsChanged{};
        }
        const auto domain = number(token.substr(std::min<std::size_t>(1, token.size())));
        if (domain && token.front() == name_token) {
            return NameChanged{*domain};
        }
        if (domain && token.front() == nodes_token) {
            return NodesChanged{*domain};
        }
    }
}

void DomainStore::watch(const std::string& path, const std::string& token, bool on) {
    const bool done = on ? xs_watch(store_.get(), path.c_str(), token.c_str())
                         : xs_unwatch(store_.get(), path.c_str(), token.c_str());
    // What was not watched (ENOENT), or is already (EEXIST), is as it should be.
    if (!done && errno != ENOENT && errno != EEXIST) {
        log_error("xenstore watch of " + path + ": " + std::strerror(errno));
    }
}

void DomainStore::watch_name(std::uint16_t domain, bool on) {
    watch(name_path(domain), name_token + std::to_string(domain), on);
}

std::string DomainStore::nodes_path(std::uint16_t domain) const {
    return grants::xen::server_node({.domain = domain, .port = protocol::agent_port}, own_);
}

void DomainStore::watch_nodes(std::uint16_t domain, bool on) {
    watch(nodes_path(domain), nodes_token + std::to_string(domain), on);
}

std::optional<std::string> DomainStore::name(std::uint16_t domain) {
    return grants::xen::read_node(*store_, name_path(domain));
}

std::optional<std::string> DomainStore::nodes(std::uint16_t domain) {
    const auto path = nodes_path(domain);
    const auto ring = grants::xen::read_node(*store_, path + "/ring-ref");
    const auto port = grants::xen::read_node(*store_, path + "/event-channel");
    // A guest may write what it likes there; a server writes two numbers.
    constexpr std::size_t longest = 16;
    if (!ring || !port || ring->size() > longest || port->size() > longest) {
        return std::nullopt;
    }
    return *ring + '/' + *port;
}

}  // namespace leadlight::broker
