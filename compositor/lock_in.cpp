// SPDX-License-Identifier: MIT
#include "compositor/lock_in.hpp"

#include "compositor/warden/build.hpp"
#include "shm-grants/descriptor.hpp"

#include <linux/landlock.h>
#include <linux/netlink.h>
#include <seccomp.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace leadlight::compositor {

namespace {

constexpr std::uint64_t making =
    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_REMOVE_FILE;
constexpr std::uint64_t since_the_first =
    making | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
    LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
    LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

std::unexpected<std::string> failed(const char* what) {
    return std::unexpected("the compositor cannot be locked in: " + std::string(what) + ": " +
                           std::strerror(errno));
}

// A folder that is not there cannot be written to either.
void allow(int ruleset, const std::string& folder, std::uint64_t rights) {
    const grants::Descriptor opened(open(folder.c_str(), O_PATH | O_CLOEXEC));
    if (opened) {
        landlock_path_beneath_attr rule{};
        rule.allowed_access = rights;
        rule.parent_fd = opened.get();
        syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    }
}

std::expected<void, std::string> restrict_files_and_sockets(const std::string& folder) {
    const long version =
        syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) {
        return failed("Landlock");
    }
    const std::uint64_t truncating = version >= 3 ? LANDLOCK_ACCESS_FS_TRUNCATE : 0;
    landlock_ruleset_attr rules{};
    // Not LANDLOCK_ACCESS_FS_RESOLVE_UNIX (version 9): leadlightd's folder comes anew with each
    // start of it, so a rule made now would not let us reach the next one's socket.
    rules.handled_access_fs = since_the_first | truncating;
    if (version >= 4) {
        rules.handled_access_net = LANDLOCK_ACCESS_NET_BIND_TCP | LANDLOCK_ACCESS_NET_CONNECT_TCP;
    }
    if (version >= 6) {
        rules.scoped = LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | LANDLOCK_SCOPE_SIGNAL;
    }
    const grants::Descriptor ruleset(
        static_cast<int>(syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0)));
    if (!ruleset) {
        return failed("Landlock");
    }
    const std::uint64_t writing = LANDLOCK_ACCESS_FS_WRITE_FILE | truncating;
    allow(ruleset.get(), folder, writing | making);
    // The Wayland socket lies beside it, and goes at the end. Beneath no folder but those here does
    // anything come into being, so what is removed there cannot be replaced.
    allow(ruleset.get(), std::filesystem::path(folder).parent_path(),
          LANDLOCK_ACCESS_FS_REMOVE_FILE);
    allow(ruleset.get(), "/dev", LANDLOCK_ACCESS_FS_WRITE_FILE);
    allow(ruleset.get(), "/dev/shm", writing | making);  // buffers and keymaps for programs
    if (syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0) {
        return failed("Landlock");
    }
    return {};
}

// What a compositor that runs never does, whatever the arguments. Landlock does not see all of it:
// a memory file lies beneath no folder, so its rules let it be executed.
constexpr auto refused = std::to_array<std::string_view>(
    {// programs
     "execve", "execveat", "personality",
     // other processes
     "process_vm_writev", "process_madvise", "pidfd_getfd", "pidfd_send_signal", "kcmp", "tkill",
     // another view of the system
     "setns", "unshare", "chroot", "pivot_root", "mount", "umount2", "mount_setattr", "move_mount",
     "open_tree", "fsopen", "fsconfig", "fsmount", "fspick",
     // keys, and what most faults of kernels were found in; io_uring makes calls that no filter
     // sees
     "keyctl", "add_key", "request_key", "bpf", "perf_event_open", "userfaultfd", "io_uring_setup",
     "io_uring_enter", "io_uring_register",
     // the machine
     "kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module", "reboot",
     "swapon", "swapoff",
     // who may use the person's files: Landlock leaves that to their owner
     "chmod", "fchmodat", "fchmodat2", "chown", "lchown", "fchown", "fchownat", "setxattr",
     "lsetxattr", "fsetxattr", "setxattrat"});

// LeakSanitizer looks at the process with these when it ends.
constexpr auto refused_but_to_sanitizers =
    std::to_array<std::string_view>({"ptrace", "process_vm_readv"});

using Condition = scmp_arg_cmp;

// A filter compares 64 bits, of which the kernel takes the lower 32 for an int. So what is refused
// is told by those alone: a bit above them would make it another number here, and no other there.
constexpr std::uint64_t int_bits = 0xffff'ffff;

