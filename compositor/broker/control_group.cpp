// SPDX-License-Identifier: MIT
#include "compositor/broker/control_group.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace leadlight::broker {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view own_leaf = "broker";
constexpr std::string_view warden_prefix = "warden-";

std::expected<void, std::string> put(const fs::path& file, std::string_view text) {
    const grants::Descriptor opened(open(file.c_str(), O_WRONLY | O_CLOEXEC));
    if (!opened || write(opened.get(), text.data(), text.size()) < 0) {
        return std::unexpected(file.string() + ": " + std::strerror(errno));
    }
    return {};
}

std::expected<void, std::string> make_folder(const fs::path& path) {
    if (mkdir(path.c_str(), 0755) != 0 && errno != EEXIST) {
        return std::unexpected(path.string() + ": " + std::strerror(errno));
    }
    return {};
}

std::expected<fs::path, std::string> own_group() {
    std::ifstream file("/proc/self/cgroup");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("0::/")) {
            const fs::path group = "/sys/fs/cgroup" + line.substr(3);
            return group.filename() == own_leaf ? group.parent_path() : group;
        }
    }
    return std::unexpected("this process is in no cgroup v2");
}

}  // namespace

ControlGroup::~ControlGroup() {
    if (!path_.empty()) {
        rmdir(path_.c_str());
    }
}

grants::Descriptor ControlGroup::processes() const {
    return grants::Descriptor(open((path_ / "cgroup.procs").c_str(), O_WRONLY | O_CLOEXEC));
}

std::expected<ControlGroups, std::string> ControlGroups::take_over() {
    const auto base = own_group();
    if (!base) {
        return std::unexpected(base.error());
    }
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(*base, ignored)) {
        if (entry.path().filename().string().starts_with(warden_prefix)) {
            // A group that still has a dying process stays; the next start removes it.
            static_cast<void>(put(entry.path() / "cgroup.kill", "1"));
            rmdir(entry.path().c_str());
        }
    }
    // A group with groups that have limits may have no process itself.
    const fs::path leaf = *base / own_leaf;
    return make_folder(leaf)
        .and_then([&] { return put(leaf / "cgroup.procs", "0"); })
        .and_then([&] { return put(*base / "cgroup.subtree_control", "+memory +pids +cpu"); })
        .transform([&] { return ControlGroups(*base); });
}

std::expected<ControlGroup, std::string> ControlGroups::make(const std::string& name,
                                                             const WardenLimits& limits) const {
    const fs::path path = base_ / (std::string(warden_prefix) + name);
    if (auto made = make_folder(path); !made) {
        return std::unexpected(made.error());
    }
    ControlGroup group(path);
    return put(path / "memory.max", limits.memory_max)
        .and_then([&] { return put(path / "memory.oom.group", "1"); })
        .and_then([&] { return put(path / "pids.max", limits.processes_max); })
        .and_then([&] { return put(path / "cpu.weight", limits.cpu_weight); })
        .transform([&] { return std::move(group); });
}

}  // namespace leadlight::broker
