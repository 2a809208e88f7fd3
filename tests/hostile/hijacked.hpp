// SPDX-License-Identifier: MIT
// A domain whose warden is the attacker's: the compositor's record socket in a test's hands.
#pragma once

#include "compositor/records/record_socket.hpp"
#include "tests/hostile/stage.hpp"

#include <algorithm>
#include <deque>

namespace leadlight::hostile {

class Hijacked {
  public:
    /// Adds a domain, and takes the socket over from its scripted warden.
    explicit Hijacked(Stage& stage);
    ~Hijacked();
    Hijacked(const Hijacked&) = delete;

    /// Hello, windows and the rest of `things`, as a warden passes them on.
    void enters();

    template <lp::MessageOf<lp::FromWarden> T>
    void send(const T& record, int descriptor = -1) {
        send_bytes(lp::encode_record<lp::FromWarden>(record), descriptor);
    }
    /// One datagram. What is not taken within a bound is lost.
    void send_bytes(std::span<const std::byte> bytes, int descriptor = -1);
    void send_with_two(std::span<const std::byte> bytes, int descriptor);

    template <lp::MessageOf<lp::ToWarden> T>
    T hears(const std::function<bool(const T&)>& wanted = [](const T&) { return true; }) {
        std::optional<T> found;
        fixture::wait_until([&] { return (found = take<T>(wanted)).has_value(); },
                            "the warden waits in vain for " + std::string(lp::schema<T>.name));
        return *found;
    }
    /// Waits for the end. The reason, if it was dismissed.
    std::optional<lp::Violation> is_dismissed();
    /// Answered, and connected as before.
    void is_answered();
    /// Records of that kind that came since it was last answered, or before that answer.
    template <class T>
    std::size_t heard() const {
        return static_cast<std::size_t>(std::ranges::count_if(
            heard_, [](const auto& any) { return std::holds_alternative<T>(any); }));
    }

    Things things;
    const std::string& name() const { return name_; }
    Stage& stage() const { return stage_; }
    std::uint64_t next_id() { return ++last_id_; }
    /// A sealed memfd of that many bytes; the caller closes it.
    static int sealed(std::size_t bytes);

  private:
    void pump();
    template <class T>
    std::optional<T> take(const std::function<bool(const T&)>& wanted) {
        pump();
        for (auto it = heard_.begin(); it != heard_.end(); ++it) {
            if (const T* record = std::get_if<T>(&*it); record != nullptr && wanted(*record)) {
                const T found = *record;
                heard_.erase(it);
                return found;
            }
        }
        return std::nullopt;
    }
    lp::PoolId makes_pool();
    lp::BufferId makes_buffer(lp::PoolId pool, int width, int height);

    Stage& stage_;
    std::string name_;
    grants::Descriptor warden_;  // the scripted one stays as long as this is open
    std::optional<records::RecordSocket> socket_;
    std::deque<lp::ToWarden::Any> heard_;
    std::uint64_t last_id_ = 1000;
    bool closed_ = false;
};

}  // namespace leadlight::hostile
