// SPDX-License-Identifier: MIT
// A process in the cage tries each way out, each in a process of its own: the kernel must end it
// with SIGSYS. The walls behind seccomp are tried without it, for they have to hold on their own.
#include "compositor/records/record_socket.hpp"
#include "compositor/records/sealed_file.hpp"
#include "compositor/warden/build.hpp"
#include "compositor/warden/cage_parts.hpp"

#include <catch2/catch_test_macros.hpp>

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <netinet/in.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <string>
#include <string_view>

namespace leadlight::warden::test {
namespace {

using grants::Descriptor;

struct Ends {
    Descriptor ours, theirs;
};

Ends socket_pair(int type) {
    int fds[2];
    REQUIRE(socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, fds) == 0);
    return {Descriptor(fds[0]), Descriptor(fds[1])};
}

/// Runs it in a child and gives the wait status; true is exit status 0.
int in_child(const std::function<bool()>& deed) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        _exit(deed() ? 0 : 1);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    return status;
}

constexpr int not_caged = 99;

/// `deed` gets the records' and the channel's descriptor.
int in_cage(const std::function<bool(int, int)>& deed, bool event_channel = false) {
    const auto records = socket_pair(SOCK_SEQPACKET);
    const auto channel = socket_pair(SOCK_STREAM);
    return in_child([&] {
        if (!enter_cage({.records = records.ours.get(),
                         .channel = channel.ours.get(),
                         .event_channel = event_channel})) {
            _exit(not_caged);
        }
        return deed(records.ours.get(), channel.ours.get());
    });
}

