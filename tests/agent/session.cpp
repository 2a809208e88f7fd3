// SPDX-License-Identifier: MIT
#include "tests/agent/session.hpp"

#include <fstream>
#include <sstream>

namespace leadlight::agent_test {

std::unique_ptr<Client> connect_in(const std::string& folder, const std::function<void()>& others) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (!entry.is_socket() || !entry.path().filename().string().starts_with("wayland-")) {
            continue;
        }
        try {
            return std::make_unique<Client>(entry.path(), others);
        } catch (const std::runtime_error&) {
            // Left behind by one that was killed, or not listening yet.
        }
    }
    return nullptr;
}

std::vector<std::string> agent_command(const std::string& folder,
                                       const std::vector<std::string>& options,
                                       const std::vector<std::string>& program) {
    std::vector<std::string> command{
        std::string(std::getenv("LEADLIGHT_BUILD")) + "/guest-agent/leadlight-agent", "--listen",
        "local:" + folder + "/channel", "--stats", folder + "/stats"};
    command.insert(command.end(), options.begin(), options.end());
    if (!program.empty()) {
        command.emplace_back("--");
        command.insert(command.end(), program.begin(), program.end());
    }
    return command;
}

std::string make_folder() {
    char name[] = "/tmp/leadlight-agent-XXXXXX";
    return mkdtemp(name);
}

std::string text_of(const std::string& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

Client& Session::program() {
    std::unique_ptr<Client> client;
    fixture::eventually([&] {
        client = connect_in(folder, [this] {
            admin->pump();
            pump_programs();
        });
        return client != nullptr;
    });
    if (client == nullptr) {
        throw std::runtime_error("the agent takes no programs");
    }
    return *programs_.emplace_back(std::move(client));
}

}  // namespace leadlight::agent_test
