// SPDX-License-Identifier: MIT
// The channel to the admin domain. It may end at any time and come back: the agent then announces
// all windows again, and programs notice nothing (rule 8).
#pragma once

#include "guest-agent/event_source.hpp"
#include "guest-agent/outgoing.hpp"
#include "guest-agent/sender.hpp"
#include "protocol/framing.hpp"
#include "shm-grants/channel.hpp"

#include <functional>
#include <memory>

struct wl_event_loop;

namespace leadlight::agent {

class Connection : public Sender {
  public:
    struct Events {
        std::function<void()> opened;
        std::function<void(const protocol::ToAgent::Any&)> message;
        std::function<void()> closed;
        /// There is room again for what waited while `crowded`.
        std::function<void()> room;
    };

    Connection(wl_event_loop* loop, std::unique_ptr<grants::Server> server, Events events);

    /// False when the server cannot listen; the reason is logged.
    bool listen();
    bool is_open() const { return channel_ != nullptr; }
    bool crowded() const { return outgoing_.crowded(); }
    /// Dropped without a connection: all is announced anew on the next.
    void send(const protocol::FromAgent::Any& message, grants::Descriptor descriptor = {}) override;

  private:
    void watch(int descriptor, std::uint32_t mask, int (*call)(int, std::uint32_t, void*));
    void accept();
    void turn();
    bool read();
    bool write();
    void close();
    void retry_later();

    wl_event_loop* loop_;
    std::unique_ptr<grants::Server> server_;
    Events events_;
    std::unique_ptr<grants::Channel> channel_;
    protocol::Framing<protocol::ToAgent> framing_;
    Outgoing outgoing_;
    EventSource source_;
    EventSource flush_;
    EventSource retry_;
    bool was_crowded_ = false;
    bool waits_for_room_ = false;  // source_ is watched for it
};

}  // namespace leadlight::agent
