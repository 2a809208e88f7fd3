// SPDX-License-Identifier: MIT
// One guest as the admin domain's test programs have it: its pages, mapped and unmapped.
#pragma once

#include "shm-grants/xen/xen.hpp"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

namespace leadlight::xen_test {

using grants::Descriptor;
using grants::PageMapping;
inline constexpr std::size_t everything = SIZE_MAX;

/// Ends the program, with the line that says so, unless it held.
inline void require(bool held, std::string_view what,
                    std::source_location where = std::source_location::current()) {
    if (!held) {
        std::printf("failed at line %u: %s\n", where.line(), std::string(what).c_str());
        std::exit(1);
    }
}

class Machine {
  public:
    explicit Machine(std::uint16_t domain)
        : domain_(domain), device_(grants::xen::open_grant_device()) {
        require(static_cast<bool>(device_), "gntdev opens");
    }
    std::uint16_t domain() const { return domain_; }
    std::unique_ptr<PageMapping> start_map(std::vector<std::uint32_t> references) const {
        auto mapping = grants::xen::map(device_.get(), domain_, std::move(references));
        require(mapping.has_value(), "a mapping starts");
        return std::move(*mapping);
    }
    std::unique_ptr<PageMapping> map(std::vector<std::uint32_t> references) const {
        auto mapping = start_map(std::move(references));
        auto budget = everything;
        const auto done = mapping->map_step(budget);
        require(done == PageMapping::Progress::done, "all references map");
        return mapping;
    }
    int device() const { return device_.get(); }

  private:
    std::uint16_t domain_;
    Descriptor device_;
};

inline void unmap(PageMapping& mapping) {
    auto budget = everything;
    require(mapping.unmap_step(budget) == PageMapping::Progress::done, "all pages unmap");
    require(mapping.data() == nullptr, "no data after unmapping");
}

}  // namespace leadlight::xen_test
