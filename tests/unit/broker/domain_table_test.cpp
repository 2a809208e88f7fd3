// SPDX-License-Identifier: MIT
// What leadlightd tells of domains, from what the hypervisor lists and xenstore contains.
#include "compositor/broker/domain_table.hpp"
#include "compositor/domains/known_domains.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight;
using namespace leadlight::broker;
using namespace leadlight::protocol;

namespace {

DomainKey key(std::uint16_t domain, std::uint8_t uuid) {
    DomainKey made{.domain = XenDomain::clamped(domain)};
    made.uuid.fill(uuid);
    return made;
}

Listed running(std::uint16_t domain, std::uint8_t uuid) {
    return {.key = key(domain, uuid)};
}

Records list(DomainTable& table, std::vector<Listed> all) {
    return table.listed(all).records;
}

DomainSeen only_seen(const Records& records) {
    REQUIRE(records.size() == 1);
    REQUIRE(std::holds_alternative<DomainSeen>(records[0]));
    return std::get<DomainSeen>(records[0]);
}

std::vector<DomainKey> told(const Records& records) {
    std::vector<DomainKey> keys;
    for (const auto& record : records) {
        if (const auto* seen = std::get_if<DomainSeen>(&record)) {
            keys.push_back(seen->key);
        }
    }
    return keys;
}

DomainKey only_gone(const Records& records) {
    REQUIRE(records.size() == 1);
    REQUIRE(std::holds_alternative<DomainGone>(records[0]));
    return std::get<DomainGone>(records[0]).key;
}

}  // namespace

TEST_CASE("a domain is told of once the toolstack has named it") {
    DomainTable table;
    const std::vector all{running(3, 1)};
    const auto changes = table.listed(all);
    CHECK(changes.appeared == std::vector{key(3, 1)});
    CHECK(changes.records.empty());
    CHECK(table.named(3, std::nullopt).empty());
    const auto seen = only_seen(table.named(3, "work"));
    CHECK(seen.key == key(3, 1));
    CHECK(seen.name.view() == "work");
    CHECK(seen.state == XenState::running);
    CHECK(seen.server == 0);
    // The same again is no news.
    CHECK(table.named(3, "work").empty());
    CHECK(list(table, all).empty());
}

TEST_CASE("one that ends before it has a name was never there") {
    DomainTable table;
    CHECK(list(table, {running(3, 1)}).empty());
    const auto changes = table.listed({});
    CHECK(changes.gone == std::vector{key(3, 1)});
    CHECK(changes.records.empty());
}

TEST_CASE("its agent's server comes, is another, and goes") {
    DomainTable table;
    list(table, {running(3, 1)});
    table.named(3, "work");
    CHECK(!table.serves(key(3, 1)));
    CHECK(only_seen(table.served(3, "8/5")).server == 1);
    CHECK(table.serves(key(3, 1)));
    CHECK(table.served(3, "8/5").empty());
    CHECK(only_seen(table.served(3, std::nullopt)).server == 0);
    CHECK(!table.serves(key(3, 1)));
    // Another number, though the nodes are as before: it is another server.
    CHECK(only_seen(table.served(3, "8/5")).server == 2);
    CHECK(only_seen(table.served(3, "9/5")).server == 3);
}

TEST_CASE("paused, unpaused, shut down, gone") {
    DomainTable table;
    list(table, {running(3, 1)});
    table.named(3, "work");
    auto now = running(3, 1);
    now.state = XenState::paused;
    CHECK(only_seen(list(table, {now})).state == XenState::paused);
    CHECK(table.alive(key(3, 1)));
    CHECK(only_seen(list(table, {running(3, 1)})).state == XenState::running);
    now.state = XenState::ending;
    CHECK(only_seen(list(table, {now})).state == XenState::ending);
    CHECK(!table.alive(key(3, 1)));
    CHECK(only_gone(list(table, {})) == key(3, 1));
}

TEST_CASE("rebooted: another id, the same uuid, and both are there for a while") {
    DomainTable table;
    list(table, {running(3, 1)});
    table.named(3, "work");
    auto old = running(3, 1);
    old.state = XenState::ending;
    const std::vector both{old, running(4, 1)};
    const auto changes = table.listed(both);
    CHECK(changes.appeared == std::vector{key(4, 1)});
    CHECK(changes.gone.empty());
    CHECK(only_seen(table.named(4, "work")).key == key(4, 1));
    CHECK(only_gone(list(table, {running(4, 1)})) == key(3, 1));
    CHECK(table.alive(key(4, 1)));
}

