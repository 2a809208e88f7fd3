// SPDX-License-Identifier: MIT
// A cgroup of its own for each warden, below the service's: what its guest makes it use of memory
// and processor is bounded from outside, whatever the warden believes of itself (rule 7). cgroup v2
// with the controllers memory, pids and cpu; the unit has Delegate=yes.
#pragma once

#include "shm-grants/descriptor.hpp"

#include <expected>
#include <filesystem>
#include <string>
#include <utility>

namespace leadlight::broker {

struct WardenLimits {
    std::string memory_max = "384M";
    std::string processes_max = "4";
    std::string cpu_weight = "50";  // of 100 that others have
};

/// One warden's; removed with it, which needs that its processes were reaped.
class ControlGroup {
  public:
    ControlGroup() = default;
    explicit ControlGroup(std::filesystem::path path) : path_(std::move(path)) {}
    ControlGroup(ControlGroup&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    ControlGroup& operator=(ControlGroup&& other) noexcept {
        std::swap(path_, other.path_);
        return *this;
    }
    ~ControlGroup();

    /// Where a process writes "0" to be in it.
    grants::Descriptor processes() const;

  private:
    std::filesystem::path path_;
};

class ControlGroups {
  public:
    /// Takes over the group that this process is in: moves it aside into a leaf, ends what an
    /// earlier run left, and hands the controllers down.
    [[nodiscard]] static std::expected<ControlGroups, std::string> take_over();

    [[nodiscard]] std::expected<ControlGroup, std::string> make(const std::string& name,
                                                                const WardenLimits& limits) const;

  private:
    explicit ControlGroups(std::filesystem::path base) : base_(std::move(base)) {}
    std::filesystem::path base_;
};

}  // namespace leadlight::broker