bool killed(int status) {
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
}
bool succeeded(int status) {
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// The call itself and not the C library's wrapper: some of those ask for another call.
template <class... Arguments>
bool call(long number, Arguments... arguments) {
    return syscall(number, arguments...) >= 0;
}

constexpr unsigned long event_channel_bind = _IOC(_IOC_NONE, 'E', 1, 8);
constexpr unsigned long event_channel_notify = _IOC(_IOC_NONE, 'E', 4, 4);

TEST_CASE("no way out of the cage", "[cage]") {
    struct Way {
        const char* name;
        std::function<bool(int records, int channel)> deed;
    };
    const char* const program[] = {"/bin/true", nullptr};
    const std::vector<Way> ways{
        {"openat", [](int, int) { return call(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY); }},
#ifdef SYS_open
        {"open", [](int, int) { return call(SYS_open, "/etc/passwd", O_RDONLY); }},
        {"fork", [](int, int) { return call(SYS_fork); }},
#endif
        {"openat2", [](int, int) { return call(SYS_openat2, AT_FDCWD, "/", nullptr, 0); }},
        {"unlink", [](int, int) { return call(SYS_unlinkat, AT_FDCWD, "/tmp/none", 0); }},
        {"socket", [](int, int) { return call(SYS_socket, AF_UNIX, SOCK_STREAM, 0); }},
        {"connect", [](int r, int) { return call(SYS_connect, r, nullptr, 0); }},
        {"accept", [](int r, int) { return call(SYS_accept4, r, nullptr, nullptr, 0); }},
        {"execve", [&](int, int) { return call(SYS_execve, program[0], program, nullptr); }},
        {"execveat",
         [&](int, int) { return call(SYS_execveat, AT_FDCWD, program[0], program, nullptr, 0); }},
        {"clone", [](int, int) { return call(SYS_clone, SIGCHLD, 0, 0, 0, 0); }},
        {"clone3", [](int, int) { return call(SYS_clone3, nullptr, 0); }},
        {"ptrace", [](int, int) { return call(SYS_ptrace, PTRACE_TRACEME, 0, 0, 0); }},
        {"process_vm_readv",
         [](int, int) { return call(SYS_process_vm_readv, getppid(), 0, 0, 0, 0, 0); }},
        {"kill", [](int, int) { return call(SYS_kill, 1, 0); }},
        {"pidfd_getfd", [](int, int) { return call(SYS_pidfd_getfd, 0, 0, 0); }},
        {"dup", [](int r, int) { return call(SYS_dup, r); }},
        {"ioctl of anything", [](int r, int) { return call(SYS_ioctl, r, FIONREAD, nullptr); }},
        {"ioctl to notify, without Xen",
         [](int, int c) { return call(SYS_ioctl, c, event_channel_notify, nullptr); }},
        {"mmap to execute",
         [](int, int) {
             return call(SYS_mmap, nullptr, 4096, PROT_READ | PROT_EXEC,
                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
         }},
        {"mmap of a file",
         [](int, int) {
             const auto file = records::make_sealed_file("f", std::as_bytes(std::span("text")));
             return call(SYS_mmap, nullptr, 4096, PROT_READ, MAP_PRIVATE, file->get(), 0);
         }},
        {"mmap shared",
         [](int, int) {
             return call(SYS_mmap, nullptr, 4096, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
         }},
        {"mprotect to execute",
         [](int, int) {
             static std::byte page[4096];
             return call(SYS_mprotect, page, 0, PROT_READ | PROT_EXEC);
         }},
        {"a memory file of huge pages",
         [](int, int) { return call(SYS_memfd_create, "x", MFD_HUGETLB); }},
        {"fcntl to duplicate", [](int r, int) { return call(SYS_fcntl, r, F_DUPFD, 0); }},
        {"fcntl to own a signal", [](int r, int) { return call(SYS_fcntl, r, F_SETOWN, 1); }},
        {"sendmsg on a socket that is not ours",
         [](int, int) {
             const msghdr empty{};
             return call(SYS_sendmsg, STDERR_FILENO, &empty, 0);
         }},
        {"recvmsg on a socket that is not ours",
         [](int, int) {
             msghdr empty{};
             return call(SYS_recvmsg, STDIN_FILENO, &empty, 0);
         }},
        {"io_uring", [](int, int) { return call(SYS_io_uring_setup, 1, nullptr); }},
        {"bpf", [](int, int) { return call(SYS_bpf, 0, nullptr, 0); }},
        {"userfaultfd", [](int, int) { return call(SYS_userfaultfd, 0); }},
        {"unshare", [](int, int) { return call(SYS_unshare, 0); }},
        {"setuid", [](int, int) { return call(SYS_setuid, 0); }},
        {"seccomp", [](int, int) { return call(SYS_seccomp, 0, 0, nullptr); }},
        {"no such call", [](int, int) { return call(1000); }},
    };
    for (const auto& way : ways) {
        INFO(way.name);
        if (sanitized_build && std::string_view(way.name).starts_with("mprotect")) {
            continue;  // theirs, by name: see sanitizer_calls()
        }
        CHECK(killed(in_cage(way.deed)));
    }
}

TEST_CASE("growing a block moves it instead", "[cage]") {
    CHECK(succeeded(
        in_cage([](int, int) { return !call(SYS_mremap, nullptr, 0, 0, 0) && errno == ENOMEM; })));
    CHECK(succeeded(in_cage([](int, int) {
        auto* block = static_cast<char*>(malloc(1 << 20));
        if (block == nullptr) {
            return false;
        }
        block[0] = 'a';
        auto* larger = static_cast<char*>(realloc(block, 8 << 20));
        const bool moved = larger != nullptr && larger[0] == 'a';
        free(larger);
        return moved;
    })));
}

TEST_CASE("an event channel may be notified, and nothing else", "[cage]") {
    // A socket knows no such ioctl; that it could say so is what is asked for.
    CHECK(succeeded(in_cage(
        [](int, int c) {
            return !call(SYS_ioctl, c, event_channel_notify, nullptr) && errno == ENOTTY;
        },
        true)));
    CHECK(killed(
        in_cage([](int, int c) { return call(SYS_ioctl, c, event_channel_bind, nullptr); }, true)));
    CHECK(killed(in_cage(
        [](int r, int) { return call(SYS_ioctl, r, event_channel_notify, nullptr); }, true)));
}

TEST_CASE("the work can be done in the cage", "[cage]") {
    const auto records = socket_pair(SOCK_SEQPACKET);
    const std::vector<std::byte> content(5000, std::byte{7});
    const int status = in_child([&] {
        if (!enter_cage({.records = records.ours.get(), .channel = STDERR_FILENO})) {
            return false;
        }
        records::RecordSocket socket{Descriptor(records.ours.get())};
        const auto file = records::make_sealed_file("strip", content);
        const auto record = protocol::encode_record<protocol::FromWarden>(protocol::TitleStrip{});
        if (!file || socket.send(record, file->get()) != records::Sent::yes) {
            _exit(2);
        }
        // Memory as it is wanted.
        std::vector<std::byte> much(std::size_t{64} << 20, std::byte{1});
        _exit(much.back() == std::byte{1} ? 0 : 3);
    });
    CHECK(succeeded(status));
    records::RecordSocket other{Descriptor(dup(records.theirs.get()))};
    const auto arrived = records::receive_record<protocol::FromWarden>(other);
    REQUIRE(arrived);
    REQUIRE(*arrived);
    CHECK(records::read_sealed_file((*arrived)->descriptor.get(), content.size()) == content);
}

/// What comes out of a child that writes to standard output and error.
std::string said_by(const std::function<bool()>& deed) {
    int ends[2];
    REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
    const Descriptor reads(ends[0]);
    Descriptor writes(ends[1]);
    CHECK(succeeded(in_child([&] {
        for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
            // The sanitizers keep theirs.
            if ((!sanitized_build || stream != STDERR_FILENO) && dup2(writes.get(), stream) < 0) {
                return false;
            }
        }
        writes.reset();
        return deed();
    })));
    writes.reset();
    char text[200];
    const ssize_t size = read(reads.get(), text, sizeof text);
    REQUIRE(size >= 0);
    return {text, static_cast<std::size_t>(size)};
}

bool says(int fd, std::string_view words) {
    return write(fd, words.data(), words.size()) == static_cast<ssize_t>(words.size());
}

TEST_CASE("what a caged warden writes comes out nowhere", "[cage]") {
    const auto records = socket_pair(SOCK_SEQPACKET);
    const auto channel = socket_pair(SOCK_STREAM);
    CHECK(said_by([&] {
              if (!enter_cage({.records = records.ours.get(), .channel = channel.ours.get()})) {
                  return false;
              }
              for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
                  if (sanitized_build && stream == STDERR_FILENO) {
                      continue;
                  }
                  struct stat status{};
                  if (!says(stream, "<0>taken over\n") || fstat(stream, &status) < 0 ||
                      !S_ISCHR(status.st_mode) || status.st_rdev != makedev(1, 3)) {
                      return false;
                  }
              }
              // Nor did what they were before stay open by another number.
              for (int fd = STDERR_FILENO + 1; fd < 100; ++fd) {
                  static_cast<void>(says(fd, "<0>taken over\n"));
              }
              return true;
          }).empty());
}

TEST_CASE("that there is no cage can be said", "[cage]") {
    if (sanitized_build) {
        return;  // they keep standard error anyhow
    }
    CHECK(
        said_by([] {
            // A kernel without the last wall.
            scmp_filter_ctx kernel = seccomp_init(SCMP_ACT_ALLOW);
            const auto lacks = [&](int call, const std::vector<scmp_arg_cmp>& conditions) {
                return seccomp_rule_add_array(kernel, SCMP_ACT_ERRNO(EINVAL), call,
                                              static_cast<unsigned>(conditions.size()),
                                              conditions.data()) == 0;
            };
            if (!lacks(SCMP_SYS(seccomp), {}) ||
                !lacks(SCMP_SYS(prctl),
                       {{.arg = 0, .op = SCMP_CMP_EQ, .datum_a = PR_SET_SECCOMP, .datum_b = 0}}) ||
                seccomp_load(kernel) != 0) {
                return false;
            }
            const auto caged = enter_cage({.records = 0, .channel = 0});
            return !caged && says(STDERR_FILENO, caged.error().substr(0, 7));
        }) == "seccomp");
}

TEST_CASE("memory has an end", "[cage]") {
    if (sanitized_build) {
        return;
    }
    CHECK(succeeded(in_cage([](int, int) {
        void* const much = malloc(300 << 20);
        const bool refused = much == nullptr;
        free(much);
        return refused;
    })));
}

TEST_CASE("Landlock alone closes files and networks", "[cage]") {
    CHECK(succeeded(in_child([] {
        if (!drop_privileges() || !close_file_system()) {
            return false;
        }
        const bool closed = open("/etc/passwd", O_RDONLY) < 0 && errno == EACCES &&
                            open("/tmp", O_RDONLY | O_DIRECTORY) < 0 && errno == EACCES;
        // The discard port, at home: refused by Landlock before anybody is asked.
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(9);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int tcp = socket(AF_INET, SOCK_STREAM, 0);
        return closed && tcp >= 0 &&
               connect(tcp, reinterpret_cast<sockaddr*>(&address), sizeof address) < 0 &&
               errno == EACCES;
    })));
}

TEST_CASE("no privilege is left", "[cage]") {
    CHECK(succeeded(in_child([] {
        if (!limit_resources() || !drop_privileges()) {
            return false;
        }
        __user_cap_header_struct head{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
        __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
        if (syscall(SYS_capget, &head, data) < 0) {
            return false;
        }
        for (const auto& half : data) {
            if (half.effective != 0 || half.permitted != 0 || half.inheritable != 0) {
                return false;
            }
        }
        rlimit cores{};
        return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 && prctl(PR_GET_DUMPABLE) == 0 &&
               getrlimit(RLIMIT_CORE, &cores) == 0 && cores.rlim_max == 0;
    })));
}

TEST_CASE("sanitizers' calls are in no build that is shipped", "[cage]") {
    if (sanitized_build) {
        return;
    }
    CHECK(sanitizer_calls().empty());
    CHECK(killed(in_cage([](int, int) { return call(SYS_sigaltstack, nullptr, nullptr); })));
}

}  // namespace
}  // namespace leadlight::warden::test
