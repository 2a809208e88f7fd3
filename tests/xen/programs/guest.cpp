// SPDX-License-Identifier: MIT
// The guest's side of the tests on real Xen: serves one vchan and does what the
// admin domain's program asks for, a line a request, a line an answer:
//   hello               -> hello N, where N counts the clients so far
//   grant PAGES SEED    -> run ID REFERENCE...   or: error WORDS
//   write ID SEED       -> done
//   drop ID             -> done
//   account             -> account USED LIMIT
//   gntalloc-limit N    -> done: changes the kernel's limit behind the granter's back
//   echo TEXT           -> TEXT
//   lie PORT KIND       -> done: starts a xen-liar there
//   stop-lying          -> done
#include "pattern.hpp"
#include "talk.hpp"

#include "shm-grants/xen/xen.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>

namespace leadlight::xen_test {
namespace {

class Guest {
  public:
    Guest(std::unique_ptr<grants::PageGranter> granter, std::uint16_t admin_domain)
        : granter_(std::move(granter)), admin_domain_(admin_domain) {}

    void serve(Talk& talk) {
        ++clients_;
        // A new client has nothing mapped: what the former one did not hand back ends here.
        runs_.clear();
        for (;;) {
            const auto request = talk.receive(true);
            if (!request) {
                std::printf("guest: client %d: %s\n", clients_,
                            std::string(to_string(request.error())).c_str());
                break;
            }
            if (!talk.send(answer(*request))) {
                break;
            }
        }
    }

  private:
    std::string answer(const std::string& request) {
        std::istringstream words(request);
        std::string verb;
        words >> verb;
        std::size_t number = 0;
        std::uint32_t seed = 0;
        if (verb == "hello") {
            return "hello " + std::to_string(clients_);
        }
        if (verb == "echo") {
            return request.substr(5);
        }
        if (verb == "account") {
            return "account " + std::to_string(granter_->account().used()) + ' ' +
                   std::to_string(granter_->account().limit());
        }
        if (verb == "grant" && words >> number >> seed) {
            return grant(number, seed);
        }
        if (verb == "gntalloc-limit" && words >> number) {
            std::ofstream limit("/sys/module/xen_gntalloc/parameters/limit");
            limit << number << std::flush;
            return limit ? "done" : "error cannot set the limit";
        }
        std::string kind;
        if (verb == "lie" && words >> number >> kind) {
            start_liar(std::to_string(number), kind);
            return "done";
        }
        if (verb == "stop-lying") {
            stop_liar();
            return "done";
        }
        const bool known = words >> number && runs_.contains(number);
        if (verb == "write" && known && words >> seed) {
            fill(runs_[number]->data(), runs_[number]->pages(), seed);
            return "done";
        }
        if (verb == "drop" && known) {
            runs_.erase(number);
            return "done";
        }
        return "error what is: " + request;
    }

    std::string grant(std::size_t pages, std::uint32_t seed) {
        auto run = granter_->grant(pages);
        if (!run) {
            return "error " + std::string(to_string(run.error()));
        }
        fill((*run)->data(), pages, seed);
        std::ostringstream line;
        line << "run " << ++last_run_;
        const auto references = (*run)->references();
        for (const auto reference : std::get<grants::GrantReferences>(references)) {
            line << ' ' << reference;
        }
        runs_[last_run_] = std::move(*run);
        return line.str();
    }

    void start_liar(const std::string& port, const std::string& kind) {
        stop_liar();
        const auto admin_domain = std::to_string(admin_domain_);
        liar_ = fork();
        if (liar_ == 0) {
            execl("/tests/xen-liar", "xen-liar", admin_domain.c_str(), port.c_str(), kind.c_str(),
                  nullptr);
            _exit(127);
        }
    }

    void stop_liar() {
        if (liar_ > 0) {
            kill(liar_, SIGKILL);
            waitpid(liar_, nullptr, 0);
        }
        liar_ = -1;
    }

    std::unique_ptr<grants::PageGranter> granter_;
    std::uint16_t admin_domain_;
    pid_t liar_ = -1;
    std::map<std::size_t, std::unique_ptr<grants::SharedPages>> runs_;
    std::size_t last_run_ = 0;
    int clients_ = 0;
};

int complain(std::string_view what, std::string_view why) {
    std::printf("guest: %s: %s\n", std::string(what).c_str(), std::string(why).c_str());
    return 1;
}

int run(std::uint16_t admin_domain, std::uint32_t port) {
    auto granter = grants::xen::granter(admin_domain);
    if (!granter) {
        return complain("granter", to_string(granter.error()));
    }
    auto server = grants::xen::serve({admin_domain, port});
    if (!server) {
        return complain("server", to_string(server.error()));
    }
    std::printf("guest: serving, %zu pages at most\n", (*granter)->account().limit());
    Guest guest(std::move(*granter), admin_domain);
    for (;;) {
        const auto descriptor = (*server)->listen();
        if (!descriptor) {
            return complain("listen", to_string(descriptor.error()));
        }
        pollfd poll_for{*descriptor, POLLIN, 0};
        poll(&poll_for, 1, -1);
        auto channel = (*server)->accept();
        if (!channel) {
            return complain("accept", to_string(channel.error()));
        }
        if (*channel) {
            Talk talk(std::move(*channel));
            guest.serve(talk);
        }
    }
}

}  // namespace
}  // namespace leadlight::xen_test

int main(int argc, char** argv) {
    (void)setvbuf(stdout, nullptr, _IOLBF, 0);
    if (argc != 3) {
        (void)std::fputs("usage: xen-guest ADMIN-DOMAIN PORT\n", stderr);
        return 2;
    }
    return leadlight::xen_test::run(static_cast<std::uint16_t>(std::stoi(argv[1])),
                                    static_cast<std::uint32_t>(std::stoul(argv[2])));
}
