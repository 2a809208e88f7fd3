// SPDX-License-Identifier: MIT
// In a guest: a program with many windows of one colour, which draws each so many times (0: for as
// long as it lives) and all of it each time. Twice a second it says how far it has come. SIGUSR1:
// every second of its windows goes; SIGUSR2: from now on it draws for as long as it lives.
#include "xdg-shell-client-protocol.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <poll.h>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>
#include <vector>
#include <wayland-client.h>

namespace {

[[noreturn]] void fail(const char* what) {
    std::printf("windows: %s\n", what);
    std::exit(1);
}

volatile std::sig_atomic_t asked_to_halve = 0;
volatile std::sig_atomic_t asked_to_go_on = 0;

struct Options {
    unsigned count = 1;
    int width = 320, height = 240;
    std::uint32_t colour = 0;
    unsigned draws = 1;
};

class Program;

struct Window {
    Program* program;
    wl_surface* surface;
    xdg_surface* role;
    xdg_toplevel* toplevel;
    wl_callback* callback = nullptr;
    unsigned drawn = 0;
    unsigned answered = 0;  // frames that were said to be on their way to the screen
};

class Program {
  public:
    explicit Program(const Options& options);
    [[noreturn]] void run();

  private:
    void make_buffers();
    void open_window();
    void draw(Window& window);
    void halve();
    void go_on();
    void tell() const;

    static const wl_registry_listener registry_listener;
    static const xdg_surface_listener role_listener;
    static const xdg_toplevel_listener toplevel_listener;
    static const xdg_wm_base_listener shell_listener;
    static const wl_callback_listener frame_listener;

