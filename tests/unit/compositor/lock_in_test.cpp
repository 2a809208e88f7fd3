// SPDX-License-Identifier: MIT
// A process that is locked in tries what the compositor never does, each in a process of its own.
#include "compositor/lock_in.hpp"

#include "compositor/warden/build.hpp"
#include "shm-grants/descriptor.hpp"

#include <catch2/catch_test_macros.hpp>

#include <linux/landlock.h>
#include <linux/netlink.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using leadlight::compositor::lock_in;
using leadlight::grants::Descriptor;

namespace {

struct Folders {
    Folders() {
        std::filesystem::create_directories(own);
        std::ofstream(runtime / "theirs") << "x";
        std::ofstream(runtime / "wayland-7") << "";
    }
    ~Folders() { std::filesystem::remove_all(runtime); }

    std::filesystem::path runtime =
        std::filesystem::temp_directory_path() / ("leadlight-lock-" + std::to_string(getpid()));
    std::filesystem::path own = runtime / "leadlight";
};

using Deed = std::function<bool(const std::filesystem::path&)>;

/// How the process ended that was locked in and then did it: as for waitpid. A REQUIRE where it
/// could not be locked in.
int end_of(const Deed& deed) {
    constexpr int not_locked = 99;
    const Folders folders;
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        _exit(!lock_in(folders.own) ? not_locked : deed(folders.runtime) ? 0 : 1);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE_FALSE((WIFEXITED(status) && WEXITSTATUS(status) == not_locked));
    return status;
}

/// `deed` gets the runtime folder. Whether it said yes.
bool locked_in(const Deed& deed) {
    const int status = end_of(deed);
    REQUIRE(WIFEXITED(status));
    return WEXITSTATUS(status) == 0;
}

bool opens(const std::filesystem::path& file, int flags) {
    return open(file.c_str(), flags, 0600) >= 0;
}

template <typename... Arguments>
bool refused(long call, Arguments... arguments) {
    return syscall(call, arguments...) < 0 && errno == EPERM;
}

/// As a file without a name, to be executed. It fails, so that it is not taken for a "yes".
int program_in_memory() {
    std::ifstream file("/bin/false", std::ios::binary);
    const std::string program{std::istreambuf_iterator<char>(file), {}};
    const int memory = memfd_create("leadlight-lock", 0);
    return write(memory, program.data(), program.size()) == static_cast<ssize_t>(program.size())
               ? memory
               : -1;
}

struct Address {
    /// A name that begins with 0 is abstract.
    explicit Address(const std::string& name) {
        unix_.sun_family = AF_UNIX;
        std::memcpy(unix_.sun_path, name.data(), name.size());
        size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    }
    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&unix_); }

    socklen_t size;

  private:
    sockaddr_un unix_{};
};

