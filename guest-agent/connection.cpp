// SPDX-License-Identifier: MIT
#include "guest-agent/connection.hpp"

#include "guest-agent/log.hpp"

#include <wayland-server-core.h>

#include <array>
#include <string>
#include <variant>

namespace leadlight::agent {

Connection::Connection(wl_event_loop* loop, std::unique_ptr<grants::Server> server, Events events)
    : loop_(loop), server_(std::move(server)), events_(std::move(events)),
      retry_(wl_event_loop_add_timer(
          loop_,
          [](void* self) {
              static_cast<Connection*>(self)->listen();
              return 0;
          },
          this)) {}

void Connection::watch(int descriptor, std::uint32_t mask, int (*call)(int, std::uint32_t, void*)) {
    source_.reset();  // before the next: it may be of the same descriptor
    waits_for_room_ = false;
    source_.reset(wl_event_loop_add_fd(loop_, descriptor, mask, call, this));
}

bool Connection::listen() {
    const auto descriptor = server_->listen();
    if (!descriptor) {
        log_warning("cannot listen: " + std::string(to_string(descriptor.error())));
        retry_later();
        return false;
    }
    watch(*descriptor, WL_EVENT_READABLE, [](int, std::uint32_t, void* self) {
        static_cast<Connection*>(self)->accept();
        return 0;
    });
    return true;
}

void Connection::retry_later() {
    constexpr int milliseconds = 1000;
    source_.reset();
    wl_event_source_timer_update(retry_.get(), milliseconds);
}

void Connection::accept() {
    auto channel = server_->accept();
    if (!channel) {
        log_warning("cannot accept: " + std::string(to_string(channel.error())));
        retry_later();
        return;
    }
    if (*channel == nullptr) {
        return;
    }
    channel_ = std::move(*channel);
    watch(channel_->poll_descriptor(), WL_EVENT_READABLE, [](int, std::uint32_t mask, void* self) {
        auto* connection = static_cast<Connection*>(self);
        if ((mask & WL_EVENT_READABLE) != 0) {
            connection->channel_->drain_event();
        }
        connection->turn();
        return 0;
    });
    events_.opened();
    turn();
}

/// Reads all there is and writes all that goes: a vchan tells of a change only once.
void Connection::turn() {
    if (!read() || !write()) {
        close();
    }
}

bool Connection::read() {
    std::array<std::byte, 16 * 1024> bytes;
    for (;;) {
        const auto count = channel_->read(bytes);
        if (!count) {
            return false;
        }
        if (*count == 0) {
            return true;
        }
        // A socket is polled by level: it says by itself when there is more.
        const bool more = *count == bytes.size() || !channel_->room_shows_as_writable();
        framing_.append(std::span(bytes).first(*count));
        for (;;) {
            auto message = framing_.next();
            if (!message) {
                log_error("the admin domain sent " + std::string(message.error().message) + "." +
                          std::string(message.error().field) + ": " +
                          std::string(name_of(message.error().violation)));
                return false;
            }
            if (!*message) {
                break;
            }
            if (const auto* bye = std::get_if<protocol::Bye>(&**message)) {
                log_error(
                    "the admin domain ended the connection: " + std::string(name_of(bye->reason)) +
                    ", opcode " + std::to_string(bye->opcode));
                return false;
            }
            events_.message(**message);
        }
        if (!more) {
            return true;
        }
    }
}

bool Connection::write() {
    if (!outgoing_.write_to(*channel_)) {
        return false;
    }
    if (channel_->room_shows_as_writable() && waits_for_room_ == outgoing_.empty()) {
        waits_for_room_ = !waits_for_room_;
        wl_event_source_fd_update(
            source_.get(),
            WL_EVENT_READABLE | (waits_for_room_ ? static_cast<unsigned>(WL_EVENT_WRITABLE) : 0u));
    }
    if (was_crowded_ && !outgoing_.crowded()) {
        was_crowded_ = false;
        events_.room();
    }
    return true;
}

void Connection::send(const protocol::FromAgent::Any& message, grants::Descriptor descriptor) {
    if (!is_open()) {
        return;
    }
    std::visit([&](const auto& one) { outgoing_.push(one, std::move(descriptor)); }, message);
    was_crowded_ = was_crowded_ || outgoing_.crowded();
    if (flush_ != nullptr) {
        return;
    }
    // Once for all messages of this turn of the loop.
    flush_.reset(wl_event_loop_add_idle(
        loop_,
        [](void* data) {
            auto* self = static_cast<Connection*>(data);
            static_cast<void>(self->flush_.release());
            if (self->is_open() && !self->write()) {
                self->close();
            }
            // Better to announce all anew than to grow without end.
            if (self->is_open() && self->outgoing_.full()) {
                log_warning("the admin domain does not read");
                self->close();
            }
        },
        this));
}

void Connection::close() {
    source_.reset();
    channel_.reset();
    framing_ = {};
    outgoing_.clear();
    was_crowded_ = false;
    events_.closed();
    listen();
}

}  // namespace leadlight::agent
