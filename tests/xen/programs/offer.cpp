// SPDX-License-Identifier: MIT
// In a guest: grants the admin domain a page, offers it an event channel, tells of both, and keeps
// them until it is killed. See attempt.hpp.
#include "attempt.hpp"

#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstring>

extern "C" {
#include <xenevtchn.h>
#include <xengnttab.h>
}

int main() {
    using leadlight::xen_test::offered;
    auto* sharing = xengntshr_open(nullptr, 0);
    auto* events = xenevtchn_open(nullptr, 0);
    if (sharing == nullptr || events == nullptr) {
        std::perror("offer: no device");
        return 1;
    }
    std::uint32_t reference = 0;
    void* const page = xengntshr_share_pages(sharing, 0, 1, &reference, 0);
    const auto port = xenevtchn_bind_unbound_port(events, 0);
    if (page == nullptr || port < 0) {
        std::perror("offer");
        return 1;
    }
    std::memcpy(page, offered.data(), offered.size());
    std::printf("offer: %u %d there\n", reference, port);
    (void)std::fflush(stdout);
    for (;;) {
        pause();
    }
}
