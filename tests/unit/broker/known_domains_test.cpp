// SPDX-License-Identifier: MIT
// Which of the domains that leadlightd tells of are shown, and as what (rule 2).
#include "compositor/domains/known_domains.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight;
using namespace leadlight::compositor;
using namespace leadlight::protocol;

namespace {

DomainSeen domain(std::uint16_t id, std::uint8_t uuid, std::string_view name,
                  XenState state = XenState::running) {
    DomainSeen seen{.key = {.domain = XenDomain::clamped(id)},
                    .state = state,
                    .server = 1,
                    .name = *Name::from(name)};
    seen.key.uuid.fill(uuid);
    return seen;
}

policy::Uuid uuid(std::uint8_t value) {
    policy::Uuid made;
    made.fill(value);
    return made;
}

const theming::Label& label(std::string_view name) {
    return *theming::standard_label(name);
}

// "work" by name, "mail" by its uuid 7; others are shown as unknown.
KnownDomains configured() {
    KnownDomains known;
    known.configure({{.name = "work", .label = label("blue"), .uuid = {}},
                     {.name = "mail", .label = label("green"), .uuid = uuid(7)}},
                    default_unknown_label());
    return known;
}

std::vector<std::string> shown(const KnownDomains& known) {
    std::vector<std::string> all;
    for (const auto& one : known.view().shown) {
        all.push_back(one.name + '=' + one.label.name);
    }
    return all;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("labels come by uuid, then by name, and strangers have one of their own") {
    auto known = configured();
    known.seen(domain(1, 1, "work"));
    known.seen(domain(2, 7, "whatever-the-toolstack-says"));
    known.seen(domain(3, 3, "stranger"));
    CHECK(shown(known) == Names{"work=blue", "mail=green", "stranger=unknown"});
    CHECK(known.view().hidden.empty());
}

TEST_CASE("strangers are not shown if the administrator does not want it") {
    auto known = configured();
    known.configure({}, std::nullopt);
    known.seen(domain(3, 3, "stranger"));
    CHECK(shown(known).empty());
    REQUIRE(known.view().hidden.size() == 1);
}

TEST_CASE("the name of a domain that is known by its uuid is no other's") {
    auto known = configured();
    known.seen(domain(2, 8, "mail"));
    CHECK(shown(known).empty());
    CHECK(known.view().hidden.size() == 1);
    known.seen(domain(3, 7, "mail"));
    CHECK(shown(known) == Names{"mail=green"});
}

TEST_CASE("of two domains that would look the same the first one is shown") {
    auto known = configured();
    known.seen(domain(1, 1, "work"));
    known.seen(domain(2, 2, "work"));
    CHECK(shown(known) == Names{"work=blue"});
    CHECK(known.view().shown[0].key == domain(1, 1, "").key);
    REQUIRE(known.view().hidden.size() == 1);
    CHECK(known.view().hidden[0].key == domain(2, 2, "").key);
    SECTION("and stays it, whatever is told of it") {
        known.seen(domain(1, 1, "work", XenState::paused));
        CHECK(known.view().shown[0].key == domain(1, 1, "").key);
        CHECK(known.view().shown[0].paused);
    }
    SECTION("until it is gone") {
        known.gone({domain(1, 1, "").key});
        CHECK(known.view().shown[0].key == domain(2, 2, "").key);
    }
    SECTION("and keeps its name from one that was there before it under another") {
        known.seen(domain(3, 3, "other"));
        known.seen(domain(4, 4, "same"));
        known.seen(domain(3, 3, "same"));
        REQUIRE(shown(known) == Names{"work=blue", "same=unknown"});
        CHECK(known.view().shown[1].key == domain(4, 4, "").key);
    }
    SECTION("strangers, too") {
        known.seen(domain(3, 3, "same"));
        known.seen(domain(4, 4, "same"));
        CHECK(shown(known) == Names{"work=blue", "same=unknown"});
    }
}

TEST_CASE("a rebooted domain takes its place when the old one is ending") {
    auto known = configured();
    known.seen(domain(1, 7, "mail"));
    known.seen(domain(2, 7, "mail"));
    CHECK(known.view().shown[0].key == domain(1, 7, "").key);
    known.seen(domain(1, 7, "mail", XenState::ending));
    REQUIRE(known.view().shown.size() == 1);
    CHECK(known.view().shown[0].key == domain(2, 7, "").key);
}

TEST_CASE("a domain without a name that can be shown is not shown") {
    auto known = configured();
    known.seen(domain(1, 1, ""));
    known.seen(domain(2, 2, "admin"));
    CHECK(shown(known).empty());
    CHECK(known.view().hidden.size() == 2);
}

TEST_CASE("when leadlightd comes back, what it does not tell of any more is gone") {
    auto known = configured();
    known.seen(domain(1, 1, "work"));
    known.seen(domain(3, 3, "stranger"));
    known.begin();
    // Nothing leaves the screen for leadlightd's sake; there is only no server to connect to.
    CHECK(shown(known) == Names{"work=blue", "stranger=unknown"});
    CHECK(known.view().shown[0].server == 0);
    known.seen(domain(1, 1, "work"));
    known.all_seen();
    CHECK(shown(known) == Names{"work=blue"});
    CHECK(known.view().shown[0].server == 1);
}
