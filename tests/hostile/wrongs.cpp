// SPDX-License-Identifier: MIT
#include "tests/hostile/wrongs.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstdio>

namespace leadlight::hostile {

using fixture::eventually;

std::string scripted_warden() {
    return fixture::program("tests/hostile/scripted-warden");
}

namespace {

std::string outcome_of(Stage& stage, const Wrong& wrong) {
    const auto cut_before = stage.control.counter("links_closed");
    Hijacked warden(stage);
    if (!wrong.before_hello) {
        warden.enters();
    }
    wrong.does(warden);
    const auto reason = warden.is_dismissed();
    if (reason != wrong.reason) {
        return reason ? "dismissed for " + std::string(lp::name_of(*reason)) : "closed silently";
    }
    const auto cut = stage.control.counter("links_closed") - cut_before;
    if (cut != (wrong.reason ? 1 : 0)) {
        return "links closed: " + std::to_string(cut);
    }
    stage.check_bystanders(false);
    return {};
}

}  // namespace

void commit(Stage& stage, const char* chapter, const Wrongs& wrongs) {
    for (std::size_t i = 0; i < wrongs.size(); ++i) {
        INFO(wrongs[i].what);
        try {
            CHECK(outcome_of(stage, wrongs[i]) == "");
            if (i % 16 == 15 || i + 1 == wrongs.size()) {
                CHECK(eventually([&] { return stage.control.counter("windows") == 2; }));
                stage.check_bystanders(true);
                std::fprintf(stderr, "%s: %zu of %zu\n", chapter, i + 1, wrongs.size());
            }
        } catch (const std::exception& failure) {
            FAIL_CHECK(failure.what());
        }
    }
}

}  // namespace leadlight::hostile
