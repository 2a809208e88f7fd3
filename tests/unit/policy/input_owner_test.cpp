// SPDX-License-Identifier: MIT
// Rule 4, by example and as a property over random input.
#include "compositor/policy/input_owner.hpp"

#include "tests/unit/policy/random.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>

namespace leadlight::policy {
namespace {

using Kind = Delivery::Kind;
using enum InputOwner::KeyUse;

constexpr DomainId work{1}, red{2};
constexpr Target work_window{work, {10}}, work_menu{work, {11}}, red_window{red, {20}};
constexpr std::uint32_t key_a = 30, key_alt = 56, key_tab = 15, key_super = 125;
constexpr std::uint32_t left = 0x110, right = 0x111;

Delivery key(Kind kind, DomainId to, std::uint32_t code) {
    return {.kind = kind, .to = to, .code = code};
}
Delivery pointer(Kind kind, Target target, std::uint32_t code = 0) {
    return {.kind = kind, .to = target.domain, .window = target.window, .code = code};
}

TEST_CASE("keys go to the focused domain alone, and a new owner starts with none down") {
    InputOwner input;
    CHECK(input.key_pressed(key_a, ordinary).empty());
    CHECK(input.focus(work).empty());
    CHECK(input.key_released(key_a).empty());  // its press was nobody's

    CHECK(input.key_pressed(key_a, ordinary) == Deliveries{key(Kind::key_press, work, key_a)});
    CHECK(input.focus(red) == Deliveries{key(Kind::key_release, work, key_a)});
    CHECK(input.keys_given().empty());
    CHECK(input.key_released(key_a).empty());  // the real release goes nowhere
    CHECK(input.key_pressed(key_a, ordinary) == Deliveries{key(Kind::key_press, red, key_a)});
}

TEST_CASE("a hotkey on ordinary modifiers sees them released, and mutes until all keys are up") {
    InputOwner input;
    (void)input.focus(work);
    CHECK(input.key_pressed(key_alt, ordinary).size() == 1);
    CHECK(input.key_pressed(key_tab, completes_hotkey) ==
          Deliveries{key(Kind::key_release, work, key_alt)});
    CHECK(input.key_released(key_tab).empty());
    CHECK(input.key_pressed(key_a, ordinary).empty());  // Alt is still down
    CHECK(input.key_released(key_alt).empty());
    CHECK(input.key_pressed(key_tab, ordinary).empty());  // a is still down
    CHECK(input.key_released(key_a).empty());
    CHECK(input.key_released(key_tab).empty());
    CHECK(input.key_pressed(key_a, ordinary).size() == 1);
}

TEST_CASE("Super and what is pressed with it reach nobody") {
    InputOwner input;
    (void)input.focus(work);
    CHECK(input.key_pressed(key_super, reserved).empty());
    CHECK(input.key_pressed(key_a, ordinary).empty());
    CHECK(input.key_released(key_super).empty());
    CHECK(input.key_released(key_a).empty());
}

TEST_CASE("from first press to last release the pointer belongs to the domain of the press") {
    InputOwner input;
    CHECK(input.pointer(work_window) == Deliveries{pointer(Kind::pointer_enter, work_window)});
    CHECK(input.button_pressed(left) == Deliveries{pointer(Kind::button_press, work_window, left)});

    auto motion = pointer(Kind::pointer_motion, work_window);
    CHECK(input.pointer(red_window) == Deliveries{motion});  // and names no window of red's
    motion.under = work_menu.window;
    CHECK(input.pointer(work_menu) == Deliveries{motion});
    (void)input.pointer(red_window);
    CHECK(input.button_pressed(right) ==
          Deliveries{pointer(Kind::button_press, work_window, right)});
    CHECK(input.button_released(left) ==
          Deliveries{pointer(Kind::button_release, work_window, left)});
    CHECK(input.button_released(right) ==
          Deliveries{pointer(Kind::button_release, work_window, right),
                     pointer(Kind::pointer_leave, work_window),
                     pointer(Kind::pointer_enter, red_window)});
}

TEST_CASE("when a grab is taken its owner is told at once, and the rest goes nowhere") {
    InputOwner input;
    (void)input.pointer(work_window);
    (void)input.button_pressed(left);
    CHECK(input.guests_hear(false) == Deliveries{pointer(Kind::button_release, work_window, left),
                                                 pointer(Kind::pointer_leave, work_window)});
    CHECK(input.guests_hear(true).empty());  // the button is still down
    CHECK(input.pointer(red_window).empty());
    CHECK(input.button_pressed(right).empty());
    CHECK(input.button_released(left).empty());
    CHECK(input.button_released(right) == Deliveries{pointer(Kind::pointer_enter, red_window)});
}

TEST_CASE("a press that is not allowed, or is on the desktop, starts nothing for anyone") {
    InputOwner input;
    (void)input.pointer(work_window);
    CHECK(input.button_pressed(left, false).empty());
    CHECK(input.pointer(work_window).empty());
    CHECK(input.axis().empty());
    CHECK(input.button_released(left).empty());
    CHECK(input.pointer(std::nullopt).size() == 1);
    CHECK(input.button_pressed(left).empty());
    CHECK(input.pointer(work_window).empty());
    CHECK(input.button_released(left).size() == 1);  // the enter
}

TEST_CASE("each finger belongs to the domain it came down on") {
    InputOwner input;
    CHECK(input.touch_down(0, work_window) ==
          Deliveries{pointer(Kind::touch_down, work_window, 0)});
    CHECK(input.touch_down(1, red_window).front().to == red);
    CHECK(input.touch_moved(0).front().to == work);
    CHECK(input.take_all_from(work) == Deliveries{{.kind = Kind::touch_cancel, .to = work}});
    CHECK(input.touch_moved(0).empty());
    CHECK(input.touch_up(0).empty());
    CHECK(input.touch_up(1) == Deliveries{pointer(Kind::touch_up, red_window, 1)});
}

// What a guest believes, from the deliveries alone.
struct Guest {
    std::set<std::uint32_t> keys, buttons, touches;
    bool entered = false;
};

struct World {
    InputOwner input;
    std::array<Guest, 4> guests;  // by domain, 0 is nobody
    std::set<std::uint32_t> keys_down, buttons_down, touches_down;
    bool muted = false;
    bool hear = true;
    std::set<Kind> seen;

