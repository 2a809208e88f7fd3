// SPDX-License-Identifier: MIT
#include "compositor/config/config.hpp"

#include "compositor/config/parts.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace leadlight::compositor {

namespace {

// Far more than any person writes; a device or a log given by mistake is not read to its end.
constexpr std::size_t max_file = 1024 * 1024;

}  // namespace

Config::Config()
    : unknown_label(default_unknown_label()),
      labels(theming::standard_labels().begin(), theming::standard_labels().end()),
      hotkeys(default_hotkeys()) {}

const theming::Label* Config::label(std::string_view name) const {
    const auto found = std::ranges::find(labels, name, &theming::Label::name);
    return found == labels.end() ? nullptr : &*found;
}

const OutputConfig* Config::output(std::string_view name) const {
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

std::expected<Config, std::string> load_config(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    const auto unreadable = [&path] {
        return std::unexpected(path + ": " + std::string(std::strerror(errno)));
    };
    if (!file) {
        return unreadable();
    }
    std::string text(max_file + 1, '\0');
    errno = 0;
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad() || errno != 0) {
        return unreadable();
    }
    text.resize(static_cast<std::size_t>(file.gcount()));
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