    Options options_;
    wl_display* display_;
    wl_compositor* compositor_ = nullptr;
    wl_shm* shm_ = nullptr;
    xdg_wm_base* shell_ = nullptr;
    // For all windows by turns. Written once, so nobody waits for their release.
    std::array<wl_buffer*, 2> buffers_{};
    std::vector<std::unique_ptr<Window>> windows_;
};

const wl_registry_listener Program::registry_listener = {
    .global =
        [](void* data, wl_registry* registry, std::uint32_t name, const char* interface,
           std::uint32_t) {
            auto* self = static_cast<Program*>(data);
            const std::string_view which = interface;
            const auto bind = [&](const wl_interface& type, std::uint32_t version) {
                return wl_registry_bind(registry, name, &type, version);
            };
            if (which == wl_compositor_interface.name) {
                self->compositor_ = static_cast<wl_compositor*>(bind(wl_compositor_interface, 4));
            } else if (which == wl_shm_interface.name) {
                self->shm_ = static_cast<wl_shm*>(bind(wl_shm_interface, 1));
            } else if (which == xdg_wm_base_interface.name) {
                self->shell_ = static_cast<xdg_wm_base*>(bind(xdg_wm_base_interface, 1));
            }
        },
    .global_remove = [](void*, wl_registry*, std::uint32_t) {},
};

const xdg_surface_listener Program::role_listener = {
    .configure =
        [](void* data, xdg_surface* role, std::uint32_t serial) {
            auto* window = static_cast<Window*>(data);
            xdg_surface_ack_configure(role, serial);
            if (window->drawn == 0) {
                window->program->draw(*window);
            } else {
                wl_surface_commit(window->surface);
            }
        },
};

// The size stays what the command line says.
const xdg_toplevel_listener Program::toplevel_listener = {
    .configure = [](void*, xdg_toplevel*, std::int32_t, std::int32_t, wl_array*) {},
    .close = [](void*, xdg_toplevel*) { fail("asked to close"); },
    .configure_bounds = [](void*, xdg_toplevel*, std::int32_t, std::int32_t) {},
    .wm_capabilities = [](void*, xdg_toplevel*, wl_array*) {},
};

const xdg_wm_base_listener Program::shell_listener = {
    .ping = [](void*, xdg_wm_base* shell,
               std::uint32_t serial) { xdg_wm_base_pong(shell, serial); },
};

const wl_callback_listener Program::frame_listener = {
    .done =
        [](void* data, wl_callback* callback, std::uint32_t) {
            auto* window = static_cast<Window*>(data);
            wl_callback_destroy(callback);
            window->callback = nullptr;
            ++window->answered;
            const unsigned draws = window->program->options_.draws;
            if (draws == 0 || window->drawn < draws) {
                window->program->draw(*window);
            }
        },
};

Program::Program(const Options& options)
    : options_(options), display_(wl_display_connect(nullptr)) {
    if (display_ == nullptr) {
        fail("no Wayland display");
    }
    wl_registry_add_listener(wl_display_get_registry(display_), &registry_listener, this);
    wl_display_roundtrip(display_);
    if (compositor_ == nullptr || shm_ == nullptr || shell_ == nullptr) {
        fail("the compositor lacks what this needs");
    }
    xdg_wm_base_add_listener(shell_, &shell_listener, this);
    make_buffers();
    for (unsigned i = 0; i < options_.count; ++i) {
        open_window();
    }
}

void Program::make_buffers() {
    const int stride = options_.width * 4;
    const auto pixels = static_cast<std::size_t>(options_.width) * options_.height;
    const int file = memfd_create("windows", MFD_CLOEXEC);
    if (file < 0 || ftruncate(file, static_cast<off_t>(2 * pixels * 4)) != 0) {
        fail("no memory");
    }
    void* memory = mmap(nullptr, 2 * pixels * 4, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (memory == MAP_FAILED) {
        fail("no memory");
    }
    auto* first = static_cast<std::uint32_t*>(memory);
    std::fill_n(first, pixels, options_.colour);
    std::fill_n(first + pixels, pixels, ~options_.colour);
    wl_shm_pool* pool = wl_shm_create_pool(shm_, file, static_cast<int>(2 * pixels * 4));
    for (std::size_t i = 0; i < buffers_.size(); ++i) {
        buffers_[i] =
            wl_shm_pool_create_buffer(pool, static_cast<int>(i * pixels * 4), options_.width,
                                      options_.height, stride, WL_SHM_FORMAT_XRGB8888);
    }
    wl_shm_pool_destroy(pool);
    close(file);
}

void Program::open_window() {
    auto& window = *windows_.emplace_back(std::make_unique<Window>());
    window.program = this;
    window.surface = wl_compositor_create_surface(compositor_);
    window.role = xdg_wm_base_get_xdg_surface(shell_, window.surface);
    xdg_surface_add_listener(window.role, &role_listener, &window);
    window.toplevel = xdg_surface_get_toplevel(window.role);
    xdg_toplevel_add_listener(window.toplevel, &toplevel_listener, &window);
    wl_surface_commit(window.surface);
}

// The last of a window's pictures is the one in the colour that was asked for.
void Program::draw(Window& window) {
    const unsigned left = options_.draws - ++window.drawn;
    wl_surface_attach(window.surface, buffers_[left % 2], 0, 0);
    wl_surface_damage_buffer(window.surface, 0, 0, options_.width, options_.height);
    window.callback = wl_surface_frame(window.surface);
    wl_callback_add_listener(window.callback, &frame_listener, &window);
    wl_surface_commit(window.surface);
}

void Program::halve() {
    for (std::size_t i = windows_.size(); i-- > 0;) {
        if (i % 2 == 0) {
            continue;
        }
        Window& window = *windows_[i];
        if (window.callback != nullptr) {
            wl_callback_destroy(window.callback);
        }
        xdg_toplevel_destroy(window.toplevel);
        xdg_surface_destroy(window.role);
        wl_surface_destroy(window.surface);
        windows_.erase(windows_.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

// Those that rest; the others are on their way.
void Program::go_on() {
    options_.draws = 0;
    for (const auto& window : windows_) {
        if (window->drawn > 0 && window->callback == nullptr) {
            draw(*window);
        }
    }
}

void Program::tell() const {
    const auto shown =
        std::ranges::count_if(windows_, [](const auto& window) { return window->answered > 0; });
    const auto done = std::ranges::count_if(windows_, [&](const auto& window) {
        return options_.draws > 0 && window->answered >= options_.draws;
    });
    std::uint64_t answered = 0;
    for (const auto& window : windows_) {
        answered += window->answered;
    }
    std::printf("windows: %zu open, %td shown, %td done, %llu frames\n", windows_.size(), shown,
                done, static_cast<unsigned long long>(answered));
}

void Program::run() {
    constexpr int tell_every_ms = 500;
    timespec told{};
    for (;;) {
        if (std::exchange(asked_to_halve, 0) != 0) {
            halve();
        }
        if (std::exchange(asked_to_go_on, 0) != 0) {
            go_on();
        }
        while (wl_display_prepare_read(display_) != 0) {
            wl_display_dispatch_pending(display_);
        }
        wl_display_flush(display_);
        pollfd ready{.fd = wl_display_get_fd(display_), .events = POLLIN, .revents = 0};
        if (poll(&ready, 1, tell_every_ms) > 0) {
            wl_display_read_events(display_);
        } else {
            wl_display_cancel_read(display_);
        }
        if (wl_display_dispatch_pending(display_) < 0) {
            fail("the compositor closed the connection");
        }
        timespec now{};
        clock_gettime(CLOCK_MONOTONIC, &now);
        if ((now.tv_sec - told.tv_sec) * 1000 + (now.tv_nsec - told.tv_nsec) / 1'000'000 >=
            tell_every_ms) {
            told = now;
            tell();
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    (void)setvbuf(stdout, nullptr, _IOLBF, 0);
    Options options;
    if (argc != 5 || std::sscanf(argv[1], "%u", &options.count) != 1 ||
        std::sscanf(argv[2], "%dx%d", &options.width, &options.height) != 2 ||
        std::sscanf(argv[3], "%x", &options.colour) != 1 ||
        std::sscanf(argv[4], "%u", &options.draws) != 1) {
        (void)std::fputs("usage: xen-windows COUNT WIDTHxHEIGHT RRGGBB DRAWS\n", stderr);
        return 2;
    }
    std::signal(SIGUSR1, [](int) { asked_to_halve = 1; });
    std::signal(SIGUSR2, [](int) { asked_to_go_on = 1; });
    Program(options).run();
}
