// SPDX-License-Identifier: MIT
#include "compositor/config/parts.hpp"

namespace leadlight::compositor {

namespace {

constexpr std::uint64_t pages_a_mebibyte = 256;
constexpr std::int64_t most_mebibytes = 1024 * 1024;

void read_memory(Section& limits, std::string_view key, std::uint64_t& pages) {
    if (const auto mebibytes = limits.integer(key, 1, most_mebibytes)) {
        pages = static_cast<std::uint64_t>(*mebibytes) * pages_a_mebibyte;
    }
}

}  // namespace

void read_limits(Section limits, Config& config) {
    policy::Budgets& budgets = config.limits.budgets;
    if (const auto windows = limits.integer("windows-per-domain", 1, budgets.windows_in_all)) {
        budgets.windows_per_domain = static_cast<std::uint32_t>(*windows);
    }
    read_memory(limits, "memory-per-domain", budgets.pages_per_domain);
    read_memory(limits, "memory", budgets.pages_in_all);
    if (const auto frames = limits.integer("maptrack-frames", 1, 1024 * 1024)) {
        config.limits.maptrack_frames = static_cast<std::uint32_t>(*frames);
    }
    if (budgets.pages_per_domain > budgets.pages_in_all) {
        limits.problem("memory-per-domain", "one domain may not have more than all together");
    }
    limits.done();
}

}  // namespace leadlight::compositor
