// SPDX-License-Identifier: MIT
// Coming back: places survive the file, and only exactly right files are read.
#include "compositor/policy/places.hpp"

#include "tests/unit/policy/random.hpp"

#include <catch2/catch_test_macros.hpp>

namespace leadlight::policy {
namespace {

constexpr Uuid work{1}, red{2};
constexpr Token token{0xab, 0xcd};
constexpr Place place{
    .content = {-20, 300, 640, 480}, .height = 3, .maximized = true, .minimized = true};

constexpr std::string_view example =
    "leadlight-places 3\n"
    "01000000000000000000000000000000 abcd0000000000000000000000000000 -20 300 640 480 3 1 0 1\n";

TEST_CASE("a window comes back once, by its own domain and token") {
    Places places;
    CHECK(places.remember(work, token, place));
    CHECK(!places.claim(red, token));
    CHECK(!places.claim(work, Token{}));
    CHECK(places.claim(work, token) == place);
    CHECK(!places.claim(work, token));
}

TEST_CASE("the file is what it is") {
    Places places;
    CHECK(places.remember(work, token, place));
    CHECK(places.to_text() == example);
    auto read = Places::from_text(example);
    REQUIRE(read);
    CHECK(read->claim(work, token) == place);
}

TEST_CASE("a full memory takes no more, but keeps what it has up to date") {
    Places places;
    Token each{};
    for (std::size_t i = 0; i < Places::most; ++i) {
        each[0] = static_cast<std::uint8_t>(i);
        each[1] = static_cast<std::uint8_t>(i >> 8);
        CHECK(places.remember(work, each, place));
    }
    CHECK(places.to_text().size() <= Places::most_bytes);
    CHECK(places.remember(work, each, place));
    CHECK(!places.remember(red, each, place));
    CHECK(Places::from_text(places.to_text())->size() == Places::most);
    places.forget(work, each);
    CHECK(places.remember(red, each, place));
}

TEST_CASE("places that could not be are not remembered") {
    Places places;
    CHECK(!places.remember(work, token, {.content = {0, 0, 0, 10}}));
    CHECK(!places.remember(work, token, {.content = {0, 0, 10, 16'385}}));
    CHECK(!places.remember(work, token, {.content = {1'000'001, 0, 10, 10}}));
    CHECK(!places.remember(work, token,
                           {.content = {0, 0, 9, 9}, .height = Places::most_height + 1}));
}

TEST_CASE("any byte changed is either refused or another right file") {
    const std::string right(example);
    CHECK(Places::from_text("leadlight-places 3\n"));
    for (std::size_t at = 0; at < right.size(); ++at) {
        for (int byte = 0; byte < 256; ++byte) {
            auto text = right;
            text[at] = static_cast<char>(byte);
            if (const auto read = Places::from_text(text)) {
                REQUIRE(read->to_text() == text);
            }
        }
        CHECK(!Places::from_text(right.substr(0, at)).has_value() ==
              (at != right.find('\n') + 1));  // cut off: only the bare header is whole
    }
}

TEST_CASE("wrong files name their line") {
    const auto error = [](std::string text) {
        const auto read = Places::from_text(text);
        return read ? 0 : read.error().line;
    };
    const std::string head = "leadlight-places 3\n";
    const std::string ids = "01000000000000000000000000000000 abcd0000000000000000000000000000 ";
    CHECK(error("") == 1);
    CHECK(error("leadlight-places 9\n") == 1);
    CHECK(error(head + "\n") == 2);
    CHECK(error(std::string(example) + std::string(example).substr(head.size())) == 3);  // twice
    CHECK(error(head + ids + "0 0 10 10 0 0 0 0\n") == 0);
    for (const std::string rest :
         {"0 0 10 10 0 0 0", "0 0 10 10 0 0 0 0 0", "0 0 10 10 0 0 0 0 ", "-0 0 10 10 0 0 0 0",
          "007 0 10 10 0 0 0 0", "+1 0 10 10 0 0 0 0", "0 0 10 10 0 2 0 0", "0 0 10 10 -1 0 0 0",
          "0 0 10 10 0 0 0 2", "0  0 10 10 0 0 0 0", "99999999999999999999 0 10 10 0 0 0 0",
          "0 0 0 10 0 0 0 0"}) {
        INFO(rest);
        CHECK(error(head + ids + rest + "\n") == 2);
    }
    CHECK(error(head + "01000000000000000000000000000000 ABCD0000000000000000000000000000 "
                       "0 0 10 10 0 0 0 0\n") == 2);
    CHECK(error(head + std::string(Places::most_bytes + 1, '\n')) == 1);
}

TEST_CASE("random places survive the file") {
    test::for_seeds(50, [](test::Random& random) {
        Places places;
        for (auto n = random.below(40); n > 0; --n) {
            Token each{};
            Uuid domain{};
            for (auto& byte : each) {
                byte = static_cast<std::uint8_t>(random.below(256));
            }
            domain[15] = static_cast<std::uint8_t>(random.below(3));
            CHECK(places.remember(
                domain, each,
                {.content = {random.between(-9000, 9000), random.between(-9000, 9000),
                             random.between(1, 16'384), random.between(1, 9)},
                 .height = random.below(Places::most_height),
                 .maximized = random.once_in(2),
                 .fullscreen = random.once_in(2),
                 .minimized = random.once_in(2)}));
        }
        const auto text = places.to_text();
        const auto read = Places::from_text(text);
        REQUIRE(read);
        CHECK(read->to_text() == text);
    });
}

}  // namespace
}  // namespace leadlight::policy
