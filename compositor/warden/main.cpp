// SPDX-License-Identifier: MIT
// leadlight-warden: one connection to one guest. First it takes what it needs, then it locks itself
// in, and only then reads the first byte that the guest wrote.
#include "compositor/warden/arguments.hpp"
#include "compositor/warden/build.hpp"
#include "compositor/warden/cage.hpp"
#include "compositor/warden/loop.hpp"
#include "shm-grants/any/any.hpp"

#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string_view>

using namespace leadlight;
using warden::ExitStatus;

namespace {

constexpr std::chrono::seconds hello_within{5};  // of the protocol

// One write a line, so that the lines of several wardens in one log stay whole.
void log(std::string_view domain, std::string_view level, std::string_view words) {
    std::string line = "leadlight-warden";
    if (!domain.empty()) {
        line.append("[").append(domain).append("]");
    }
    line.append(": ").append(level).append(": ").append(words).append("\n");
    // Nobody to tell when nobody listens.
    if (write(STDERR_FILENO, line.data(), line.size()) < 0) {
        return;
    }
}

// Without destructors: in the cage their system calls are forbidden, and the kernel does it all.
[[noreturn]] void leave(ExitStatus status) {
    _exit(static_cast<int>(status));
}

bool is_record_socket(int fd) {
    int type = 0;
    socklen_t size = sizeof type;
    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

/// What the parent left open, on purpose or not, is not for the cage.
bool close_all_but(int fd) {
    const auto kept = static_cast<unsigned>(fd);
    return (kept == 3 || close_range(3, kept - 1, 0) == 0) && close_range(kept + 1, ~0U, 0) == 0 &&
           fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

/// Puts /dev/null over the descriptor by which a vchan's client could map every domain's memory.
/// The rings stay mapped.
bool blind(const grants::Channel& channel) {
    const int dangerous = channel.dangerous_descriptor();
    if (dangerous < 0) {
        return true;
    }
    const grants::Descriptor null(open("/dev/null", O_RDWR | O_CLOEXEC));
    return null && dup3(null.get(), dangerous, O_CLOEXEC) == dangerous;
}

/// The devices of Xen and xenstore are root's, and connecting needs them; what reads the guest is
/// a user that nobody else is, whom nothing belongs to.
bool become(std::uint32_t user, pid_t parent) {
    if (setgroups(0, nullptr) < 0 || setresgid(user, user, user) < 0 ||
        setresuid(user, user, user) < 0) {
        return false;
    }
    // The kernel forgets it when the user changes.
    return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && getppid() == parent;
}

[[maybe_unused]] void report(std::string_view domain, const warden::Outcome& outcome) {
    switch (outcome.status) {
    case ExitStatus::guest_left:
    case ExitStatus::compositor_gone:
        return;  // nothing went wrong
    case ExitStatus::guest_broke_protocol: {
        std::string words = "the guest broke the protocol: " + std::string(outcome.words);
        if (!outcome.fault.message.empty()) {
            words.append(" in ").append(outcome.fault.message);
        }
        if (!outcome.fault.field.empty()) {
            words.append(".").append(outcome.fault.field);
        }
        return log(domain, "warning", words);
    }
    case ExitStatus::dismissed:
        return log(domain, "warning", "dismissed: " + std::string(outcome.words));
    case ExitStatus::channel_broken:
        return log(domain, "warning", "the channel broke: " + std::string(outcome.words));
    default:
        return log(domain, "error", outcome.words);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 2 && std::string_view(argv[1]) == "--help") {
        return std::fputs(warden::usage_text, stdout) < 0 ? 1 : 0;
    }
    const auto arguments = warden::parse_arguments(std::span(argv, argc).subspan(1));
    if (!arguments) {
        log({}, "error", arguments.error());
        return static_cast<int>(ExitStatus::usage);
    }
    const auto& domain = arguments->domain;
    const auto fail = [&](ExitStatus status, std::string_view words) {
        log(domain, "error", words);
        leave(status);
    };

    const pid_t parent = getppid();
    // Neither fails: both signals exist.
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
    static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));  // a log that is a file may be long already
    if (!is_record_socket(arguments->records) || !close_all_but(arguments->records)) {
        fail(ExitStatus::usage, "--records is not the socket of a compositor");
    }
    records::RecordSocket compositor{grants::Descriptor(arguments->records)};

    // Fonts first: while they load, the guest need not wait for a warden that it has.
    auto painter = theming::TextPainter::load();
    if (!painter) {
        fail(ExitStatus::no_fonts, painter.error());
    }
    const auto channel = grants::connect(arguments->channel);
    // Who starts wardens tries until somebody listens, and says so once.
    if (!channel && channel.error() == grants::ChannelError::not_there) {
        leave(ExitStatus::cannot_connect);
    }
    // Nor is the guest to fill the log with it: the compositor says it, and how often.
    if (!channel && channel.error() == grants::ChannelError::broken) {
        leave(ExitStatus::channel_broken);
    }
    if (!channel) {
        fail(ExitStatus::cannot_connect, "cannot connect to " +
                                             grants::to_string(arguments->channel) + ": " +
                                             std::string(grants::to_string(channel.error())));
    }

    const auto hello_due = warden::Titles::Clock::now() + hello_within;

    const bool xen = std::holds_alternative<grants::XenAddress>(arguments->channel);
    if (!blind(**channel)) {
        fail(ExitStatus::no_cage, "the cage cannot be closed: /dev/null");
    }
    if (arguments->user && !become(*arguments->user, parent)) {
        fail(ExitStatus::no_cage, "the cage cannot be closed: its user");
    }
    if (const auto caged = warden::enter_cage({.records = compositor.poll_descriptor(),
                                               .channel = (*channel)->poll_descriptor(),
                                               .event_channel = xen});
        !caged) {
        fail(ExitStatus::no_cage, "the cage cannot be closed: " + caged.error());
    }

    warden::Loop loop(**channel, compositor,
                      xen ? protocol::PoolKind::grant_references : protocol::PoolKind::memfd,
                      std::move(*painter), hello_due);
    const auto outcome = loop.run();
    // Else nobody would hear it: the status and the last record say what there is to be told.
    if constexpr (warden::sanitized_build) {
        report(domain, outcome);
    }
    leave(outcome.status);
}
