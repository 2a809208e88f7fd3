// SPDX-License-Identifier: MIT
// Modes: the order of importance, and that guests and prompts are told in every path through them.
#include "compositor/policy/mode.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>

namespace leadlight::policy {
namespace {

constexpr std::array all{Mode::locked,      Mode::attention,  Mode::prompt, Mode::switcher,
                         Mode::person_drag, Mode::guest_grab, Mode::normal};

TEST_CASE("a guest's grab takes input from nobody") {
    CHECK(routing(Mode::guest_grab) == routing(Mode::normal));
    for (const auto kind : {HotkeyClass::session, HotkeyClass::lock, HotkeyClass::attention,
                            HotkeyClass::switcher, HotkeyClass::window}) {
        CHECK(works_in(kind, Mode::guest_grab));
        CHECK(works_in(kind, Mode::normal));
    }
}

TEST_CASE("while locked nothing works but the kernel's own keys, and guests hear nothing") {
    CHECK(routing(Mode::locked) == Routing{Receiver::locker, Receiver::locker, Receiver::locker});
    CHECK(works_in(HotkeyClass::session, Mode::locked));
    CHECK(!works_in(HotkeyClass::lock, Mode::locked));
    CHECK(!works_in(HotkeyClass::attention, Mode::locked));
    CHECK(!works_in(HotkeyClass::switcher, Mode::locked));
    CHECK(!works_in(HotkeyClass::window, Mode::locked));
}

TEST_CASE("a prompt stands above windows and switcher, below attention and lock") {
    CHECK(works_in(HotkeyClass::lock, Mode::prompt));
    CHECK(works_in(HotkeyClass::attention, Mode::prompt));
    CHECK(!works_in(HotkeyClass::switcher, Mode::prompt));
    CHECK(!works_in(HotkeyClass::window, Mode::prompt));
}

TEST_CASE("opening a prompt takes everything from the guests at once") {
    ModeMachine machine;
    (void)machine.enter(Mode::guest_grab);
    CHECK(machine.enter(Mode::prompt) == ModeChange{.before = Mode::guest_grab,
                                                    .after = Mode::prompt,
                                                    .dismiss_popups = true,
                                                    .end_pointer_locks = true,
                                                    .release_keys = true,
                                                    .pointer_leave = true,
                                                    .touch_cancel = true,
                                                    .focus_out = true});
    CHECK(!machine.enter(Mode::switcher));
    CHECK(!machine.enter(Mode::guest_grab));
    CHECK(machine.leave(Mode::prompt) ==
          ModeChange{.before = Mode::prompt, .after = Mode::normal, .focus_in = true});
}

TEST_CASE("locking answers a prompt with deny, even one that waits below the attention view") {
    ModeMachine machine;
    (void)machine.enter(Mode::prompt);
    CHECK(!machine.enter(Mode::attention)->deny_prompt);
    CHECK(machine.enter(Mode::locked)->deny_prompt);
    CHECK(machine.leave(Mode::locked)->after == Mode::normal);
}

TEST_CASE("a prompt comes back from below the attention view") {
    ModeMachine machine;
    (void)machine.enter(Mode::prompt);
    (void)machine.enter(Mode::attention);
    CHECK(machine.leave(Mode::attention)->after == Mode::prompt);
}

TEST_CASE("a dragged window keeps its look of the focused one, and stays where it is") {
    ModeMachine machine;
    const auto begin = machine.enter(Mode::person_drag);
    CHECK(!begin->focus_out);
    CHECK(begin->release_keys);
    const auto interrupted = machine.enter(Mode::switcher);
    CHECK(interrupted->finish_drag);
    CHECK(interrupted->focus_out);
}

TEST_CASE("a compositor may start locked") {
    ModeMachine machine(Mode::locked);
    CHECK(!machine.enter(Mode::attention));
    CHECK(machine.leave(Mode::locked)->focus_in);
}

// Everything that hears of modes, as it would believe.
struct Believed {
    ModeMachine machine;
    bool focus = true, input = true, prompt = false, drag = false, switcher = false;
    bool attention = false;

    void take(const ModeChange& change) {
        CHECK(change.after == machine.mode());
        CHECK((!change.deny_prompt || prompt));
        CHECK((!change.close_attention || attention));
        CHECK((!change.close_switcher || switcher));
        CHECK((!change.finish_drag || drag));
        CHECK((!change.focus_out || focus));
        CHECK((!change.focus_in || !focus));
        prompt = prompt && !change.deny_prompt;
        attention = attention && !change.close_attention;
        switcher = switcher && !change.close_switcher;
        drag = drag && !change.finish_drag;
        focus = (focus && !change.focus_out) || change.focus_in;
        if (change.release_keys) {
            CHECK((change.pointer_leave && change.touch_cancel && change.end_pointer_locks &&
                   change.dismiss_popups));
            input = false;
        }
        input = input || routing(change.after).keys == Receiver::guests;
    }

    bool* opened_by(Mode mode) {
        return mode == Mode::prompt        ? &prompt
               : mode == Mode::attention   ? &attention
               : mode == Mode::switcher    ? &switcher
               : mode == Mode::person_drag ? &drag
                                           : nullptr;
    }

    void check() const {
        const auto mode = machine.mode();
        CHECK(input == (routing(mode).keys == Receiver::guests));
        CHECK(focus == (mode >= Mode::person_drag));
        CHECK(prompt == (mode == Mode::prompt || (mode == Mode::attention && prompt)));
        CHECK(attention == (mode == Mode::attention));
        CHECK(switcher == (mode == Mode::switcher));
        CHECK(drag == (mode == Mode::person_drag));
    }
};

void explore(const Believed& from, int depth) {
    from.check();
    if (depth == 0) {
        return;
    }
    for (const auto mode : all) {
        Believed entered = from;
        const auto before = from.machine.mode();
        const auto change = entered.machine.enter(mode);
        REQUIRE(change.has_value() == (mode < before));
        if (change) {
            entered.take(*change);
            if (bool* const opened = entered.opened_by(mode)) {
                *opened = true;
            }
            explore(entered, depth - 1);
        }
        Believed left = from;
        if (const auto gone = left.machine.leave(mode)) {
            if (bool* const opened = left.opened_by(mode)) {
                CHECK(*opened);
                *opened = false;
            }
            left.take(*gone);
            explore(left, depth - 1);
        }
    }
}

TEST_CASE("on every path of seven changes all that was opened is closed, and focus stays true") {
    explore({}, 7);
}

}  // namespace
}  // namespace leadlight::policy
