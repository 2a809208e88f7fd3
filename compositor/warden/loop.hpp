// SPDX-License-Identifier: MIT
// The warden at work: bytes of the channel to records and records to bytes, one thread, never
// waiting for one side while the other has something to say.
//
// Memory is bounded by not reading: while a record waits for room the channel is not read, while
// bytes wait for the channel no record is taken. Either side can stop its own direction only.
#pragma once

#include "compositor/records/record_socket.hpp"
#include "compositor/warden/guest_state.hpp"
#include "compositor/warden/outcome.hpp"
#include "compositor/warden/title_records.hpp"
#include "protocol/framing.hpp"
#include "shm-grants/channel.hpp"

#include <deque>
#include <optional>

namespace leadlight::warden {

class Loop {
  public:
    /// `hello_due`: 5 s after the connection was made, and not after the warden's start: what it
    /// loads before must not be taken off the guest's time.
    Loop(grants::Channel& channel, records::RecordSocket& compositor, protocol::PoolKind pools,
         theming::TextPainter painter, Titles::Clock::time_point hello_due)
        : channel_(channel), compositor_(compositor), state_(pools), painter_(std::move(painter)),
          hello_due_(hello_due) {}

    /// Until the end. Both sides have been told of it as far as they listened.
    Outcome run();

  private:
    // Each does a bounded amount of work, so that no side starves the other.
    void wait();
    int patience() const;  // of poll(), in milliseconds
    void await_hello();
    void read_records();
    void take_last_words();
    void read_channel();
    void take_messages();
    void draw_titles();
    void flush_records();
    void flush_channel();

    void take(const protocol::FromAgent::Any& message);
    void take(records::Arrived<protocol::ToWarden> arrived);

    void end(ExitStatus status, std::string_view words);
    void end(protocol::Fault fault);
    void say_goodbye(const Outcome& outcome);

    grants::Channel& channel_;
    records::RecordSocket& compositor_;
    GuestState state_;
    theming::TextPainter painter_;
    Titles titles_;
    const Titles::Clock::time_point hello_due_;
    protocol::Framing<protocol::FromAgent> framing_;

    std::deque<OutgoingRecord> to_compositor_;  // a title's two at most
    std::vector<std::byte> to_agent_;           // of one turn, or what is left of it
    std::size_t agent_has_ = 0;

    bool channel_may_have_more_ = true;   // a vchan tells once; until read() gave 0
    bool messages_may_be_ready_ = false;  // in framing_
    bool records_may_be_there_ = false;   // as poll said
    bool retry_soon_ = false;             // records::Sent::later
    std::optional<Outcome> outcome_;
    std::optional<protocol::Violation> bye_;
};

}  // namespace leadlight::warden
