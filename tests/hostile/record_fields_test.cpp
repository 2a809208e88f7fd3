// SPDX-License-Identifier: MIT
// One step further: the guest has taken its warden over. Every record malformed in every field,
// straight into the compositor, which must trust a warden no more than its guest (rule 3).
#include "tests/hostile/defects.hpp"
#include "tests/hostile/wrongs.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::hostile;
using leadlight::grants::Descriptor;
using lp::Violation;

namespace {

std::vector<std::byte> with_head(std::uint16_t kind, std::uint32_t reserved, std::size_t size,
                                 std::span<const std::byte> body) {
    std::vector<std::byte> bytes;
    lp::Writer writer(bytes);
    writer.integer(kind);
    writer.integer(static_cast<std::uint16_t>(size));
    writer.integer(reserved);
    writer.bytes(body);
    return bytes;
}
std::vector<std::byte> with_head(std::uint16_t kind, std::span<const std::byte> body) {
    return with_head(kind, 0, lp::record_head + body.size(), body);
}

template <class T>
constexpr std::uint16_t kind = lp::opcode_of<lp::FromWarden, T>();

/// Sends what `bytes_of` makes of a good record.
template <class T>
Wrong made(const std::string& what, std::optional<Violation> reason,
           std::function<std::vector<std::byte>(const T&, std::vector<std::byte> body)> bytes_of) {
    return {.what = std::string(lp::schema<T>.name) + ": " + what,
            .does =
                [=](Hijacked& warden) {
                    const T good = sample<T>(warden.things);
                    auto body = lp::encode_record<lp::FromWarden>(good);
                    body.erase(body.begin(), body.begin() + lp::record_head);
                    const Descriptor file = good_file(good);
                    warden.send_bytes(bytes_of(good, std::move(body)), file.get());
                },
            .reason = reason};
}

template <class T>
void add_fields(Wrongs& all) {
    using Body = std::vector<std::byte>;
    const auto defects =
        Defects<lp::Layout::fixed>::of(sample<T>({.next = 1, .width = 64, .height = 48}));
    for (std::size_t i = 0; i < defects.size(); ++i) {
        Wrong wrong = made<T>("", defects[i].reason, [=](const T& good, const Body&) {
            return with_head(kind<T>, Defects<lp::Layout::fixed>::of(good).at(i).body);
        });
        wrong.what = defects[i].what;
        all.push_back(std::move(wrong));
    }
    all.push_back(made<T>("a byte too long", Violation::wrong_length, [](const T&, Body body) {
        body.push_back(std::byte{0});
        return with_head(kind<T>, body);
    }));
    all.push_back(made<T>(
        "a size that is not its own", Violation::wrong_length,
        [](const T&, const Body& body) { return with_head(kind<T>, 0, body.size(), body); }));
    all.push_back(
        made<T>("reserved bits", Violation::reserved_not_zero, [](const T&, const Body& body) {
            return with_head(kind<T>, 1u << 31, lp::record_head + body.size(), body);
        }));
}

Wrongs fields() {
    Wrongs all;
    lp::FromWarden::each([&]<class T>(std::type_identity<T>) { add_fields<T>(all); });
    const auto raw = [&](const std::string& what, std::optional<Violation> reason,
                         const std::vector<std::byte>& bytes) {
        all.push_back({.what = what,
                       .does = [=](Hijacked& warden) { warden.send_bytes(bytes); },
                       .reason = reason});
    };
    for (const int unknown : {0, static_cast<int>(lp::FromWarden::count) + 1, 0xffff}) {
        raw("kind " + std::to_string(unknown), Violation::unknown_opcode,
            with_head(static_cast<std::uint16_t>(unknown), {}));
    }
    raw("half a head", Violation::wrong_length, std::vector<std::byte>(4));
    raw("one byte", Violation::wrong_length, std::vector<std::byte>(1));
    // As a hang-up.
    raw("nothing", std::nullopt, {});
    raw("a byte more than any record has", Violation::wrong_length,
        with_head(1, std::vector<std::byte>(lp::max_record - lp::record_head + 1)));
    raw("64 KiB", Violation::wrong_length, std::vector<std::byte>(65536, std::byte{1}));
    return all;
}

}  // namespace

TEST_CASE("every record malformed in every field cuts off its own domain alone") {
    const auto all = fields();
    REQUIRE(all.size() > 500);
    Stage stage(scripted_warden());
    commit(stage, "malformed records", all);
}
