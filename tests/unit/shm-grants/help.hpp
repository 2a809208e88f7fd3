// SPDX-License-Identifier: MIT
// What the tests of shm-grants share: bytes to compare, a private folder, and
// opening a channel's ends.
#pragma once

#include "shm-grants/local/local.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace leadlight::grants::test {

inline std::vector<std::byte> bytes(std::string_view text) {
    const auto* start = reinterpret_cast<const std::byte*>(text.data());
    return {start, start + text.size()};
}

inline std::string text(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// One read of at most that many bytes, which must succeed.
inline std::string read_some(Channel& channel, std::size_t most) {
    std::vector<std::byte> buffer(most);
    const auto got = channel.read(buffer);
    REQUIRE(got.has_value());
    return text(std::span(buffer).first(*got));
}

inline void write_all(Channel& channel, std::string_view words) {
    const auto taken = channel.write(bytes(words));
    REQUIRE(taken == words.size());
}

class PrivateFolder {
  public:
    PrivateFolder() {
        std::string pattern = std::filesystem::temp_directory_path() / "leadlight-XXXXXX";
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    ~PrivateFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    PrivateFolder(const PrivateFolder&) = delete;
    PrivateFolder& operator=(const PrivateFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    LocalAddress socket() const { return {path_ / "channel"}; }

  private:
    std::filesystem::path path_;
};

}  // namespace leadlight::grants::test
