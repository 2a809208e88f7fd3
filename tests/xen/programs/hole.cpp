// SPDX-License-Identifier: MIT
// A warden with a deliberate hole: the real program up to the closed cage, and then instead of
// reading its guest it does what somebody would who has taken it over. It must not live to say so.
// Built once for each attempt; takes the place of compositor/warden/loop.cpp.
#include "compositor/warden/loop.hpp"

#include <string>

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

extern "C" {
#include <xen/xen.h>
// after it
#include <xen/sys/evtchn.h>
#include <xen/sys/gntdev.h>
}

namespace leadlight::warden {

namespace {

constexpr int most_descriptors = 128;

void say(const char* words) {
    static_cast<void>(!write(STDERR_FILENO, words, std::char_traits<char>::length(words)));
}

// What became of the gntdev descriptor is /dev/null's; the other device is the event channel's. On
// no other descriptor: a socket would end it for a lesser reason.
void on_device(bool event_channel, unsigned long request, void* argument) {
    for (int fd = STDERR_FILENO + 1; fd < most_descriptors; ++fd) {
        struct stat status{};
        if (fstat(fd, &status) == 0 && S_ISCHR(status.st_mode) &&
            (status.st_rdev != makedev(1, 3)) == event_channel) {
            say("hole: tries a device\n");
            ioctl(fd, request, argument);
        }
    }
}

// A grant of the first guest that is not ours is as good as any: the kernel looks at it later.
[[maybe_unused]] void map_another_domain() {
    ioctl_gntdev_map_grant_ref request{};
    request.count = 1;
    request.refs[0] = {.domid = 1, .ref = 8};
    on_device(false, IOCTL_GNTDEV_MAP_GRANT_REF, &request);
}

[[maybe_unused]] void bind_another_domain() {
    ioctl_evtchn_bind_interdomain request{.remote_domain = 1, .remote_port = 1};
    on_device(true, IOCTL_EVTCHN_BIND_INTERDOMAIN, &request);
}

}  // namespace

Outcome Loop::run() {
    // Nothing was read yet, and nothing is.
    say("hole: the cage is closed\n");
    LEADLIGHT_HOLE();
    say("hole: alive\n");
    return {.status = ExitStatus::own_failure, .words = "the cage has a hole"};
}

}  // namespace leadlight::warden
