// SPDX-License-Identifier: MIT
#include "compositor/options.hpp"

#include <CLI/CLI.hpp>

#include <cmath>
#include <map>

namespace leadlight::compositor {

namespace {

// "1920x1080", "1920x1080@1.5"
std::optional<OutputWish> parse_output(const std::string& text) {
    OutputWish wish;
    double scale = 1;
    int used = 0;
    if (std::sscanf(text.c_str(), "%dx%d%n", &wish.width, &wish.height, &used) != 2) {
        return std::nullopt;
    }
    const std::string rest = text.substr(static_cast<std::size_t>(used));
    if (!rest.empty()) {
        int scale_used = 0;
        if (std::sscanf(rest.c_str(), "@%lf%n", &scale, &scale_used) != 1 ||
            static_cast<std::size_t>(scale_used) != rest.size()) {
            return std::nullopt;
        }
    }
    if (wish.width < 64 || wish.height < 64 || wish.width > 16384 || wish.height > 16384 ||
        !(scale >= 1 && scale <= 4)) {
        return std::nullopt;
    }
    wish.scale = policy::Scale(static_cast<std::uint32_t>(std::lround(scale * 120)));
    return wish;
}

}  // namespace

std::variant<Options, int> parse_options(int argc, char** argv) {
    Options options;
    CLI::App app("leadlight: one desktop for the windows of many isolated domains");
    app.set_version_flag("--version", "leadlight " LEADLIGHT_VERSION);
    app.add_option("--config", options.config_file, "the configuration file")->type_name("FILE");
    app.add_flag("--allow-local", options.server.allow_local,
                 "accept domains with local addresses, which are only as apart as file permissions "
                 "make them");
    const std::map<std::string, BackendKind> backends{{"auto", BackendKind::automatic},
                                                      {"drm", BackendKind::drm},
                                                      {"headless", BackendKind::headless},
                                                      {"wayland", BackendKind::wayland},
                                                      {"x11", BackendKind::x11}};
    std::string backend = "auto";
    app.add_option("--backend", backend, "what the desktop is shown on")
        ->check(CLI::IsMember(backends));
    std::vector<std::string> outputs;
    app.add_option("--output", outputs,
                   "an output of the headless, wayland or x11 backend; repeat for more")
        ->type_name("WIDTHxHEIGHT[@SCALE]")
        ->check([](const std::string& text) {
            return parse_output(text) ? std::string()
                                      : "not WIDTHxHEIGHT[@SCALE] with sides of 64 to 16384 and a "
                                        "scale of 1 to 4: " +
                                            text;
        });
    std::string domains;
    app.add_option("--domains", domains,
                   "who tells of domains and starts their wardens: leadlightd, or with local this "
                   "program itself, at the configuration's addresses (default: leadlightd, unless "
                   "--allow-local is given)")
        ->check(CLI::IsMember({"leadlightd", "local"}));
    app.add_option("--leadlightd", options.leadlightd, "the socket of leadlightd")
        ->type_name("SOCKET");
    bool no_clock = false;
    app.add_flag("--no-clock", no_clock, "no time in the bar: pictures that can be compared");
    app.add_option("--warden", options.warden, "the leadlight-warden to start")->type_name("FILE");
    app.add_option("--ready-file", options.ready_file,
                   "write the name of the Wayland socket there once the desktop runs")
        ->type_name("FILE");
    try {
        app.parse(argc, argv);
        if (domains == "leadlightd" && options.server.allow_local) {
            throw CLI::ValidationError("--allow-local", "leadlightd has no local domains");
        }
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    options.server.backend = backends.at(backend);
    options.server.clock = !no_clock;
    if (domains == "local" || (domains.empty() && options.server.allow_local)) {
        options.domains = DomainsBy::local;
    }
    for (const auto& text : outputs) {
        options.server.outputs.push_back(*parse_output(text));
    }
    return options;
}

}  // namespace leadlight::compositor
