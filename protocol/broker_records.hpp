// SPDX-License-Identifier: MIT
// What leadlightd and the compositor say to each other: the records of the domains that Xen runs.
// The same datagrams as a warden's records, by the same schema and with the same checks on both
// sides; leadlightd has rights on Xen and the compositor has the person's eyes, and neither is to
// fall to the other's mistake.
#pragma once

#include "protocol/name.hpp"
#include "protocol/records.hpp"

namespace leadlight::protocol {

inline constexpr std::uint16_t broker_version = 2;

/// The vchan port of agents, in each guest's xenstore directory.
inline constexpr std::uint32_t agent_port = 1;

/// Below DOMID_FIRST_RESERVED.
using XenDomain = Bounded<std::uint16_t, 0, 0x7fef>;
/// What stays the same when a domain is rebooted; the hypervisor's word.
using XenUuid = std::array<std::uint8_t, 16>;

/// A Xen domain at one time of its life. Both, because an id is used again.
struct DomainKey {
    XenDomain domain;
    XenUuid uuid{};
    bool operator==(const DomainKey&) const = default;
};
template <>
inline constexpr auto schema<DomainKey> = describe(
    "domain_key", "", field<&DomainKey::domain>("domain", ""), field<&DomainKey::uuid>("uuid", ""));

enum class XenState : std::uint8_t { running, paused, ending };
template <>
inline constexpr std::array<std::string_view, 3> names<XenState>{"running", "paused", "ending"};

/// Number of a warden, chosen by the compositor: each greater than the last.
using WardenNumber = Bounded<std::uint32_t, 1, UINT32_MAX>;

/// First on each connection, with the descriptor of gntdev by which pages are mapped.
struct BrokerWelcome {
    std::uint16_t version = broker_version;
    /// What Xen gives the admin domain, out of which every mapped page takes its entries.
    std::uint32_t maptrack_frames = 0;
    Bounded<std::uint8_t, 1, 2> entries_per_page = 1;
    bool operator==(const BrokerWelcome&) const = default;
};
template <>
inline constexpr auto schema<BrokerWelcome> =
    describe("broker_welcome", "With the descriptor of gntdev.",
             field<&BrokerWelcome::version>("version", ""),
             field<&BrokerWelcome::maptrack_frames>("maptrack_frames", ""),
             field<&BrokerWelcome::entries_per_page>("entries_per_page", ""));

enum class Refusing : std::uint8_t { not_the_active_session, another_is_served, replaced };
template <>
inline constexpr std::array<std::string_view, 3> names<Refusing>{"not_the_active_session",
                                                                 "another_is_served", "replaced"};

/// The last record of a connection that leadlightd does not serve, or not any more.
struct BrokerRefusal {
    Refusing reason = Refusing::not_the_active_session;
    bool operator==(const BrokerRefusal&) const = default;
};
template <>
inline constexpr auto schema<BrokerRefusal> =
    describe("broker_refusal", "", field<&BrokerRefusal::reason>("reason", ""));

/// A domain is there, or something of it changed.
struct DomainSeen {
    DomainKey key;
    XenState state = XenState::running;
    /// Counts how often its agent's vchan server appeared; 0: there is none.
    std::uint32_t server = 0;
    /// From the toolstack, never from the guest. Empty where it is no name that can be shown.
    Name name;
    bool operator==(const DomainSeen&) const = default;
};
template <>
inline constexpr auto schema<DomainSeen> =
    describe("domain_seen", "", field<&DomainSeen::key>("key", ""),
             field<&DomainSeen::state>("state", ""), field<&DomainSeen::server>("server", ""),
             field<&DomainSeen::name>("name", ""));

struct DomainGone {
    DomainKey key;
    bool operator==(const DomainGone&) const = default;
};
template <>
inline constexpr auto schema<DomainGone> =
    describe("domain_gone", "", field<&DomainGone::key>("key", ""));

/// Every domain has been told of: what was there before and was not named is gone.
struct AllSeen {
    bool operator==(const AllSeen&) const = default;
};
template <>
inline constexpr auto schema<AllSeen> = describe("all_seen", "");

enum class WardenFate : std::uint8_t { exited, killed, not_started };
template <>
inline constexpr std::array<std::string_view, 3> names<WardenFate>{"exited", "killed",
                                                                   "not_started"};

struct WardenEnded {
    WardenNumber warden;
    WardenFate fate = WardenFate::exited;
    std::uint16_t code = 0;  // exit status, signal, or errno
    bool operator==(const WardenEnded&) const = default;
};
template <>
inline constexpr auto schema<WardenEnded> =
    describe("warden_ended", "", field<&WardenEnded::warden>("warden", ""),
             field<&WardenEnded::fate>("fate", ""), field<&WardenEnded::code>("code", ""));

/// With the warden's end of the record socket. Its answer is warden_ended, whenever that is.
struct WardenStart {
    WardenNumber warden;
    DomainKey key;
    Name name;  // for the log
    bool operator==(const WardenStart&) const = default;
};
template <>
inline constexpr auto schema<WardenStart> =
    describe("warden_start", "With the warden's end of the record socket.",
             field<&WardenStart::warden>("warden", ""), field<&WardenStart::key>("key", ""),
             field<&WardenStart::name>("name", ""));

struct WardenStop {
    WardenNumber warden;
    bool operator==(const WardenStop&) const = default;
};
template <>
inline constexpr auto schema<WardenStop> =
    describe("warden_stop", "Kills it.", field<&WardenStop::warden>("warden", ""));

enum class DomainAction : std::uint8_t { pause, unpause, power_off };
template <>
inline constexpr std::array<std::string_view, 3> names<DomainAction>{"pause", "unpause",
                                                                     "power_off"};

/// What the person wants done with a domain. It is done if the domain is still that one.
struct DomainRequest {
    DomainKey key;
    DomainAction action = DomainAction::pause;
    bool operator==(const DomainRequest&) const = default;
};
template <>
inline constexpr auto schema<DomainRequest> =
    describe("domain_request", "", field<&DomainRequest::key>("key", ""),
             field<&DomainRequest::action>("action", ""));

using FromBroker =
    MessageList<BrokerWelcome, BrokerRefusal, DomainSeen, DomainGone, AllSeen, WardenEnded>;
using ToBroker = MessageList<WardenStart, WardenStop, DomainRequest>;

template <>
inline bool carries_descriptor(const BrokerWelcome&) {
    return true;
}
template <>
inline bool carries_descriptor(const WardenStart&) {
    return true;
}

extern template std::expected<FromBroker::Any, Fault>
    decode_record<FromBroker>(std::span<const std::byte>);
extern template std::expected<ToBroker::Any, Fault>
    decode_record<ToBroker>(std::span<const std::byte>);

}  // namespace leadlight::protocol
