// SPDX-License-Identifier: MIT
#include "theming/label.hpp"

#include "protocol/name.hpp"

#include <algorithm>

namespace leadlight::theming {

namespace {

constexpr std::array<std::string_view, pattern_count> pattern_names{
    "rising", "falling", "vertical", "horizontal", "dots", "checks", "rings", "waves"};

// Below this two colours are taken for each other when they are not side by side: the closest pair
// of standard labels (gray and black) is 35 apart.
constexpr double too_close = 12.0;

}  // namespace

std::string_view pattern_name(Pattern pattern) {
    return pattern_names.at(static_cast<std::size_t>(pattern));
}

std::optional<Pattern> pattern_named(std::string_view name) {
    const auto* found = std::ranges::find(pattern_names, name);
    if (found == pattern_names.end()) {
        return std::nullopt;
    }
    return static_cast<Pattern>(found - pattern_names.begin());
}

const std::array<Label, 8>& standard_labels() {
    static const std::array<Label, 8> labels{{
        {"red", {0xcc, 0x00, 0x00}, Pattern::rising},
        {"orange", {0xf5, 0x79, 0x00}, Pattern::vertical},
        {"yellow", {0xed, 0xd4, 0x00}, Pattern::checks},
        {"green", {0x73, 0xd2, 0x16}, Pattern::dots},
        {"gray", {0x55, 0x55, 0x55}, Pattern::horizontal},
        {"blue", {0x34, 0x65, 0xa4}, Pattern::waves},
        {"purple", {0x75, 0x50, 0x7b}, Pattern::rings},
        {"black", {0x00, 0x00, 0x00}, Pattern::falling},
    }};
    return labels;
}

const Label* standard_label(std::string_view name) {
    const auto& labels = standard_labels();
    const auto* found = std::ranges::find(labels, name, &Label::name);
    return found == labels.end() ? nullptr : found;
}

std::optional<std::string> label_problem(const Label& label, std::span<const Label> others) {
    if (!protocol::is_name(label.name)) {
        return "a label's name is 1 to 31 characters out of A-Z a-z 0-9 _ . -";
    }
    if (static_cast<int>(label.pattern) >= pattern_count) {
        return "label " + label.name + ": no such pattern";
    }
    for (const Rgb tone : {lead_light, lead_dark}) {
        if (difference(label.colour, tone) < too_close) {
            return "label " + label.name + ": its colour is too close to the admin domain's frame";
        }
    }
    for (const Label& other : others) {
        if (other.name != label.name && difference(label.colour, other.colour) < too_close) {
            return "label " + label.name + ": its colour is too close to label " + other.name;
        }
    }
    return std::nullopt;
}

}  // namespace leadlight::theming
