// SPDX-License-Identifier: MIT
// What the administrator wrote, checked: leadlight.toml as types. A file with any mistake yields no
// Config at all, so that nothing runs with half of what was meant; docs/man/leadlight.toml.5.scd
// says what each key does.
#pragma once

#include "compositor/config/document.hpp"
#include "compositor/config/domain_entry.hpp"
#include "compositor/policy/budgets.hpp"
#include "compositor/policy/geometry.hpp"
#include "compositor/policy/hotkeys.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadlight::compositor {

/// The one keymap of all physical keyboards, by the names of xkeyboard-config.
struct KeyboardConfig {
    std::string model;
    std::string layout = "us";
    std::string variant;
    std::string options;
    std::uint16_t repeat_rate = 25;    // keys a second; 0: none
    std::uint16_t repeat_delay = 600;  // milliseconds
    bool operator==(const KeyboardConfig&) const = default;
};

/// Of mice and touchpads. What is not set stays as libinput has it for the device.
struct PointerConfig {
    enum class Acceleration : std::uint8_t { flat, adaptive };
    enum class Scroll : std::uint8_t { none, two_finger, edge, button };

    std::optional<bool> tap;
    std::optional<bool> natural_scroll;
    std::optional<bool> left_handed;
    std::optional<bool> middle_emulation;
    std::optional<bool> disable_while_typing;
    std::optional<double> speed;  // -1 to 1
    std::optional<Acceleration> acceleration;
    std::optional<Scroll> scroll;
    bool operator==(const PointerConfig&) const = default;
};

struct OutputMode {
    int width = 0;
    int height = 0;
    int refresh = 0;  // mHz; 0: the output's choice
    bool operator==(const OutputMode&) const = default;
};

struct OutputConfig {
    std::string name;
    bool enabled = true;
    std::optional<std::uint32_t> scale;     // in 1/120
    std::optional<policy::Point> position;  // logical; nothing: right of the others
    std::optional<OutputMode> mode;         // nothing: the preferred one
    bool operator==(const OutputConfig&) const = default;
};

struct Appearance {
    std::uint32_t scale = 120;  // in 1/120, of outputs that say nothing themselves
    std::string cursor_theme;   // empty: the system's
    int cursor_size = 24;
    bool operator==(const Appearance&) const = default;
};

/// What guests may use (rule 7); read at the start only.
struct Limits {
    policy::Budgets budgets;
    std::optional<std::uint32_t> maptrack_frames;  // fewer than Xen gives; nothing: all of them
    bool operator==(const Limits&) const = default;
};

struct Config {
    std::vector<DomainEntry> domains;  // with an address
    std::vector<GuestEntry> guests;    // those without: leadlightd says where they are
    /// Of guests that the file does not name; nothing: they are not shown.
    std::optional<theming::Label> unknown_label;
    std::vector<theming::Label> labels;  // the standard ones and those of the file
    std::vector<OutputConfig> outputs;
    KeyboardConfig keyboard;
    PointerConfig pointer;
    Appearance appearance;
    Limits limits;
    policy::Hotkeys hotkeys;

    /// With the default keys, no domain and the standard labels.
    Config();

    const theming::Label* label(std::string_view name) const;
};

/// Null: nothing is said of it.
const OutputConfig* find_output(const std::vector<OutputConfig>& outputs, std::string_view name);

/// The name that the admin domain's own windows carry, so that no domain may have it.
inline constexpr std::string_view admin_name = "admin";

[[nodiscard]] std::expected<Config, Problem> parse_config(std::string_view text);

/// Whose word a configuration may be.
enum class WrittenBy : std::uint8_t { anyone, administrator };

/// The error is one line that begins with the file's name: "FILE:LINE: message".
[[nodiscard]] std::expected<Config, std::string> load_config(const std::string& path,
                                                             WrittenBy by = WrittenBy::anyone);

/// $XDG_CONFIG_HOME/leadlight/leadlight.toml if that exists, else the system's; empty: neither
/// does.
std::string default_config_path();

/// How guests look that nobody named: unlike every standard label, and hard to overlook.
const theming::Label& default_unknown_label();

std::optional<policy::Uuid> parse_uuid(std::string_view text);

/// A name that a domain may have; the reason if not.
std::optional<std::string> domain_name_problem(std::string_view name);

}  // namespace leadlight::compositor
