// SPDX-License-Identifier: MIT
// Rule 7: caps hold for each domain and for all, and what one gives back the others have.
#include "compositor/policy/budgets.hpp"
#include "compositor/policy/page_caps.hpp"

#include "tests/unit/policy/random.hpp"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <limits>
#include <map>

namespace leadlight::policy {
namespace {

constexpr DomainId work{1}, red{2};
using namespace std::chrono_literals;

/// The next refresh, whatever the time is.
void next_refresh(Ledger& ledger) {
    ledger.refresh(ledger.next_refresh());
}
using enum WindowKind;

TEST_CASE("a domain has 64 windows, 16 of them popups, and 8 new ones a refresh") {
    Ledger ledger{Budgets{}};
    ledger.add(work);
    for (int i = 0; i < 8; ++i) {
        CHECK(ledger.open_window(work, satellite, 1));
    }
    CHECK(ledger.open_window(work, toplevel, 0) == std::unexpected(Refusal::too_fast));
    next_refresh(ledger);
    for (int i = 0; i < 8; ++i) {
        CHECK(ledger.open_window(work, satellite, 8));
    }
    next_refresh(ledger);
    CHECK(ledger.open_window(work, satellite, 1) == std::unexpected(Refusal::too_many_satellites));
    CHECK(ledger.open_window(work, toplevel, 9) == std::unexpected(Refusal::too_deep));
    for (int i = 0; i < 48; ++i) {
        next_refresh(ledger);
        CHECK(ledger.open_window(work, toplevel, 0));
    }
    next_refresh(ledger);
    CHECK(ledger.open_window(work, toplevel, 0) == std::unexpected(Refusal::too_many_windows));
    ledger.close_window(work, satellite);
    CHECK(ledger.open_window(work, satellite, 1));
    CHECK(ledger.open_window(red, toplevel, 0) == std::unexpected(Refusal::unknown_domain));
}

TEST_CASE("512 windows in all, and a domain that goes leaves room") {
    Ledger ledger{Budgets{}};
    for (std::uint64_t domain = 1; domain <= 9; ++domain) {
        ledger.add({domain});
        for (int i = 0; i < 64; ++i) {
            next_refresh(ledger);
            CHECK(ledger.open_window({domain}, toplevel, 0).has_value() == (domain <= 8));
        }
    }
    CHECK(ledger.open_window({9}, toplevel, 0) ==
          std::unexpected(Refusal::too_many_windows_in_all));
    ledger.remove({3});
    CHECK(ledger.open_window({9}, toplevel, 0));
}

TEST_CASE("records rest after 512 until the next refresh") {
    Ledger ledger{Budgets{}};
    ledger.add(work);
    ledger.add(red);
    for (int i = 0; i < 512; ++i) {
        CHECK(ledger.take_record(work));
    }
    CHECK(!ledger.take_record(work));
    CHECK(ledger.take_record(red));
    next_refresh(ledger);
    CHECK(ledger.take_record(work));
}

TEST_CASE("records rest, however few, when they took a millisecond of the refresh") {
    Ledger ledger{Budgets{}};
    ledger.add(work);
    ledger.add(red);
    ledger.spend(work, 999us);
    CHECK(ledger.take_record(work));
    ledger.spend(work, 1us);
    CHECK(!ledger.take_record(work));
    CHECK(ledger.take_record(red));
    next_refresh(ledger);
    CHECK(ledger.take_record(work));
    CHECK(ledger.take_record(red));
}

TEST_CASE(
    "who took several milliseconds at once rests for as many refreshes, and for no more than 8") {
    Ledger ledger{Budgets{}};
    ledger.add(work);
    ledger.add(red);
    ledger.spend(work, 3ms);
    ledger.spend(red, 5s);  // what took so long is done all the same
    for (int refresh = 1; refresh <= 9; ++refresh) {
        next_refresh(ledger);
        CHECK(ledger.take_record(work) == (refresh >= 3));
        CHECK(ledger.take_record(red) == (refresh >= 9));
    }
    // By the time that passed, also where nobody counts refreshes.
    ledger.spend(work, 5s);
    ledger.refresh(ledger.next_refresh() + 1s);
    CHECK(ledger.take_record(work));
}

TEST_CASE("8 windows of a domain are laid out a refresh, whatever changed them") {
    Ledger ledger{Budgets{}};
    ledger.add(work);
    ledger.add(red);
    for (int i = 0; i < 8; ++i) {
        CHECK(ledger.take_layout(work));
    }
    CHECK(!ledger.take_layout(work));
    CHECK(ledger.take_layout(red));
    next_refresh(ledger);
    CHECK(ledger.take_layout(work));
}

TEST_CASE("a refresh is one of the fastest output's, however many outputs there are") {
    Ledger ledger{Budgets{}};
    ledger.add(work);
    ledger.set_period(10ms);
    int created = 0;
    // Two outputs of 100 Hz, out of step and not quite steady, and a third one of 40 Hz.
    for (Time time = 1s; time < 2s; time += 5ms) {
        ledger.refresh(time + (time / 5ms % 3) * 200us);
        if (time % 25ms == 0ms) {
            ledger.refresh(time + 2ms);
        }
        while (ledger.open_window(work, toplevel, 0)) {
            ++created;
            ledger.close_window(work, toplevel);
        }
    }
    CHECK(created >= 99 * 8);
    CHECK(created <= 101 * 8);
}

TEST_CASE("page sums neither overflow nor go below nothing") {
    Ledger ledger{Budgets{}};
    ledger.add(work);
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    CHECK(ledger.take_pages(work, most) == std::unexpected(Refusal::too_many_pages));
    CHECK(ledger.take_pages(work, 1));
    CHECK(ledger.take_pages(work, most) == std::unexpected(Refusal::too_many_pages));
    ledger.return_pages(work, most);
    CHECK(ledger.pages_of(work) == 0);
    CHECK(ledger.pages_in_all() == 0);
}

TEST_CASE("the ledger's sums are the sums of its accounts") {
    test::for_seeds(200, [](test::Random& random) {
        const Budgets budgets{.windows_per_domain = 5,
                              .windows_in_all = 12,
                              .satellites_per_domain = 2,
                              .creations_per_refresh = 3,
                              .pages_per_domain = 50,
                              .pages_in_all = 100};
        Ledger ledger(budgets);
        struct Used {
            std::uint32_t toplevels = 0, satellites = 0;
            std::uint64_t pages = 0;
        };
        std::map<std::uint64_t, Used> model;
        for (int i = 0; i < 300; ++i) {
            const auto domain = random.below(4) + 1;
            const auto kind = random.once_in(2) ? toplevel : satellite;
            if (!model.contains(domain)) {
                ledger.add({domain});
                model[domain] = {};
            }
            auto& used = model[domain];
            auto& of_kind = kind == toplevel ? used.toplevels : used.satellites;
            switch (random.below(6)) {
            case 0:
                of_kind += ledger.open_window({domain}, kind, 1) ? 1 : 0;
                break;
            case 1:
                if (of_kind > 0) {
                    --of_kind;
                    ledger.close_window({domain}, kind);
                }
                break;
            case 2: {
                const auto pages = random.below(40);
                used.pages += ledger.take_pages({domain}, pages) ? pages : 0;
                break;
            }
            case 3: {
                const auto pages = random.below(used.pages + 1);
                used.pages -= pages;
                ledger.return_pages({domain}, pages);
                break;
            }
            case 4:
                next_refresh(ledger);
                break;
            default:
                if (random.once_in(8)) {
                    ledger.remove({domain});
                    model.erase(domain);
                }
            }
            Used all;
            for (const auto& [id, each] : model) {
                CHECK(each.toplevels + each.satellites == ledger.windows_of({id}));
                CHECK(each.toplevels + each.satellites <= budgets.windows_per_domain);
                CHECK(each.satellites <= budgets.satellites_per_domain);
                CHECK(each.pages == ledger.pages_of({id}));
                CHECK(each.pages <= budgets.pages_per_domain);
                all.toplevels += each.toplevels + each.satellites;
                all.pages += each.pages;
            }
            CHECK(all.toplevels == ledger.windows_in_all());
            CHECK(all.toplevels <= budgets.windows_in_all);
            CHECK(all.pages == ledger.pages_in_all());
            CHECK(all.pages <= budgets.pages_in_all);
        }
    });
}

TEST_CASE("a compositor that leaves has time to unmap all that it may have mapped") {
    CHECK(unmapped_within({.maptrack_frames = 1024, .entries_per_page = 2}) == 129 * 16ms + 1s);
    CHECK(unmapped_within({.maptrack_frames = 4096, .entries_per_page = 1}) == 1025 * 16ms + 1s);
}

TEST_CASE("all pages together stay below half of what Xen gives the admin domain") {
    // A frame holds 256 entries of 16 bytes.
    CHECK(mappable_pages({.maptrack_frames = 1024, .entries_per_page = 2}) == 65'536);
    CHECK(mappable_pages({.maptrack_frames = 4096, .entries_per_page = 1}) == 524'288);
    const auto usual = capped_by(Budgets{}, {.maptrack_frames = 4096, .entries_per_page = 2});
    CHECK(!usual.lowered);
    CHECK(usual.budgets.pages_in_all == Budgets{}.pages_in_all);
    const auto unset = capped_by(Budgets{}, {.maptrack_frames = 1024, .entries_per_page = 2});
    CHECK(unset.lowered);
    CHECK(unset.budgets.pages_in_all == 65'536);
    const auto tight = capped_by(Budgets{}, {.maptrack_frames = 512, .entries_per_page = 2});
    CHECK(tight.lowered);
    CHECK(tight.budgets.pages_in_all == 32'768);
    CHECK(tight.budgets.pages_per_domain == 8'192);  // still a quarter
    const auto none = capped_by(Budgets{}, {.maptrack_frames = 0});
    CHECK(none.budgets.pages_in_all == 0);
    CHECK(none.budgets.pages_per_domain == 0);
}

}  // namespace
}  // namespace leadlight::policy
