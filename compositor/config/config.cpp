// SPDX-License-Identifier: MIT
#include "compositor/config/config.hpp"

#include "compositor/config/parts.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <span>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace leadlight::compositor {

namespace {

// Far more than any person writes; a device or a log given by mistake is not read to its end.
constexpr std::size_t max_file = 1024 * 1024;

struct File {
    explicit File(const std::string& path) : number(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    ~File() {
        if (number >= 0) {
            close(number);
        }
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    const int number;
};

// Asked of the open file: by name it may be another one a moment later.
bool is_administrators(const File& file) {
    struct stat status{};
    return fstat(file.number, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == 0 &&
           (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

// Up to that many bytes. False: errno says why not.
bool read_all(const File& file, std::string& text) {
    std::span<char> left(text);
    while (!left.empty()) {
        const ssize_t got = read(file.number, left.data(), left.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return false;
        }
        if (got == 0) {
            break;
        }
        left = left.subspan(static_cast<std::size_t>(got));
    }
    text.resize(text.size() - left.size());
    return true;
}

}  // namespace

Config::Config()
    : unknown_label(default_unknown_label()),
      labels(theming::standard_labels().begin(), theming::standard_labels().end()),
      hotkeys(default_hotkeys()) {}

const theming::Label* Config::label(std::string_view name) const {
    const auto found = std::ranges::find(labels, name, &theming::Label::name);
    return found == labels.end() ? nullptr : &*found;
}

const OutputConfig* find_output(const std::vector<OutputConfig>& outputs, std::string_view name) {
    const auto found = std::ranges::find(outputs, name, &OutputConfig::name);
    return found == outputs.end() ? nullptr : &*found;
}

std::expected<Config, Problem> parse_config(std::string_view text) {
    const auto document = parse_document(text);
    if (!document) {
        return std::unexpected(document.error());
    }
    Problems problems;
    Config config;
    Section file{*document, 1, "", problems};
    // Labels first: domains name them, wherever in the file they stand.
    const auto part = [&](std::string_view name, void (*read)(Section, Config&)) {
        if (auto section = file.section(name)) {
            read(std::move(*section), config);
        }
    };
    part("label", read_labels);
    part("domain", read_domains);
    read_unknown_domains(file.section("unknown-domains"), config);
    part("output", read_outputs);
    part("input", read_input);
    part("keys", read_keys);
    part("appearance", read_appearance);
    part("limits", read_limits);
    file.done();
    if (auto problem = problems.first()) {
        return std::unexpected(std::move(*problem));
    }
    return config;
}

std::expected<Config, std::string> load_config(const std::string& path, WrittenBy by) {
    const auto unreadable = [&path] {
        return std::unexpected(path + ": " + std::string(std::strerror(errno)));
    };
    const File file(path);
    if (file.number < 0) {
        return unreadable();
    }
    if (by == WrittenBy::administrator && !is_administrators(file)) {
        return std::unexpected(path + ": not root's alone to write, so not the administrator's");
    }
    std::string text(max_file + 1, '\0');
    if (!read_all(file, text)) {
        return unreadable();
    }
    if (text.size() > max_file) {
        return std::unexpected(path + ": larger than 1 MiB: this is no configuration");
    }
    auto config = parse_config(text);
    if (!config) {
        return std::unexpected(path + ":" + std::to_string(config.error().line) + ": " +
                               config.error().message);
    }
    return std::move(*config);
}

std::string default_config_path() {
    std::string home;
    if (const char* directory = std::getenv("XDG_CONFIG_HOME"); directory != nullptr) {
        home = directory;
    } else if (const char* user = std::getenv("HOME"); user != nullptr) {
        home = std::string(user) + "/.config";
    }
    // One that cannot be looked at is there: load_config() says why, and nothing starts by
    // another's.
    const auto there = [](const std::string& path) {
        std::error_code error;
        return std::filesystem::exists(path, error) || error;
    };
    const std::string own = home + "/leadlight/leadlight.toml";
    if (!home.empty() && there(own)) {
        return own;
    }
    const std::string system = "/etc/leadlight/leadlight.toml";
    return there(system) ? system : "";
}

}  // namespace leadlight::compositor
