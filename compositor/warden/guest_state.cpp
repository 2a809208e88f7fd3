// SPDX-License-Identifier: MIT
// The greeting, and what the compositor says. Memory is in guest_memory.cpp, windows are in
// guest_windows.cpp, requests in guest_requests.cpp.
#include "compositor/warden/guest_state.hpp"

#include "compositor/warden/fault.hpp"

namespace leadlight::warden {

using protocol::Violation;

GuestState::Answer GuestState::accept(const protocol::FromAgent::Any& message) {
    return std::visit(
        [this]<class M>(const M& known) -> Answer {
            if (!std::is_same_v<M, protocol::Hello> && !greeted_) {
                return refuse(known, Violation::hello_expected, {});
            }
            return on(known);
        },
        message);
}

GuestState::Answer GuestState::on(const protocol::Hello& hello) {
    if (greeted_) {
        return refuse(hello, Violation::hello_repeated, {});
    }
    if (hello.min_version > hello.max_version) {
        return refuse(hello, Violation::out_of_bounds, "max_version");
    }
    if (hello.min_version > protocol::version || hello.max_version < protocol::version) {
        return refuse(hello, Violation::version_unsupported, "min_version");
    }
    greeted_ = true;
    return Verdict::pass;
}

namespace {

/// The serial of an event that the person caused; a request may name it.
template <class R>
std::optional<protocol::Serial> input_serial(const R& record) {
    if constexpr (requires { record.serial; } && !std::is_same_v<R, protocol::Configure> &&
                  !std::is_same_v<R, protocol::Ping>) {
        return record.serial;
    } else {
        return std::nullopt;
    }
}

}  // namespace

// What it says of things that are gone meanwhile crossed with their end, and means nothing.
void GuestState::sent(const protocol::ToWarden::Any& record) {
    const auto window = [this](protocol::WindowId id) -> Window* {
        const auto found = windows_.alive.find(id);
        return found == windows_.alive.end() ? nullptr : &found->second;
    };
    std::visit(
        [&]<class R>(const R& known) {
            if (const auto serial = input_serial(known)) {
                inputs_.add(*serial);
            }
            if constexpr (std::is_same_v<R, protocol::Welcome>) {
                max_layers_ = known.max_layers;
            } else if constexpr (std::is_same_v<R, protocol::Ping>) {
                pings_.add(known.serial);
            } else if constexpr (std::is_same_v<R, protocol::Configure>) {
                if (auto* configured = window(known.window)) {
                    configured->configures.add(known.serial);
                }
            } else if constexpr (std::is_same_v<R, protocol::Frame>) {
                if (auto* drawn = window(known.window)) {
                    drawn->in_flight = false;
                }
            } else if constexpr (std::is_same_v<R, protocol::PoolReady>) {
                const auto pool = pools_.alive.find(known.pool);
                if (pool != pools_.alive.end()) {
                    pool->second.ready = true;
                }
            } else if constexpr (std::is_same_v<R, protocol::Refused>) {
                const auto refuse_in = [&]<class Id>(auto& table, std::optional<Id> id) {
                    if (!id) {
                        return;
                    }
                    const auto found = table.alive.find(*id);
                    if (found != table.alive.end() && found->second.being == Being::real) {
                        found->second.being = Being::refused;
                    }
                };
                if (known.kind == protocol::RefusedKind::window) {
                    refuse_in(windows_, protocol::WindowId::from(known.id));
                } else {
                    refuse_in(pools_, protocol::PoolId::from(known.id));
                }
            }
        },
        record);
}

bool GuestState::shows(protocol::WindowId window) const {
    const auto found = windows_.alive.find(window);
    return found != windows_.alive.end() && found->second.being == Being::real;
}

}  // namespace leadlight::warden
