// SPDX-License-Identifier: MIT
// A hijacked warden that floods the compositor with records and never reads an answer.
#include "tests/hostile/floods.hpp"
#include "tests/hostile/id_places.hpp"
#include "tests/hostile/wrongs.hpp"

#include <filesystem>

using namespace leadlight::hostile;
using leadlight::grants::Descriptor;
using lp::Violation;

namespace {

using RecordFlood = Flood<Hijacked>;

/// As dear as a record of its kind may be.
template <class T>
void make_largest(T& record) {
    if constexpr (std::is_same_v<T, lp::TitleStrip>) {
        record.width = 2048;
        record.height = 96;
    } else if constexpr (std::is_same_v<T, lp::CursorFile>) {
        record.width = 128;
        record.height = 128;
    }
}

void comes_and_goes(Hijacked& warden, int) {
    const auto window = *lp::WindowId::from(warden.next_id());
    warden.send(lp::ToplevelCreate{.window = window});
    warden.send(lp::WindowDestroy{.window = window});
}

/// Without ever reading an answer.
std::vector<RecordFlood> floods() {
    std::vector<RecordFlood> all;
    lp::FromWarden::each([&]<class T>(std::type_identity<T>) {
        // Ends of things, and what is one breach already.
        constexpr bool once =
            std::is_same_v<T, lp::Hello> || std::is_same_v<T, lp::Broken> ||
            std::is_same_v<T, lp::PoolReferences> || std::is_same_v<T, lp::PoolDestroy> ||
            std::is_same_v<T, lp::BufferDestroy> || std::is_same_v<T, lp::WindowDestroy> ||
            std::is_same_v<T, lp::Commit> || std::is_same_v<T, lp::Pong>;
        if constexpr (!once) {
            const bool grows =
                IdPlaces::of(sample<T>({.next = 1, .width = 9, .height = 9})).empty() == false &&
                IdPlaces::of(sample<T>({.next = 1, .width = 9, .height = 9})).front().is_new;
            all.push_back({lp::schema<T>.name.data(), 6000,
                           [=](Hijacked& warden, int) {
                               if (grows) {
                                   warden.things.next = warden.next_id();
                               }
                               T record = sample<T>(warden.things);
                               make_largest(record);
                               const Descriptor file = good_file(record);
                               warden.send(record, file.get());
                           },
                           grows ? std::optional(Violation::flood) : std::nullopt});
        }
    });
    all.push_back({"pools that come and go", 4000,
                   [](Hijacked& warden, int) {
                       warden.things.next = warden.next_id();
                       const auto pool = sample<lp::PoolCreate>(warden.things);
                       const Descriptor file = good_file(pool);
                       warden.send(pool, file.get());
                       warden.send(lp::PoolDestroy{.pool = pool.pool});
                   },
                   // So many answers wait unread.
                   Violation::no_answer});
    all.push_back({"windows that come and go", 800, comes_and_goes, std::nullopt});
    return all;
}

std::string end_of(Hijacked& warden, const RecordFlood& flood) {
    if (!flood.reason) {
        warden.is_answered();
        return {};
    }
    const auto reason = warden.is_dismissed();
    if (reason && reason != flood.reason) {
        return "dismissed for " + std::string(lp::name_of(*reason));
    }
    return reason || closed_for(warden.stage(), warden.name(), *flood.reason)
               ? ""
               : "dismissed for nothing";
}

}  // namespace

TEST_CASE("a flood of records of any kind, with nothing ever read, costs its own domain only") {
    Stage stage(scripted_warden());
    let_loose<Hijacked>(stage, floods(), end_of);
}

TEST_CASE("nothing waits for who does not read of windows that came and went") {
    Stage stage(scripted_warden());
    Hijacked warden(stage);
    warden.enters();
    for (int i = 0; i < 2400; ++i) {
        comes_and_goes(warden, i);
    }
    warden.is_answered();
    // What was in the socket already was taken out before.
    CHECK(warden.heard<lp::Configure>() < 700);
    stage.check_bystanders(false);
}

TEST_CASE("pools that wait to be mapped cost few descriptors of the compositor's") {
    Stage stage(scripted_warden());
    const auto open_files = [&] {
        const std::filesystem::path folder =
            "/proc/" + std::to_string(stage.desk.compositor().pid()) + "/fd";
        return std::ranges::distance(std::filesystem::directory_iterator(folder),
                                     std::filesystem::directory_iterator());
    };
    Hijacked warden(stage);
    warden.enters();
    const auto before = open_files();
    // So many pages that they are mapped in many refreshes.
    const auto most = before + 40;
    auto highest = before;
    for (int i = 0; i < 900; ++i) {
        const Descriptor file(Hijacked::sealed(32 * lp::page_size));
        warden.send(lp::PoolCreate{.pool = *lp::PoolId::from(warden.next_id()), .pages = 32},
                    file.get());
        if (i % 10 == 0) {
            highest = std::max(highest, open_files());
        }
    }
    warden.is_answered();
    CHECK(highest <= most);
    // Another domain's pages come in between.
    Hijacked other(stage);
    other.enters();
    stage.check_bystanders(false);
}
