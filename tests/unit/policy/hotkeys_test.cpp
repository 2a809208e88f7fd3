// SPDX-License-Identifier: MIT
#include "compositor/policy/hotkeys.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <map>

namespace leadlight::policy {
namespace {

KeySym by_name(std::string_view name) {
    static const std::map<std::string_view, KeySym> keys{{"f", 'f'},
                                                         {"F", 'F'},
                                                         {"5", '5'},
                                                         {"plus", '+'},
                                                         {"Tab", 0xff09},
                                                         {"F4", 0xffc1},
                                                         {"Print", 0xff61},
                                                         {"Super_L", 0xffeb},
                                                         {"Return", 0xff0d},
                                                         {"XF86Sleep", 0x1008ff2f},
                                                         {"ISO_Level3_Shift", 0xfe03}};
    const auto found = keys.find(name);
    return found != keys.end() ? found->second : 0;
}

std::expected<Chord, ChordError> parse(std::string_view text) {
    return parse_chord(text, by_name);
}

TEST_CASE("chords are read as people write them") {
    CHECK(parse("Super+Shift+F") == Chord{{.super = true, .shift = true}, 'f'});
    CHECK(parse("shift+SUPER+f") == parse("Super+Shift+F"));
    CHECK(parse("Alt+Tab") == Chord{{.alt = true}, 0xff09});
    CHECK(parse("Ctrl+Alt+5") == Chord{{.control = true, .alt = true}, '5'});
    CHECK(parse("Super+plus") == Chord{{.super = true}, '+'});
    CHECK(parse("Print") == Chord{{}, 0xff61});
    CHECK(parse("Shift+F4") == Chord{{.shift = true}, 0xffc1});
    CHECK(parse("XF86Sleep") == Chord{{}, 0x1008ff2f});
}

TEST_CASE("what is no chord says why") {
    const std::map<std::string_view, ChordError> wrong{
        {"", ChordError::empty_part},
        {"Super+", ChordError::empty_part},
        {"Super++F", ChordError::empty_part},
        {"Hyper+F", ChordError::unknown_modifier},
        {"F+Super", ChordError::unknown_modifier},
        {"Alt+alt+F", ChordError::repeated_modifier},
        {"Super+Nonsense", ChordError::unknown_key},
        {"Super+tab", ChordError::unknown_key},
        {"Super", ChordError::modifier_as_key},
        {"Alt+Super_L", ChordError::modifier_as_key},
        {"Alt+ISO_Level3_Shift", ChordError::modifier_as_key},
        {"f", ChordError::would_take_typing},
        {"Shift+F", ChordError::would_take_typing},
        {"Return", ChordError::would_take_typing},
    };
    for (const auto& [text, reason] : wrong) {
        INFO(text);
        const auto chord = parse(text);
        REQUIRE(!chord);
        CHECK(chord.error() == reason);
        CHECK(!to_string(chord.error()).empty());
    }
}

TEST_CASE("one chord has one action") {
    Hotkeys hotkeys;
    CHECK(hotkeys.add(*parse("Super+F"), Action::maximize));
    const auto second = hotkeys.add(*parse("Super+f"), Action::close_window);
    REQUIRE(!second);
    CHECK(second.error() == Action::maximize);
    CHECK(hotkeys.add(*parse("Super+Shift+F"), Action::fullscreen));
}

TEST_CASE("a hotkey needs exactly its modifiers, and is found in any layout") {
    Hotkeys hotkeys;
    REQUIRE(hotkeys.add(*parse("Super+F"), Action::maximize));
    constexpr KeySym cyrillic_a = 0x6c1;
    const std::array latin{KeySym{'f'}};
    const std::array russian{cyrillic_a, KeySym{'f'}};
    CHECK(hotkeys.match({.super = true}, latin) == Action::maximize);
    CHECK(hotkeys.match({.super = true}, russian) == Action::maximize);
    CHECK(!hotkeys.match({.super = true, .alt = true}, latin));
    CHECK(!hotkeys.match({}, latin));
    CHECK(!hotkeys.match({.super = true}, {}));
}

TEST_CASE("every action has a name that reads back") {
    for (int i = 0; i <= static_cast<int>(Action::fullscreen); ++i) {
        const auto action = static_cast<Action>(i);
        CHECK(action_from(to_string(action)) == action);
    }
    CHECK(!action_from("rm -rf"));
}

}  // namespace
}  // namespace leadlight::policy
