// SPDX-License-Identifier: MIT
// With real processes: forked, exec'ed, killed.
#include "compositor/spawner/spawner.hpp"

#include "compositor/spawner/request.hpp"
#include "compositor/spawner/warden_end.hpp"
#include "shm-grants/descriptor_message.hpp"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace leadlight;
using namespace leadlight::compositor;
using How = WardenEnd::How;

namespace {

constexpr int bound_ms = 20'000;

bool becomes_readable(int fd) {
    pollfd polled{fd, POLLIN, 0};
    return poll(&polled, 1, bound_ms) == 1;
}

std::string received(int records) {
    REQUIRE(becomes_readable(records));
    std::array<char, 1024> text{};
    const ssize_t size = recv(records, text.data(), text.size(), 0);
    return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : "";
}

DomainEntry domain(const std::string& name) {
    return {name, *theming::standard_label("blue"), grants::LocalAddress{"/run/" + name}};
}

// Ends the spawner by hanging up, as the compositor's death does, and waits for it.
struct RunningSpawner {
    explicit RunningSpawner(const std::string& program)
        : spawner(std::move(Spawner::fork_off(program).value())) {}
    ~RunningSpawner() { stop(); }
    int stop() {
        int status = -1;
        if (spawner) {
            const pid_t pid = spawner->pid();
            spawner.reset();
            waitpid(pid, &status, 0);
        }
        return status;
    }
    std::optional<Spawner> spawner;
};

}  // namespace

TEST_CASE("a warden is started for a domain, with nothing of ours but its socket") {
    setenv("WAYLAND_DISPLAY", "wayland-7", 1);
    setenv("HOME", "/root", 1);
    const grants::Descriptor inherited(fcntl(STDIN_FILENO, F_DUPFD, 50));
    RunningSpawner running(LEADLIGHT_CHILD);
    auto started = running.spawner->start(domain("hangs"));
    REQUIRE(started);
    CHECK(received(started->records.get()) ==
          "--channel local:/run/hangs --records 3 --domain hangs dies-by=9 home");
}

TEST_CASE("how a warden ended is told") {
    RunningSpawner running(LEADLIGHT_CHILD);
    auto exits = running.spawner->start(domain("exits"));
    auto crashes = running.spawner->start(domain("crashes"));
    REQUIRE(exits);
    REQUIRE(crashes);
    REQUIRE(becomes_readable(exits->process.get()));
    CHECK(read_warden_end(exits->process.get()) == WardenEnd{How::exited, 7});
    REQUIRE(becomes_readable(crashes->process.get()));
    CHECK(read_warden_end(crashes->process.get()) == WardenEnd{How::killed, SIGKILL});
}

TEST_CASE("a program that is not there is told, not lost") {
    RunningSpawner running("/nonexistent/leadlight-warden");
    auto started = running.spawner->start(domain("a"));
    REQUIRE(started);
    REQUIRE(becomes_readable(started->process.get()));
    CHECK(read_warden_end(started->process.get()) == WardenEnd{How::not_started, ENOENT});
}

TEST_CASE("to close a warden's process is to kill it, however much it hangs") {
    RunningSpawner running(LEADLIGHT_CHILD);
    auto first = running.spawner->start(domain("hangs"));
    REQUIRE(first);
    REQUIRE_FALSE(received(first->records.get()).empty());
    first->process.reset();
    // Its end of the record socket is closed by its death alone.
    CHECK(received(first->records.get()).empty());

    // The others, and the spawner, go on.
    auto second = running.spawner->start(domain("hangs"));
    REQUIRE(second);
    CHECK_FALSE(received(second->records.get()).empty());
}

TEST_CASE("when the compositor goes, so do the wardens and the spawner") {
    RunningSpawner running(LEADLIGHT_CHILD);
    auto one = running.spawner->start(domain("hangs"));
    auto two = running.spawner->start(domain("hangs"));
    REQUIRE(one);
    REQUIRE(two);
    REQUIRE_FALSE(received(one->records.get()).empty());
    REQUIRE_FALSE(received(two->records.get()).empty());
    CHECK(running.stop() == 0);
    CHECK(received(one->records.get()).empty());
    CHECK(received(two->records.get()).empty());
}

TEST_CASE("a killed spawner takes its wardens along, and says so") {
    RunningSpawner running(LEADLIGHT_CHILD);
    auto started = running.spawner->start(domain("hangs"));
    REQUIRE(started);
    REQUIRE_FALSE(received(started->records.get()).empty());
    kill(running.spawner->pid(), SIGKILL);
    CHECK(received(started->records.get()).empty());
    REQUIRE(becomes_readable(started->process.get()));
    CHECK(read_warden_end(started->process.get()).how == How::unknown);
    REQUIRE(becomes_readable(running.spawner->descriptor()));
    CHECK_FALSE(running.spawner->start(domain("hangs")));
}

TEST_CASE("a request that the compositor would not make starts nothing") {
    RunningSpawner running(LEADLIGHT_CHILD);
    const auto ask = [&](std::string_view name, std::string_view address) {
        StartRequest request;
        std::ranges::copy(name, request.domain.begin());
        std::ranges::copy(address, request.address.begin());
        int records[2];
        int end[2];
        REQUIRE(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, records) == 0);
        REQUIRE(pipe2(end, O_CLOEXEC) == 0);
        const grants::Descriptor ours(records[0]);
        const grants::Descriptor theirs(records[1]);
        const grants::Descriptor reader(end[0]);
        grants::Descriptor writer(end[1]);
        const int sent[] = {theirs.get(), writer.get()};
        const grants::DescriptorMessage<2> message(std::as_bytes(std::span(&request, 1)), sent);
        REQUIRE(sendmsg(running.spawner->descriptor(), &message.header(), 0) > 0);
        writer.reset();
        REQUIRE(becomes_readable(reader.get()));
        return read_warden_end(reader.get());
    };
    const WardenEnd refused{How::not_started, EINVAL};
    CHECK(ask("--evil=x y", "local:/run/a") == refused);
    CHECK(ask("", "local:/run/a") == refused);
    CHECK(ask("a", "tcp:example") == refused);
    CHECK(ask("a", "--exec=/bin/sh") == refused);
    CHECK(ask(std::string(32, 'a'), "local:/run/a") == refused);  // no NUL
    CHECK(ask("exits", "local:/run/a") == WardenEnd{How::exited, 7});
}

TEST_CASE("our programs are found beside this one, or named as missing") {
    CHECK(find_program("compositor-spawner-tests", "", "/usr/libexec")
              .value()
              .ends_with("/compositor-spawner-tests"));
    const auto missing = find_program("no-such-program", "warden", "/usr/libexec/leadlight");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().contains("no program no-such-program in "));
    CHECK(missing.error().contains("/usr/libexec/leadlight"));
}
