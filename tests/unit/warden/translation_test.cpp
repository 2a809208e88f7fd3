// SPDX-License-Identifier: MIT
// Each message has its record and each record its message; what changes its form is tried here and
// in session_test.cpp.
#include "compositor/records/sealed_file.hpp"
#include "compositor/warden/translation.hpp"
#include "protocol/framing.hpp"
#include "tests/unit/warden/values.hpp"
#include "theming/safe_text.hpp"

#include <catch2/catch_test_macros.hpp>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace leadlight::warden::test {
namespace {

TEST_CASE("messages become the records of the same words", "[translation]") {
    FromAgent::each([]<class M>(std::type_identity<M>) {
        INFO(schema<M>.name);
        const auto record = to_record(M{}, {});
        REQUIRE(record);
        if constexpr (std::is_same_v<M, Title>) {
            CHECK_FALSE(*record);
            return;
        }
        REQUIRE(*record);
        const auto decoded = decode_record<FromWarden>((*record)->bytes);
        REQUIRE(decoded);
        if constexpr (std::is_same_v<M, CursorImage>) {
            CHECK(std::holds_alternative<CursorFile>(*decoded));
        } else if constexpr (MessageOf<M, FromWarden>) {
            CHECK(std::get<M>(*decoded) == M{});
        }
    });
}

TEST_CASE("records become the messages of the same words", "[translation]") {
    ToWarden::each([]<class R>(std::type_identity<R>) {
        if constexpr (std::is_same_v<R, KeymapFile>) {
            return;
        }
        INFO(schema<R>.name);
        std::vector<std::byte> bytes;
        REQUIRE(to_message(R{}, {}, bytes));
        if constexpr (MessageOf<R, ToAgent>) {
            Framing<ToAgent> framing;
            framing.append(bytes);
            const auto message = framing.next();
            REQUIRE(message);
            REQUIRE(*message);
            CHECK(std::get<R>(**message) == R{});
            CHECK(framing.empty());
        } else {
            CHECK(bytes.empty());
        }
    });
}

TEST_CASE("names of programs reach the compositor clean", "[translation]") {
    std::string dirty;
    while (dirty.size() < 120) {
        dirty += "\u202e\nx";
    }
    const auto record = to_record(AppId{toplevel, *Text<128>::from(dirty)}, {});
    REQUIRE(record);
    const auto clean = std::get<AppId>(*decode_record<FromWarden>((*record)->bytes));
    CHECK_FALSE(clean.text.view().empty());
    CHECK(theming::is_safe_text(clean.text.view(), 128));
}

TEST_CASE("a keymap must be all that it says", "[translation]") {
    const std::string text = "xkb_keymap {};";
    const auto bytes = std::as_bytes(std::span(text));
    const KeymapFile head{*decltype(KeymapFile::size)::from(text.size())};
    std::vector<std::byte> out;
    const auto good = records::make_sealed_file("k", bytes);
    REQUIRE(good);
    CHECK(to_message(head, *good, out));
    CHECK_FALSE(to_message(KeymapFile{}, *good, out));
    CHECK_FALSE(to_message(head, {}, out));
    const Descriptor open_file(memfd_create("k", MFD_ALLOW_SEALING));
    REQUIRE(write(open_file.get(), text.data(), text.size()) == ssize_t(text.size()));
    CHECK_FALSE(to_message(head, open_file, out));
}

TEST_CASE("a sealed file can be changed by nobody", "[records]") {
    const std::vector<std::byte> content(100, std::byte{1});
    const auto file = records::make_sealed_file("f", content);
    REQUIRE(file);
    CHECK(records::check_sealed_file(file->get(), 100));
    CHECK(records::check_sealed_file(file->get(), 99).error() == records::FileError::wrong_size);
    CHECK(pwrite(file->get(), "x", 1, 0) < 0);
    CHECK(ftruncate(file->get(), 50) < 0);
    CHECK(ftruncate(file->get(), 500) < 0);
    CHECK(fcntl(file->get(), F_ADD_SEALS, F_SEAL_FUTURE_WRITE) < 0);
    const Descriptor null(open("/dev/null", O_RDWR));
    CHECK(records::check_sealed_file(null.get(), 0).error() ==
          records::FileError::not_a_memory_file);
    const Descriptor huge(memfd_create("h", MFD_ALLOW_SEALING | MFD_HUGETLB));
    if (huge) {
        CHECK(records::check_pool_file(huge.get(), 0).error() == records::FileError::huge_pages);
    }
}

}  // namespace
}  // namespace leadlight::warden::test
