// SPDX-License-Identifier: MIT
// Columns of text, each as wide as its widest cell.
#pragma once

#include <string>
#include <vector>

namespace leadlight::ctl {

struct Cell {
    std::string text;
    std::string before = {};  // what takes no room: a change of colour
    std::string after = {};
};

std::string table(const std::vector<std::vector<Cell>>& rows);

}  // namespace leadlight::ctl