TEST_CASE("an id that another domain has now is another domain") {
    DomainTable table;
    list(table, {running(3, 1)});
    table.named(3, "work");
    table.served(3, "8/5");
    const std::vector all{running(3, 2)};
    const auto changes = table.listed(all);
    CHECK(changes.gone == std::vector{key(3, 1)});
    CHECK(changes.appeared == std::vector{key(3, 2)});
    CHECK(only_gone(changes.records) == key(3, 1));
    // Nothing is left of the first one.
    CHECK(!table.alive(key(3, 1)));
    CHECK(!table.serves(key(3, 2)));
    CHECK(only_seen(table.named(3, "untrusted")).server == 0);
}

TEST_CASE("a name that no frame can show is told as none") {
    DomainTable table;
    list(table, {running(3, 1)});
    for (const char* name : {"two words", "", "\xd7\xa9", "a-name-of-more-than-thirty-one-bytes"}) {
        INFO(name);
        CHECK(only_seen(table.named(3, name)).name.view().empty());
    }
    CHECK(only_seen(table.named(3, "mail_2.new-1")).name.view() == "mail_2.new-1");
}

TEST_CASE("who is served from now on hears of all, and of the end of the list") {
    DomainTable table;
    list(table, {running(3, 1), running(4, 2), running(5, 3)});
    table.named(3, "work");
    table.named(5, "untrusted");
    const auto all = table.all();
    REQUIRE(all.size() == 3);
    CHECK(std::get<DomainSeen>(all[0]).key == key(3, 1));
    CHECK(std::get<DomainSeen>(all[1]).key == key(5, 3));
    CHECK(std::holds_alternative<AllSeen>(all[2]));
}

TEST_CASE("they are told of in the order in which they came by their names") {
    DomainTable table;
    list(table, {running(3, 1), running(4, 2), running(5, 3)});
    table.named(5, "work");
    table.named(3, "mail");
    table.named(4, "untrusted");
    CHECK(told(table.all()) == std::vector{key(5, 3), key(3, 1), key(4, 2)});
    // Whatever else is told of one leaves its place.
    table.served(5, "8/5");
    auto paused = running(3, 1);
    paused.state = XenState::paused;
    list(table, {running(5, 3), running(4, 2), paused});
    table.named(5, "work");
    CHECK(told(table.all()) == std::vector{key(5, 3), key(3, 1), key(4, 2)});
    table.named(5, "visitor");
    CHECK(told(table.all()) == std::vector{key(3, 1), key(4, 2), key(5, 3)});
    // Another domain with an id of before is the last.
    list(table, {running(3, 4), running(4, 2), running(5, 3)});
    table.named(3, "mail");
    CHECK(told(table.all()) == std::vector{key(4, 2), key(5, 3), key(3, 4)});
}

TEST_CASE("of two domains that look alike a compositor that starts anew shows the same one") {
    DomainTable table;
    const auto hears = [](compositor::KnownDomains& known, const Records& records) {
        for (const auto& record : records) {
            if (const auto* seen = std::get_if<DomainSeen>(&record)) {
                known.seen(*seen);
            }
        }
    };
    compositor::KnownDomains before;
    before.configure({}, compositor::default_unknown_label());
    list(table, {running(3, 1), running(4, 2)});
    SECTION("the second was named first") {
        hears(before, table.named(4, "work"));
        hears(before, table.named(3, "work"));
    }
    SECTION("the first took the name later") {
        hears(before, table.named(3, "other"));
        hears(before, table.named(4, "work"));
        hears(before, table.named(3, "work"));
    }
    const auto shown = before.view().shown;
    REQUIRE(shown.size() == 1);
    CHECK(shown[0].key == key(4, 2));
    compositor::KnownDomains anew;
    anew.configure({}, compositor::default_unknown_label());
    hears(anew, table.all());
    CHECK(anew.view().shown == shown);
}

TEST_CASE("what xenstore says of a domain that the hypervisor does not run means nothing") {
    DomainTable table;
    CHECK(table.named(9, "work").empty());
    CHECK(table.served(9, "8/5").empty());
    CHECK(table.all().size() == 1);
}
