// SPDX-License-Identifier: MIT
#include "arbitrary.hpp"
#include "protocol/framing.hpp"

#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace leadlight::protocol;
using leadlight::protocol::testing::arbitrary;
using leadlight::protocol::testing::Random;

namespace {

std::vector<std::byte> header(std::uint16_t opcode, std::uint16_t reserved, std::uint32_t body) {
    std::vector<std::byte> bytes;
    Writer writer(bytes);
    writer.integer(opcode);
    writer.integer(reserved);
    writer.integer(body);
    return bytes;
}

Violation refusal(std::span<const std::byte> bytes) {
    Framing<FromAgent> framing;
    framing.append(bytes);
    return framing.next().error().violation;
}

}  // namespace

TEST_CASE("messages come out whole, however the stream was cut") {
    Random random(Catch::getSeed());
    std::vector<std::byte> stream;
    std::vector<FromAgent::Any> sent;
    for (int i = 0; i < 40; ++i) {
        FromAgent::each([&]<class T>(std::type_identity<T>) {
            sent.push_back(arbitrary<T>(random));
            encode<FromAgent>(std::get<T>(sent.back()), stream);
        });
    }

    Framing<FromAgent> framing;
    std::size_t received = 0;
    for (std::span<const std::byte> rest = stream; !rest.empty();) {
        const std::size_t piece = std::min<std::size_t>(rest.size(), 1 + random() % 97);
        framing.append(rest.first(piece));
        rest = rest.subspan(piece);
        while (true) {
            const auto message = framing.next();
            REQUIRE(message);
            if (!*message) {
                break;
            }
            REQUIRE(**message == sent[received++]);
        }
    }
    REQUIRE(received == sent.size());
}

TEST_CASE("a header that can only be refused is refused before its body is awaited") {
    REQUIRE(refusal(header(0, 0, 4)) == Violation::unknown_opcode);
    REQUIRE(refusal(header(FromAgent::count + 1, 0, 4)) == Violation::unknown_opcode);
    REQUIRE(refusal(header(opcode_of<FromAgent, Pong>(), 1, 4)) == Violation::reserved_not_zero);
    REQUIRE(refusal(header(opcode_of<FromAgent, Pong>(), 0, 5)) == Violation::wrong_length);
    REQUIRE(refusal(header(opcode_of<FromAgent, Commit>(), 0, UINT32_MAX)) ==
            Violation::wrong_length);
}

TEST_CASE("an unfinished message is waited for") {
    Framing<FromAgent> framing;
    framing.append(header(opcode_of<FromAgent, Pong>(), 0, 4));
    REQUIRE(framing.next().value() == std::nullopt);
    REQUIRE_FALSE(framing.empty());
    framing.append(std::vector<std::byte>(4));
    REQUIRE(framing.next().value().has_value());
    REQUIRE(framing.empty());
}
