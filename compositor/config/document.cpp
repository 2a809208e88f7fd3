// SPDX-License-Identifier: MIT
#define TOML_EXCEPTIONS 0
#include "compositor/config/document.hpp"

#include <toml++/toml.hpp>

#include <algorithm>
#include <utility>

namespace leadlight::compositor {

namespace {

int line_of(const toml::source_region& region) {
    return static_cast<int>(region.begin.line);
}

Value value_of(const toml::node& node);

Table table_of(const toml::table& table) {
    Table entries;
    for (const auto& [key, node] : table) {
        entries.push_back({std::string(key.str()), line_of(key.source()), value_of(node)});
    }
    // toml++ sorts by key; messages and meaning go by the order in the file.
    std::ranges::stable_sort(entries, {}, &Entry::line);
    return entries;
}

// The depth of this recursion is bounded by the parser's own (TOML_MAX_NESTED_VALUES, 256).
Value value_of(const toml::node& node) {
    Value value{line_of(node.source()), {}};
    if (const auto* table = node.as_table()) {
        value.data = table_of(*table);
    } else if (const auto* array = node.as_array()) {
        Array items;
        for (const toml::node& item : *array) {
            items.push_back(value_of(item));
        }
        value.data = std::move(items);
    } else if (const auto* text = node.as_string()) {
        value.data = text->get();
    } else if (const auto* integer = node.as_integer()) {
        value.data = integer->get();
    } else if (const auto* number = node.as_floating_point()) {
        value.data = number->get();
    } else if (const auto* boolean = node.as_boolean()) {
        value.data = boolean->get();
    }
    return value;
}

}  // namespace

std::expected<Table, Problem> parse_document(std::string_view text) {
    const toml::parse_result result = toml::parse(text);
    if (!result) {
        return std::unexpected(
            Problem{line_of(result.error().source()), std::string(result.error().description())});
    }
    return table_of(result.table());
}

}  // namespace leadlight::compositor
