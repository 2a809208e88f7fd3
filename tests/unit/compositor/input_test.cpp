// SPDX-License-Identifier: MIT
// What of input's edge needs no compositor: modifiers by the keys that were given, what a key means
// in the person's keymap, times. Whose a key is, is policy's, and tested there.
#include "compositor/input/domain_modifiers.hpp"
#include "compositor/input/event_time.hpp"
#include "compositor/input/hotkey_match.hpp"
#include "compositor/input/pointer_region.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <linux/input-event-codes.h>

using namespace leadlight;
using namespace leadlight::compositor;
using namespace std::chrono_literals;
using KeyUse = policy::InputOwner::KeyUse;

namespace {

// A keyboard under the person's hands.
struct Keyboard {
    explicit Keyboard(const KeyboardConfig& config)
        : keymap(compile_keymap(config).value()), state(xkb_state_new(keymap.get())) {}

    void press(std::uint32_t code) { xkb_state_update_key(state.get(), code + 8, XKB_KEY_DOWN); }
    void release(std::uint32_t code) { xkb_state_update_key(state.get(), code + 8, XKB_KEY_UP); }
    KeyMeaning meaning(std::uint32_t code, policy::Mode mode = policy::Mode::normal) const {
        return meaning_of(code, state.get(), hotkeys, mode);
    }

    XkbKeymap keymap;
    XkbState state;
    policy::Hotkeys hotkeys = Config().hotkeys;
};

std::uint32_t mask(const Keyboard& keyboard, const char* modifier) {
    return 1u << xkb_keymap_mod_get_index(keyboard.keymap.get(), modifier);
}

}  // namespace

TEST_CASE("a domain sees the modifiers of the keys it was given, and no others") {
    Keyboard keyboard({});
    DomainModifiers domain(keyboard.keymap.get());
    keyboard.press(KEY_LEFTCTRL);  // before it had the focus
    CHECK(domain.state(keyboard.state.get()) == ModifierState{});

    keyboard.press(KEY_LEFTSHIFT);
    domain.key(KEY_LEFTSHIFT, true);
    CHECK(domain.state(keyboard.state.get()).depressed == mask(keyboard, XKB_MOD_NAME_SHIFT));
    // Taken from it while the person still holds it.
    domain.key(KEY_LEFTSHIFT, false);
    CHECK(domain.state(keyboard.state.get()) == ModifierState{});
}

TEST_CASE("locks and the layout are the keyboard's") {
    Keyboard keyboard({.layout = "us,de", .options = "grp:alt_shift_toggle"});
    DomainModifiers domain(keyboard.keymap.get());
    keyboard.press(KEY_CAPSLOCK);
    keyboard.release(KEY_CAPSLOCK);
    CHECK(domain.state(keyboard.state.get()) ==
          ModifierState{.locked = mask(keyboard, XKB_MOD_NAME_CAPS)});

    keyboard.press(KEY_LEFTALT);
    keyboard.press(KEY_LEFTSHIFT);
    keyboard.release(KEY_LEFTSHIFT);
    keyboard.release(KEY_LEFTALT);
    CHECK(domain.state(keyboard.state.get()).group == 1);
    // The same keys, given to the domain, do not switch it a second time.
    domain.key(KEY_LEFTALT, true);
    domain.key(KEY_LEFTSHIFT, true);
    domain.key(KEY_LEFTSHIFT, false);
    domain.key(KEY_LEFTALT, false);
    CHECK(domain.state(keyboard.state.get()).group == 1);
}

TEST_CASE("Super is reserved wherever the keymap has it") {
    Keyboard plain({});
    CHECK(plain.meaning(KEY_LEFTMETA).use == KeyUse::reserved);
    CHECK(plain.meaning(KEY_RIGHTMETA).use == KeyUse::reserved);
    CHECK(plain.meaning(KEY_LEFTALT).use == KeyUse::ordinary);
    CHECK_FALSE(super_held(plain.state.get()));
    plain.press(KEY_LEFTMETA);
    CHECK(super_held(plain.state.get()));

    Keyboard swapped({.options = "altwin:swap_alt_win"});
    CHECK(swapped.meaning(KEY_LEFTALT).use == KeyUse::reserved);
    CHECK(swapped.meaning(KEY_LEFTMETA).use == KeyUse::ordinary);
}

