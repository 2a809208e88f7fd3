// SPDX-License-Identifier: MIT
// The programs' environment, and the one program that the agent may be started for.
#pragma once

#include "guest-agent/event_source.hpp"
#include "shm-grants/descriptor.hpp"

#include <sys/types.h>

#include <expected>
#include <functional>
#include <string>
#include <vector>

struct wl_event_loop;

namespace leadlight::agent {

/// Before anything else: switches that a person's shell may hold must not reach wlroots, nor turn
/// on a log of every key in WAYLAND_DEBUG.
void clean_environment();
/// What makes toolkits choose Wayland.
/// An empty `x_display`: no X11.
void set_toolkit_environment(const std::string& wayland_display, const std::string& x_display);

class Program {
  public:
    /// `ended` gets the exit status as a shell counts it.
    Program(wl_event_loop* loop, std::function<void(int)> ended)
        : loop_(loop), ended_(std::move(ended)) {}
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    [[nodiscard]] std::expected<void, std::string> start(const std::vector<std::string>& arguments);

  private:
    void reap();

    wl_event_loop* loop_;
    std::function<void(int)> ended_;
    pid_t pid_ = -1;
    grants::Descriptor pidfd_;
    EventSource source_;
};

}  // namespace leadlight::agent
