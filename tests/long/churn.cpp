// SPDX-License-Identifier: MIT
// Thousands of windows and hundreds of connections that come and go: what the compositor holds
// afterwards is what it held before. Prints `figure: ...` lines for docs/test-report.md.
#include "tests/fixture/desk.hpp"
#include "tests/fixture/guest.hpp"
#include "tests/hostile/control.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

using namespace leadlight::fixture;
using leadlight::hostile::Control;

namespace {

/// ./dev test long --minutes N scales all of it.
int scaled(int number) {
    const char* percent = std::getenv("LEADLIGHT_LONG_PERCENT");
    return std::max(
        1, number *
               (percent != nullptr ? static_cast<int>(std::strtol(percent, nullptr, 10)) : 100) /
               100);
}

/// The output's buffers come when they are needed first: one more or less is no leak.
constexpr long pictures_kib = 8192;

struct Held {
    long kib = 0;
    long descriptors = 0;
};

Held held(pid_t pid) {
    Held result;
    const std::filesystem::path folder = "/proc/" + std::to_string(pid);
    std::ifstream rollup(folder / "smaps_rollup");
    for (std::string line; std::getline(rollup, line);) {
        if (line.starts_with("Private_")) {
            if (line.starts_with("Private_Clean:") || line.starts_with("Private_Dirty:")) {
                result.kib += std::strtol(line.c_str() + line.find(':') + 1, nullptr, 10);
            }
        }
    }
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder / "fd")) {
        ++result.descriptors;
    }
    return result;
}

void figure(const char* what, const std::string& value) {
    std::printf("figure: %s: %s\n", what, value.c_str());
    std::fflush(stdout);
}

void check_held(const char* what, const Held& before, pid_t pid, long slack_kib) {
    // What ended last may take a moment to go.
    eventually([&] { return held(pid).descriptors <= before.descriptors; });
    const Held after = held(pid);
    figure(what, std::to_string(before.kib) + " KiB and " + std::to_string(before.descriptors) +
                     " descriptors early, " + std::to_string(after.kib) + " and " +
                     std::to_string(after.descriptors) + " late");
    CHECK(after.descriptors <= before.descriptors);
    CHECK(after.kib <= before.kib + slack_kib);
}

}  // namespace

TEST_CASE("thousands of windows come and go, and leave nothing behind") {
    Desk desk({{"work", "blue"}});
    Control control(desk.folder());
    Guest work(desk.socket("work"));
    work.joins();
    const auto cycle = [&](int windows) {
        for (int i = 0; i < windows; ++i) {
            // Each with a title, pages, content and a popup on it.
            auto window = work.opens("window " + std::to_string(i), 80 + i % 50, 60 + i % 40);
            work.commits(window, 0x4080c0);
            const auto popup = *lp::WindowId::from(work.next_id());
            work.send(lp::PopupCreate{
                .window = popup, .parent = window.id, .positioner = {.width = 40, .height = 30}});
            work.send(lp::WindowDestroy{.window = popup});
            work.send(lp::WindowDestroy{.window = window.id});
            work.send(lp::BufferDestroy{.buffer = window.buffer.id});
            work.send(lp::PoolDestroy{.pool = window.buffer.pool});
            work.hears<lp::PoolUnmapped>(
                [&](const auto& gone) { return gone.pool == window.buffer.pool; });
            work.forgets();
        }
        REQUIRE(eventually([&] { return control.counter("windows") == 0; }));
        REQUIRE(eventually([&] { return control.counter("pages") == 0; }));
    };
    cycle(scaled(600));
    const Held early = held(desk.compositor().pid());
    const Held warden_early = held(desk.warden("work"));
    cycle(scaled(2400));
    figure("windows made and destroyed", std::to_string(scaled(600) + scaled(2400)));
    check_held("compositor after them", early, desk.compositor().pid(), pictures_kib);
    check_held("warden after them", warden_early, desk.warden("work"), 1024);
}

TEST_CASE("hundreds of connections come and go, and leave nothing behind") {
    Desk desk({{"idle", "gray"}});
    Control control(desk.folder());
    std::random_device device;
    const char* given = std::getenv("LEADLIGHT_LONG_SEED");
    const unsigned seed =
        given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : device();
    figure("seed of the connections", std::to_string(seed));
    std::mt19937 random(seed);
    int number = 0;
    const auto cycle = [&](int connections) {
        for (int i = 0; i < connections; ++i) {
            const std::string name = "guest" + std::to_string(++number);
            Guest guest(desk.socket(name));
            control.add_domain(name, "red", desk.socket(name));
            guest.joins();
            auto window = guest.opens("one of many", 100, 80);
            guest.commits(window, 0xc08040);
            switch (random() % 4) {
            case 0:
                guest.leaves();
                break;
            case 1:
                kill(desk.warden(name), SIGKILL);
                break;
            case 2:
                guest.send(lp::Hello{});  // a breach
                break;
            default:
                break;  // the administrator takes the domain away
            }
            if (random() % 2 == 0) {
                eventually([&] { return control.state(name) != "connected" || i % 4 == 3; });
            }
            control.remove_domain(name);
        }
        REQUIRE(eventually([&] { return control.counter("windows") == 0; }));
        REQUIRE(eventually([&] { return control.counter("pages") == 0; }));
        // The last warden has ended, too.
        REQUIRE(
            eventually([&] { return control.state("guest" + std::to_string(number)).empty(); }));
    };
    cycle(scaled(100));
    const Held early = held(desk.compositor().pid());
    cycle(scaled(300));
    figure("connections made and ended", std::to_string(scaled(100) + scaled(300)));
    // Places are kept for windows that may come back, up to a number.
    check_held("compositor after them", early, desk.compositor().pid(), pictures_kib);
}
