// SPDX-License-Identifier: MIT
// The record socket to one warden. It receives datagrams up to a budget and hands each on decoded;
// it sends without ever blocking. What a record means is the Guest's to judge; here is only what
// holds for every record: its form, and whether a descriptor belongs to it.
#pragma once

#include "compositor/event_source.hpp"
#include "compositor/guest/outgoing.hpp"
#include "compositor/policy/liveness.hpp"
#include "compositor/records/record_socket.hpp"
#include "protocol/records.hpp"
#include "shm-grants/descriptor.hpp"

#include <optional>
#include <string>

namespace leadlight::compositor {

/// What became of a record.
enum class Taken : std::uint8_t {
    done,
    later,  // over this refresh's budget: offered again at the next
};

class LinkOwner {
  public:
    virtual ~LinkOwner() = default;
    /// A violation ends the link; the owner hears link_lost(). The owner may move the file out only
    /// when it gives `done`.
    [[nodiscard]] virtual std::expected<Taken, protocol::Violation>
    record(protocol::FromWarden::Any& record, grants::Descriptor& file) = 0;
    /// False when this refresh's budget is spent.
    virtual bool may_take_record() = 0;
    virtual void dispatch_ended(policy::Time took) = 0;
    /// Calls resume() at the next refresh.
    virtual void link_rests() = 0;
    /// Once, and the last call. The link may not be destroyed from within.
    virtual void link_lost(std::optional<protocol::Violation> violation, std::string reason) = 0;
    virtual void responding_changed(bool responding) = 0;
    virtual void record_sent() = 0;
};

class Link {
  public:
    Link(wl_event_loop* loop, grants::Descriptor socket, LinkOwner& owner);

    /// Never ends the link from within: whoever sends may be walking over the windows that would
    /// go with it.
    void send(protocol::ToWarden::Any record, grants::Descriptor file = {});
    /// A window is gone: what waits to be said of its state goes unsaid.
    void forget(protocol::WindowId window) { forget_window(outgoing_, window); }
    void resume();
    /// Sends what waits as far as it goes, then a dismiss with the reason, and closes. No
    /// link_lost() follows.
    void close(std::optional<protocol::Violation> reason);
    bool open() const { return socket_.has_value(); }
    bool responding() const { return liveness_.responding() && !frozen_; }
    /// A pong came. False: no ping of that serial is unanswered.
    [[nodiscard]] bool answered(protocol::Serial ping);
    /// Its domain is paused: it does not respond, whatever its channel still takes, and input that
    /// it would find when it goes on is not for it any more.
    void freeze(bool frozen);

  private:
    void ready(std::uint32_t mask);
    void dispatch();
    bool receive();
    void lose(std::optional<protocol::Violation> violation, std::string reason);
    void flush();
    bool write(const Outgoing& outgoing);
    void note(policy::Liveness::Change change);
    void watch();

    std::optional<records::RecordSocket> socket_;
    LinkOwner& owner_;
    FdWatch watch_;
    Timer liveness_timer_;
    Timer overflow_timer_;
    policy::Liveness liveness_;
    protocol::Serial ping_ = 0;  // the last one sent
    bool ping_open_ = false;
    OutgoingRecords outgoing_;
    std::optional<records::Arrived<protocol::FromWarden>> incoming_;  // not yet taken
    bool resting_ = false;
    bool overflowed_ = false;
    bool frozen_ = false;
    bool stalled_ = false;  // no event tells when it can be written; the timer tries
};

}  // namespace leadlight::compositor
