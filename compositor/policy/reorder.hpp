// SPDX-License-Identifier: MIT
// From one order to another with the fewest moves.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace leadlight::policy {

/// `places[i]` is where the i-th of the wanted order lies in the present one: the numbers from 0
/// on, each once. True for those that may stay when all others are put in between; as many as can
/// be.
std::vector<bool> staying(std::span<const std::size_t> places);

}  // namespace leadlight::policy
