// SPDX-License-Identifier: MIT
// No path, no TCP, and where the kernel can (Linux 6.12): no abstract socket and no signal to a
// process outside. seccomp says the same in other words: the two have to fail together.
#include "compositor/warden/cage_parts.hpp"
#include "shm-grants/descriptor.hpp"

#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

namespace leadlight::warden {
namespace {

// All rights on files that a kernel knows, by its version of Landlock.
constexpr std::uint64_t file_rights(long version) {
    std::uint64_t rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
    if (version >= 2) {
        rights |= LANDLOCK_ACCESS_FS_REFER;
    }
    if (version >= 3) {
        rights |= LANDLOCK_ACCESS_FS_TRUNCATE;
    }
    if (version >= 5) {
        rights |= LANDLOCK_ACCESS_FS_IOCTL_DEV;
    }
    return rights;
}

}  // namespace

Wall close_file_system() {
    const long version =
        syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) {
        return missing("Landlock is not there (CONFIG_SECURITY_LANDLOCK, lsm=landlock)");
    }
    landlock_ruleset_attr rules{};
    rules.handled_access_fs = file_rights(version);
    if (version >= 4) {
        rules.handled_access_net = LANDLOCK_ACCESS_NET_BIND_TCP | LANDLOCK_ACCESS_NET_CONNECT_TCP;
    }
    if (version >= 6) {
        rules.scoped = LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | LANDLOCK_SCOPE_SIGNAL;
    }
    // No rule is added: what is handled is denied everywhere.
    const grants::Descriptor ruleset(
        static_cast<int>(syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0)));
    if (!ruleset || syscall(SYS_landlock_restrict_self, ruleset.get(), 0) < 0) {
        return missing("Landlock");
    }
    return {};
}

}  // namespace leadlight::warden
