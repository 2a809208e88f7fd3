// SPDX-License-Identifier: MIT
// Timers, watched descriptors and signals of the event loop, as owned objects. A callback may
// destroy its own source: what it runs in lives on until it returned.
#pragma once

#include "compositor/policy/types.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

struct wl_event_loop;
struct wl_event_source;

namespace leadlight::compositor {

class Timer {
  public:
    Timer() = default;
    Timer(wl_event_loop* loop, std::function<void()> fire);
    Timer(Timer&&) noexcept = default;
    Timer& operator=(Timer&&) noexcept;
    ~Timer();

    /// At that time of clock.hpp, or as soon as the loop runs again; never before. Replaces the
    /// former time; none stops it. Setting the time it is set to costs nothing.
    void set(std::optional<policy::Time> when);

  private:
    struct State;
    std::shared_ptr<State> state_;
};

class FdWatch {
  public:
    FdWatch() = default;
    /// `mask` of WL_EVENT_READABLE and WL_EVENT_WRITABLE. The descriptor is borrowed.
    FdWatch(wl_event_loop* loop, int fd, std::uint32_t mask,
            std::function<void(std::uint32_t mask)> ready);
    FdWatch(FdWatch&&) noexcept = default;
    FdWatch& operator=(FdWatch&&) noexcept;
    ~FdWatch();

    /// 0: rests; hang-ups still come.
    void set_mask(std::uint32_t mask);

  private:
    struct State;
    std::shared_ptr<State> state_;
};

/// A signal as an event of the loop: what `came` does is safe to do there.
class SignalWatch {
  public:
    SignalWatch(wl_event_loop* loop, int number, std::function<void()> came);
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;
    ~SignalWatch();

  private:
    std::function<void()> came_;
    wl_event_source* source_;
};

}  // namespace leadlight::compositor
