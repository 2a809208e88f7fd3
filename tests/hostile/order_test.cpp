// SPDX-License-Identifier: MIT
// Good messages at the wrong time, and for things that are not the sender's.
#include "tests/hostile/changed.hpp"
#include "tests/hostile/id_places.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::hostile;
using lp::Violation;

namespace {

using Breaches = std::vector<Breach>;

Breaches before_hello() {
    Breaches all;
    lp::FromAgent::each([&]<class T>(std::type_identity<T>) {
        if constexpr (!std::is_same_v<T, lp::Hello>) {
            all.push_back({.what = std::string(lp::schema<T>.name) + " before hello",
                           .does =
                               [](Hostile& hostile) {
                                   hostile.guest.send(
                                       sample<T>({.next = 1, .width = 9, .height = 9}));
                               },
                           .reason = Violation::hello_expected,
                           .opcode = opcode<T>,
                           .before_hello = true});
        }
    });
    const auto greets = [&](const std::string& what, lp::Hello hello, Violation reason) {
        all.push_back({.what = what,
                       .does = [=](Hostile& hostile) { hostile.guest.send(hello); },
                       .reason = reason,
                       .opcode = opcode<lp::Hello>,
                       .before_hello = true});
    };
    greets("versions to come", {.min_version = 2, .max_version = 9},
           Violation::version_unsupported);
    greets("version 0", {.min_version = 0, .max_version = 0}, Violation::version_unsupported);
    greets("no version between", {.min_version = 2, .max_version = 1}, Violation::out_of_bounds);
    all.push_back({.what = "a second hello",
                   .does = [](Hostile& hostile) { hostile.guest.send(lp::Hello{}); },
                   .reason = Violation::hello_repeated,
                   .opcode = opcode<lp::Hello>});
    return all;
}

/// Each id of each message as one that is nobody's, another domain's, of another kind, or gone.
template <class T>
void add_ids(Breaches& all) {
    const Things any{.next = 1, .width = 9, .height = 9};
    const auto places = IdPlaces::of(sample<T>(any));
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto with_id = [&](const std::string& what, Violation reason, auto id_of) {
            all.push_back({.what = places[i].path + ": " + what,
                           .does =
                               [=](Hostile& hostile) {
                                   const std::uint64_t id = id_of(hostile);
                                   auto bytes = Hostile::bytes_of(sample<T>(hostile.things));
                                   const std::size_t at =
                                       lp::Header::size +
                                       IdPlaces::of(sample<T>(hostile.things)).at(i).offset;
                                   for (std::size_t b = 0; b < 8; ++b) {
                                       bytes.at(at + b) = static_cast<std::byte>(id >> (8 * b));
                                   }
                                   hostile.guest.send_bytes(bytes);
                               },
                           .reason = reason,
                           .opcode = opcode<T>,
                           .needs_pointer = wants_input<T>});
        };
        if (places[i].is_new) {
            with_id("one before all others", Violation::id_not_increasing,
                    [](Hostile&) { return std::uint64_t{1}; });
            with_id("one in use", Violation::id_not_increasing, [=](Hostile& hostile) {
                const Violation kind = places[i].unknown;
                return kind == Violation::unknown_pool     ? hostile.things.pool.get()
                       : kind == Violation::unknown_buffer ? hostile.things.buffer.get()
                                                           : hostile.things.toplevel.get();
            });
            continue;
        }
        with_id("never made", places[i].unknown, [](Hostile&) { return std::uint64_t{1} << 40; });
        with_id("the greatest number", places[i].unknown, [](Hostile&) { return UINT64_MAX; });
        with_id("another domain's", places[i].unknown,
                [=](Hostile& hostile) { return hostile.stage().idler.id_of(places[i].unknown); });
        with_id("of another kind", places[i].unknown, [=](Hostile& hostile) {
            return places[i].unknown == Violation::unknown_window ? hostile.things.buffer.get()
                                                                  : hostile.things.popup.get();
        });
        with_id("gone", places[i].unknown, [=](Hostile& hostile) {
            const Things& things = hostile.things;
            hostile.guest.send(lp::WindowDestroy{.window = things.spare});
            hostile.guest.send(lp::PoolDestroy{.pool = things.spare_pool});
            hostile.guest.send(lp::BufferDestroy{.buffer = things.spare_buffer});
            const Violation kind = places[i].unknown;
            return kind == Violation::unknown_pool     ? things.spare_pool.get()
                   : kind == Violation::unknown_buffer ? things.spare_buffer.get()
                                                       : things.spare.get();
        });
    }
}

Breaches of_others() {
    Breaches all;
    lp::FromAgent::each([&]<class T>(std::type_identity<T>) { add_ids<T>(all); });
    return all;
}

Breaches serials() {
    Breaches all;
    lp::FromAgent::each([&]<class T>(std::type_identity<T>) {
        if constexpr (requires(T message) { message.serial; }) {
            all.push_back(changed<T>("a serial never sent", Violation::serial_not_sent,
                                     [](T& m, Hostile&) { m.serial = 0x7fff'ffff; }));
            all.push_back(changed<T>("the serial after the last", Violation::serial_not_sent,
                                     [](T& m, Hostile& h) { m.serial = h.things.input + 1'000; }));
            all.push_back(
                changed<T>("another domain's", Violation::serial_not_sent, [](T& m, Hostile& h) {
                    m.serial = h.stage().idler.last_serial();
                    REQUIRE(m.serial > h.things.input);
                }));
        }
    });
    all.push_back(changed<lp::PopupCreate>("a grab never sent", Violation::serial_not_sent,
                                           [](auto& m, Hostile&) { m.grab = 0x7fff'ffff; }));
    all.push_back(changed<lp::Commit>("a configure never sent", Violation::serial_not_sent,
                                      [](auto& m, Hostile&) { m.configure = 0x7fff'ffff; }));
    const auto no_event = []<class T>(std::type_identity<T>) {
        return changed<T>("no event", Violation::serial_not_sent,
                          [](T& m, Hostile&) { m.serial = 0; });
    };
    all.push_back(no_event(std::type_identity<lp::MoveRequest>()));
    all.push_back(no_event(std::type_identity<lp::ResizeRequest>()));
    all.push_back(no_event(std::type_identity<lp::DragBegin>()));
    all.push_back(no_event(std::type_identity<lp::CursorShapeSet>()));
    all.push_back(no_event(std::type_identity<lp::CursorImage>()));
    return all;
}

}  // namespace

TEST_CASE("nothing counts before hello, and hello only once") {
    Stage stage;
    commit_breaches(stage, "before hello", before_hello());
}

TEST_CASE("ids that are nobody's, another's, gone or used before name nothing") {
    Stage stage;
    commit_breaches(stage, "ids", of_others());
}

TEST_CASE("serials count only from the connection that they were sent to") {
    Stage stage;
    commit_breaches(stage, "serials", serials());
}
