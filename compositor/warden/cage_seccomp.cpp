// SPDX-License-Identifier: MIT
// The system calls of a caged warden. Whatever is not here ends the process at once: a warden that
// asks for more is no longer ours.
#include "compositor/warden/build.hpp"
#include "compositor/warden/cage_parts.hpp"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include <array>
#include <memory>
#include <vector>

namespace leadlight::warden {
namespace {

using Condition = scmp_arg_cmp;
using Conditions = std::vector<Condition>;  // all of them must hold

Condition is(unsigned argument, std::uint64_t value) {
    return {.arg = argument, .op = SCMP_CMP_EQ, .datum_a = value, .datum_b = 0};
}

/// No bit beyond `allowed`, and of `required` every one.
Condition bits(unsigned argument, std::uint64_t allowed, std::uint64_t required = 0) {
    return {.arg = argument,
            .op = SCMP_CMP_MASKED_EQ,
            .datum_a = ~allowed | required,
            .datum_b = required};
}

// What no argument makes dangerous: they work on descriptors that are there, on memory, on time.
constexpr std::array<std::string_view, 13> unconditional{
    "poll",   "ppoll", "close", "write",      "pread64",       "fstat",           "fstatfs",
    "munmap", "brk",   "exit",  "exit_group", "clock_gettime", "restart_syscall",
};

#if LEADLIGHT_SANITIZED
constexpr std::array<std::string_view, 15> sanitizer_only{
    "sigaltstack", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "futex",
    "sched_yield", "getpid",       "gettid",         "madvise",      "mprotect",
    "getrandom",   "prctl",        "pipe2",          "tgkill",       "newfstatat",
};
constexpr std::uint64_t mmap_flags_allowed = ~std::uint64_t{0};
#else
constexpr std::array<std::string_view, 0> sanitizer_only{};
// MAP_FIXED is not among them: nothing is to be put over what is there.
constexpr std::uint64_t mmap_flags_allowed = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
#endif

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#endif

class Filter {
  public:
    // Not only the thread: nothing of a warden is to outlive the attempt.
    Filter() : context_(seccomp_init(SCMP_ACT_KILL_PROCESS)) {
        good_ = context_ && seccomp_attr_set(context_.get(), SCMP_FLTATR_ACT_BADARCH,
                                             SCMP_ACT_KILL_PROCESS) == 0;
    }

    void allow(std::string_view name, const Conditions& conditions = {}) {
        rule(SCMP_ACT_ALLOW, name, conditions);
    }
    void refuse(std::string_view name, int error) {
        rule(SCMP_ACT_ERRNO(static_cast<unsigned>(error)), name, {});
    }
    Wall load() {
        if (!good_ || seccomp_load(context_.get()) < 0) {
            return missing("seccomp");
        }
        return {};
    }

  private:
    void rule(std::uint32_t action, std::string_view name, const Conditions& conditions) {
        const int number = seccomp_syscall_resolve_name(std::string(name).c_str());
        if (number == __NR_SCMP_ERROR) {
            good_ = false;
            return;
        }
        good_ = good_ && seccomp_rule_add_array(context_.get(), action, number,
                                                static_cast<unsigned>(conditions.size()),
                                                conditions.data()) == 0;
    }

    struct Release {
        void operator()(void* context) const { seccomp_release(context); }
    };
    std::unique_ptr<void, Release> context_;
    bool good_ = false;
};

void allow_sockets(Filter& filter, const CageNeeds& needs) {
    // Only on our own two: a guest may pass a socket of its own along.
    for (const int fd : {needs.records, needs.channel}) {
        filter.allow("recvmsg", {is(0, static_cast<std::uint64_t>(fd))});
        filter.allow("sendmsg", {is(0, static_cast<std::uint64_t>(fd))});
    }
}

void allow_event_channel(Filter& filter, const CageNeeds& needs) {
    const auto channel = static_cast<std::uint64_t>(needs.channel);
    // IOCTL_EVTCHN_NOTIFY of xen/evtchn.h. Its neighbours bind channels of any domain.
    constexpr std::uint64_t notify = _IOC(_IOC_NONE, 'E', 4, sizeof(unsigned));
    filter.allow("read", {is(0, channel)});
    filter.allow("ioctl", {is(0, channel), is(1, notify)});
}

void allow_memory(Filter& filter) {
    filter.allow("mmap", {bits(2, PROT_READ | PROT_WRITE),
                          bits(3, mmap_flags_allowed, MAP_PRIVATE | MAP_ANONYMOUS)});
    // The C library asks when a large block grows, and copies when told no.
    filter.refuse("mremap", ENOMEM);
}

void allow_memory_files(Filter& filter) {
    filter.allow("memfd_create", {bits(1, MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_NOEXEC_SEAL)});
    filter.allow("fcntl", {is(1, F_ADD_SEALS)});
    filter.allow("fcntl", {is(1, F_GET_SEALS)});
}

}  // namespace

std::span<const std::string_view> sanitizer_calls() {
    return sanitizer_only;
}

Wall filter_system_calls(const CageNeeds& needs) {
    Filter filter;
    for (const auto name : unconditional) {
        filter.allow(name);
    }
    for (const auto name : sanitizer_calls()) {
        filter.allow(name);
    }
    allow_sockets(filter, needs);
    if (needs.event_channel) {
        allow_event_channel(filter, needs);
    }
    allow_memory(filter);
    allow_memory_files(filter);
    return filter.load();
}

}  // namespace leadlight::warden
