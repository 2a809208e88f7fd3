// SPDX-License-Identifier: MIT
// What leadlightd reads out of Xen's command line.
#include "compositor/broker/xen_limits.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using leadlight::broker::maptrack_frames;

TEST_CASE("the maptrack limit is what Xen was started with, else its default") {
    CHECK(maptrack_frames("") == 1024);
    CHECK(maptrack_frames("console=com1 dom0_mem=1500M") == 1024);
    CHECK(maptrack_frames("gnttab_max_maptrack_frames=4096") == 4096);
    CHECK(maptrack_frames("  console=com1  gnttab_max_maptrack_frames=256 ") == 256);
    CHECK(maptrack_frames("gnttab-max-maptrack-frames=2048") == 2048);
    CHECK(maptrack_frames("gnttab_max_maptrack_frames=0x1000") == 4096);
    CHECK(maptrack_frames("gnttab_max_maptrack_frames=010") == 8);
    CHECK(maptrack_frames("gnttab_max_maptrack_frames=0") == 0);
    CHECK(maptrack_frames("gnttab_max_maptrack_frames=2 gnttab_max_maptrack_frames=3") == 3);
}

TEST_CASE("what Xen would not take as a maptrack limit counts for nothing") {
    for (const char* value : {"", "-1", "+5", "4096x", "x", "0x", "08", "4096,8", "2147483648",
                              "99999999999999999999", "0x1ffffffff"}) {
        INFO(value);
        const std::string option = std::string("gnttab_max_maptrack_frames=") + value;
        CHECK(maptrack_frames(option) == 1024);
        CHECK(maptrack_frames("gnttab_max_maptrack_frames=64 " + option) == 64);
    }
    CHECK(maptrack_frames("gnttab_max_maptrack_frames") == 1024);
    CHECK(maptrack_frames("no-gnttab_max_maptrack_frames=1") == 1024);
    CHECK(maptrack_frames("gnttab_max_maptrack_frames2=1") == 1024);
    CHECK(maptrack_frames("gnttab_max_frames=1") == 1024);
    CHECK(maptrack_frames("x=gnttab_max_maptrack_frames=1") == 1024);
    CHECK(maptrack_frames(std::string(5000, ' ') + std::string("\0\xff=", 3)) == 1024);
}
