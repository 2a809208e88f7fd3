// SPDX-License-Identifier: MIT
// Starts the desktop: options, configuration, spawner, then the parts in their order.
#include "compositor/config/config.hpp"
#include "compositor/control/control_socket.hpp"
#include "compositor/control/server_desk.hpp"
#include "compositor/domains/asking_group.hpp"
#include "compositor/domains/broker_link.hpp"
#include "compositor/domains/local_domains.hpp"
#include "compositor/domains/trusted_start.hpp"
#include "compositor/event_source.hpp"
#include "compositor/input/input.hpp"
#include "compositor/lock_in.hpp"
#include "compositor/log.hpp"
#include "compositor/options.hpp"
#include "compositor/server.hpp"
#include "compositor/shell/shell.hpp"
#include "compositor/spawner/spawner.hpp"
#ifdef LEADLIGHT_WITH_TEST_INPUT
#include "compositor/test_input/test_devices.hpp"
#endif
#include "wlr-headers/wlroots.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <memory>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace lc = leadlight::compositor;

namespace {

#ifdef LEADLIGHT_WITH_TEST_INPUT
constexpr bool test_build = true;
#else
constexpr bool test_build = false;
#endif

int fail(const std::string& reason) {
    std::fprintf(stderr, "leadlight: %s\n", reason.c_str());
    return 1;
}

// wlroots and libwayland take orders from the environment: other renderers, debug output of what
// is typed, virtual devices. None of them is the user's session's to give. `trusted`: nor is any of
// the many by which other libraries find drivers, fonts and who opens devices.
void clean_environment(bool trusted) {
    std::vector<std::string> names;
    for (char** entry = environ; *entry; ++entry) {
        const std::string name(*entry, std::strcspn(*entry, "="));
        if (name.starts_with("WLR_") || name.starts_with("WAYLAND_DEBUG") ||
            (trusted && !lc::is_harmless_variable(name) &&
             !(test_build && name == "LEADLIGHT_TEST_INPUT"))) {
            names.push_back(name);
        }
    }
    for (const auto& name : names) {
        unsetenv(name.c_str());
    }
    setenv("WLR_RENDERER", "pixman", 1);
    // Guests' pages are never handed to the display hardware.
    setenv("WLR_SCENE_DISABLE_DIRECT_SCANOUT", "1", 1);
}

// $XDG_RUNTIME_DIR/leadlight, this user's and closed to all others: the control socket and the
// places of windows are in it.
std::expected<std::string, std::string> make_runtime_folder() {
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    if (!runtime || *runtime != '/') {
        return std::unexpected("XDG_RUNTIME_DIR is not set");
    }
    const std::string folder = std::string(runtime) + "/leadlight";
    if (mkdir(folder.c_str(), 0700) < 0 && errno != EEXIST) {
        return std::unexpected(folder + ": " + std::strerror(errno));
    }
    struct stat status{};
    if (lstat(folder.c_str(), &status) < 0 || !S_ISDIR(status.st_mode) ||
        status.st_uid != geteuid() || (status.st_mode & 0077) != 0) {
        return std::unexpected(folder + " is not a folder of this user's alone (0700)");
    }
    return folder;
}

std::expected<lc::Config, std::string> read_config(const std::string& wished, lc::WrittenBy by) {
    const std::string path = wished.empty() ? lc::default_config_path() : wished;
    return path.empty() ? lc::Config() : lc::load_config(path, by);
}

// Before anything is opened: it must own nothing that a warden could inherit.
std::expected<lc::Spawner, std::string> fork_spawner(const lc::Options& options) {
    auto warden = options.warden.empty()
                      ? lc::find_program("leadlight-warden", "warden", LEADLIGHT_LIBEXEC)
                      : std::expected<std::string, std::string>(options.warden);
    if (!warden) {
        return std::unexpected(warden.error());
    }
    return lc::Spawner::fork_off(*warden);
}

// What a start with the right to ask leadlightd may be asked for; see trusted_start.hpp. True: it
// is one. The error is one line.
std::expected<bool, std::string> settle_trust(lc::Options& options) {
    if (options.domains == lc::DomainsBy::local) {
        lc::AskingGroup::drop();  // who has local domains asks no leadlightd
        return false;
    }
    if (!lc::AskingGroup::held()) {
        return false;
    }
    const auto refused =
        lc::refused_option({.backend = options.server.backend,
                            .default_socket = options.leadlightd == lc::Options().leadlightd,
                            .default_configuration = options.config_file.empty()},
                           test_build);
    if (refused) {
        return std::unexpected("not with " + *refused +
                               ": this program may command leadlightd, so it shows on the seat's "
                               "screens only, as the administrator configured it");
    }
    if (options.server.backend == lc::BackendKind::automatic) {
        options.server.backend = lc::BackendKind::drm;
    }
    return true;
}

bool announce(const std::string& path, const std::string& socket) {
    const std::string next = path + ".new";
    std::FILE* file = std::fopen(next.c_str(), "we");
    if (!file) {
        return false;
    }
    const bool written = std::fprintf(file, "%s\n", socket.c_str()) > 0;
    return std::fclose(file) == 0 && written && std::rename(next.c_str(), path.c_str()) == 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (!lc::AskingGroup::put_aside()) {
        return fail("the group for asking leadlightd cannot be put aside");
    }
    auto parsed = lc::parse_options(argc, argv);
    if (const int* status = std::get_if<int>(&parsed)) {
        return *status;
    }
    auto& options = std::get<lc::Options>(parsed);
    const auto trusted = settle_trust(options);
    if (!trusted) {
        return fail(trusted.error());
    }
    const auto written_by = *trusted ? lc::WrittenBy::administrator : lc::WrittenBy::anyone;
    clean_environment(*trusted);
    std::signal(SIGPIPE, SIG_IGN);
    lc::take_over_wlroots_log();

    auto config = read_config(options.config_file, written_by);
    if (!config) {
        return fail(config.error());
    }
    auto folder = make_runtime_folder();
    if (!folder) {
        return fail(folder.error());
    }
    options.server.runtime_dir = *folder;
    options.server.budgets = config->limits.budgets;
    std::optional<lc::Spawner> spawner;
    if (options.domains == lc::DomainsBy::local) {
        auto forked = fork_spawner(options);
        if (!forked) {
            return fail(forked.error());
        }
        spawner = std::move(*forked);
    }

    auto made = lc::Server::create(options.server);
    if (!made) {
        return fail(made.error());
    }
    lc::Server& server = **made;
    std::unique_ptr<lc::DomainSource> source;
    if (spawner) {
        source = std::make_unique<lc::LocalDomains>(server, *spawner);
    } else {
        source = std::make_unique<lc::BrokerLink>(server, options.leadlightd, config->limits);
    }
    server.domains->set_starter([&](const lc::DomainEntry& entry) { return source->start(entry); });
    const auto apply = [&](const lc::Config& now) {
        server.outputs->configure(now.outputs, now.appearance.scale);
        source->configure(now);
    };

    const lc::SignalWatch on_int(server.loop, SIGINT, [&] { server.quit(); });
    const lc::SignalWatch on_term(server.loop, SIGTERM, [&] { server.quit(); });
    auto input = lc::Input::create(server, *config);
    if (!input) {
        return fail(input.error());
    }
    lc::Shell shell(server, **input);
#ifdef LEADLIGHT_WITH_TEST_INPUT
    auto test_devices = lc::TestDevices::create(server, **input);
    if (!test_devices) {
        return fail(test_devices.error());
    }
#endif

    // All of the file, or nothing of it. By SIGHUP and by leadlightctl.
    std::function<std::expected<void, std::string>()> reload =
        [&]() -> std::expected<void, std::string> {
        auto next = read_config(options.config_file, written_by);
        if (!next) {
            return std::unexpected(next.error());
        }
        if (auto configured = (*input)->configure(*next); !configured) {
            return configured;
        }
        apply(*next);
        *config = std::move(*next);
        return {};
    };
    const lc::SignalWatch on_hangup(server.loop, SIGHUP, [&] {
        if (const auto done = reload(); !done) {
            lc::log_warning("not reloaded: " + done.error());
        }
    });
    const auto act = [&](const std::string& name, leadlight::protocol::DomainAction action) {
        return source->request(name, action);
    };
    lc::ServerDesk desk(server, *config, reload, act);
    auto control = lc::ControlSocket::listen(server.loop, *folder + "/control", desk);
    if (!control) {
        return fail(control.error());
    }

    if (auto started = server.start(); !started) {
        return fail(started.error());
    }
    apply(*config);
    if (!options.ready_file.empty() && !announce(options.ready_file, server.socket_name())) {
        return fail(options.ready_file + ": " + std::strerror(errno));
    }
    if (const auto locked = lc::lock_in(*folder); !locked) {
        // Of domains of this machine's own there is less to be afraid of, and not every kernel has
        // it.
        if (!options.server.allow_local) {
            return fail(locked.error());
        }
        lc::log_warning(locked.error());
    }
    lc::log_info("the desktop runs; its socket is " + server.socket_name());
    server.run();
    return 0;
}
