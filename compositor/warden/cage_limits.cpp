// SPDX-License-Identifier: MIT
// Limits and privileges. The address space is bounded here and not by the guest's good will, since
// a warden's memory is the admin domain's (rule 7); the service manager's cgroup bounds it again.
#include "compositor/warden/build.hpp"
#include "compositor/warden/cage_parts.hpp"

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>

namespace leadlight::warden {
namespace {

constexpr rlim_t mebi = rlim_t{1024} * 1024;

struct Limit {
    int resource;
    rlim_t value;
    const char* name;
};

constexpr std::array limits{
    Limit{RLIMIT_CORE, 0, "core"},
    Limit{RLIMIT_NPROC, 0, "processes"},
    // 16 may wait in the channel and a few are ours. But the kernel also counts by this the
    // descriptors that all of the user's processes have under way, and a local guest of the same
    // user can have as many in each channel as there is room for messages, about 280: with less,
    // one that floods would stop the descriptors of all wardens.
    Limit{RLIMIT_NOFILE, 1024, "files"},
    // Of one strip or cursor; with the limit of files it bounds what can lie in memory files.
    Limit{RLIMIT_FSIZE, mebi / 4, "file size"},
    Limit{RLIMIT_MEMLOCK, 0, "locked memory"},
    Limit{RLIMIT_MSGQUEUE, 0, "message queues"},
};

// The sanitizers' shadow memory is 16 TiB of it.
constexpr std::array memory_limits{
    Limit{RLIMIT_DATA, 256 * mebi, "data"},
    // Fonts are mapped, and some are large.
    Limit{RLIMIT_AS, 1024 * mebi, "address space"},
};

Wall set(const Limit& limit) {
    rlimit old{};
    if (getrlimit(limit.resource, &old) < 0) {
        return missing(std::string("limit of ") + limit.name);
    }
    const rlim_t value = std::min(limit.value, old.rlim_max);
    const rlimit wanted{value, value};
    if (setrlimit(limit.resource, &wanted) < 0) {
        return missing(std::string("limit of ") + limit.name);
    }
    return {};
}

}  // namespace

Wall limit_resources() {
    for (const auto& limit : limits) {
        if (auto done = set(limit); !done) {
            return done;
        }
    }
    if constexpr (!sanitized_build) {
        for (const auto& limit : memory_limits) {
            if (auto done = set(limit); !done) {
                return done;
            }
        }
    }
    return {};
}

Wall drop_privileges() {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) {
        return missing("no_new_privs");
    }
    // Others of the same user can neither trace it nor read its memory, and it leaves no core.
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0) {
        return missing("not dumpable");
    }
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0) {
        return missing("ambient capabilities");
    }
    // Allowed to the privileged only; the others have nothing that it would take from them.
    for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
        prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
    }

    __user_cap_header_struct head{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> none{};
    if (syscall(SYS_capset, &head, none.data()) < 0) {
        return missing("capabilities");
    }
    return {};
}

}  // namespace leadlight::warden