TEST_CASE("hotkeys are found by what is held before their last key") {
    Keyboard keyboard({});
    CHECK(keyboard.meaning(KEY_Q).use == KeyUse::ordinary);
    keyboard.press(KEY_LEFTMETA);
    CHECK(keyboard.meaning(KEY_Q).action == policy::Action::close_window);
    CHECK(keyboard.meaning(KEY_TAB).action == policy::Action::next_window);
    CHECK(keyboard.meaning(KEY_A).use == KeyUse::ordinary);  // InputOwner keeps it all the same
    keyboard.press(KEY_LEFTSHIFT);
    CHECK(keyboard.meaning(KEY_TAB).action == policy::Action::previous_window);
    CHECK_FALSE(keyboard.meaning(KEY_Q).action);
}

TEST_CASE("hotkeys work in a layout without Latin letters, and under Caps Lock") {
    Keyboard keyboard({.layout = "ru,us"});
    keyboard.press(KEY_CAPSLOCK);
    keyboard.release(KEY_CAPSLOCK);
    keyboard.press(KEY_LEFTMETA);
    CHECK(keyboard.meaning(KEY_Q).action == policy::Action::close_window);
}

TEST_CASE("a hotkey that does not work in this mode is taken, and does nothing") {
    Keyboard keyboard({});
    keyboard.press(KEY_LEFTMETA);
    const KeyMeaning meaning = keyboard.meaning(KEY_Q, policy::Mode::switcher);
    CHECK(meaning.use == KeyUse::completes_hotkey);
    CHECK_FALSE(meaning.action);
}

TEST_CASE("the keys of virtual terminals never reach a guest") {
    Keyboard keyboard({});
    CHECK_FALSE(keyboard.meaning(KEY_F3).terminal);
    keyboard.press(KEY_LEFTCTRL);
    keyboard.press(KEY_LEFTALT);
    CHECK(keyboard.meaning(KEY_F3).terminal == 3u);
    CHECK(keyboard.meaning(KEY_F3).use == KeyUse::completes_hotkey);
}

TEST_CASE("stamps become times, also past the end of their 32 bits") {
    CHECK(event_time(1'000, 1'250ms) == 1s);
    CHECK(event_time(1'000, 1'000ms) == 1s);
    const auto wrapped = 4'294'967'296ms;
    CHECK(event_time(4'294'967'290u, wrapped + 4ms) == wrapped - 6ms);
    // Of another clock: never in the future, never long ago.
    CHECK(event_time(2'000, 1'000ms) == 1s);
    CHECK(event_time(1'000, 1h) == 1h);
}

TEST_CASE("a confined pointer stays in its region, and slides along the edge") {
    constexpr policy::Size content{200, 100};
    const PointerRegion whole;
    const auto is = [](LayoutPoint point, double x, double y) {
        return std::abs(point.x - x) < 0.01 && std::abs(point.y - y) < 0.01;
    };
    CHECK(is(confined({50, 50}, {60, 70}, whole, content), 60, 70));
    // Out by the right: it reaches the edge, and what is left of the way goes down along it.
    CHECK(is(confined({190, 50}, {230, 70}, whole, content), 200, 70));
    CHECK(is(confined({10, 10}, {-500, -500}, whole, content), 0, 0));

    const auto extent = [](int value) { return protocol::Extent::clamped(value); };
    const auto offset = [](int value) { return protocol::Offset::clamped(value); };
    const PointerRegion two{{offset(0), offset(0), extent(50), extent(50)},
                            {offset(100), offset(0), extent(50), extent(50)}};
    // No jump over what is not in the region, however fast.
    CHECK(confined({40, 20}, {99, 20}, two, content).x < 50);
    CHECK(allowed({120, 20}, two, content));
    CHECK_FALSE(allowed({75, 20}, two, content));
    // What the guest named beyond its content does not count.
    const PointerRegion huge{{offset(0), offset(0), extent(16384), extent(16384)}};
    CHECK_FALSE(allowed({201, 20}, huge, content));
    for (const double x : {-1e9, 0.0, 75.0, 1e9}) {
        for (const double y : {-1e9, 25.0, 1e9}) {
            CHECK(allowed(confined({20, 20}, {x, y}, two, content), two, content));
        }
    }
}