Condition is(unsigned argument, std::uint64_t value) {
    return {.arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = int_bits, .datum_b = value};
}
Condition is_not(unsigned argument, std::uint64_t value) {
    return {.arg = argument, .op = SCMP_CMP_NE, .datum_a = value, .datum_b = 0};
}
Condition is_above(unsigned argument, std::uint64_t value) {
    return {.arg = argument, .op = SCMP_CMP_GT, .datum_a = value, .datum_b = 0};
}
Condition has(unsigned argument, std::uint64_t bit) {
    return {.arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = bit, .datum_b = bit};
}

/// Lets all through that it is not told to refuse; another architecture's calls end the process.
class Filter {
  public:
    Filter() : context_(seccomp_init(SCMP_ACT_ALLOW)) {
        // Threads that a library started are to be under it, too.
        keep(context_ ? seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_TSYNC, 1) : -ENOMEM);
    }

    /// Where all of the conditions hold.
    void refuse(std::string_view name, const std::vector<Condition>& conditions = {},
                int error = EPERM) {
        const int number = seccomp_syscall_resolve_name(std::string(name).c_str());
        if (number == __NR_SCMP_ERROR) {
            keep(-ENOSYS);
        } else if (error_ == 0) {
            keep(seccomp_rule_add_array(
                context_.get(), SCMP_ACT_ERRNO(static_cast<unsigned>(error)), number,
                static_cast<unsigned>(conditions.size()), conditions.data()));
        }
    }
    std::expected<void, std::string> load() {
        if (error_ == 0) {
            keep(seccomp_load(context_.get()));
        }
        if (error_ != 0) {
            errno = error_;
            return failed("seccomp");
        }
        return {};
    }

  private:
    void keep(int result) {
        if (error_ == 0 && result < 0) {
            error_ = -result;
        }
    }

    struct Release {
        void operator()(void* context) const { seccomp_release(context); }
    };
    std::unique_ptr<void, Release> context_;
    int error_ = 0;
};

// abort() and raise() signal the process itself.
void refuse_signals_to_others(Filter& filter) {
    const auto self = static_cast<std::uint64_t>(getpid());
    for (const auto* name : {"kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"}) {
        filter.refuse(name, {is_not(0, self)});
    }
    // The kernel would send it, when something comes to read.
    filter.refuse("fcntl", {is(1, F_SETOWN)});
    filter.refuse("fcntl", {is(1, F_SETOWN_EX)});
}

// leadlightd's, and udev's: libinput opens one each time that the person comes back to the seat.
void refuse_networks(Filter& filter) {
    filter.refuse("socket", {is(0, AF_UNSPEC)});
    for (std::uint64_t family = AF_UNIX + 1; family < AF_NETLINK; ++family) {
        filter.refuse("socket", {is(0, family)});
    }
    filter.refuse("socket", {is(0, AF_NETLINK), is_not(2, NETLINK_KOBJECT_UEVENT)});
    filter.refuse("socket", {is_above(0, AF_NETLINK)});
    filter.refuse("socketpair", {is_not(0, AF_UNIX)});
}

// A process in a user namespace of its own has all rights there.
void refuse_namespaces(Filter& filter) {
    for (const std::uint64_t space : {CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC,
                                      CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET}) {
        filter.refuse("clone", {has(0, space)});
    }
    // Its flags are in memory, where no filter sees them; the C library goes back to clone.
    filter.refuse("clone3", {}, ENOSYS);
}

std::expected<void, std::string> filter_system_calls() {
    Filter filter;
    for (const auto name : refused) {
        filter.refuse(name);
    }
    if constexpr (!warden::sanitized_build) {
        for (const auto name : refused_but_to_sanitizers) {
            filter.refuse(name);
        }
    }
    refuse_signals_to_others(filter);
    refuse_networks(filter);
    refuse_namespaces(filter);
    // wlroots takes all rights from a keymap's file, so that no program opens it to write.
    filter.refuse("fchmod", {is_not(1, 0)});
    // Would type into the terminal that it was started from.
    filter.refuse("ioctl", {is(1, TIOCSTI)});
    filter.refuse("ioctl", {is(1, TIOCLINUX)});
    return filter.load();
}

}  // namespace

std::expected<void, std::string> lock_in(const std::string& folder) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return failed("no_new_privs");
    }
    return restrict_files_and_sockets(folder).and_then(filter_system_calls);
}

}  // namespace leadlight::compositor
