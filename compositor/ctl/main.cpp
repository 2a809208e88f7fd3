// SPDX-License-Identifier: MIT
// leadlightctl: asks a running compositor through its control socket.
#include "compositor/ctl/connection.hpp"
#include "compositor/ctl/dialogue.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <unistd.h>

using namespace leadlight::ctl;

int main(int count, char** words) {
    CLI::App app("Shows and changes what a running Leadlight has.", "leadlightctl");
    app.set_version_flag("--version", "leadlightctl " LEADLIGHT_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    std::string socket = default_socket();
    Style style{.colour = isatty(STDOUT_FILENO) == 1};
    app.add_option("--socket", socket, "the compositor's control socket")->capture_default_str();
    app.add_flag("--json", style.json, "as JSON, for programs");

    std::string to_send;
    const auto simple = [&](CLI::App& parent, const char* name, const char* help) {
        parent.add_subcommand(name, help)->callback([&to_send, name] { to_send = request(name); });
    };
    simple(app, "domains", "list the domains, connected or not");
    simple(app, "windows", "list the windows, from the lowest to the topmost");
    simple(app, "stats", "show counters since the start");
    simple(app, "reload", "read the configuration again; a file with a mistake changes nothing");

    CLI::App* domain = app.add_subcommand("domain", "what to do with a domain");
    domain->require_subcommand(1);
    std::string name;
    std::string label;
    std::string address;
    CLI::App* add = domain->add_subcommand(
        "add", "connect to a domain on this machine (needs leadlight --allow-local)");
    add->add_option("name", name, "what the domain is called")->required();
    add->add_option("--label", label, "a label of the configuration, or a standard one")
        ->required();
    add->add_option("--address", address, "local:/path/of/its/socket")->required();
    add->callback([&] {
        to_send = request("domain-add", {{"name", name}, {"label", label}, {"address", address}});
    });
    CLI::App* remove = domain->add_subcommand("remove", "end a domain that was added so");
    remove->add_option("name", name, "what it is called")->required();
    remove->callback([&] { to_send = request("domain-remove", {{"name", name}}); });

    const auto act = [&](const char* action, const char* help) {
        CLI::App* command = domain->add_subcommand(action, help);
        command->add_option("name", name, "what it is called")->required();
        command->callback(
            [&, action] { to_send = request(std::string("domain-") + action, {{"name", name}}); });
    };
    act("pause", "stop a guest of Xen where it is");
    act("unpause", "let it go on");
    act("power-off", "end it at once, as by pulling its plug");

    try {
        app.parse(count, words);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }

    const auto shown = ask(socket, to_send).and_then([&](const std::string& answer) {
        return show(answer, style);
    });
    if (!shown) {
        std::fprintf(stderr, "leadlightctl: %s\n", shown.error().c_str());
        return 1;
    }
    std::fputs(shown->c_str(), stdout);
    return 0;
}
