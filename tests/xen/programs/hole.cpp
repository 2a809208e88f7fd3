// SPDX-License-Identifier: MIT
// A warden with a deliberate hole: the real program up to the closed cage, and then instead of
// reading its guest it does what somebody would who has taken it over. It must not live to say so.
// Built once for each attempt; takes the place of compositor/warden/loop.cpp. What it says it
// writes into a file of the test's, which it mapped before main(): no descriptor leads out of the
// cage.
#include "attempt.hpp"

#include "compositor/warden/loop.hpp"

#include <array>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

// Two walls stand before gntdev, and each has to hold without the other. The one that is missing is
// a function here, in place of the C library's or of libseccomp's: the warden's code is the same.
#ifdef LEADLIGHT_UNBLINDED
extern "C" int dup3(int /*from*/, int over, int /*flags*/) noexcept {
    return over;  // /dev/null does not come to lie over it
}
#endif
#ifdef LEADLIGHT_UNFILTERED
extern "C" int seccomp_load(const scmp_filter_ctx /*filter*/) {
    return 0;
}
#endif

namespace leadlight::warden {

namespace {

// For the guest whose page and event channel are offered they are no other domain's.
bool is_works() {
    constexpr std::string_view name{"--domain\0work\0", 14};
    std::array<char, 4096> arguments{};
    const int file = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    const ssize_t size = read(file, arguments.data(), arguments.size());
    close(file);
    return size > 0 &&
           std::string_view(arguments.data(), static_cast<std::size_t>(size)).contains(name);
}

char* map_what_is_said() {
    constexpr std::size_t page = 4096;
    const int file = open("/results/hole", O_RDWR | O_CLOEXEC);
    void* const mapped = mmap(nullptr, page, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    return mapped == MAP_FAILED ? nullptr : static_cast<char*>(mapped);
}

char* said = is_works() ? map_what_is_said() : nullptr;

void say(std::string_view line) {
    if (said != nullptr) {
        std::memcpy(said, line.data(), line.size());
        said += line.size();
    }
}

}  // namespace

Outcome Loop::run() {
    // Nothing was read yet, and nothing is.
    say("hole: the cage is closed\n");
    if (said != nullptr) {
        xen_test::LEADLIGHT_HOLE(say);
    }
    say("hole: alive\n");
    return {.status = ExitStatus::own_failure, .words = "the cage has a hole"};
}

}  // namespace leadlight::warden
