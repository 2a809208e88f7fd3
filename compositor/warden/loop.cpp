// SPDX-License-Identifier: MIT
#include "compositor/warden/loop.hpp"

#include "compositor/records/sealed_file.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>

namespace leadlight::warden {

using namespace protocol;
using grants::ChannelError;

namespace {

constexpr int records_per_turn = 64;
constexpr int messages_per_turn = 64;
constexpr std::size_t read_size = std::size_t{32} * 1024;
/// Messages for the agent travel together up to this: a commit is answered by three or four, and
/// each write alone would wake it.
constexpr std::size_t write_size = std::size_t{16} * 1024;
/// How long the last words may wait for a listener, and the next try after Sent::later.
constexpr int last_words_ms = 500;
constexpr int retry_ms = 5;

}  // namespace

Outcome Loop::run() {
    while (!outcome_) {
        wait();
        if (!outcome_) {
            flush_records();
        }
        if (!outcome_) {
            flush_channel();
        }
        if (!outcome_) {
            read_records();
        }
        if (!outcome_) {
            take_messages();
        }
        if (!outcome_) {
            read_channel();
        }
        if (!outcome_) {
            draw_titles();
        }
        if (!outcome_) {
            await_hello();
        }
    }
    const Outcome outcome = *outcome_;
    say_goodbye(outcome);
    return outcome;
}

void Loop::wait() {
    const bool channel_wanted = to_compositor_.empty();
    const bool records_wanted = to_agent_.empty();
    const bool socket_like = channel_.room_shows_as_writable();

    // A side that is neither read nor written is left out where its hang-up would wake us in vain.
    // The compositor's is wanted always: without it there is nothing to wait for.
    short channel_events = 0;
    if (channel_wanted || !socket_like) {
        channel_events |= POLLIN;
    }
    if (!records_wanted && socket_like) {
        channel_events |= POLLOUT;
    }
    pollfd watched[2] = {
        {channel_events != 0 ? channel_.poll_descriptor() : -1, channel_events, 0},
        {compositor_.poll_descriptor(), 0, 0},
    };
    if (records_wanted) {
        watched[1].events |= POLLIN;
    }
    if (!to_compositor_.empty() && !retry_soon_) {
        watched[1].events |= POLLOUT;
    }

    const int timeout = patience();
    retry_soon_ = false;

    if (poll(watched, 2, timeout) < 0) {
        if (errno != EINTR) {
            end(ExitStatus::own_failure, "waiting failed");
        }
        return;
    }
    if ((watched[0].revents & POLLIN) != 0) {
        channel_.drain_event();
    }
    if (watched[0].revents != 0) {
        channel_may_have_more_ = true;
    }
    records_may_be_there_ = (watched[1].revents & (POLLIN | POLLHUP | POLLERR)) != 0;
    if (!records_wanted && (watched[1].revents & (POLLHUP | POLLERR)) != 0) {
        take_last_words();
    }
}

// The guest reads nothing now. What else it was to hear is of no use any more, but why it is let go
// of may reach it yet.
void Loop::take_last_words() {
    while (true) {
        const auto arrived = records::receive_record<ToWarden>(compositor_);
        if (!arrived || !*arrived) {
            return end(ExitStatus::compositor_gone, "the compositor is gone");
        }
        if (const auto* dismiss = std::get_if<Dismiss>(&(*arrived)->record)) {
            bye_ = dismiss->reason;
            return end(ExitStatus::dismissed, name_of(dismiss->reason));
        }
    }
}

int Loop::patience() const {
    const bool channel_wanted = to_compositor_.empty();
    if (channel_wanted && (messages_may_be_ready_ || channel_may_have_more_)) {
        return 0;
    }
    if (retry_soon_) {
        return retry_ms;
    }
    auto due = channel_wanted ? titles_.next_due() : std::nullopt;
    if (!state_.greeted()) {
        due = due ? std::min(*due, hello_due_) : hello_due_;
    }
    if (!due) {
        return -1;
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*due - Titles::Clock::now());
    return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

// Only once all that came was looked at: a warden that got no time to run is not the guest's fault.
void Loop::await_hello() {
    const bool all_read = !channel_may_have_more_ && !messages_may_be_ready_;
    if (!state_.greeted() && all_read && Titles::Clock::now() >= hello_due_) {
        end(Fault{Violation::hello_expected, schema<Hello>.name, {}});
    }
}

void Loop::flush_records() {
    while (!to_compositor_.empty()) {
        const auto& next = to_compositor_.front();
        const auto sent = compositor_.send(next.bytes, next.descriptor.get());
        if (!sent) {
            if (sent.error() != records::SocketError::closed) {
                return end(ExitStatus::own_failure, "a record could not be sent");
            }
            // Its last words, why it dismissed the guest, may still be there: read_records will
            // find them or the end.
            to_compositor_.clear();
            return;
        }
        if (*sent != records::Sent::yes) {
            retry_soon_ = *sent == records::Sent::later;
            return;
        }
        to_compositor_.pop_front();
    }
}

void Loop::flush_channel() {
    while (agent_has_ < to_agent_.size()) {
        const auto taken = channel_.write(std::span(to_agent_).subspan(agent_has_));
        if (!taken) {
            if (taken.error() != ChannelError::closed) {
                return end(ExitStatus::channel_broken, to_string(taken.error()));
            }
            // Its last words may still be there: read_channel will find the end.
            to_agent_.clear();
            agent_has_ = 0;
            channel_may_have_more_ = true;
            return;
        }
        if (*taken == 0) {
            return;
        }
        agent_has_ += *taken;
    }
    to_agent_.clear();
    agent_has_ = 0;
}

void Loop::read_records() {
    // Bytes that wait since an earlier turn come first.
    if (!records_may_be_there_ || !to_agent_.empty()) {
        return;
    }
    for (int i = 0; i < records_per_turn && to_agent_.size() < write_size; ++i) {
        auto arrived = records::receive_record<ToWarden>(compositor_);
        if (!arrived) {
            const auto* socket = std::get_if<records::SocketError>(&arrived.error());
            if (socket != nullptr && *socket == records::SocketError::closed) {
                return end(ExitStatus::compositor_gone, "the compositor is gone");
            }
            return end(ExitStatus::own_failure, "the compositor sent what is no record");
        }
        auto& record = *arrived;
        if (!record) {
            break;
        }
        take(std::move(*record));
        if (outcome_) {
            return;
        }
    }
    flush_channel();
}

void Loop::take(records::Arrived<ToWarden> arrived) {
    if (const auto* dismiss = std::get_if<Dismiss>(&arrived.record)) {
        bye_ = dismiss->reason;
        return end(ExitStatus::dismissed, name_of(dismiss->reason));
    }
    if (const auto* style = std::get_if<TitleStyle>(&arrived.record)) {
        // It may have crossed with the window's end; kept, it would stay for ever.
        if (state_.shows(style->window)) {
            titles_.set_style(*style);
        }
        return;
    }
    state_.sent(arrived.record);
    if (const auto done = to_message(arrived.record, arrived.descriptor, to_agent_); !done) {
        end(ExitStatus::own_failure, done.error().what);
    }
}

void Loop::read_channel() {
    if (!channel_may_have_more_ || !to_compositor_.empty() || messages_may_be_ready_) {
        return;
    }
    std::byte buffer[read_size];
    const auto got = channel_.read(buffer);
    if (!got) {
        if (got.error() == ChannelError::closed) {
            return end(ExitStatus::guest_left, "the guest is gone");
        }
        if (got.error() == ChannelError::too_many_descriptors) {
            return end(Fault{Violation::descriptor_unexpected, {}, {}});
        }
        return end(ExitStatus::channel_broken, to_string(got.error()));
    }
    if (*got == 0) {
        channel_may_have_more_ = false;
        return;
    }
    // A socket is polled by level and says by itself when there is more.
    if (*got < read_size && channel_.room_shows_as_writable()) {
        channel_may_have_more_ = false;
    }
    framing_.append(std::span(buffer).first(*got));
    take_messages();
}

void Loop::take_messages() {
    messages_may_be_ready_ = true;
    for (int i = 0; i < messages_per_turn && to_compositor_.empty(); ++i) {
        const auto next = framing_.next();
        if (!next) {
            return end(next.error());
        }
        const auto& message = *next;
        if (!message) {
            messages_may_be_ready_ = false;
            // A descriptor is here no later than the first byte of its message.
            if (framing_.empty() && channel_.take_descriptor()) {
                end(Fault{Violation::descriptor_unexpected, {}, {}});
            }
            return;
        }
        take(*message);
        if (outcome_) {
            return;
        }
        flush_records();
        if (outcome_) {
            return;
        }
    }
}

void Loop::take(const FromAgent::Any& message) {
    const auto verdict = state_.accept(message);
    if (!verdict) {
        return end(verdict.error());
    }
    // A dropped message takes its descriptor with it.
    Descriptor descriptor;
    if (needs_descriptor(message)) {
        auto taken = channel_.take_descriptor();
        if (!taken) {
            return end(Fault{Violation::descriptor_missing, schema<PoolCreate>.name, "kind"});
        }
        descriptor = std::move(*taken);
        if (!records::check_pool_file(descriptor.get(),
                                      std::get<PoolCreate>(message).pages * page_size)) {
            return end(Fault{Violation::descriptor_refused, schema<PoolCreate>.name, "kind"});
        }
    }
    if (*verdict == Verdict::drop) {
        return;
    }
    if (const auto* title = std::get_if<Title>(&message)) {
        titles_.set_title(title->window, title->text.view());
    } else if (const auto* destroyed = std::get_if<WindowDestroy>(&message)) {
        titles_.forget(destroyed->window);
    }
    auto record = to_record(message, std::move(descriptor));
    if (!record) {
        return end(ExitStatus::own_failure, record.error().what);
    }
    if (*record) {
        to_compositor_.push_back(std::move(**record));
    }
}

void Loop::draw_titles() {
    if (!to_compositor_.empty()) {
        return;
    }
    const auto job = titles_.take(Titles::Clock::now());
    if (!job) {
        return;
    }
    // Refused since: the compositor would not know the window.
    if (!state_.shows(job->window)) {
        return titles_.forget(job->window);
    }
    auto drawn = draw_title(*job, painter_);
    if (!drawn) {
        return end(ExitStatus::own_failure, drawn.error().what);
    }
    for (auto& record : *drawn) {
        to_compositor_.push_back(std::move(record));
    }
    flush_records();
}

void Loop::end(ExitStatus status, std::string_view words) {
    outcome_ = Outcome{.status = status, .words = words};
}

void Loop::end(Fault fault) {
    bye_ = fault.violation;
    outcome_ = Outcome{.status = ExitStatus::guest_broke_protocol,
                       .words = name_of(fault.violation),
                       .fault = fault};
}

// Best effort: each side gets a little time, and the end does not depend on it.
void Loop::say_goodbye(const Outcome& outcome) {
    if (outcome.status == ExitStatus::guest_broke_protocol) {
        to_compositor_.push_back(
            {encode_record<FromWarden>(Broken{.violation = outcome.fault.violation}), {}});
    }
    if (bye_) {
        encode<ToAgent>(Bye{.reason = *bye_, .opcode = framing_.opcode()}, to_agent_);
    }

    const auto deadline = Titles::Clock::now() + std::chrono::milliseconds(last_words_ms);
    while ((!to_compositor_.empty() && outcome.status != ExitStatus::compositor_gone) ||
           (bye_ && !to_agent_.empty())) {
        flush_records();
        if (bye_) {
            flush_channel();
        }
        if (Titles::Clock::now() >= deadline) {
            break;
        }
        if (!to_compositor_.empty() || (bye_ && !to_agent_.empty())) {
            poll(nullptr, 0, retry_ms);
        }
    }
}

}  // namespace leadlight::warden
