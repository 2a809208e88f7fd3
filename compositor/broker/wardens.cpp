// SPDX-License-Identifier: MIT
#include "compositor/broker/wardens.hpp"

#include "compositor/broker/log.hpp"
#include "shm-grants/address.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <iterator>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace leadlight::broker {

using namespace protocol;

namespace {

// One for each domain, and some that are ending.
constexpr std::size_t most = 256;
constexpr int records_number = 3;
constexpr int failed_status = 127;  // the program could not be executed

WardenEnded ended(WardenNumber number, WardenFate fate, int code) {
    return {.warden = number, .fate = fate, .code = static_cast<std::uint16_t>(code)};
}

// Between fork and exec: only what is safe there. Memory was allocated before.
[[noreturn]] void become_warden(const char* program, char* const* arguments, int records,
                                int processes, pid_t parent, char* const* environment) {
    // Set again by the warden when it changes its user, which clears it.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || write(processes, "0", 1) != 1) {
        _exit(126);
    }
    setsid();
    signal(SIGPIPE, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    // dup2 to its own number would keep close-on-exec.
    if (records == records_number ? fcntl(records, F_SETFD, 0) != 0
                                  : dup2(records, records_number) < 0) {
        _exit(126);
    }
    close_range(records_number + 1, ~0U, 0);
    execve(program, arguments, environment);
    _exit(failed_status);
}

}  // namespace

Wardens::~Wardens() {
    disown_all();
    for (const Warden& warden : running_) {
        waitpid(warden.pid, nullptr, 0);
    }
}

Wardens::Ended Wardens::start(const WardenStart& request, grants::Descriptor records) {
    const auto not_started = [&](int error) {
        return Ended{ended(request.warden, WardenFate::not_started, error)};
    };
    if (running_.size() >= most) {
        return not_started(EAGAIN);
    }
    const std::uint16_t domain = request.key.domain.get();
    auto group = groups_.make(std::to_string(domain) + '-' + std::to_string(++groups_made_),
                              settings_.limits);
    if (!group) {
        log_error(group.error());
        return not_started(EIO);
    }
    const auto processes = group->processes();
    if (!processes) {
        return not_started(errno);
    }
    std::array<std::string, 9> words{
        "leadlight-warden",
        "--channel",
        grants::to_string(grants::XenAddress{.domain = domain, .port = agent_port}),
        "--records",
        std::to_string(records_number),
        "--domain",
        std::string(request.name.view()),
        "--user",
        std::to_string(settings_.first_user + domain)};
    std::array<char*, words.size() + 1> arguments{};
    std::ranges::transform(words, arguments.begin(), [](std::string& word) { return word.data(); });

    // Nothing of the service's environment: what fontconfig and the C library need.
    std::array<std::string, 3> variables{"PATH=/usr/bin", "LANG=C.UTF-8",
                                         "XDG_CACHE_HOME=" + settings_.cache};
    std::array<char*, variables.size() + 1> environment{};
    std::ranges::transform(variables, environment.begin(),
                           [](std::string& variable) { return variable.data(); });
    if (settings_.cache.empty()) {
        environment[2] = nullptr;
    }

    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid == 0) {
        become_warden(settings_.program.c_str(), arguments.data(), records.get(), processes.get(),
                      parent, environment.data());
    }
    if (pid < 0) {
        return not_started(errno);
    }
    running_.push_back(
        {.pid = pid, .number = request.warden, .key = request.key, .group = std::move(*group)});
    return {};
}

void Wardens::stop(WardenNumber number) {
    for (const Warden& warden : running_) {
        if (!warden.disowned && warden.number == number) {
            kill(warden.pid, SIGKILL);
        }
    }
}

void Wardens::stop(const DomainKey& key) {
    for (const Warden& warden : running_) {
        if (warden.key == key) {
            kill(warden.pid, SIGKILL);
        }
    }
}

void Wardens::disown_all() {
    for (Warden& warden : running_) {
        kill(warden.pid, SIGKILL);
        warden.disowned = true;
    }
}

Wardens::Ended Wardens::reap() {
    Ended all;
    int status = 0;
    for (pid_t pid = 0; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
        const auto warden = std::ranges::find(running_, pid, &Warden::pid);
        if (warden == running_.end()) {
            continue;
        }
        if (!warden->disowned) {
            const bool exited = WIFEXITED(status);
            const bool ran = !exited || WEXITSTATUS(status) != failed_status;
            all.push_back(ran ? ended(warden->number,
                                      exited ? WardenFate::exited : WardenFate::killed,
                                      exited ? WEXITSTATUS(status) : WTERMSIG(status))
                              : ended(warden->number, WardenFate::not_started, ENOENT));
        }
        running_.erase(warden);
    }
    return all;
}

}  // namespace leadlight::broker
