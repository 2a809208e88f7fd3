// SPDX-License-Identifier: MIT
#include "compositor/spawner/process.hpp"

#include "compositor/config/config.hpp"
#include "compositor/spawner/request.hpp"
#include "compositor/spawner/warden_end.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

extern char** environ;

namespace leadlight::compositor {

namespace {

using grants::Descriptor;

// More wardens than this at one time are no use of ours: one for each domain, and some ending.
constexpr std::size_t max_children = 256;

struct Received {
    StartRequest request;
    Descriptor records;
    Descriptor end;
};

struct Child {
    pid_t pid;
    Descriptor end;  // the writing end; in error once the compositor closed its own
    bool killed = false;
};

// Nothing of the session reaches a warden by its environment: not the compositor's own socket, no
// bus, no agent of keys. What stays is what fontconfig, locale and sanitizers read.
bool may_keep(std::string_view variable) {
    const std::string_view name = variable.substr(0, variable.find('='));
    constexpr std::string_view kept[] = {
        "PATH",
        "HOME",
        "LANG",
        "XDG_CACHE_HOME",
        "XDG_DATA_HOME",
        "XDG_DATA_DIRS",
        "XDG_CONFIG_HOME",
        "FONTCONFIG_FILE",
        "ASAN_OPTIONS",
        "UBSAN_OPTIONS",
        "LSAN_OPTIONS",
        "FONTCONFIG_PATH",
    };
    return name.starts_with("LC_") || std::ranges::find(kept, name) != std::end(kept);
}

// Between fork and exec: only functions that are safe there, all memory was allocated before.
[[noreturn]] void exec_warden(const Received& received, const std::string& program,
                              char* const* arguments, char* const* environment, pid_t spawner,
                              int records_number) {
    // A warden without its compositor is nobody's: it dies with the spawner, which dies with the
    // compositor.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != spawner) {
        _exit(126);
    }
    signal(SIGPIPE, SIG_DFL);  // what is ignored stays so over exec
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    // dup2 to its own number would keep close-on-exec.
    const int flags = received.records.get() == records_number ? 0 : -1;
    if (flags == 0 ? fcntl(records_number, F_SETFD, 0) != 0
                   : dup2(received.records.get(), records_number) < 0) {
        _exit(126);
    }
    close_range(static_cast<unsigned>(records_number) + 1, ~0U, 0);
    execve(program.c_str(), arguments, environment);
    _exit(127);
}

class SpawnerProcess {
  public:
    SpawnerProcess(Descriptor socket, const std::string& program)
        : socket_(std::move(socket)), program_(program) {}

    int run();

  private:
    // False: the compositor has gone.
    bool receive();
    void start(Received received);
    void reap();

