// SPDX-License-Identifier: MIT
#include "compositor/config/section.hpp"

#include <algorithm>
#include <charconv>

namespace leadlight::compositor {

namespace {

std::string shortest(double number) {
    char buffer[32];
    const auto end = std::to_chars(std::begin(buffer), std::end(buffer), number).ptr;
    return {buffer, end};
}

std::string in_quotes(std::string_view key) {
    return "'" + std::string(key) + "'";
}

// In a message, in brackets: [domain.work] of [domain] and work.
std::string joined(const std::string& section, std::string_view key) {
    if (section.empty()) {
        return "[" + std::string(key) + "]";
    }
    return section.substr(0, section.size() - 1) + "." + std::string(key) + "]";
}

}  // namespace

std::optional<Problem> Problems::first() const {
    const auto earliest = std::ranges::min_element(found_, {}, &Problem::line);
    return earliest == found_.end() ? std::nullopt : std::optional(*earliest);
}

const Entry* Section::find(std::string_view key) const {
    const auto found = std::ranges::find(*table_, key, &Entry::key);
    return found == table_->end() ? nullptr : &*found;
}

const Value* Section::value(std::string_view key) {
    asked_.emplace_back(key);
    const Entry* entry = find(key);
    return entry == nullptr ? nullptr : &entry->value;
}

int Section::line_of(std::string_view key) const {
    const Entry* entry = find(key);
    return entry == nullptr ? line_ : entry->line;
}

void Section::problem(std::string_view key, std::string message) {
    problems_->add(line_of(key), std::move(message));
}

template <class T>
std::optional<T> Section::wrong_type(std::string_view key, std::string_view expected) {
    problem(key, in_quotes(key) + " is " + std::string(expected));
    return std::nullopt;
}

std::optional<std::string> Section::text(std::string_view key) {
    const Value* found = value(key);
    if (found == nullptr) {
        return std::nullopt;
    }
    if (const auto* text = std::get_if<std::string>(&found->data)) {
        return *text;
    }
    return wrong_type<std::string>(key, "a text in quotes");
}

std::optional<bool> Section::boolean(std::string_view key) {
    const Value* found = value(key);
    if (found == nullptr) {
        return std::nullopt;
    }
    if (const auto* boolean = std::get_if<bool>(&found->data)) {
        return *boolean;
    }
    return wrong_type<bool>(key, "true or false");
}

std::optional<std::int64_t> Section::integer(std::string_view key, std::int64_t least,
                                             std::int64_t greatest) {
    const Value* found = value(key);
    if (found == nullptr) {
        return std::nullopt;
    }
    const auto* integer = std::get_if<std::int64_t>(&found->data);
    if (integer != nullptr && *integer >= least && *integer <= greatest) {
        return *integer;
    }
    return wrong_type<std::int64_t>(key, "a whole number from " + std::to_string(least) + " to " +
                                             std::to_string(greatest));
}

std::optional<double> Section::number(std::string_view key, double least, double greatest) {
    const Value* found = value(key);
    if (found == nullptr) {
        return std::nullopt;
    }
    std::optional<double> number;
    if (const auto* floating = std::get_if<double>(&found->data)) {
        number = *floating;
    } else if (const auto* integer = std::get_if<std::int64_t>(&found->data)) {
        number = static_cast<double>(*integer);
    }
    // Written so that a NaN, which TOML has, fails too.
    if (number && *number >= least && *number <= greatest) {
        return number;
    }
    return wrong_type<double>(key,
                              "a number from " + shortest(least) + " to " + shortest(greatest));
}

std::optional<std::size_t> Section::choice(std::string_view key,
                                           std::initializer_list<std::string_view> choices) {
    const Value* found = value(key);
    if (found == nullptr) {
        return std::nullopt;
    }
    std::string list;
    for (const std::string_view choice : choices) {
        list += (list.empty() ? "" : ", ") + std::string(choice);
    }
    if (const auto* text = std::get_if<std::string>(&found->data)) {
        const auto* chosen = std::ranges::find(choices, *text);
        if (chosen != choices.end()) {
            return static_cast<std::size_t>(chosen - choices.begin());
        }
    }
    return wrong_type<std::size_t>(key, "one of: " + list);
}

std::optional<Section> Section::section(std::string_view key) {
    const Value* found = value(key);
    if (found == nullptr) {
        return std::nullopt;
    }
    if (const auto* table = std::get_if<Table>(&found->data)) {
        return Section{*table, line_of(key), joined(name_, key), *problems_};
    }
    return wrong_type<Section>(key, "a section: " + joined(name_, key));
}

std::vector<std::pair<std::string, Section>> Section::sections() {
    std::vector<std::pair<std::string, Section>> all;
    for (const Entry& entry : *table_) {
        if (auto section = this->section(entry.key)) {
            all.emplace_back(entry.key, std::move(*section));
        }
    }
    return all;
}

std::vector<std::string> Section::keys() const {
    std::vector<std::string> all;
    for (const Entry& entry : *table_) {
        all.push_back(entry.key);
    }
    return all;
}

void Section::done() {
    for (const Entry& entry : *table_) {
        if (std::ranges::find(asked_, entry.key) != asked_.end()) {
            continue;
        }
        std::string known;
        for (const std::string& key : asked_) {
            known += (known.empty() ? "" : ", ") + key;
        }
        problems_->add(entry.line, "unknown key " + in_quotes(entry.key) +
                                       (name_.empty() ? "" : " in " + name_) +
                                       "; it is one of: " + known);
    }
}

}  // namespace leadlight::compositor
