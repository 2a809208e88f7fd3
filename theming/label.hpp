// SPDX-License-Identifier: MIT
// A label is how a domain looks: a colour, a pattern for eyes that tell colours badly, and a name.
// Labels come from the administrator's configuration alone (rule 2), and none of them can look like
// the frame of the admin domain.
#pragma once

#include "theming/colour.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace leadlight::theming {

enum class Pattern : std::uint8_t {
    rising,      // stripes like /
    falling,     // stripes like backslash
    vertical,    // upright bars
    horizontal,  // level bars
    dots,
    checks,
    rings,
    waves,  // zigzag lines
};

inline constexpr int pattern_count = 8;

std::string_view pattern_name(Pattern pattern);
std::optional<Pattern> pattern_named(std::string_view name);

struct Label {
    std::string name;
    Rgb colour;
    Pattern pattern = Pattern::rising;
    friend bool operator==(const Label&, const Label&) = default;
};

/// The eight that people know from Qubes OS, in its order, each with a pattern of its own.
const std::array<Label, 8>& standard_labels();
const Label* standard_label(std::string_view name);

/// Why `label` may not be used beside `others` (one of the same name in it is skipped: it is being
/// replaced), as one line for the configuration's error message; nothing if it may.
std::optional<std::string> label_problem(const Label& label, std::span<const Label> others = {});

/// Whose a frame is: a guest domain with its label, or the admin domain, which has none. A guest's
/// frame is of one colour along its whole outline; the admin domain's is of two, so no choice of a
/// label imitates it.
class Identity {
  public:
    static Identity guest(std::string domain, Label label) {
        return Identity{std::move(domain), std::move(label), false};
    }
    static Identity admin(std::string name) { return Identity{std::move(name), Label{}, true}; }

    bool is_admin() const { return admin_; }
    const std::string& name() const { return name_; }
    /// Only of a guest.
    const Label& label() const { return label_; }

    friend bool operator==(const Identity&, const Identity&) = default;

  private:
    Identity(std::string name, Label label, bool admin)
        : name_(std::move(name)), label_(std::move(label)), admin_(admin) {}

    std::string name_;
    Label label_;
    bool admin_;
};

/// The two tones of the admin domain's frame.
inline constexpr Rgb lead_light{0xe6, 0xe8, 0xec};
inline constexpr Rgb lead_dark{0x2b, 0x2f, 0x36};

}  // namespace leadlight::theming
