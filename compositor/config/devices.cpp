// SPDX-License-Identifier: MIT
// [input], [output.NAME] and [appearance].
#include "compositor/config/keymap.hpp"
#include "compositor/config/parts.hpp"

#include <charconv>
#include <cmath>

namespace leadlight::compositor {

namespace {

// 1920x1080, 1920x1080@60, 1920x1080@59.94
std::optional<OutputMode> parse_mode(std::string_view text) {
    const auto take = [&text](auto& number) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        return error == std::errc{} && number > 0 && number <= 16384;
    };
    const auto skip = [&text](char c) {
        const bool there = text.starts_with(c);
        text.remove_prefix(there ? 1 : 0);
        return there;
    };
    OutputMode mode;
    if (!take(mode.width) || !skip('x') || !take(mode.height)) {
        return std::nullopt;
    }
    if (skip('@')) {
        double hertz = 0;
        // wlroots' headless outputs stop above 1000 Hz: their timer is in whole milliseconds.
        if (!take(hertz) || hertz > 1000) {
            return std::nullopt;
        }
        mode.refresh = static_cast<int>(std::lround(hertz * 1000));
    }
    return text.empty() ? std::optional(mode) : std::nullopt;
}

std::optional<policy::Point> read_position(Section& output) {
    const Value* value = output.value("position");
    if (value == nullptr) {
        return std::nullopt;
    }
    const auto* list = std::get_if<Array>(&value->data);
    if (list != nullptr && list->size() == 2) {
        const auto* x = std::get_if<std::int64_t>(&(*list)[0].data);
        const auto* y = std::get_if<std::int64_t>(&(*list)[1].data);
        constexpr std::int64_t far = 32768;
        if (x != nullptr && y != nullptr && std::abs(*x) <= far && std::abs(*y) <= far) {
            return policy::Point{*x, *y};
        }
    }
    output.problem("position", "'position' is [x, y] in logical pixels, each up to 32768");
    return std::nullopt;
}

}  // namespace

std::optional<std::uint32_t> read_scale(Section& section) {
    const auto scale = section.number("scale", 1, 4);
    if (!scale) {
        return std::nullopt;
    }
    // Frames are whole pixels at quarters.
    if (std::trunc(*scale * 4) != *scale * 4) {
        section.problem("scale", "'scale' is in steps of 0.25");
        return std::nullopt;
    }
    return static_cast<std::uint32_t>(std::lround(*scale * 120));
}

void read_input(Section input, Config& config) {
    KeyboardConfig& keyboard = config.keyboard;
    const auto set_text = [&input](std::string& target, std::string_view key) {
        if (auto text = input.text(key)) {
            target = std::move(*text);
        }
    };
    set_text(keyboard.layout, "layout");
    set_text(keyboard.variant, "variant");
    set_text(keyboard.options, "options");
    set_text(keyboard.model, "model");
    if (const auto rate = input.integer("repeat-rate", 0, 200)) {
        keyboard.repeat_rate = static_cast<std::uint16_t>(*rate);
    }
    if (const auto delay = input.integer("repeat-delay", 100, 5000)) {
        keyboard.repeat_delay = static_cast<std::uint16_t>(*delay);
    }

    PointerConfig& pointer = config.pointer;
    pointer.tap = input.boolean("tap");
    pointer.natural_scroll = input.boolean("natural-scroll");
    pointer.left_handed = input.boolean("left-handed");
    pointer.middle_emulation = input.boolean("middle-emulation");
    pointer.disable_while_typing = input.boolean("disable-while-typing");
    pointer.speed = input.number("speed", -1, 1);
    if (const auto chosen = input.choice("acceleration", {"flat", "adaptive"})) {
        pointer.acceleration = static_cast<PointerConfig::Acceleration>(*chosen);
    }
    if (const auto chosen = input.choice("scroll", {"none", "two-finger", "edge", "button"})) {
        pointer.scroll = static_cast<PointerConfig::Scroll>(*chosen);
    }
    input.done();

    if (const auto keymap = compile_keymap(keyboard); !keymap) {
        input.problem("layout", keymap.error());
    }
}

void read_outputs(Section outputs, Config& config) {
    for (auto& [name, section] : outputs.sections()) {
        OutputConfig output{.name = name};
        output.enabled = section.boolean("enabled").value_or(true);
        output.scale = read_scale(section);
        output.position = read_position(section);
        if (const auto text = section.text("mode")) {
            output.mode = parse_mode(*text);
            if (!output.mode) {
                section.problem("mode", "'" + *text +
                                            "' is no mode: write WIDTHxHEIGHT or "
                                            "WIDTHxHEIGHT@HERTZ");
            }
        }
        section.done();
        config.outputs.push_back(output);
    }
}

void read_appearance(Section appearance, Config& config) {
    config.appearance.scale = read_scale(appearance).value_or(120);
    config.appearance.cursor_theme = appearance.text("cursor-theme").value_or("");
    config.appearance.cursor_size =
        static_cast<int>(appearance.integer("cursor-size", 8, 128).value_or(24));
    appearance.done();
}

}  // namespace leadlight::compositor
