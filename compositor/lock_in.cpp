// SPDX-License-Identifier: MIT
#include "compositor/lock_in.hpp"

#include "shm-grants/descriptor.hpp"

#include <linux/landlock.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/prctl.h>
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

}  // namespace

std::expected<void, std::string> lock_in(const std::string& folder) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return failed("no_new_privs");
    }
    const long version =
        syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) {
        return failed("Landlock");
    }
    const std::uint64_t truncating = version >= 3 ? LANDLOCK_ACCESS_FS_TRUNCATE : 0;
    landlock_ruleset_attr rules{};
    rules.handled_access_fs = since_the_first | truncating;
    const grants::Descriptor ruleset(
        static_cast<int>(syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0)));
    if (!ruleset) {
        return failed("Landlock");
    }
    const std::uint64_t writing = LANDLOCK_ACCESS_FS_WRITE_FILE | truncating;
    allow(ruleset.get(), folder, writing | making);
    // The Wayland socket lies beside it, and goes at the end.
    allow(ruleset.get(), std::filesystem::path(folder).parent_path(),
          LANDLOCK_ACCESS_FS_REMOVE_FILE);
    allow(ruleset.get(), "/dev", LANDLOCK_ACCESS_FS_WRITE_FILE);
    allow(ruleset.get(), "/dev/shm", writing | making);  // buffers and keymaps for programs
    if (syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0) {
        return failed("Landlock");
    }
    return {};
}

}  // namespace leadlight::compositor
