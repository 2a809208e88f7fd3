// SPDX-License-Identifier: MIT
#include "compositor/event_source.hpp"

#include "compositor/clock.hpp"

#include <wayland-server-core.h>

#include <algorithm>

namespace leadlight::compositor {

struct Timer::State {
    std::function<void()> fire;
    wl_event_source* source = nullptr;
    std::optional<policy::Time> when;
    std::weak_ptr<State> self;

    // The kernel's timer counts whole milliseconds, and 0 would disarm it.
    void arm() {
        if (!when) {
            wl_event_source_timer_update(source, 0);
            return;
        }
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*when - now()).count();
        wl_event_source_timer_update(source,
                                     static_cast<int>(std::clamp<long>(wait, 1, 86'400'000)));
    }

    static int fired(void* data) noexcept {
        const auto state = static_cast<State*>(data)->self.lock();
        if (!state || !state->when) {
            return 0;
        }
        if (now() < *state->when) {  // set for more than a day ahead
            state->arm();
            return 0;
        }
        state->when.reset();
        state->fire();
        return 0;
    }

    ~State() {
        if (source) {
            wl_event_source_remove(source);
        }
    }
};

Timer::Timer(wl_event_loop* loop, std::function<void()> fire) : state_(std::make_shared<State>()) {
    state_->fire = std::move(fire);
    state_->self = state_;
    state_->source = wl_event_loop_add_timer(loop, State::fired, state_.get());
}

namespace {

// The source is taken off the loop at once; the callable lives until a call of it returned.
template <class State>
void end(std::shared_ptr<State>& state) {
    if (state && state->source) {
        wl_event_source_remove(state->source);
        state->source = nullptr;
    }
    state.reset();
}

}  // namespace

Timer& Timer::operator=(Timer&& other) noexcept {
    if (this != &other) {
        end(state_);
        state_ = std::move(other.state_);
    }
    return *this;
}

Timer::~Timer() {
    end(state_);
}

void Timer::set(std::optional<policy::Time> when) {
    if (!state_ || state_->when == when) {
        return;
    }
    state_->when = when;
    state_->arm();
}

struct FdWatch::State {
    std::function<void(std::uint32_t)> ready;
    wl_event_source* source = nullptr;
    std::uint32_t mask = 0;
    std::weak_ptr<State> self;

    static int event(int /*fd*/, std::uint32_t mask, void* data) noexcept {
        if (const auto state = static_cast<State*>(data)->self.lock()) {
            state->ready(mask);
        }
        return 0;
    }

    ~State() {
        if (source) {
            wl_event_source_remove(source);
        }
    }
};

FdWatch::FdWatch(wl_event_loop* loop, int fd, std::uint32_t mask,
                 std::function<void(std::uint32_t)> ready)
    : state_(std::make_shared<State>()) {
    state_->ready = std::move(ready);
    state_->mask = mask;
    state_->self = state_;
    state_->source = wl_event_loop_add_fd(loop, fd, mask, State::event, state_.get());
}

FdWatch& FdWatch::operator=(FdWatch&& other) noexcept {
    if (this != &other) {
        end(state_);
        state_ = std::move(other.state_);
    }
    return *this;
}

FdWatch::~FdWatch() {
    end(state_);
}

void FdWatch::set_mask(std::uint32_t mask) {
    if (state_ && state_->source && state_->mask != mask) {
        state_->mask = mask;
        wl_event_source_fd_update(state_->source, mask);
    }
}

SignalWatch::SignalWatch(wl_event_loop* loop, int number, std::function<void()> came)
    : came_(std::move(came)), source_(wl_event_loop_add_signal(
                                  loop, number,
                                  [](int /*number*/, void* data) noexcept {
                                      static_cast<SignalWatch*>(data)->came_();
                                      return 0;
                                  },
                                  this)) {}

SignalWatch::~SignalWatch() {
    if (source_) {
        wl_event_source_remove(source_);
    }
}

}  // namespace leadlight::compositor
