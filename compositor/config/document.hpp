// SPDX-License-Identifier: MIT
// A TOML text as plain values that know their line. The parser's headers cost seconds to compile,
// so they stay behind parse_document(); what the values mean is decided elsewhere.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace leadlight::compositor {

/// What is wrong with a configuration, and on which line (from 1 on; 0 where no line is at fault).
struct Problem {
    int line = 0;
    std::string message;
    bool operator==(const Problem&) const = default;
};

struct Value;
struct Entry;
using Array = std::vector<Value>;
using Table = std::vector<Entry>;

struct Value {
    /// Dates and times, which no key takes.
    struct Unusable {};

    int line = 0;
    std::variant<Unusable, bool, std::int64_t, double, std::string, Array, Table> data;
};

struct Entry {
    std::string key;
    int line = 0;
    Value value;
};

[[nodiscard]] std::expected<Table, Problem> parse_document(std::string_view text);

}  // namespace leadlight::compositor