Descriptor stream_socket(int family) {
    return Descriptor(socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

Descriptor listening_at(const Address& address) {
    Descriptor made = stream_socket(AF_UNIX);
    REQUIRE(bind(made.get(), address.get(), address.size) == 0);
    REQUIRE(listen(made.get(), 4) == 0);
    return made;
}

bool connects(const Address& address) {
    const Descriptor made = stream_socket(AF_UNIX);
    return connect(made.get(), address.get(), address.size) == 0;
}

sockaddr_in this_machine(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

long landlock_version() {
    return syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

}  // namespace

TEST_CASE("a compositor that runs executes nothing and gains no rights") {
    CHECK(locked_in([](const auto&) {
        execl("/bin/false", "false", nullptr);
        return errno == EPERM || errno == EACCES;
    }));
    CHECK(locked_in([](const auto&) {
        const int program = program_in_memory();
        std::array<char, 6> name{"false"};
        const std::array<char*, 2> arguments{name.data(), nullptr};
        return program >= 0 &&
               refused(SYS_execveat, program, "", arguments.data(), environ, AT_EMPTY_PATH);
    }));
    CHECK(locked_in([](const auto&) {
        const auto program = "/proc/self/fd/" + std::to_string(program_in_memory());
        execl(program.c_str(), "false", nullptr);
        return errno == EPERM;
    }));
    CHECK(locked_in([](const auto&) { return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1; }));
    CHECK(locked_in([](const auto&) {
        return refused(SYS_unshare, CLONE_NEWUSER) &&
               refused(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0) &&
               syscall(SYS_clone3, nullptr, 0) < 0 && errno == ENOSYS;
    }));
    CHECK(locked_in([](const auto&) {
        return refused(SYS_io_uring_setup, 1, nullptr) && refused(SYS_bpf, 0, nullptr, 0) &&
               refused(SYS_keyctl, 0, 0) && refused(SYS_userfaultfd, 0);
    }));
}

TEST_CASE("a compositor that runs neither signals nor reads another process") {
    CHECK(locked_in([](const auto&) {
        const pid_t other = getppid();
        return refused(SYS_kill, other, 0) && refused(SYS_kill, 0, 0) && refused(SYS_kill, -1, 0) &&
               refused(SYS_tgkill, other, other, 0) && refused(SYS_tkill, other, 0);
    }));
    CHECK(locked_in([](const auto&) {
        const auto other = static_cast<int>(syscall(SYS_pidfd_open, getppid(), 0));
        return other >= 0 && refused(SYS_pidfd_send_signal, other, 0, nullptr, 0) &&
               refused(SYS_pidfd_getfd, other, 0, 0);
    }));
    CHECK(locked_in([](const auto&) {
        // By the kernel, in its place; the high bit is not the kernel's.
        return refused(SYS_fcntl, 0, F_SETOWN, getppid()) &&
               refused(SYS_fcntl, 0, F_SETOWN | (1UL << 32), getppid());
    }));
    CHECK(locked_in([](const auto&) {
        return refused(SYS_process_vm_writev, getppid(), nullptr, 0, nullptr, 0, 0) &&
               ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr) < 0 && errno == EPERM &&
               (leadlight::warden::sanitized_build ||
                refused(SYS_ptrace, PTRACE_TRACEME, 0, nullptr, nullptr));
    }));
}

TEST_CASE("a compositor that runs reaches no network and no abstract socket") {
    CHECK(locked_in([](const auto&) {
        return refused(SYS_socket, AF_INET, SOCK_STREAM, 0) &&
               refused(SYS_socket, AF_INET6, SOCK_DGRAM, 0) &&
               refused(SYS_socket, AF_INET | (1UL << 32), SOCK_STREAM, 0) &&
               refused(SYS_socket, AF_PACKET, SOCK_RAW, 0) &&
               refused(SYS_socket, AF_ALG, SOCK_SEQPACKET, 0) &&
               refused(SYS_socket, AF_VSOCK, SOCK_STREAM, 0) &&
               refused(SYS_socket, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
    }));
    if (landlock_version() >= 4) {
        const Descriptor made_before = stream_socket(AF_INET);
        REQUIRE(made_before);
        CHECK(locked_in([&](const auto&) {
            const sockaddr_in discard = this_machine(9);
            const sockaddr_in any = this_machine(0);
            const int fd = made_before.get();
            return connect(fd, reinterpret_cast<const sockaddr*>(&discard), sizeof discard) < 0 &&
                   errno == EACCES &&
                   bind(fd, reinterpret_cast<const sockaddr*>(&any), sizeof any) < 0 &&
                   errno == EACCES;
        }));
    } else {
        WARN("not tried: this kernel's Landlock knows no TCP");
    }
    if (landlock_version() >= 6) {
        using namespace std::string_literals;
        const Address abstract("\0leadlight-lock-"s + std::to_string(getpid()));
        const Descriptor listening = listening_at(abstract);
        REQUIRE(connects(abstract));
        CHECK(locked_in([&](const auto&) { return !connects(abstract) && errno == EPERM; }));
    } else {
        WARN("not tried: this kernel's Landlock knows no abstract sockets");
    }
}

TEST_CASE("a compositor that runs gives nobody else a right on the person's files") {
    CHECK(locked_in([](const auto& runtime) {
        const auto theirs = runtime / "theirs";
        const Descriptor file(open(theirs.c_str(), O_RDONLY));
        return chmod(theirs.c_str(), 0666) < 0 && fchmod(file.get(), 0666) < 0 &&
               chown(theirs.c_str(), getuid(), getgid()) < 0 &&
               fchown(file.get(), getuid(), getgid()) < 0;
    }));
}

TEST_CASE("a compositor that runs can do what it has to") {
    // Asserts and terminate() end it as ever.
    const int aborted = end_of([](const auto&) {
        std::signal(SIGABRT, SIG_DFL);  // not Catch2's
        std::abort();
        return false;
    });
    CHECK((WIFSIGNALED(aborted) && WTERMSIG(aborted) == SIGABRT));
    CHECK(locked_in([](const auto&) {
        static volatile std::sig_atomic_t heard = 0;
        std::signal(SIGUSR1, [](int) { heard = heard + 1; });
        return raise(SIGUSR1) == 0 && kill(getpid(), SIGUSR1) == 0 && heard == 2;
    }));
    CHECK(locked_in([](const auto&) {
        bool ran = false;
        std::thread([&] { ran = true; }).join();
        return ran;
    }));
    // A keymap, as wlroots gives it to a program.
    CHECK(locked_in([](const auto&) {
        const Descriptor keymap(
            shm_open("/leadlight-lock-keymap", O_RDWR | O_CREAT | O_EXCL, 0600));
        shm_unlink("/leadlight-lock-keymap");
        return keymap && fchmod(keymap.get(), 0) == 0 && ftruncate(keymap.get(), 4096) == 0 &&
               memfd_create("buffer", MFD_CLOEXEC | MFD_ALLOW_SEALING) >= 0;
    }));
    // leadlightd that was started anew, in the group that may ask it.
    const auto path = std::filesystem::temp_directory_path() /
                      ("leadlight-lock-" + std::to_string(getpid()) + ".sock");
    {
        const Address leadlightd(path.string());
        const Descriptor listening = listening_at(leadlightd);
        CHECK(locked_in([&](const auto&) {
            return setresgid(static_cast<gid_t>(-1), getegid(), static_cast<gid_t>(-1)) == 0 &&
                   connects(leadlightd);
        }));
        std::filesystem::remove(path);
    }
    // Devices that come, once the person is back at the seat.
    CHECK(locked_in([](const auto&) {
        return socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT) >= 0;
    }));
}

TEST_CASE("a compositor that runs writes nowhere but where it has to") {
    CHECK(locked_in([](const auto& runtime) {
        return !opens(runtime / "theirs", O_WRONLY) &&
               !opens(runtime / "new", O_WRONLY | O_CREAT) &&
               !opens("/tmp/leadlight-lock-new", O_WRONLY | O_CREAT);
    }));
    CHECK(locked_in([](const auto& runtime) {
        const auto places = runtime / "leadlight/places";
        return opens(places.string() + ".new", O_WRONLY | O_CREAT) &&
               rename((places.string() + ".new").c_str(), places.c_str()) == 0 &&
               opens(places, O_WRONLY | O_TRUNC) && unlink(places.c_str()) == 0;
    }));
    CHECK(locked_in([](const auto& runtime) {
        return opens(runtime / "theirs", O_RDONLY) && opens("/dev/null", O_RDWR) &&
               unlink((runtime / "wayland-7").c_str()) == 0;
    }));
    // Of what lies beside its folder it replaces nothing.
    CHECK(locked_in([](const auto& runtime) {
        const auto theirs = runtime / "theirs";
        const auto own = runtime / "leadlight/own";
        return opens(own, O_WRONLY | O_CREAT) && rename(own.c_str(), theirs.c_str()) < 0 &&
               link(own.c_str(), (runtime / "new").c_str()) < 0 &&
               rename(theirs.c_str(), (runtime / "leadlight/theirs").c_str()) < 0 &&
               symlink("leadlight/own", (runtime / "new").c_str()) < 0;
    }));
    const auto outside = std::filesystem::temp_directory_path() /
                         ("leadlight-lock-outside-" + std::to_string(getpid()));
    std::ofstream(outside) << "x";
    CHECK(locked_in([&](const auto&) { return unlink(outside.c_str()) < 0 && errno == EACCES; }));
    std::filesystem::remove(outside);
    CHECK(locked_in([](const auto&) {
        constexpr const char* name = "/leadlight-lock-test";
        return shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600) >= 0 && shm_unlink(name) == 0;
    }));
}
