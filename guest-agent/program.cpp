// SPDX-License-Identifier: MIT
#include "guest-agent/program.hpp"

#include <wayland-server-core.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <spawn.h>
#include <string_view>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace leadlight::agent {

void clean_environment() {
    std::vector<std::string> unwanted{"WAYLAND_DEBUG", "WAYLAND_SOCKET", "WAYLAND_DISPLAY",
                                      "DISPLAY", "XAUTHORITY"};
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        if (text.starts_with("WLR_")) {
            unwanted.emplace_back(text.substr(0, text.find('=')));
        }
    }
    for (const std::string& name : unwanted) {
        unsetenv(name.c_str());
    }
}

void set_toolkit_environment(const std::string& wayland_display, const std::string& x_display) {
    const std::pair<const char*, const char*> variables[] = {
        {"WAYLAND_DISPLAY", wayland_display.c_str()},
        {"XDG_SESSION_TYPE", "wayland"},
        {"XDG_CURRENT_DESKTOP", "Leadlight"},
        // These prefer X11 where both are there.
        {"QT_QPA_PLATFORM", "wayland;xcb"},
        {"MOZ_ENABLE_WAYLAND", "1"},
        {"ELECTRON_OZONE_PLATFORM_HINT", "auto"},
        {"CLUTTER_BACKEND", "wayland"},
        // Java's toolkit takes the window manager for one that moves its windows otherwise.
        {"_JAVA_AWT_WM_NONREPARENTING", "1"},
    };
    for (const auto& [name, value] : variables) {
        setenv(name, value, 1);
    }
    if (!x_display.empty()) {
        setenv("DISPLAY", x_display.c_str(), 1);
    }
}

std::expected<void, std::string> Program::start(const std::vector<std::string>& arguments) {
    std::vector<char*> argv;
    for (const std::string& argument : arguments) {
        argv.push_back(const_cast<char*>(argument.c_str()));
    }
    argv.push_back(nullptr);

    // The event loop blocks the signals that it reads; a child inherits that.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, standard;
    sigemptyset(&none);
    sigemptyset(&standard);
    sigaddset(&standard, SIGPIPE);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &standard);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    const int error = posix_spawnp(&pid_, argv.front(), nullptr, &attributes, argv.data(), environ);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) {
        return std::unexpected(arguments.front() + ": " + std::strerror(error));
    }

    pidfd_.reset(static_cast<int>(syscall(SYS_pidfd_open, pid_, 0)));
    if (!pidfd_) {
        return std::unexpected(std::string("pidfd_open: ") + std::strerror(errno));
    }
    source_.reset(wl_event_loop_add_fd(
        loop_, pidfd_.get(), WL_EVENT_READABLE,
        [](int, std::uint32_t, void* self) {
            static_cast<Program*>(self)->reap();
            return 0;
        },
        this));
    return {};
}

void Program::reap() {
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) != pid_) {
        return;
    }
    source_.reset();
    ended_(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

}  // namespace leadlight::agent
