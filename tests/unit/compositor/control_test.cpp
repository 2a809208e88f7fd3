// SPDX-License-Identifier: MIT
#include "compositor/control/answer.hpp"
#include "compositor/control/control_socket.hpp"
#include "compositor/ctl/connection.hpp"
#include "compositor/ctl/dialogue.hpp"
#include "compositor/ctl/table.hpp"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>
#include <wayland-server-core.h>

using namespace leadlight;
using namespace leadlight::compositor;

namespace {

class TestDesk : public ControlDesk {
  public:
    std::vector<DomainReport> domains() override {
        return {{"work", "blue", "#3465a4", "local:/run/work", "connected", 2}};
    }
    std::vector<WindowReport> windows() override {
        WindowReport window{.domain = "work", .id = 7, .title = title, .kind = "toplevel"};
        window.focused = true;
        window.output = "HEADLESS-1";
        window.frame = {10, 20, 300, 200};
        return {window};
    }
    Counters statistics() override { return {{"commits", 18446744073709551615u}}; }
    Result add_domain(const std::string& name, const std::string& label,
                      const std::string& address) override {
        log += "add " + name + " " + label + " " + address + ";";
        return refuse.empty() ? Result{} : std::unexpected(refuse);
    }
    Result remove_domain(const std::string& name) override {
        log += "remove " + name + ";";
        return {};
    }
    Result act_on_domain(const std::string& name, protocol::DomainAction action) override {
        log += std::string(protocol::name_of(action)) + " " + name + ";";
        return {};
    }
    Result reload() override {
        log += "reload;";
        return {};
    }

    std::string title = "a shell";
    std::string refuse;
    std::string log;
};

// A directory, an event loop that runs in a thread of its own, and a control socket.
class Running {
  public:
    Running() {
        REQUIRE(mkdtemp(directory.data()) != nullptr);
        socket = ControlSocket::listen(loop, path(), desk).value();
        thread = std::thread([this] {
            while (!stop) {
                wl_event_loop_dispatch(loop, 20);
            }
        });
    }
    ~Running() {
        stop = true;
        thread.join();
        socket.reset();
        wl_event_loop_destroy(loop);
        std::filesystem::remove_all(directory);
    }
    std::string path() const { return directory + "/control"; }

    std::string directory = "/tmp/leadlight-control-XXXXXX";
    TestDesk desk;
    wl_event_loop* loop = wl_event_loop_create();
    std::optional<ControlSocket> socket;
    std::atomic<bool> stop = false;
    std::thread thread;
};

}  // namespace

// Rule 6. Whoever adds a command changes this list, and reads in desk.hpp which must never be.
TEST_CASE("the control socket knows these commands and no others") {
    const std::vector<std::string_view> all(control_commands().begin(), control_commands().end());
    CHECK(all == std::vector<std::string_view>{"domains", "windows", "stats", "domain-add",
                                               "domain-remove", "domain-pause", "domain-unpause",
                                               "domain-power-off", "reload"});
    TestDesk desk;
    for (const char* gesture : {"focus", "raise", "close", "key", "type", "click", "motion",
                                "paste", "copy", "allow", "answer", "lock", "unlock", "run", ""}) {
        CHECK(answer(desk, ctl::request(gesture)).contains("there is no command"));
    }
    CHECK(desk.log.empty());
}

TEST_CASE("what is no request is answered, not obeyed") {
    TestDesk desk;
    for (const char* line :
         {"", "x", "[]", "3", "\"reload\"", "{\"command\":[\"reload\"]}",
          "{\"command\":", "{\"command\":{\"command\":\"reload\"}}", "\xff\xfe", "null"}) {
        CHECK(answer(desk, line).starts_with("{\"error\":"));
    }
    CHECK(desk.log.empty());
}

TEST_CASE("commands reach the desk, and its words come back") {
    TestDesk desk;
    CHECK(answer(desk, ctl::request("reload")) == "{\"ok\":true}");
    CHECK(answer(desk, ctl::request("domain-remove", {{"name", "a"}})) == "{\"ok\":true}");
    for (const char* action : {"domain-pause", "domain-unpause", "domain-power-off"}) {
        CHECK(answer(desk, ctl::request(action, {{"name", "a"}})) == "{\"ok\":true}");
    }
    desk.refuse = "no label 'mauve'";
    const auto refused = ctl::show(
        answer(desk, ctl::request("domain-add",
                                  {{"name", "b"}, {"label", "mauve"}, {"address", "local:/b"}})),
        {});
    CHECK(refused.error() == "no label 'mauve'");
    CHECK(desk.log == "reload;remove a;pause a;unpause a;power_off a;add b mauve local:/b;");
}

TEST_CASE("any bytes in a title make valid JSON") {
    TestDesk desk;
    desk.title = "\xff\"\\\n\x01 \xf0\x9f\x98\x80";
    const auto shown = ctl::show(answer(desk, ctl::request("windows")), {.json = true});
    REQUIRE(shown);
    CHECK(shown->contains("\\\"\\\\\\n\\u0001"));
    CHECK_FALSE(answer(desk, ctl::request("windows")).contains('\n'));
}

TEST_CASE("tables for people") {
    TestDesk desk;
    CHECK(ctl::show(answer(desk, ctl::request("domains")), {}) ==
          "NAME  LABEL  STATE      WINDOWS  ADDRESS\n"
          "work  blue   connected  2        local:/run/work\n");
    CHECK(ctl::show(answer(desk, ctl::request("windows")), {}) ==
          "ID  DOMAIN  KIND      STATE    OUTPUT      FRAME          TITLE\n"
          "7   work    toplevel  focused  HEADLESS-1  300x200+10+20  a shell\n");
    CHECK(ctl::show(answer(desk, ctl::request("stats")), {}) == "commits  18446744073709551615\n");
    CHECK(ctl::show(answer(desk, ctl::request("domains")), {.colour = true})
              ->contains("\033[48;2;52;101;164m  \033[0m blue"));
    CHECK(ctl::table({{{"é"}, {"b"}}, {{"xx"}, {""}}}) == "é   b\nxx\n");
}

TEST_CASE("over the socket") {
    Running running;
    const auto answered = ctl::ask(running.path(), ctl::request("windows"));
    REQUIRE(answered);
    CHECK(ctl::show(*answered, {})->contains("a shell"));

    struct stat status{};
    REQUIRE(stat(running.path().c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("a second compositor does not take the first one's socket; a dead one's is taken") {
    Running running;
    const auto second = ControlSocket::listen(running.loop, running.path(), running.desk);
    REQUIRE_FALSE(second);
    CHECK(second.error() == running.path() + ": another leadlight runs there");

    const std::string dead = running.directory + "/dead";
    {
        const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{AF_UNIX, {}};
        std::copy(dead.begin(), dead.end(), address.sun_path);
        REQUIRE(bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        close(socket);
    }
    CHECK(ControlSocket::listen(running.loop, dead, running.desk));
    CHECK_FALSE(std::filesystem::exists(dead));
}

TEST_CASE("a request without an end is cut off, and the others are still served") {
    Running running;
    CHECK_FALSE(ctl::ask(running.path(), std::string(3 * max_request, 'x')));
    CHECK(ctl::ask(running.path(), ctl::request("reload")) == "{\"ok\":true}");
}

TEST_CASE("nobody there is a message") {
    CHECK(ctl::ask("/nonexistent/control", "{}").error() ==
          "no leadlight answers at /nonexistent/control: No such file or directory");
    setenv("XDG_RUNTIME_DIR", "/run/user/7", 1);
    CHECK(ctl::default_socket() == "/run/user/7/leadlight/control");
}
