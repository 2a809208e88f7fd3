// SPDX-License-Identifier: MIT
#include "shm-grants/xen/grant_limit.hpp"

#include <catch2/catch_test_macros.hpp>

namespace leadlight::grants::xen {
namespace {

TEST_CASE("an agent stays below gntalloc's limit, with room for the rings") {
    CHECK(grant_limit(1024, 64) == 1024 - 66);
    CHECK(grant_limit(66, 64) == 0);
    CHECK(grant_limit(0, 64) == 0);
}

TEST_CASE("an agent stays below the grant table, with room for disk and network") {
    CHECK(grant_limit(1'000'000, 64) == 64 * 512 - 4096);
    CHECK(grant_limit(1'000'000, 256) == 256 * 512 - 4096);
    CHECK(grant_limit(1'000'000, 8) == 0);
    CHECK(grant_limit(1'000'000, 0) == 0);
}

}  // namespace
}  // namespace leadlight::grants::xen
