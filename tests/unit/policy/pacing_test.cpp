// SPDX-License-Identifier: MIT
// Frame pacing: on a simulated output, and as properties over random commits, frames and timers.
#include "compositor/policy/pacing.hpp"

#include "tests/unit/policy/random.hpp"
#include "tests/unit/policy/simulated_output.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <set>

namespace leadlight::policy {
namespace {

using namespace std::chrono_literals;
using test::SimulatedOutput;

constexpr OutputId screen{1}, other_screen{2};
constexpr WindowId one{1}, two{2};
constexpr Time period{16'000'000};
constexpr Time sixty_refreshes = 60 * SimulatedOutput::period + 1ns;

TEST_CASE("two animating windows both reach the full rate") {
    SimulatedOutput output;
    output.animate(one, SimulatedOutput::period * 3 / 10, 1ms);
    output.animate(two, SimulatedOutput::period * 4 / 10, 3ms);
    output.run_until(sixty_refreshes);
    CHECK(output.shown[one] >= 58);
    CHECK(output.shown[two] >= 58);
}

TEST_CASE("so do eight") {
    SimulatedOutput output;
    for (std::uint64_t i = 1; i <= 8; ++i) {
        output.animate({i}, SimulatedOutput::period * static_cast<int>(i) / 10, 1ms * i);
    }
    output.run_until(sixty_refreshes);
    for (std::uint64_t i = 1; i <= 8; ++i) {
        CHECK(output.shown[{i}] >= 58);
    }
}

TEST_CASE("the simulation does show what answering at the flip would cost") {
    SimulatedOutput output(true);
    output.animate(one, SimulatedOutput::period * 3 / 10, 1ms);
    output.animate(two, SimulatedOutput::period * 4 / 10, 3ms);
    output.run_until(sixty_refreshes);
    CHECK(output.shown[one] <= 32);
    CHECK(output.shown[two] <= 32);
}

TEST_CASE("a guest that draws at once is not answered more than once a refresh") {
    SimulatedOutput output;
    output.animate(one, 0ns, 1ms);
    output.run_until(sixty_refreshes);
    CHECK(output.answered[one] >= 58);
    CHECK(output.answered[one] <= 62);
}

TEST_CASE("a window on no enabled output is answered once a second") {
    SimulatedOutput output;
    output.animate(one, 1ms, 1ms, OutputId{});
    output.animate(two, 1ms, 1ms, other_screen);
    output.run_until(10s + 1ms);
    CHECK(output.answered[one] == 10);
    CHECK(output.answered[two] == 10);
    CHECK(output.shown.empty());
}

struct Fixture {
    Pacing pacing;
    Fixture() {
        pacing.output(screen, period, true, 0s);
        pacing.place(one, screen, 0s);
        pacing.place(two, screen, 0s);
    }
    std::vector<Answer> frame(Time now) {
        (void)pacing.begin_frame(screen, now);
        return pacing.rendered(screen, now);
    }
};

TEST_CASE_METHOD(Fixture, "the last commit before a frame wins, and frees the one nobody saw") {
    CHECK(pacing.commit(one, 1, {11}, 1ms).schedule == screen);
    (void)pacing.commit(one, 2, {12}, 2ms);
    const auto applied = pacing.begin_frame(screen, 3ms);
    REQUIRE(applied.size() == 1);
    CHECK(applied[0].commit == 2);
    CHECK(applied[0].buffer == BufferId{12});
    const auto answers = pacing.rendered(screen, 3ms);
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].commit == 2);
    CHECK(answers[0].released == std::vector{BufferId{11}});
    CHECK(!pacing.deadline());
    CHECK(pacing.presented(screen) == std::vector{one});
    CHECK(pacing.presented(screen).empty());
}

TEST_CASE_METHOD(Fixture, "a buffer on screen goes back when the next is rendered, not before") {
    (void)pacing.commit(one, 1, {11}, 1ms);
    CHECK(frame(1ms).front().released.empty());
    (void)pacing.commit(one, 2, {12}, 16ms);
    (void)pacing.begin_frame(screen, 17ms);
    CHECK(pacing.rendered(screen, 17ms).front().released == std::vector{BufferId{11}});
}

TEST_CASE_METHOD(Fixture, "a commit may name the buffer on screen") {
    (void)pacing.commit(one, 1, {11}, 0ms);
    (void)frame(0ms);
    (void)pacing.commit(one, 2, {11}, 16ms);
    CHECK(frame(16ms).front().released.empty());
    (void)pacing.commit(one, 3, {}, 32ms);  // unmapped
    CHECK(frame(32ms).front().released == std::vector{BufferId{11}});
}

TEST_CASE_METHOD(Fixture, "a buffer shown in two windows goes back once, after the last") {
    (void)pacing.commit(one, 1, {11}, 0ms);
    (void)pacing.commit(two, 1, {11}, 0ms);
    (void)frame(0ms);
    (void)pacing.commit(one, 2, {12}, 16ms);
    CHECK(frame(16ms).front().released.empty());
    CHECK(pacing.remove(two) == std::vector{BufferId{11}});
}

TEST_CASE_METHOD(Fixture, "a commit that no frame carries is answered at the refresh rate") {
    Time now = 1ms;
    for (std::uint64_t i = 1; i <= 10; ++i) {
        (void)pacing.commit(one, i, {10 + i % 2}, now);
        const auto due = pacing.deadline();
        REQUIRE(due);
        CHECK(pacing.timer(*due - 1ns).answers.empty());
        const auto timed = pacing.timer(*due);
        REQUIRE(timed.apply.size() == 1);
        REQUIRE(timed.answers.size() == 1);
        if (i > 1) {
            CHECK(*due - now == period);
        }
        now = *due;
    }
}

