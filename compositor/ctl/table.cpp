// SPDX-License-Identifier: MIT
#include "compositor/ctl/table.hpp"

#include <algorithm>

namespace leadlight::ctl {

namespace {

// Code points; what takes two columns or none is rare in titles and only shifts what follows.
std::size_t width(const std::string& text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char byte) { return (byte & 0xc0) != 0x80; }));
}

}  // namespace

std::string table(const std::vector<std::vector<Cell>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], width(row[i].text));
        }
    }
    std::string out;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const Cell& cell = row[i];
            line += cell.before + cell.text + cell.after;
            line += i + 1 < row.size() ? std::string(widths[i] - width(cell.text) + 2, ' ') : "";
        }
        out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return out;
}

}  // namespace leadlight::ctl
