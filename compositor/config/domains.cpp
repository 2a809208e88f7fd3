// SPDX-License-Identifier: MIT
// Domains and their labels: the one place where it is decided what a domain looks like (rule 2).
#include "compositor/config/parts.hpp"

#include "protocol/name.hpp"

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

std::optional<policy::Uuid> parse_uuid(std::string_view text) {
    policy::Uuid uuid{};
    std::size_t digits = 0;
    for (const char c : text) {
        // Dashes as everyone writes them; where they stand says nothing.
        if (c == '-') {
            continue;
        }
        const int value = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (value < 0 || digits == 2 * uuid.size()) {
            return std::nullopt;
        }
        auto& byte = uuid[digits++ / 2];
        byte = static_cast<std::uint8_t>(byte << 4 | value);
    }
    return digits == 2 * uuid.size() ? std::optional(uuid) : std::nullopt;
}

std::optional<std::string> domain_name_problem(std::string_view name) {
    if (!protocol::is_name(name)) {
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

namespace {

void read_local(Section& section, DomainEntry entry, const std::string& text, Config& config) {
    const auto address = grants::parse_address(text);
    if (!address) {
        section.problem("address", "address: " + std::string(address.error()));
        return;
    }
    // Else one domain would show its windows under two labels.
    const auto same = std::ranges::find(config.domains, *address,
                                        [](const DomainEntry& d) -> auto& { return d.address; });
    if (same != config.domains.end()) {
        section.problem("address", "domain '" + same->name + "' has the same address");
        return;
    }
    entry.address = *address;
    config.domains.push_back(std::move(entry));
}

void read_guest(Section& section, GuestEntry entry, const std::optional<std::string>& text,
                Config& config) {
    if (text) {
        entry.uuid = parse_uuid(*text);
        if (!entry.uuid) {
            section.problem("uuid",
                            "'" + *text + "' is no uuid: 32 hexadecimal digits, with dashes");
            return;
        }
        const auto same = std::ranges::find(config.guests, entry.uuid, &GuestEntry::uuid);
        if (same != config.guests.end()) {
            section.problem("uuid", "domain '" + same->name + "' has the same uuid");
            return;
        }
    }
    config.guests.push_back(std::move(entry));
}

}  // namespace

const theming::Label& default_unknown_label() {
    static const theming::Label label{"unknown", {0xff, 0x4f, 0xd8}, theming::Pattern::checks};
    return label;
}

void read_domains(Section domains, Config& config) {
    for (auto& [name, section] : domains.sections()) {
        if (const auto reason = domain_name_problem(name)) {
            domains.problem(name, *reason);
        }
        const auto label = label_of(section, config);
        const auto address = section.text("address");
        const auto uuid = section.text("uuid");
        section.done();
        if (address && uuid) {
            section.problem("uuid", section.name() +
                                        " has an address: only a guest that leadlightd "
                                        "tells of is found by its uuid");
        } else if (label && address) {
            read_local(section, {.name = name, .label = *label, .address = {}}, *address, config);
        } else if (label && section.value("address") == nullptr) {
            read_guest(section, {.name = name, .label = *label, .uuid = {}}, uuid, config);
        }
    }
}

void read_unknown_domains(std::optional<Section> unknown, Config& config) {
    if (unknown) {
        const bool show = unknown->boolean("show").value_or(true);
        const bool own = unknown->value("label") != nullptr;
        const auto label = own ? label_of(*unknown, config) : std::nullopt;
        unknown->done();
        if (!show || own) {
            config.unknown_label = show ? label : std::nullopt;
            return;
        }
    }
    // The file's labels come first: where one of them is like ours, unknown guests are not shown
    // rather than shown as something else.
    if (theming::label_problem(default_unknown_label(), config.labels)) {
        config.unknown_label.reset();
    }
}

}  // namespace leadlight::compositor
