// SPDX-License-Identifier: MIT
#include "shm-grants/mapping_count.hpp"

namespace leadlight::grants {
namespace {

MappingCounters counters;

}  // namespace

const MappingCounters& mapping_counters() {
    return counters;
}

void count_map(std::size_t pages) {
    ++counters.map_calls;
    counters.pages_mapped += pages;
}

void count_unmap(std::size_t pages) {
    ++counters.unmap_calls;
    counters.pages_mapped -= pages;
}

}  // namespace leadlight::grants
