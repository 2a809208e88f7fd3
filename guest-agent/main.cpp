// SPDX-License-Identifier: MIT
#include "guest-agent/agent.hpp"
#include "guest-agent/event_source.hpp"
#include "guest-agent/log.hpp"
#include "guest-agent/options.hpp"
#include "guest-agent/program.hpp"
#include "shm-grants/any/any.hpp"

#include <csignal>

namespace {

using namespace leadlight;
using namespace leadlight::agent;

constexpr int usage_error = 2, start_error = 1;

struct Run {
    wl_display* display;
    Agent& agent;
    const Options& options;
};

void write_stats(Agent& agent, const std::string& file) {
    std::FILE* out = file.empty() ? stderr : std::fopen(file.c_str(), "w");
    if (out == nullptr) {
        log_warning("cannot write " + file);
        return;
    }
    const Counters& counters = agent.counters();
    std::fprintf(out,
                 "commits %llu\nbytes_damaged %llu\nbytes_caught_up %llu\nbytes_copied %llu\n"
                 "pages_granted %zu\n",
                 static_cast<unsigned long long>(counters.commits),
                 static_cast<unsigned long long>(counters.bytes_damaged),
                 static_cast<unsigned long long>(counters.bytes_caught_up),
                 static_cast<unsigned long long>(counters.bytes_copied),
                 agent.pools().pages_used());
    if (out != stderr) {
        std::fclose(out);
    }
}

int on_end_signal(int, void* data) {
    wl_display_terminate(static_cast<Run*>(data)->display);
    return 0;
}

int on_stats_signal(int, void* data) {
    const auto& run = *static_cast<Run*>(data);
    write_stats(run.agent, run.options.stats);
    return 0;
}

int run(const Options& options) {
    auto server = grants::serve(options.address);
    if (!server) {
        log_error("cannot listen at " + to_string(options.address) + ": " +
                  std::string(to_string(server.error())));
        return start_error;
    }
    auto granter = grants::make_granter(options.address, options.grant_frames);
    if (!granter) {
        log_error("cannot grant pages: " + std::string(to_string(granter.error())));
        return start_error;
    }
    const Display display(wl_display_create());
    Agent agent(display.get(), std::move(*server), std::move(*granter), options.xwayland);
    const std::string socket = agent.start();
    if (socket.empty()) {
        return start_error;
    }
    set_toolkit_environment(socket, agent.x_display());

    wl_event_loop* loop = wl_display_get_event_loop(display.get());
    Run running{display.get(), agent, options};
    const EventSource on_term(wl_event_loop_add_signal(loop, SIGTERM, on_end_signal, &running));
    const EventSource on_int(wl_event_loop_add_signal(loop, SIGINT, on_end_signal, &running));
    const EventSource on_usr1(wl_event_loop_add_signal(loop, SIGUSR1, on_stats_signal, &running));

    int status = 0;
    Program program(loop, [&](int ended) {
        status = ended;
        wl_display_terminate(display.get());
    });
    if (!options.program.empty()) {
        if (const auto started = program.start(options.program); !started) {
            log_error(started.error());
            return start_error;
        }
    }
    wl_display_run(display.get());
    if (!options.stats.empty()) {
        write_stats(agent, options.stats);
    }
    return status;
}

}  // namespace

int main(int argc, char** argv) {
    const auto options = parse_options({argv + 1, static_cast<std::size_t>(argc - 1)});
    if (!options) {
        log_error(options.error());
        return usage_error;
    }
    if (!options->answer.empty()) {
        std::fwrite(options->answer.data(), 1, options->answer.size(), stdout);
        return 0;
    }
    // A peer that goes is an error of the write, not the end of us.
    std::signal(SIGPIPE, SIG_IGN);
    clean_environment();
    take_over_wlroots_log();
    return run(*options);
}