    Descriptor socket_;
    Descriptor signals_;
    const std::string& program_;
    std::vector<Child> children_;
};

void tell_not_started(const Descriptor& end, int error) {
    tell_warden_end(end.get(), {WardenEnd::How::not_started, error});
}

std::optional<Received> receive_from(int socket, bool& open) {
    Received received;
    iovec bytes{&received.request, sizeof received.request};
    alignas(cmsghdr) char control[CMSG_SPACE(2 * sizeof(int))];
    msghdr message{};
    message.msg_iov = &bytes;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    const ssize_t size = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (size <= 0) {
        open = size < 0 && (errno == EINTR || errno == EAGAIN);
        return std::nullopt;
    }
    const cmsghdr* header = CMSG_FIRSTHDR(&message);
    if (header == nullptr || header->cmsg_type != SCM_RIGHTS ||
        header->cmsg_len != CMSG_LEN(2 * sizeof(int))) {
        return std::nullopt;
    }
    int fds[2];
    std::memcpy(fds, CMSG_DATA(header), sizeof fds);
    received.records = Descriptor(fds[0]);
    received.end = Descriptor(fds[1]);
    const auto is_text = [](const auto& field) {
        return std::ranges::find(field, '\0') != field.end();
    };
    if (size != ssize_t{sizeof received.request} || !is_text(received.request.domain) ||
        !is_text(received.request.address) || domain_name_problem(received.request.domain.data()) ||
        !grants::parse_address(received.request.address.data())) {
        tell_not_started(received.end, EINVAL);
        return std::nullopt;
    }
    return received;
}

bool SpawnerProcess::receive() {
    bool open = true;
    if (auto received = receive_from(socket_.get(), open)) {
        start(std::move(*received));
    }
    return open;
}

void SpawnerProcess::start(Received received) {
    if (children_.size() >= max_children) {
        tell_not_started(received.end, EAGAIN);
        return;
    }
    constexpr int records_number = 3;
    std::string number = std::to_string(records_number);
    std::array<std::string, 7> words{"leadlight-warden",
                                     "--channel",
                                     received.request.address.data(),
                                     "--records",
                                     number,
                                     "--domain",
                                     received.request.domain.data()};
    std::array<char*, 8> arguments{};
    std::ranges::transform(words, arguments.begin(), [](std::string& word) { return word.data(); });
    std::vector<char*> environment;
    for (char** variable = environ; *variable != nullptr; ++variable) {
        if (may_keep(*variable)) {
            environment.push_back(*variable);
        }
    }
    environment.push_back(nullptr);

    const pid_t spawner = getpid();
    const pid_t pid = fork();
    if (pid == 0) {
        exec_warden(received, program_, arguments.data(), environment.data(), spawner,
                    records_number);
    }
    if (pid < 0) {
        tell_not_started(received.end, errno);
        return;
    }
    children_.push_back({pid, std::move(received.end)});
}

void SpawnerProcess::reap() {
    signalfd_siginfo ignored;
    while (read(signals_.get(), &ignored, sizeof ignored) > 0) {
    }
    int status = 0;
    for (pid_t pid = 0; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
        const auto child = std::ranges::find(children_, pid, &Child::pid);
        if (child != children_.end()) {
            const WardenEnd end = warden_end_of(status);
            // Exec itself failed, see exec_warden().
            if (end == WardenEnd{WardenEnd::How::exited, 127}) {
                tell_not_started(child->end, ENOENT);
            } else {
                tell_warden_end(child->end.get(), end);
            }
            children_.erase(child);
        }
    }
}

int SpawnerProcess::run() {
    // Its life is the compositor's, not the terminal's: Ctrl+C there must not take the wardens
    // before the compositor has said goodbye to them.
    setsid();
    prctl(PR_SET_NAME, "leadlight-spawn");
    const int null = open("/dev/null", O_RDWR);
    dup2(null, STDIN_FILENO);
    // Whatever the caller had open is none of a warden's business. 0 to 2, and the socket as 3.
    dup2(socket_.get(), 3);
    (void)socket_.release();
    socket_ = Descriptor(3);
    close_range(4, ~0U, 0);
    fcntl(3, F_SETFD, FD_CLOEXEC);

    signal(SIGPIPE, SIG_IGN);  // the end of a killed warden is told to nobody
    sigset_t child_signals;
    sigemptyset(&child_signals);
    sigaddset(&child_signals, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_signals, nullptr);
    signals_ = Descriptor(signalfd(-1, &child_signals, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!signals_) {
        return 1;
    }
    for (bool open = true; open;) {
        std::vector<pollfd> polled{{socket_.get(), POLLIN, 0}, {signals_.get(), POLLIN, 0}};
        for (const Child& child : children_) {
            // Once killed it is no longer watched: its error would not go away before it is reaped.
            polled.push_back({child.killed ? -1 : child.end.get(), 0, 0});
        }
        if (poll(polled.data(), polled.size(), -1) < 0) {
            continue;
        }
        for (std::size_t i = 0; i < children_.size(); ++i) {
            if ((polled[i + 2].revents & POLLERR) != 0) {
                kill(children_[i].pid, SIGKILL);
                children_[i].killed = true;
            }
        }
        if (polled[1].revents != 0) {
            reap();
        }
        if (polled[0].revents != 0) {
            open = receive();
        }
    }
    for (const Child& child : children_) {
        kill(child.pid, SIGKILL);
    }
    while (waitpid(-1, nullptr, 0) > 0 || errno == EINTR) {
    }
    return 0;
}

}  // namespace

int run_spawner(Descriptor socket, const std::string& warden_program) {
    return SpawnerProcess(std::move(socket), warden_program).run();
}

}  // namespace leadlight::compositor
