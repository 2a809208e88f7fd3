// SPDX-License-Identifier: MIT
// A folder, a leadlight-agent in it, the admin domain's end of it, and programs of the test's own.
#pragma once

#include "tests/agent/admin.hpp"
#include "tests/agent/client.hpp"

#include <cstdlib>
#include <filesystem>

namespace leadlight::agent_test {

/// The command line of an agent that listens in that folder.
std::vector<std::string> agent_command(const std::string& folder,
                                       const std::vector<std::string>& options,
                                       const std::vector<std::string>& program = {});
/// A new one, that only its owner may enter.
std::string make_folder();
std::string text_of(const std::string& file);
/// Null while there is no Wayland compositor in that folder, or one that does not answer.
std::unique_ptr<Client> connect_in(const std::string& folder, const std::function<void()>& others);

class Session {
  public:
    using Prepare = std::function<void(Admin&)>;

    /// Without X11 and without a program, which is what most tests want.
    explicit Session(Prepare prepare = {}) : Session({}, {"--no-xwayland"}, std::move(prepare)) {}
    /// Runs `program` under the agent. The agent's options stand before it.
    explicit Session(const std::vector<std::string>& program,
                     const std::vector<std::string>& options = {"--no-xwayland"},
                     Prepare prepare = {}, const fixture::Process::Environment& changes = {}) {
        folder = make_folder();
        command_ = agent_command(folder, options, program);
        environment_ = changes;
        environment_.emplace("XDG_RUNTIME_DIR", folder);
        starts();
        admin = std::make_unique<Admin>();
        if (prepare) {
            prepare(*admin);
        }
        admin->socket = folder + "/channel";
        admin->others = [this] { pump_programs(); };
        admin->connect();
    }
    ~Session() {
        programs_.clear();
        admin.reset();
        agent.stop();
        std::error_code ignored;
        if (std::getenv("LEADLIGHT_KEEP") == nullptr) {
            std::filesystem::remove_all(folder, ignored);
        }
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// The agent, again when it was killed.
    void starts() { agent = fixture::Process(command_, environment_, folder + "/log"); }

    /// One more program of this domain.
    Client& program();
    void programs_end() { programs_.clear(); }
    /// The person presses in a window: the serial by which its program may name that.
    std::uint32_t presses(Client& program, lp::WindowId window) {
        admin->enter(window, 5, 5);
        admin->button(true);
        return program.hears(program.pointer(), "button").serial(0);
    }
    /// Until nothing is under way any more: a configure, the commit that answers it, its frame.
    void settles() {
        constexpr int steps = 3;
        for (int i = 0; i < steps; ++i) {
            for (const auto& client : programs_) {
                client->settle();
            }
            admin->settle();
        }
    }
    void pump_programs() {
        for (const auto& client : programs_) {
            client->pump();
        }
    }
    std::string log() const { return text_of(folder + "/log"); }

    std::string folder;
    fixture::Process agent;
    std::unique_ptr<Admin> admin;

  private:
    std::vector<std::string> command_;
    fixture::Process::Environment environment_;
    std::vector<std::unique_ptr<Client>> programs_;
};

}  // namespace leadlight::agent_test