    void tell(const Delivery& delivery) {
        REQUIRE(delivery.to.value >= 1);
        REQUIRE(delivery.to.value < guests.size());
        auto& guest = guests[delivery.to.value];
        seen.insert(delivery.kind);
        switch (delivery.kind) {
        case Kind::key_press:
            CHECK(delivery.to == input.focused());
            CHECK(delivery.code != key_super);
            CHECK(!muted);
            CHECK(keys_down.contains(delivery.code));
            CHECK(guest.keys.insert(delivery.code).second);
            break;
        case Kind::key_release:
            CHECK(guest.keys.erase(delivery.code) == 1);
            break;
        case Kind::pointer_enter:
            CHECK(buttons_down.empty());
            for (const auto& other : guests) {
                CHECK((&other == &guest || !other.entered));
            }
            guest.entered = true;
            break;
        case Kind::pointer_leave:
            CHECK(guest.entered);
            CHECK(guest.buttons.empty());
            guest.entered = false;
            break;
        case Kind::pointer_motion:
        case Kind::pointer_axis:
            CHECK(guest.entered);
            CHECK((delivery.under.value == 0 || delivery.under.value / 10 == delivery.to.value));
            // Nobody hears of a pointer whose buttons are held for another, or for nobody.
            CHECK((buttons_down.empty() || !guest.buttons.empty()));
            break;
        case Kind::button_press:
            CHECK(guest.entered);
            CHECK(buttons_down.contains(delivery.code));
            CHECK(guest.buttons.insert(delivery.code).second);
            break;
        case Kind::button_release:
            CHECK(guest.buttons.erase(delivery.code) == 1);
            break;
        case Kind::touch_down:
            CHECK(guest.touches.insert(delivery.code).second);
            break;
        case Kind::touch_motion:
            CHECK(guest.touches.contains(delivery.code));
            break;
        case Kind::touch_up:
            CHECK(guest.touches.erase(delivery.code) == 1);
            break;
        case Kind::touch_cancel:
            CHECK(!guest.touches.empty());
            guest.touches.clear();
            break;
        }
    }

