// SPDX-License-Identifier: MIT
// A warden with a deliberate hole: the real program up to the closed cage, and then instead of
// reading its guest it does what somebody would who has taken it over. It must not live to say so.
// Built once for each attempt; takes the place of compositor/warden/loop.cpp. What it says it
// writes into a file of the test's, which it mapped before main(): no descriptor leads out of the
// cage.
#include "compositor/warden/loop.hpp"

#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
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

char* map_what_is_said() {
    constexpr std::size_t page = 4096;
    const int file = open("/results/hole", O_RDWR | O_CLOEXEC);
    void* const mapped = mmap(nullptr, page, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    return mapped == MAP_FAILED ? nullptr : static_cast<char*>(mapped);
}

char* said = map_what_is_said();

// The wardens of several guests share the file: each says the same from its beginning.
void say(std::string_view words) {
    if (said != nullptr) {
        std::memcpy(said, words.data(), words.size());
        said += words.size();
    }
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
