// SPDX-License-Identifier: MIT
// A hijacked warden's records at the wrong time, and for things that are not its guest's.
#include "tests/hostile/id_places.hpp"
#include "tests/hostile/wrongs.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::hostile;
using leadlight::grants::Descriptor;
using lp::Violation;

namespace {

Wrongs order() {
    Wrongs all;
    lp::FromWarden::each([&]<class T>(std::type_identity<T>) {
        if constexpr (!std::is_same_v<T, lp::Hello> && !std::is_same_v<T, lp::Broken>) {
            all.push_back({.what = std::string(lp::schema<T>.name) + " before hello",
                           .does =
                               [](Hijacked& warden) {
                                   const T record = sample<T>({.next = 1, .width = 9, .height = 9});
                                   const Descriptor file = good_file(record);
                                   warden.send(record, file.get());
                               },
                           .reason = Violation::hello_expected,
                           .before_hello = true});
        }
        const auto places = IdPlaces::of(sample<T>({.next = 1, .width = 9, .height = 9}));
        for (std::size_t i = 0; i < places.size(); ++i) {
            // Ids come before all lists, so that both layouts have them at one offset.
            const auto with_id = [&](const std::string& what, Violation reason, auto id_of) {
                Wrong wrong{.what = places[i].path + ": " + what,
                            .does =
                                [=](Hijacked& warden) {
                                    const std::uint64_t id = id_of(warden);
                                    const T good = sample<T>(warden.things);
                                    auto bytes = lp::encode_record<lp::FromWarden>(good);
                                    const std::size_t at =
                                        lp::record_head + IdPlaces::of(good).at(i).offset;
                                    for (std::size_t b = 0; b < 8; ++b) {
                                        bytes.at(at + b) = static_cast<std::byte>(id >> (8 * b));
                                    }
                                    const Descriptor file = good_file(good);
                                    warden.send_bytes(bytes, file.get());
                                },
                            .reason = reason};
                all.push_back(std::move(wrong));
            };
            if (places[i].is_new) {
                with_id("one before all others", Violation::id_not_increasing,
                        [](Hijacked&) { return std::uint64_t{1}; });
                continue;
            }
            with_id("never made", places[i].unknown,
                    [](Hijacked&) { return std::uint64_t{1} << 40; });
            with_id("another domain's", places[i].unknown, [=](Hijacked& warden) {
                return warden.stage().idler.id_of(places[i].unknown);
            });
            with_id("gone", places[i].unknown, [=](Hijacked& warden) {
                const Things& things = warden.things;
                warden.send(lp::WindowDestroy{.window = things.spare});
                warden.send(lp::PoolDestroy{.pool = things.spare_pool});
                warden.send(lp::BufferDestroy{.buffer = things.spare_buffer});
                return places[i].unknown == Violation::unknown_pool     ? things.spare_pool.get()
                       : places[i].unknown == Violation::unknown_buffer ? things.spare_buffer.get()
                                                                        : things.spare.get();
            });
        }
    });
    all.push_back(
        {.what = "versions to come",
         .does =
             [](Hijacked& warden) { warden.send(lp::Hello{.min_version = 2, .max_version = 3}); },
         .reason = Violation::version_unsupported,
         .before_hello = true});
    all.push_back(
        changed<lp::Hello>("a second one", Violation::hello_repeated, [](auto&, Hijacked&) {}));
    all.push_back(changed<lp::Broken>("the guest broke the protocol", Violation::flood,
                                      [](auto&, Hijacked&) {}));
    return all;
}

}  // namespace

TEST_CASE("records out of order, or for what is not the sender's, cut off its own domain alone") {
    Stage stage(scripted_warden());
    commit(stage, "records out of order", order());
}