    void after(const Deliveries& deliveries) {
        for (const auto& delivery : deliveries) {
            tell(delivery);
        }
        std::set<std::uint32_t> fingers;
        int with_buttons = 0;
        for (std::size_t i = 0; i < guests.size(); ++i) {
            const auto& guest = guests[i];
            if (DomainId{i} == input.focused()) {
                CHECK(guest.keys == input.keys_given());
            } else {
                CHECK(guest.keys.empty());
            }
            CHECK((hear || (guest.keys.empty() && guest.buttons.empty() && !guest.entered &&
                            guest.touches.empty())));
            with_buttons += guest.buttons.empty() ? 0 : 1;
            for (const auto finger : guest.touches) {
                CHECK(fingers.insert(finger).second);  // one owner
                CHECK(touches_down.contains(finger));
            }
        }
        CHECK(with_buttons <= 1);
    }

    std::optional<Target> somewhere(test::Random& random) {
        const auto domain = random.below(4);
        if (domain == 0) {
            return std::nullopt;
        }
        return Target{{domain}, {domain * 10 + random.below(2)}};
    }

    void step(test::Random& random) {
        switch (random.below(12)) {
        case 0:
        case 1: {
            const auto code = random.once_in(5) ? key_super : std::uint32_t(random.below(5) + 1);
            const bool again = !keys_down.insert(code).second;
            const bool hotkey = code != key_super && random.once_in(8);
            const auto use = code == key_super ? reserved : hotkey ? completes_hotkey : ordinary;
            muted = muted || (hotkey && !again);
            return after(input.key_pressed(code, use));
        }
        case 2:
        case 3: {
            const auto code = random.once_in(5) ? key_super : std::uint32_t(random.below(5) + 1);
            keys_down.erase(code);
            muted = muted && !keys_down.empty();
            return after(input.key_released(code));
        }
        case 4:
            return after(input.pointer(somewhere(random), !random.once_in(4)));
        case 5: {
            const auto button = left + std::uint32_t(random.below(3));
            buttons_down.insert(button);
            return after(input.button_pressed(button, !random.once_in(6)));
        }
        case 6: {
            const auto button = left + std::uint32_t(random.below(3));
            buttons_down.erase(button);
            return after(input.button_released(button));
        }
        case 7:
            return after(input.axis());
        case 8: {
            const auto finger = std::uint32_t(random.below(3));
            touches_down.insert(finger);
            return after(input.touch_down(finger, somewhere(random), !random.once_in(6)));
        }
        case 9: {
            const auto finger = std::uint32_t(random.below(3));
            after(input.touch_moved(finger));
            if (random.once_in(2)) {
                // The guest hears of it before the finger is forgotten here.
                const auto deliveries = input.touch_up(finger);
                touches_down.erase(finger);
                after(deliveries);
            }
            return;
        }
        case 10:
            return after(input.focus({random.below(4)}));
        default:
            if (random.once_in(3)) {
                return after(input.take_all_from({random.below(3) + 1}));
            }
            hear = !random.once_in(3);
            return after(input.guests_hear(hear));
        }
    }
};

TEST_CASE("input has one owner, whatever happens") {
    std::set<Kind> seen;
    test::for_seeds(300, [&](test::Random& random) {
        World world;
        for (int i = 0; i < 200; ++i) {
            world.step(random);
        }
        world.hear = false;
        world.after(world.input.guests_hear(false));
        seen.insert(world.seen.begin(), world.seen.end());
    });
    CHECK(seen.size() == 12);  // every kind of delivery was tried
}

}  // namespace
}  // namespace leadlight::policy
