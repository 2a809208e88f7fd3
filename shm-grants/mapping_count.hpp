// SPDX-License-Identifier: MIT
// Where the backends report to mapping_counters(). Mappings are made and undone
// on one thread, the compositor's.
#pragma once

#include "shm-grants/mapping.hpp"

namespace leadlight::grants {

void count_map(std::size_t pages);
void count_unmap(std::size_t pages);

}  // namespace leadlight::grants
