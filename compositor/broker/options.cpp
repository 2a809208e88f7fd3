// SPDX-License-Identifier: MIT
#include "compositor/broker/options.hpp"

#include "compositor/broker/session.hpp"

#include <CLI/CLI.hpp>

#include <cstdlib>

namespace leadlight::broker {

std::variant<Options, int> parse_options(int argc, char** argv) {
    Options options;
    // Above what systemd gives to users and containers, below what it gives to foreign images.
    options.wardens.first_user = 1'900'000'000;
    options.wardens.program = LEADLIGHT_LIBEXEC "/leadlight-warden";
    // CacheDirectory= of the unit.
    if (const char* cache = std::getenv("CACHE_DIRECTORY")) {
        options.wardens.cache = cache;
    }
    std::string user;
    std::string group;
    CLI::App app(
        "leadlightd: tells Leadlight's compositor of Xen's domains and starts its wardens");
    app.set_version_flag("--version", "leadlightd " LEADLIGHT_VERSION);
    app.add_option("--socket", options.socket, "where it is asked")->type_name("PATH");
    app.add_option("--user", user,
                   "serve this user, instead of the one whose session is active on seat0")
        ->type_name("USER");
    app.add_option("--group", group, "only this group may ask; the compositor is setgid to it")
        ->type_name("GROUP");
    app.add_option("--warden", options.wardens.program, "the leadlight-warden to start")
        ->type_name("FILE");
    // From 65536, so that no person's is among them; the greatest domain id is 32751.
    app.add_option("--first-warden-user", options.wardens.first_user,
                   "a domain's warden runs as the user of this number and the domain's id added")
        ->type_name("UID")
        ->check(CLI::Range(65'536U, 4'000'000'000U));
    try {
        app.parse(argc, argv);
        if (!user.empty() && !(options.user = user_named(user))) {
            throw CLI::ValidationError("--user", "there is no user " + user);
        }
        if (!group.empty() && !(options.group = group_named(group))) {
            throw CLI::ValidationError("--group", "there is no group " + group);
        }
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    return options;
}

}  // namespace leadlight::broker
