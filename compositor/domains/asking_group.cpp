// SPDX-License-Identifier: MIT
#include "compositor/domains/asking_group.hpp"

#include "compositor/log.hpp"

#include <sys/auxv.h>
#include <unistd.h>

namespace leadlight::compositor {

namespace {

constexpr auto unchanged = static_cast<gid_t>(-1);

// The kernel keeps it as the saved one.
gid_t kept_group() {
    gid_t real = 0;
    gid_t effective = 0;
    gid_t saved = 0;
    getresgid(&real, &effective, &saved);
    return saved;
}

void act_as(gid_t group) {
    if (setresgid(unchanged, group, unchanged) != 0) {
        log_error("the group for asking leadlightd cannot be changed");
    }
}

}  // namespace

bool AskingGroup::put_aside() {
    return setresgid(unchanged, getgid(), getegid()) == 0;
}

bool AskingGroup::held() {
    return kept_group() != getgid() || getauxval(AT_SECURE) != 0;
}

void AskingGroup::drop() {
    const gid_t own = getgid();
    if (setresgid(own, own, own) != 0) {
        _exit(126);
    }
}

AskingGroup::AskingGroup() {
    act_as(kept_group());
}

AskingGroup::~AskingGroup() {
    act_as(getgid());
}

}  // namespace leadlight::compositor
