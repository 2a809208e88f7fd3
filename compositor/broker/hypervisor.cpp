// SPDX-License-Identifier: MIT
#include "compositor/broker/hypervisor.hpp"

#include "compositor/broker/xen_limits.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <span>

extern "C" {
#include <xenctrl.h>
}

namespace leadlight::broker {

using namespace protocol;

namespace {

std::unexpected<std::string> failed(const std::string& what) {
    return std::unexpected(what + ": " + std::strerror(errno));
}

Listed listed(const xc_domaininfo_t& info) {
    Listed domain{.key = {.domain = XenDomain::clamped(info.domain)}};
    std::ranges::copy(info.handle, domain.key.uuid.begin());
    if ((info.flags & (XEN_DOMINF_dying | XEN_DOMINF_shutdown)) != 0) {
        domain.state = XenState::ending;
    } else if ((info.flags & XEN_DOMINF_paused) != 0) {
        domain.state = XenState::paused;
    }
    return domain;
}

}  // namespace

void Hypervisor::Close::operator()(xc_interface_core* handle) const {
    xc_interface_close(handle);
}

std::expected<Hypervisor, std::string> Hypervisor::open() {
    auto* handle = xc_interface_open(nullptr, nullptr, 0);
    if (handle == nullptr) {
        return failed("the hypervisor cannot be reached (/dev/xen/privcmd)");
    }
    return Hypervisor(handle);
}

std::expected<BrokerWelcome, std::string> Hypervisor::limits(std::uint16_t own) const {
    xen_commandline_t line{};
    if (xc_version(handle_.get(), XENVER_commandline, &line) < 0) {
        return failed("Xen's command line");
    }
    xc_domaininfo_t info{};
    if (xc_domain_getinfolist(handle_.get(), own, 1, &info) != 1 || info.domain != own) {
        return failed("what kind of domain this is");
    }
    const std::size_t size = strnlen(line, sizeof line);
    return BrokerWelcome{.maptrack_frames = maptrack_frames({line, size}),
                         // A PV domain maps each page twice: for its kernel and for the process.
                         .entries_per_page = decltype(BrokerWelcome::entries_per_page)::clamped(
                             (info.flags & XEN_DOMINF_hvm_guest) != 0 ? 1 : 2)};
}

std::expected<std::vector<Listed>, std::string> Hypervisor::list(std::uint16_t own) const {
    std::vector<Listed> all;
    constexpr unsigned most = 256;
    std::array<xc_domaininfo_t, most> part{};
    for (std::uint32_t next = 0;;) {
        const int count = xc_domain_getinfolist(handle_.get(), next, most, part.data());
        if (count < 0) {
            return failed("list of domains");
        }
        for (const auto& info : std::span(part).first(static_cast<std::size_t>(count))) {
            // Xen's own (idle, memory) are beyond what any guest has.
            if (info.domain != own && XenDomain::holds(info.domain)) {
                all.push_back(listed(info));
            }
            next = info.domain + 1U;
        }
        if (static_cast<std::size_t>(count) < part.size()) {
            return all;
        }
    }
}

std::expected<void, std::string> Hypervisor::act(const DomainKey& key, DomainAction action) const {
    xc_domaininfo_t info{};
    const std::uint32_t id = key.domain.get();
    // An id that was given to another domain since must not hit that one. Toolstacks keep a freed
    // id back for a minute, so there is no race left worth the name.
    if (xc_domain_getinfolist(handle_.get(), id, 1, &info) != 1 || info.domain != id ||
        listed(info).key != key) {
        return std::unexpected("it is not there any more");
    }
    // Xen counts pauses: a second one would outlast the unpause that the person sees work.
    const bool paused = (info.flags & XEN_DOMINF_paused) != 0;
    if (action == DomainAction::pause && paused) {
        return std::unexpected("it is paused already");
    }
    if (action == DomainAction::unpause && !paused) {
        return std::unexpected("it is not paused");
    }
    int done = 0;
    switch (action) {
    case DomainAction::pause:
        done = xc_domain_pause(handle_.get(), id);
        break;
    case DomainAction::unpause:
        done = xc_domain_unpause(handle_.get(), id);
        break;
    case DomainAction::power_off:
        done = xc_domain_shutdown(handle_.get(), id, SHUTDOWN_poweroff);
        break;
    }
    if (done != 0) {
        return failed(std::string(name_of(action)));
    }
    return {};
}

}  // namespace leadlight::broker
