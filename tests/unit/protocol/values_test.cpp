// SPDX-License-Identifier: MIT
#include "protocol/name.hpp"
#include "protocol/types.hpp"
#include "protocol/violation.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::protocol;

TEST_CASE("a bounded number is made in range or not at all") {
    REQUIRE_FALSE(Extent::from(0));
    REQUIRE(Extent::from(1));
    REQUIRE(Extent::from(max_extent));
    REQUIRE_FALSE(Extent::from(max_extent + 1));
    REQUIRE_FALSE(Extent::from(-1));
    REQUIRE_FALSE(Extent::from(std::int64_t{1} << 40));
    REQUIRE(Coordinate::from(-max_extent));
    REQUIRE_FALSE(Coordinate::from(-max_extent - 1));
    REQUIRE(Extent().get() == 1);
    REQUIRE(Coordinate().get() == 0);
    REQUIRE(Extent::clamped(-5).get() == 1);
    REQUIRE(Extent::clamped(1 << 20).get() == max_extent);
}

TEST_CASE("UTF-8 is well formed or refused") {
    for (const std::string_view good :
         {"", "plain", "é", "漢字", "𝄞", "\u07ff", "\u0800", "\U0010ffff"}) {
        REQUIRE(is_utf8(good));
    }
    using namespace std::string_view_literals;
    for (const std::string_view bad :
         {"\0"sv, "a\0b"sv, "\x80"sv, "\xc3"sv, "\xc0\xaf"sv, "\xc1\xbf"sv, "\xe0\x80\x80"sv,
          "\xed\xa0\x80"sv, "\xf0\x80\x80\x80"sv, "\xf4\x90\x80\x80"sv, "\xf5\x80\x80\x80"sv,
          "\xff"sv, "\xe2\x82"sv, "\xe2\x28\xa1"sv}) {
        REQUIRE_FALSE(is_utf8(bad));
    }
}

TEST_CASE("each enumerator of the reasons has its own name") {
    REQUIRE(name_of(Violation::unknown_opcode) == "unknown_opcode");
    REQUIRE(name_of(Violation::buffer_outside_pool) == "buffer_outside_pool");
    REQUIRE(name_of(Violation::no_answer) == "no_answer");
    REQUIRE(static_cast<std::size_t>(Violation::no_answer) + 1 == names<Violation>.size());
    REQUIRE(static_cast<std::size_t>(CursorShape::hidden) + 1 == names<CursorShape>.size());
    REQUIRE(name_of(CursorShape::nwse_resize) == "nwse-resize");
    REQUIRE(static_cast<std::size_t>(Direction::bottom_right) + 1 == names<Direction>.size());
}

TEST_CASE("flags hold known bits only") {
    REQUIRE(Flags<Edge>::from(0xf));
    REQUIRE_FALSE(Flags<Edge>::from(0x10));
    Flags<Edge> edges = Edge::left;
    edges.set(Edge::top);
    REQUIRE(edges.bits() == 0b0101);
    edges.set(Edge::left, false);
    REQUIRE(edges == Flags<Edge>(Edge::top));
}

TEST_CASE("names are short and plain") {
    for (const char* good : {"work", "a", "A-b_c.9", "0123456789012345678901234567890"}) {
        CHECK(is_name(good));
        CHECK(Name::from(good));
    }
    for (const char* bad : {"", "01234567890123456789012345678901", "a b", "é", "a/b", "a\n"}) {
        CAPTURE(bad);
        CHECK_FALSE(is_name(bad));
    }
}
