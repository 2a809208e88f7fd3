// SPDX-License-Identifier: MIT
// Encode and decode are inverse in both layouts, and a value has one form only: bytes that decode
// are the bytes that its value encodes to. So no malformed field passes in any message.
#include "arbitrary.hpp"

#include "protocol/broker_records.hpp"

#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace leadlight::protocol;
using leadlight::protocol::testing::arbitrary;
using leadlight::protocol::testing::Random;

namespace {

template <Described T, Layout layout>
std::vector<std::byte> encoded(const T& value) {
    std::vector<std::byte> bytes;
    Writer writer(bytes);
    Wire<T>::template write<layout>(writer, value);
    return bytes;
}

template <Described T, Layout layout>
void check_round_trip(Random& random) {
    const T value = arbitrary<T>(random);
    const auto bytes = encoded<T, layout>(value);
    REQUIRE(bytes.size() >= Wire<T>::min_size);
    REQUIRE(bytes.size() <= Wire<T>::max_size);
    if (layout == Layout::fixed) {
        REQUIRE(bytes.size() == Wire<T>::max_size);
    }
    const auto back = decode<T, layout>(bytes);
    REQUIRE(back);
    REQUIRE(*back == value);
}

/// Bends one byte at every place: what still decodes must encode to exactly those bytes.
template <Described T, Layout layout>
void check_one_form(Random& random) {
    const auto good = encoded<T, layout>(arbitrary<T>(random));
    const std::size_t step = good.size() > 600 ? good.size() / 300 : 1;
    for (std::size_t i = 0; i < good.size(); i += step) {
        for (const int bent : {0x00, 0x01, 0x7f, 0x80, 0xff}) {
            auto bytes = good;
            bytes[i] = static_cast<std::byte>(bent);
            if (const auto value = decode<T, layout>(bytes)) {
                REQUIRE(encoded<T, layout>(*value) == bytes);
            }
        }
    }
}

template <Described T, Layout layout>
void check_lengths(Random& random) {
    auto bytes = encoded<T, layout>(arbitrary<T>(random));
    bytes.push_back(std::byte{0});
    const auto longer = decode<T, layout>(bytes);
    REQUIRE_FALSE(longer);
    REQUIRE(longer.error().violation == Violation::wrong_length);
    REQUIRE(longer.error().message == schema<T>.name);
    bytes.pop_back();
    if (!bytes.empty()) {
        bytes.pop_back();
        REQUIRE_FALSE((decode<T, layout>(bytes)));
    }
}

template <class List, Layout layout>
void check_all() {
    Random random(Catch::getSeed());
    List::each([&]<class T>(std::type_identity<T>) {
        INFO(schema<T>.name);
        for (int i = 0; i < 60; ++i) {
            check_round_trip<T, layout>(random);
            check_lengths<T, layout>(random);
        }
        check_one_form<T, layout>(random);
    });
}

}  // namespace

TEST_CASE("messages from the agent keep their values and have one form") {
    check_all<FromAgent, Layout::packed>();
}
TEST_CASE("messages to the agent keep their values and have one form") {
    check_all<ToAgent, Layout::packed>();
}
TEST_CASE("records from the warden keep their values and have one form") {
    check_all<FromWarden, Layout::fixed>();
}
TEST_CASE("records to the warden keep their values and have one form") {
    check_all<ToWarden, Layout::fixed>();
}
TEST_CASE("records from leadlightd keep their values and have one form") {
    check_all<FromBroker, Layout::fixed>();
}
TEST_CASE("records to leadlightd keep their values and have one form") {
    check_all<ToBroker, Layout::fixed>();
}

TEST_CASE("a defect is named by its message, field and kind") {
    const auto reason = [](auto bytes) {
        return decode<PopupCreate, Layout::packed>(bytes).error();
    };
    auto bytes = encoded<PopupCreate, Layout::packed>(PopupCreate{});

    auto bent = bytes;
    std::fill(bent.begin(), bent.begin() + 8, std::byte{0});
    REQUIRE(reason(bent).violation == Violation::zero_id);
    REQUIRE(reason(bent).field == "window");
    REQUIRE(reason(bent).message == "popup_create");

    bent = bytes;
    bent[16] = bent[17] = std::byte{0};  // positioner.width
    REQUIRE(reason(bent).violation == Violation::out_of_bounds);
    REQUIRE(reason(bent).field == "width");

    bent = bytes;
    bent[28] = std::byte{9};  // positioner.anchor has values 0 to 8
    REQUIRE(reason(bent).violation == Violation::unknown_enumerator);

    bent = bytes;
    bent[30] = std::byte{0x40};  // positioner.adjustment has bits 0 to 5
    REQUIRE(reason(bent).violation == Violation::unknown_flag);

    bent = bytes;
    bent[38] = std::byte{2};  // positioner.reactive
    REQUIRE(reason(bent).violation == Violation::not_boolean);
}

TEST_CASE("a list that claims more items than it may is refused before it is read") {
    std::vector<std::byte> bytes;
    Writer writer(bytes);
    writer.integer(std::uint64_t{1});
    writer.integer(std::uint32_t{0});
    writer.integer(std::uint16_t{5});
    const auto commit = decode<Commit, Layout::packed>(bytes);
    REQUIRE_FALSE(commit);
    REQUIRE(commit.error().violation == Violation::list_too_long);
    REQUIRE(commit.error().field == "layers");
}

TEST_CASE("every kind of record is one datagram of one size") {
    FromWarden::each([]<class T>(std::type_identity<T>) {
        REQUIRE(encode_record<FromWarden>(T{}).size() == record_head + Wire<T>::max_size);
    });
    auto record = encode_record<FromWarden>(Pong{7});
    REQUIRE(std::get<Pong>(*decode_record<FromWarden>(record)).serial == 7);

    SECTION("its size is checked against the datagram") {
        record.push_back(std::byte{0});
        REQUIRE(decode_record<FromWarden>(record).error().violation == Violation::wrong_length);
    }
    SECTION("its kind must be one of the list") {
        record[0] = static_cast<std::byte>(FromWarden::count + 1);
        REQUIRE(decode_record<FromWarden>(record).error().violation == Violation::unknown_opcode);
        record[0] = std::byte{0};
        REQUIRE(decode_record<FromWarden>(record).error().violation == Violation::unknown_opcode);
    }
    SECTION("a head cut short is refused") {
        record.resize(record_head - 1);
        REQUIRE(decode_record<FromWarden>(record).error().violation == Violation::wrong_length);
    }
}
