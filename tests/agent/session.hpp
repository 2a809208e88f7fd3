// SPDX-License-Identifier: MIT
// A folder, a leadlight-agent in it and the admin domain's end of it.
#pragma once

#include "tests/agent/admin.hpp"
#include "tests/fixture/process.hpp"

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <sys/stat.h>

namespace leadlight::agent_test {

class Session {
  public:
    /// Runs `program` under the agent. The agent's options stand before it.
    explicit Session(const std::vector<std::string>& program,
                     const std::vector<std::string>& options = {"--no-xwayland"},
                     std::function<void(Admin&)> prepare = {}) {
        char name[] = "/tmp/leadlight-agent-XXXXXX";
        folder = mkdtemp(name);
        std::vector<std::string> command{
            std::string(std::getenv("LEADLIGHT_BUILD")) + "/guest-agent/leadlight-agent",
            "--listen", "local:" + folder + "/channel", "--stats", folder + "/stats"};
        command.insert(command.end(), options.begin(), options.end());
        if (!program.empty()) {
            command.emplace_back("--");
            command.insert(command.end(), program.begin(), program.end());
        }
        agent = fixture::Process(command, {{"XDG_RUNTIME_DIR", folder}}, folder + "/log");
        admin = std::make_unique<Admin>(folder + "/channel");
        if (prepare)
            prepare(*admin);
    }
    ~Session() {
        admin.reset();
        agent.stop();
        std::error_code ignored;
        if (std::getenv("LEADLIGHT_KEEP") == nullptr)
            std::filesystem::remove_all(folder, ignored);
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    std::string folder;
    fixture::Process agent;
    std::unique_ptr<Admin> admin;
};

}  // namespace leadlight::agent_test
