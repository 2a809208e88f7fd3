// SPDX-License-Identifier: MIT
#include "compositor/guest/link.hpp"

#include "compositor/clock.hpp"

#include <wayland-server-core.h>

namespace leadlight::compositor {

using protocol::FromWarden;
using protocol::Violation;

Link::Link(wl_event_loop* loop, grants::Descriptor socket, LinkOwner& owner)
    : socket_(std::in_place, std::move(socket)), owner_(owner),
      watch_(loop, socket_->poll_descriptor(), WL_EVENT_READABLE,
             [this](std::uint32_t mask) { ready(mask); }),
      liveness_timer_(loop,
                      [this] {
                          note(liveness_.timer(now()));
                          flush();
                      }),
      overflow_timer_(loop, [this] { lose(Violation::no_answer, "its queue is full"); }) {}

void Link::ready(std::uint32_t mask) {
    // A resting link's hang-up would come again and again until the next refresh; what it still
    // had to say is of no use to a desktop without its windows.
    if (resting_ && (mask & (WL_EVENT_HANGUP | WL_EVENT_ERROR)) != 0) {
        lose(std::nullopt, "the warden is gone");
        return;
    }
    if ((mask & WL_EVENT_WRITABLE) != 0) {
        flush();
    }
    if (open() && !resting_ && (mask & ~static_cast<unsigned>(WL_EVENT_WRITABLE)) != 0) {
        dispatch();
    }
}

void Link::resume() {
    if (open() && resting_) {
        resting_ = false;
        dispatch();
        watch();
    }
}

void Link::dispatch() {
    const policy::Time start = now();
    while (open()) {
        if (!owner_.may_take_record()) {
            resting_ = true;
            break;
        }
        if (!incoming_ && !receive()) {
            break;
        }
        const auto taken = owner_.record(incoming_->record, incoming_->descriptor);
        if (!open()) {
            break;  // closed by the owner meanwhile
        }
        if (!taken) {
            lose(taken.error(), "");
            break;
        }
        if (*taken == Taken::later) {
            resting_ = true;
            break;
        }
        incoming_.reset();
    }
    if (open() && resting_) {
        watch();
        owner_.link_rests();
    }
    owner_.dispatch_ended(now() - start);
}

// False when there is nothing now, or when the link was lost.
bool Link::receive() {
    auto arrived = records::receive_record<FromWarden>(*socket_);
    if (arrived) {
        if (*arrived) {
            incoming_ = std::move(**arrived);
        }
        return incoming_.has_value();
    }
    if (const auto* fault = std::get_if<protocol::Fault>(&arrived.error())) {
        lose(fault->violation,
             "in a record " + std::string(fault->message) + ", field " + std::string(fault->field));
        return false;
    }
    switch (std::get<records::SocketError>(arrived.error())) {
    case records::SocketError::closed:
        lose(std::nullopt, "the warden is gone");
        break;
    case records::SocketError::truncated:
        lose(Violation::wrong_length, "no record");
        break;
    case records::SocketError::failed:
        lose(std::nullopt, "its socket failed");
        break;
    }
    return false;
}

void Link::send(protocol::ToWarden::Any record, grants::Descriptor file) {
    if (!open() || overflowed_) {
        return;
    }
    const policy::QueueClass kind = queue_class(record);
    if (kind.input && !responding()) {
        return;
    }
    if (outgoing_.push({std::move(record), std::move(file)}, kind) ==
        OutgoingRecords::Pushed::overflow) {
        // Input may be lost: the domain counts as not responding and gets its state anew. What is
        // not input (a release, a pool's end) has no second telling: without it both sides would
        // count differently for good.
        if (kind.input) {
            note(liveness_.overflowed());
        } else {
            overflowed_ = true;
            overflow_timer_.set(now());
        }
        return;
    }
    // Behind what it is about: who answers has read that too.
    if (kind.input && liveness_.input_sent(now())) {
        ping_open_ = true;
        send(protocol::Ping{++ping_});
        return;
    }
    flush();
}

bool Link::answered(protocol::Serial ping) {
    if (!ping_open_ || ping != ping_) {
        return false;
    }
    ping_open_ = false;
    note(liveness_.answered());
    return true;
}

void Link::flush() {
    while (open() && !outgoing_.empty()) {
        if (!write(outgoing_.front())) {
            break;
        }
        outgoing_.pop();
        note(liveness_.progress(now(), !outgoing_.empty()));
    }
    if (open()) {
        if (!outgoing_.empty()) {
            liveness_.waiting(now());
        }
        liveness_timer_.set(liveness_.deadline());
        watch();
    }
}

bool Link::write(const Outgoing& outgoing) {
    const auto bytes =
        std::visit([](const auto& r) { return protocol::encode_record<protocol::ToWarden>(r); },
                   outgoing.record);
    const auto sent = socket_->send(bytes, outgoing.file ? outgoing.file.get() : -1);
    // A socket that is gone is noticed by reading; nothing is lost that had a reader.
    stalled_ = sent && *sent == records::Sent::later;
    if (sent && *sent != records::Sent::yes) {
        return false;
    }
    owner_.record_sent();
    return true;
}

void Link::note(policy::Liveness::Change change) {
    using enum policy::Liveness::Change;
    if (change == stopped) {
        outgoing_.clear_input();
    }
    if (change != none && !frozen_) {
        owner_.responding_changed(change == resumed);
    }
    if (open()) {
        liveness_timer_.set(liveness_.deadline());
    }
}

void Link::freeze(bool frozen) {
    if (!open() || frozen == frozen_) {
        return;
    }
    frozen_ = frozen;
    if (frozen) {
        outgoing_.clear_input();
    }
    if (liveness_.responding()) {
        owner_.responding_changed(!frozen);
    }
}

void Link::watch() {
    std::uint32_t mask = resting_ ? 0 : WL_EVENT_READABLE;
    if (!outgoing_.empty() && !stalled_) {
        mask |= WL_EVENT_WRITABLE;
    }
    watch_.set_mask(mask);
}

void Link::close(std::optional<Violation> reason) {
    if (!open()) {
        return;
    }
    while (!outgoing_.empty() && write(outgoing_.front())) {
        outgoing_.pop();
    }
    if (reason) {
        socket_->make_room();
        write({protocol::Dismiss{*reason}, {}});
    }
    watch_ = {};
    liveness_timer_ = {};
    overflow_timer_ = {};
    incoming_.reset();
    socket_.reset();
}

void Link::lose(std::optional<Violation> violation, std::string reason) {
    if (open()) {
        close(violation);
        owner_.link_lost(violation, std::move(reason));
    }
}

}  // namespace leadlight::compositor
