// SPDX-License-Identifier: MIT
//
// Domains and their labels: the one place where it is decided what a domain looks like (rule 2).
#include "compositor/config/parts.hpp"

#include <algorithm>

namespace leadlight::compositor {

namespace {

// The label that `section` describes, if it is one that may be used.
std::optional<theming::Label> read_label(Section& section, std::string name, const Config& config) {
    theming::Label label{std::move(name), {}, theming::Pattern::rising};
    const auto colour = section.text("colour");
    const auto pattern = section.text("pattern");
    section.done();
    if (!colour) {
        section.problem("colour", section.name() + " has no colour = \"#rrggbb\"");
        return std::nullopt;
    }
    const auto rgb = theming::parse_rgb(*colour);
    if (!rgb) {
        section.problem("colour", "'" + *colour + "' is no colour: write it as #rrggbb");
        return std::nullopt;
    }
    label.colour = *rgb;
    if (pattern) {
        const auto named = theming::pattern_named(*pattern);
        if (!named) {
            std::string known;
            for (int i = 0; i < theming::pattern_count; ++i) {
                known += (i == 0 ? "" : ", ") +
                         std::string(theming::pattern_name(static_cast<theming::Pattern>(i)));
            }
            section.problem("pattern", "'" + *pattern + "' is no pattern; it is one of: " + known);
            return std::nullopt;
        }
        label.pattern = *named;
    }
    if (const auto reason = theming::label_problem(label, config.labels)) {
        section.problem("colour", *reason);
        return std::nullopt;
    }
    return label;
}

// A domain's `label`: the name of one, or one of its own in braces.
std::optional<theming::Label> label_of(Section& domain, Config& config) {
    const Value* value = domain.value("label");
    if (value == nullptr) {
        domain.problem("label", domain.name() + " has no label (rule 1: no label, no window)");
        return std::nullopt;
    }
    if (const auto* name = std::get_if<std::string>(&value->data)) {
        if (const auto* label = config.label(*name)) {
            return *label;
        }
        domain.problem("label", "there is no label '" + *name + "'");
        return std::nullopt;
    }
    auto own = domain.section("label");
    if (!own) {
        return std::nullopt;
    }
    const auto name = own->text("name");
    if (!name) {
        own->problem("name", "a label in braces has a name");
        return std::nullopt;
    }
    // Two looks of one name would make the name worthless.
    if (config.label(*name) != nullptr) {
        own->problem("name", "there is a label '" + *name + "' already: use it by name");
        return std::nullopt;
    }
    auto label = read_label(*own, *name, config);
    if (label) {
        config.labels.push_back(*label);
    }
    return label;
}

}  // namespace

std::optional<std::string> domain_name_problem(std::string_view name) {
    if (!theming::valid_name(name)) {
        return "a domain's name is 1 to 31 characters out of A-Z a-z 0-9 _ . -";
    }
    if (name == admin_name) {
        return "'" + std::string(name) + "' names the admin domain";
    }
    return std::nullopt;
}

void read_labels(Section labels, Config& config) {
    for (auto& [name, section] : labels.sections()) {
        const auto label = read_label(section, name, config);
        if (!label) {
            continue;
        }
        const auto standard = std::ranges::find(config.labels, name, &theming::Label::name);
        if (standard != config.labels.end()) {
            *standard = *label;
        } else {
            config.labels.push_back(*label);
        }
    }
}

void read_domains(Section domains, Config& config) {
    for (auto& [name, section] : domains.sections()) {
        if (const auto reason = domain_name_problem(name)) {
            domains.problem(name, *reason);
        }
        const auto label = label_of(section, config);
        const auto text = section.text("address");
        section.done();
        if (!text) {
            section.problem("address", section.name() + " has no address");
            continue;
        }
        const auto address = grants::parse_address(*text);
        if (!address) {
            section.problem("address", "address: " + std::string(address.error()));
            continue;
        }
        // Else one domain would show its windows under two labels.
        const auto same = std::ranges::find(
            config.domains, *address, [](const DomainEntry& d) -> auto& { return d.address; });
        if (same != config.domains.end()) {
            section.problem("address", "domain '" + same->name + "' has the same address");
            continue;
        }
        if (label) {
            config.domains.push_back({name, *label, *address});
        }
    }
}

}  // namespace leadlight::compositor
