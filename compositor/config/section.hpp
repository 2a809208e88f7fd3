// SPDX-License-Identifier: MIT
// Reads one table of a document: each question takes a key, checks type and range, and remembers
// that it was asked, so that what nobody asked for can be named as unknown. A mistake is noted and
// answered with nothing, so that code which reads a section needs no branch for it.
#pragma once

#include "compositor/config/document.hpp"

#include <optional>
#include <utility>

namespace leadlight::compositor {

/// What was found wrong so far.
class Problems {
  public:
    void add(int line, std::string message) { found_.push_back({line, std::move(message)}); }
    /// The one that comes first in the file.
    std::optional<Problem> first() const;

  private:
    std::vector<Problem> found_;
};

class Section {
  public:
    /// `name` as it stands in messages: "[domain.work]". Both others outlive the section.
    Section(const Table& table, int line, std::string name, Problems& problems)
        : table_(&table), line_(line), name_(std::move(name)), problems_(&problems) {}

    [[nodiscard]] std::optional<std::string> text(std::string_view key);
    [[nodiscard]] std::optional<bool> boolean(std::string_view key);
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key, std::int64_t least,
                                                      std::int64_t greatest);
    [[nodiscard]] std::optional<double> number(std::string_view key, double least, double greatest);
    /// One of `choices`, as its index.
    [[nodiscard]] std::optional<std::size_t>
    choice(std::string_view key, std::initializer_list<std::string_view> choices);
    [[nodiscard]] std::optional<Section> section(std::string_view key);
    /// All entries, each of them a section of its own: [domain.NAME]. In the order of the file.
    [[nodiscard]] std::vector<std::pair<std::string, Section>> sections();
    std::vector<std::string> keys() const;
    /// Whatever it is; nothing is noted.
    [[nodiscard]] const Value* value(std::string_view key);

    /// Of the key if it is there, else of the section.
    int line_of(std::string_view key) const;
    const std::string& name() const { return name_; }
    void problem(std::string_view key, std::string message);
    /// Nothing more will be asked: every other key is one that does not exist.
    void done();

  private:
    const Entry* find(std::string_view key) const;
    /// Notes that the key is none of `expected` and yields nothing.
    template <class T>
    std::optional<T> wrong_type(std::string_view key, std::string_view expected);

    const Table* table_;
    int line_;
    std::string name_;
    Problems* problems_;
    std::vector<std::string> asked_;
};

}  // namespace leadlight::compositor
