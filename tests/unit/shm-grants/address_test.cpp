// SPDX-License-Identifier: MIT
#include "shm-grants/address.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace leadlight::grants {
namespace {

TEST_CASE("an address is read and written back the same") {
    const auto* text = GENERATE("local:/run/user/1000/leadlight/work", "local:/a", "xen:0:1",
                                "xen:32751:4294967295");
    const auto address = parse_address(text);
    REQUIRE(address.has_value());
    CHECK(to_string(*address) == text);
}

TEST_CASE("an address says whose it is") {
    CHECK(parse_address("local:/run/x") == Address(LocalAddress{"/run/x"}));
    CHECK(parse_address("xen:7:2000") == Address(XenAddress{7, 2000}));
}

TEST_CASE("what is no address is refused") {
    const std::string long_path = "local:/" + std::string(107, 'x');
    const std::string nul_inside("local:/a\0b", 10);
    const std::string text = GENERATE_COPY(values<std::string>(
        {"", "local:", "local:relative", long_path, nul_inside, "xen:", "xen:1", "xen:1:", "xen::1",
         "xen:-1:1", "xen:32752:1", "xen:65536:1", "xen:1:4294967296", "xen:1:2:3", "xen:1:2 ",
         "xen: 1:2", "tcp:host:1"}));
    INFO(text);
    CHECK_FALSE(parse_address(text).has_value());
}

TEST_CASE("the longest path that a socket can have is accepted") {
    CHECK(parse_address("local:/" + std::string(106, 'x')).has_value());
}

}  // namespace
}  // namespace leadlight::grants
