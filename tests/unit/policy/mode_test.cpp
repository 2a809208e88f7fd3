// SPDX-License-Identifier: MIT
// Modes: the order of importance, and that guests are told in every path through them.
#include "compositor/policy/mode.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>

namespace leadlight::policy {
namespace {

constexpr std::array all{Mode::switcher, Mode::person_drag, Mode::guest_grab, Mode::normal};

TEST_CASE("a guest's grab takes input from nobody, and no hotkey from the person") {
    CHECK(guests_hear(Mode::guest_grab));
    for (const auto action : {Action::close_window, Action::next_window, Action::maximize}) {
        CHECK(works_in(action, Mode::guest_grab));
        CHECK(works_in(action, Mode::normal));
    }
}

TEST_CASE(
    "in the switcher and in a drag only the switcher's hotkeys work, and guests hear nothing") {
    for (const auto mode : {Mode::switcher, Mode::person_drag}) {
        CHECK(!guests_hear(mode));
        CHECK(works_in(Action::next_window, mode));
        CHECK(works_in(Action::previous_window, mode));
        CHECK(!works_in(Action::close_window, mode));
        CHECK(!works_in(Action::fullscreen, mode));
    }
}

TEST_CASE("opening the switcher takes everything from the guests at once") {
    ModeMachine machine;
    (void)machine.enter(Mode::guest_grab);
    CHECK(machine.enter(Mode::switcher) == ModeChange{.after = Mode::switcher,
                                                      .dismiss_popups = true,
                                                      .silences_guests = true,
                                                      .focus_changes = true});
    CHECK(!machine.enter(Mode::person_drag));
    CHECK(!machine.enter(Mode::guest_grab));
    CHECK(machine.leave(Mode::switcher) ==
          ModeChange{.after = Mode::normal, .focus_changes = true});
}

TEST_CASE("a dragged window keeps its look of the focused one, and stays where it is") {
    ModeMachine machine;
    const auto begin = machine.enter(Mode::person_drag);
    CHECK(!begin->focus_changes);
    CHECK(begin->silences_guests);
    const auto interrupted = machine.enter(Mode::switcher);
    CHECK(interrupted->finish_drag);
    CHECK(interrupted->focus_changes);
}

// Everything that hears of modes, as it would believe.
struct Believed {
    ModeMachine machine;
    bool focus = true, input = true, menus = false, drag = false;

    void take(const ModeChange& change) {
        CHECK(change.after == machine.mode());
        CHECK((!change.finish_drag || drag));
        drag = drag && !change.finish_drag;
        menus = menus && !change.dismiss_popups;
        focus = focus != change.focus_changes;
        CHECK((!change.silences_guests || (input && change.dismiss_popups)));
        input = (input && !change.silences_guests) || guests_hear(change.after);
    }

    bool* opened_by(Mode mode) {
        return mode == Mode::person_drag ? &drag : mode == Mode::guest_grab ? &menus : nullptr;
    }

    void check() const {
        const auto mode = machine.mode();
        CHECK(input == guests_hear(mode));
        CHECK(focus == focus_is_shown(mode));
        CHECK(drag == (mode == Mode::person_drag));
        CHECK(menus == (mode == Mode::guest_grab));
    }
};

void explore(const Believed& from, int depth) {
    from.check();
    if (depth == 0) {
        return;
    }
    for (const auto mode : all) {
        Believed entered = from;
        const auto change = entered.machine.enter(mode);
        REQUIRE(change.has_value() == (mode < from.machine.mode()));
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
