// SPDX-License-Identifier: MIT
#include "tests/unit/warden/fixture.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>

namespace leadlight::warden::test {
namespace {

constexpr int bound_ms = 20'000;

void wait_for(int fd, short events) {
    pollfd watched{fd, events, 0};
    REQUIRE(poll(&watched, 1, bound_ms) == 1);
}

}  // namespace

Session::Session(int standard_error) : granter_(grants::local::granter()) {
    std::string pattern = std::filesystem::temp_directory_path() / "leadlight-XXXXXX";
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
    const std::string path = folder_ / "channel";
    auto server = grants::local::serve({path});
    REQUIRE(server);
    server_ = std::move(*server);

    int ends[2];
    REQUIRE(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0);
    compositor_.emplace(Descriptor(ends[0]));
    const std::string address = "local:" + path;
    const std::string records = std::to_string(ends[1]);
    warden_ = fork();
    REQUIRE(warden_ >= 0);
    if (warden_ == 0) {
        fcntl(ends[1], F_SETFD, 0);
        dup2(standard_error, STDERR_FILENO);
        execl(WARDEN_PROGRAM, "leadlight-warden", "--channel", address.c_str(), "--records",
              records.c_str(), "--domain", "test", nullptr);
        _exit(127);
    }
    close(ends[1]);

    const auto listening = server_->listen();
    REQUIRE(listening);
    wait_for(*listening, POLLIN);
    auto channel = server_->accept();
    REQUIRE(channel);
    guest_ = std::move(*channel);
    REQUIRE(guest_);
}

Session::~Session() {
    if (warden_ > 0) {
        kill(warden_, SIGKILL);
        waitpid(warden_, nullptr, 0);
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void Session::guest_writes(std::span<const std::byte> bytes, int descriptor) {
    while (!bytes.empty()) {
        const auto taken = descriptor >= 0 ? guest_->write_with_descriptor(bytes, descriptor)
                                           : guest_->write(bytes);
        REQUIRE(taken);
        if (*taken == 0) {
            wait_for(guest_->poll_descriptor(), POLLOUT);
        } else {
            descriptor = -1;
        }
        bytes = bytes.subspan(*taken);
    }
}

std::optional<ToAgent::Any> Session::next_message() {
    for (;;) {
        auto message = framing_.next();
        REQUIRE(message);
        if (*message) {
            return std::move(**message);
        }
        std::byte buffer[4096];
        const auto got = guest_->read(buffer);
        if (!got) {
            return std::nullopt;
        }
        if (*got == 0) {
            wait_for(guest_->poll_descriptor(), POLLIN);
        } else {
            framing_.append(std::span(buffer).first(*got));
        }
    }
}

std::optional<records::Arrived<FromWarden>> Session::next_record() {
    for (;;) {
        auto arrived = records::receive_record<FromWarden>(*compositor_);
        if (!arrived) {
            REQUIRE(std::holds_alternative<records::SocketError>(arrived.error()));
            return std::nullopt;
        }
        if (*arrived) {
            return std::move(**arrived);
        }
        wait_for(compositor_->poll_descriptor(), POLLIN);
    }
}

ExitStatus Session::exit_status() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(bound_ms);
    int status = 0;
    while (waitpid(warden_, &status, WNOHANG) == 0) {
        REQUIRE(std::chrono::steady_clock::now() < deadline);
        poll(nullptr, 0, 2);
    }
    warden_ = -1;
    INFO("wait status " << status);
    REQUIRE(WIFEXITED(status));
    return static_cast<ExitStatus>(WEXITSTATUS(status));
}

void Session::greet() {
    guest_says(Hello{});
    CHECK(compositor_hears<Hello>() == Hello{});
    const Welcome welcome{.max_windows = 64, .max_popups = 16, .max_depth = 8, .max_pages = 1024};
    compositor_says(welcome);
    CHECK(guest_hears<Welcome>() == welcome);
}

void Session::offer_buffer(PoolId pool, BufferId buffer) {
    auto pages = granter_->grant(1);
    REQUIRE(pages);
    guest_says(PoolCreate{.pool = pool, .kind = PoolKind::memfd, .pages = 1},
               std::get<grants::MemoryFile>((*pages)->references()).descriptor);
    pages_.push_back(std::move(*pages));
    CHECK(compositor_hears<PoolCreate>().pool == pool);
    compositor_says(PoolReady{pool});
    CHECK(guest_hears<PoolReady>().pool == pool);
    const BufferCreate create{
        .buffer = buffer, .pool = pool, .width = 16, .height = 16, .stride = 64};
    guest_says(create);
    CHECK(compositor_hears<BufferCreate>() == create);
}

}  // namespace leadlight::warden::test
