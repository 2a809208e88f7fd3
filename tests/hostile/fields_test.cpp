// SPDX-License-Identifier: MIT
// Every message of an agent malformed in every field, on the real desktop.
#include "tests/hostile/defects.hpp"
#include "tests/hostile/stage.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::hostile;
using lp::Violation;

namespace {

std::vector<std::byte> with_header(std::uint16_t opcode, std::uint16_t reserved, std::uint32_t size,
                                   std::span<const std::byte> body) {
    std::vector<std::byte> bytes;
    lp::Writer writer(bytes);
    writer.integer(opcode);
    writer.integer(reserved);
    writer.integer(size);
    writer.bytes(body);
    return bytes;
}

std::vector<std::byte> with_header(std::uint16_t opcode, std::span<const std::byte> body) {
    return with_header(opcode, 0, static_cast<std::uint32_t>(body.size()), body);
}

template <class T>
constexpr std::uint16_t opcode = lp::opcode_of<lp::FromAgent, T>();

/// A message that differs from a good one in its own field or its header.
template <class T>
void add_breaches(std::vector<Breach>& all) {
    // What is wrong is known beforehand, and made anew from the ids that the connection has.
    const auto defects_of = [](const Things& things) {
        return Defects<lp::Layout::packed>::of(sample<T>(things));
    };
    const std::vector<Defect> expected = defects_of({.next = 1, .width = 64, .height = 48});
    for (std::size_t i = 0; i < expected.size(); ++i) {
        all.push_back({.what = expected[i].what,
                       .does =
                           [=](Hostile& hostile) {
                               const Defect defect = defects_of(hostile.things).at(i);
                               hostile.guest.send_bytes(with_header(opcode<T>, defect.body));
                           },
                       .reason = expected[i].reason,
                       .opcode = std::nullopt});
    }

    const std::string name(lp::schema<T>.name);
    const auto add = [&](const std::string& what, auto bytes_of, Violation reason) {
        all.push_back({.what = name + ": " + what,
                       .does =
                           [=](Hostile& hostile) {
                               auto body = Hostile::bytes_of(sample<T>(hostile.things));
                               body.erase(body.begin(), body.begin() + lp::Header::size);
                               hostile.guest.send_bytes(bytes_of(body));
                           },
                       .reason = reason,
                       .opcode = std::nullopt});
    };
    using Body = std::vector<std::byte>;
    add(
        "a byte too long",
        [](Body body) {
            body.push_back(std::byte{0});
            return with_header(opcode<T>, body);
        },
        Violation::wrong_length);
    add(
        "a length beyond the longest",
        [](const Body& body) { return with_header(opcode<T>, 0, lp::Wire<T>::max_size + 1, body); },
        Violation::wrong_length);
    add(
        "a length of 4 GiB",
        [](const Body& body) { return with_header(opcode<T>, 0, UINT32_MAX, body); },
        Violation::wrong_length);
    for (const std::uint16_t reserved : std::initializer_list<std::uint16_t>{0x1, 0x8000}) {
        add(
            "reserved bits " + std::to_string(reserved),
            [=](const Body& body) {
                return with_header(opcode<T>, reserved, static_cast<std::uint32_t>(body.size()),
                                   body);
            },
            Violation::reserved_not_zero);
    }
}

std::vector<Breach> breaches() {
    std::vector<Breach> all;
    lp::FromAgent::each([&]<class T>(std::type_identity<T>) { add_breaches<T>(all); });
    for (const int unknown : {0, static_cast<int>(lp::FromAgent::count) + 1, 0x7fff, 0xffff}) {
        all.push_back({.what = "opcode " + std::to_string(unknown),
                       .does =
                           [=](Hostile& hostile) {
                               hostile.guest.send_bytes(
                                   with_header(static_cast<std::uint16_t>(unknown), {}));
                           },
                       .reason = Violation::unknown_opcode,
                       .opcode = std::nullopt});
    }
    return all;
}

}  // namespace

TEST_CASE("every good message alone is taken: what a breach is refused for is its defect") {
    Stage stage;
    lp::FromAgent::each([&]<class T>(std::type_identity<T>) {
        // No local connection has these: no second hello, no references, no ping to answer.
        if constexpr (std::is_same_v<T, lp::Hello> || std::is_same_v<T, lp::PoolReferences> ||
                      std::is_same_v<T, lp::Pong> || std::is_same_v<T, lp::PoolCreate>) {
            return;
        }
        INFO(lp::schema<T>.name);
        try {
            Hostile guest(stage);
            guest.enters();
            guest.gets_pointer();
            guest.guest.send(sample<T>(guest.things));
            guest.is_answered();
            CHECK(stage.control.state(guest.name()) == "connected");
            stage.pointer_away();
        } catch (const std::exception& failure) {
            FAIL_CHECK(failure.what());
        }
    });
}

TEST_CASE("every message malformed in every field cuts off its own domain alone") {
    const auto all = breaches();
    // As many as the schema has places to break: a generator that forgets is seen.
    REQUIRE(all.size() > 500);
    Stage stage;
    commit_breaches(stage, "malformed messages", all);
}