TEST_CASE_METHOD(Fixture, "an output that goes off or away leaves the slow rate") {
    (void)pacing.commit(one, 1, {11}, 1ms);
    CHECK(pacing.deadline() < 30ms);
    pacing.output(screen, period, false, 2ms);
    CHECK(pacing.deadline() == 1s);
    pacing.output(screen, period, true, 3ms);
    CHECK(pacing.deadline() < 30ms);
    pacing.output_gone(screen, 4ms);
    CHECK(pacing.deadline() == 1s);
    CHECK(pacing.commit(two, 1, {21}, 5ms).schedule == OutputId{});
}

TEST_CASE_METHOD(Fixture, "a window that moves to another output is answered once for a refresh") {
    pacing.output(other_screen, period, true, 0s);
    (void)pacing.commit(one, 1, {11}, 10ms);
    CHECK(frame(10ms).size() == 1);
    pacing.place(one, other_screen, 11ms);
    (void)pacing.commit(one, 2, {12}, 11ms);
    CHECK(pacing.begin_frame(other_screen, 12ms).empty());
    CHECK(pacing.begin_frame(other_screen, 28ms).size() == 1);
}

TEST_CASE("a buffer that was used again and ended again is noted once") {
    BufferUses uses;
    std::vector<BufferId> here, there;
    uses.begin({1});
    uses.end({1}, here);
    uses.begin({1});
    CHECK(uses.in_use({1}));
    uses.end({1}, there);
    CHECK(there.empty());
    CHECK(uses.settle(here) == std::vector{BufferId{1}});
    CHECK(!uses.in_use({1}));
    uses.end({1}, here);  // never begun: nothing
    CHECK(here.empty());
}

TEST_CASE("every buffer goes back exactly once, and never while it is shown or waits") {
    test::for_seeds(300, [](test::Random& random) {
        Pacing pacing;
        Time now{};
        pacing.output(screen, period, true, now);
        pacing.output(other_screen, period * 3 / 2, true, now);
        std::set<BufferId> held;  // by the compositor, as the guest believes
        std::map<WindowId, BufferId> shown, waiting;
        std::map<WindowId, Time> last_answer;
        std::map<WindowId, std::uint64_t> commits;

        const auto apply = [&](const std::vector<Apply>& list) {
            std::set<WindowId> once;
            for (const auto& [window, commit, buffer] : list) {
                CHECK(once.insert(window).second);
                CHECK(commit == commits[window]);  // the last wins
                CHECK(waiting.at(window) == buffer);
                waiting.erase(window);
                shown[window] = buffer;
            }
        };
        const auto release = [&](const std::vector<BufferId>& buffers) {
            for (const auto buffer : buffers) {
                CHECK(held.erase(buffer) == 1);
                for (const auto& [window, in_use] : shown) {
                    CHECK(in_use != buffer);
                }
                for (const auto& [window, in_use] : waiting) {
                    CHECK(in_use != buffer);
                }
            }
        };
        const auto answer = [&](const std::vector<Answer>& answers) {
            for (const auto& one_answer : answers) {
                const auto before = last_answer.find(one_answer.window);
                CHECK((before == last_answer.end() || now - before->second >= period / 2));
                last_answer[one_answer.window] = now;
                CHECK(!waiting.contains(one_answer.window));
                release(one_answer.released);
            }
        };
        for (int i = 0; i < 300; ++i) {
            now += Time{std::chrono::microseconds{random.below(4000)}};
            const WindowId window{random.below(4) + 1};
            const OutputId output{random.below(2) + 1};
            switch (random.below(8)) {
            case 0:
            case 1:
            case 2: {
                const BufferId buffer{random.below(6)};
                if (buffer) {
                    held.insert(buffer);
                }
                waiting[window] = buffer;
                (void)pacing.commit(window, ++commits[window], buffer, now);
                break;
            }
            case 3:
            case 4:
                apply(pacing.begin_frame(output, now));
                if (!random.once_in(10)) {  // rendering may fail
                    answer(pacing.rendered(output, now));
                }
                break;
            case 5: {
                const auto timed = pacing.timer(now);
                apply(timed.apply);
                answer(timed.answers);
                CHECK((!pacing.deadline() || *pacing.deadline() > now));
                break;
            }
            case 6:
                if (random.once_in(4)) {
                    pacing.output(output, period, !random.once_in(3), now);
                } else {
                    pacing.place(window, {random.below(3)}, now);
                }
                break;
            default:
                if (random.once_in(4)) {
                    shown.erase(window);
                    waiting.erase(window);
                    last_answer.erase(window);
                    release(pacing.remove(window));
                }
            }
        }
        // Whatever waits is answered within a second or so, with no output's help.
        for (int i = 0; i < 8 && pacing.deadline(); ++i) {
            now = std::max(now, *pacing.deadline());
            const auto timed = pacing.timer(now);
            apply(timed.apply);
            answer(timed.answers);
        }
        CHECK(!pacing.deadline());
        CHECK(waiting.empty());
        for (std::uint64_t i = 1; i <= 4; ++i) {
            shown.erase({i});
            release(pacing.remove({i}));
        }
        CHECK(held.empty());
    });
}

}  // namespace
}  // namespace leadlight::policy
