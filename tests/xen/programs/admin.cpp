// SPDX-License-Identifier: MIT
// The admin domain's side of the tests on real Xen: one scenario a run. Prints
// "ok: SCENARIO" as its last line, and only if every step was as it must be.
#include "machine.hpp"
#include "pattern.hpp"
#include "talk.hpp"

#include "shm-grants/xen/xen.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <sstream>
#include <thread>

namespace leadlight::xen_test {
namespace {

using grants::MapError;
using Clock = std::chrono::steady_clock;
constexpr std::uint32_t port = 1;

double milliseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// Tries until the guest has its nodes: after a former client's end it makes new ones.
std::unique_ptr<Channel> connect(std::uint16_t domain, std::uint32_t to_port = port) {
    for (const auto start = Clock::now(); milliseconds_since(start) < 30'000;) {
        auto channel = grants::xen::connect({domain, to_port});
        if (channel) {
            return std::move(*channel);
        }
        require(channel.error() == ChannelError::not_there, to_string(channel.error()));
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    require(false, "nobody listens");
    return nullptr;
}

std::string ask(Talk& talk, const std::string& request) {
    require(talk.send(request).has_value(), "cannot send: " + request);
    const auto answer = talk.receive();
    require(answer.has_value(), "no answer to: " + request);
    return *answer;
}

void demand(Talk& talk, const std::string& request, const std::string& expected) {
    const auto answer = ask(talk, request);
    require(answer == expected, request + " -> " + answer);
}

struct Run {
    std::string id;
    std::vector<std::uint32_t> references;
};

Run grant(Talk& talk, std::size_t pages, std::uint32_t seed) {
    const auto answer = ask(talk, "grant " + std::to_string(pages) + ' ' + std::to_string(seed));
    std::istringstream words(answer);
    std::string verb;
    Run run;
    words >> verb >> run.id;
    require(verb == "run", answer);
    for (std::uint32_t reference = 0; words >> reference;) {
        run.references.push_back(reference);
    }
    require(run.references.size() == pages, "as many references as pages");
    return run;
}

void talk_both_ways(const Machine& machine) {
    Talk talk(connect(machine.domain()));
    require(ask(talk, "hello").starts_with("hello "), "a greeting");
    const auto start = Clock::now();
    constexpr int rounds = 50;
    for (int i = 0; i < rounds; ++i) {
        demand(talk, "echo " + std::to_string(i), std::to_string(i));
    }
    std::printf("round trip: %.2f ms\n", milliseconds_since(start) / rounds);
    // Four times what both rings hold: reads and writes end anywhere.
    std::string text(512UZ * 1024, ' ');
    for (std::size_t i = 0; i < text.size(); ++i) {
        text[i] = static_cast<char>('!' + i % 89);
    }
    const auto long_start = Clock::now();
    demand(talk, "echo " + text, text);
    std::printf("512 KiB there and back: %.0f ms\n", milliseconds_since(long_start));
}

// Pages of a window: granted, mapped in slices, drawn, drawn again, taken down in two phases.
void pages(const Machine& machine) {
    Talk talk(connect(machine.domain()));
    constexpr std::size_t count = 700;  // two slices and a part
    const auto run = grant(talk, count, 1);

    const auto before = grants::mapping_counters();
    auto mapping = machine.start_map(run.references);
    int steps = 0;
    for (auto progress = PageMapping::Progress::working; progress != PageMapping::Progress::done;
         ++steps) {
        require(mapping->data() == nullptr, "no data before all of it is mapped");
        std::size_t budget = PageMapping::slice;
        const auto start = Clock::now();
        const auto step = mapping->map_step(budget);
        require(step.has_value(), "a slice maps");
        progress = *step;
        std::printf("slice mapped: %.2f ms\n", milliseconds_since(start));
    }
    require(steps == 3, "three steps for two slices and a part");
    require(grants::mapping_counters().map_calls == before.map_calls + 3, "three calls");
    require(grants::mapping_counters().pages_mapped == before.pages_mapped + count, "700 pages");
    require(first_wrong_page(mapping->data(), count, 1) == count, "the first picture");

    for (std::uint32_t frame = 2; frame < 6; ++frame) {
        demand(talk, "write " + run.id + ' ' + std::to_string(frame), "done");
        require(first_wrong_page(mapping->data(), count, frame) == count, "a later picture");
    }
    require(grants::mapping_counters().map_calls == before.map_calls + 3, "no map for a frame");

    unmap(*mapping);
    require(grants::mapping_counters().pages_mapped == before.pages_mapped, "all are unmapped");
    demand(talk, "drop " + run.id, "done");
    require(ask(talk, "account").starts_with("account 0 "), "the account is empty again");
}

// A mapping cannot be written, and the guest cannot be made to grant for writing.
void read_only(const Machine& machine) {
    Talk talk(connect(machine.domain()));
    const auto run = grant(talk, 2, 1);
    const auto mapping = machine.map(run.references);
    const auto child = fork();
    require(child >= 0, "fork");
    if (child == 0) {
        // gntdev's mappings are not inherited, so the child maps for itself.
        const auto own = machine.map(run.references);
        const_cast<std::byte*>(own->data())[0] = std::byte{1};
        _exit(0);
    }
    int status = 0;
    require(waitpid(child, &status, 0) == child, "waitpid");
    require(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV, "writing is a fault");
    require(first_wrong_page(mapping->data(), 2, 1) == 2, "nothing was written");
}

void bogus_references(const Machine& machine) {
    Talk talk(connect(machine.domain()));
    auto run = grant(talk, 300, 1);
    const auto pages_before = grants::mapping_counters().pages_mapped;
    const auto refused = [&](std::vector<std::uint32_t> references) {
        const auto mapping = machine.start_map(std::move(references));
        auto budget = everything;
        const auto done = mapping->map_step(budget);
        return done == std::unexpected(MapError::bad_reference) && mapping->data() == nullptr;
    };
    require(refused({31'000}), "a reference that was never granted");
    require(refused({0xffffffff}), "a reference out of range");
    require(refused({0, 1, 2, 3}), "references of the system's own pages");
    auto mixed = run.references;
    mixed.back() = 31'000;
    require(refused(mixed), "a bogus reference at the end, after a good slice");
    require(grants::mapping_counters().pages_mapped == pages_before, "nothing is left mapped");

    demand(talk, "drop " + run.id, "done");
    require(refused(run.references), "references that were granted once");

    // After all that, a good one works; also twice at once.
    run = grant(talk, 300, 7);
    const auto first = machine.map(run.references);
    const auto second = machine.map(run.references);
    require(first_wrong_page(second->data(), 300, 7) == 300, "a good run maps");
}

void another_domains_references(const Machine& machine) {
    Talk talk(connect(machine.domain()));
    const auto run = grant(talk, 4, 1);
    auto mapping = grants::xen::map(machine.device(), 0, run.references);
    require(mapping.has_value(), "a mapping starts");
    auto budget = everything;
    require((*mapping)->map_step(budget) == std::unexpected(MapError::bad_reference),
            "references are good with their own domain only");
}

// kill -9 of a client with half a message in the ring: the next one is served, and knows nothing
// of it. Several times, with more and less in the ring, and without a pause.
void killed_client(const Machine& machine) {
    for (const std::size_t half : {0UZ, 1UZ, 5UZ, 3000UZ, 65536UZ}) {
        int ready[2];
        require(pipe(ready) == 0, "pipe");
        const auto child = fork();
        require(child >= 0, "fork");
        if (child == 0) {
            Talk talk(connect(machine.domain()));
            require(ask(talk, "hello").starts_with("hello "), "a greeting before");
            require(talk.send_raw(std::string(half, 'x')).has_value(), "half a message");
            require(write(ready[1], "x", 1) == 1, "pipe");
            for (;;) {
                pause();
            }
        }
        close(ready[1]);
        char byte = 0;
        require(read(ready[0], &byte, 1) == 1, "the client got that far");
        close(ready[0]);
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        const auto start = Clock::now();
        Talk talk(connect(machine.domain()));
        require(ask(talk, "hello").starts_with("hello "), "a greeting after");
        std::printf("after %zu bytes and a kill, served again in %.0f ms\n", half,
                    milliseconds_since(start));
    }
}

// What a client had mapped when it was killed is unmapped, and the guest can use the pages again.
void killed_with_pages(const Machine& machine) {
    Talk talk(connect(machine.domain()));
    const auto run = grant(talk, 300, 1);
    const auto child = fork();
    require(child >= 0, "fork");
    if (child == 0) {
        const auto own = machine.map(run.references);
        kill(getpid(), SIGKILL);
        _exit(own->data() == nullptr);
    }
    int status = 0;
    require(waitpid(child, &status, 0) == child && WTERMSIG(status) == SIGKILL, "the kill");
    demand(talk, "drop " + run.id, "done");
    const auto next = grant(talk, 300, 2);
    const auto mapping = machine.map(next.references);
    require(first_wrong_page(mapping->data(), 300, 2) == 300, "pages of the next run");
    unmap(*mapping);
    demand(talk, "drop " + next.id, "done");
}

void limits(const Machine& machine) {
    Talk talk(connect(machine.domain()));
    std::istringstream account(ask(talk, "account"));
    std::string verb;
    std::size_t used = 0;
    std::size_t limit = 0;
    require(static_cast<bool>(account >> verb >> used >> limit), "an account");
    std::printf("limit: %zu pages\n", limit);
    require(used == 0 && limit == 1024 - 66, "gntalloc's default, less the rings");

    // The account's: nothing is tried.
    demand(talk, "grant " + std::to_string(limit + 1) + " 1",
           "error over the limit of granted pages");
    const auto all = grant(talk, limit, 1);
    demand(talk, "grant 1 1", "error over the limit of granted pages");
    demand(talk, "drop " + all.id, "done");

    // The kernel's, lower than the account thinks: an error, and nothing is broken by it.
    demand(talk, "gntalloc-limit 100", "done");
    demand(talk, "grant 500 1", "error the system has no more pages to grant");
    require(ask(talk, "account").starts_with("account 0 "), "a failed grant costs nothing");
    const auto small = grant(talk, 10, 3);
    const auto mapping = machine.map(small.references);
    require(first_wrong_page(mapping->data(), 10, 3) == 10, "what still fits works");
    unmap(*mapping);
    demand(talk, "drop " + small.id, "done");
    demand(talk, "gntalloc-limit 1024", "done");
    const auto again = grant(talk, 900, 4);
    const auto after = machine.map(again.references);
    require(first_wrong_page(after->data(), 900, 4) == 900, "all of it works again");
    unmap(*after);
    demand(talk, "drop " + again.id, "done");
}

// A guest whose ring indices lie is told from one that is silent.
void lying_ring(const Machine& machine, const std::string& kind) {
    constexpr std::uint32_t liars_port = 2;
    Talk talk(connect(machine.domain()));
    demand(talk, "lie " + std::to_string(liars_port) + ' ' + kind, "done");
    const auto channel = connect(machine.domain(), liars_port);
    std::array<std::byte, 100> bytes{};
    std::expected<std::size_t, ChannelError> got = 0;
    while (got) {
        require(becomes_readable(channel->poll_descriptor()), "the lie is noticed");
        channel->drain_event();
        got = kind == "produced" ? channel->read(bytes) : channel->write(bytes);
    }
    require(got.error() == ChannelError::broken, to_string(got.error()));
    require(channel->read(bytes) == std::unexpected(ChannelError::broken), "for good");
    require(channel->write(bytes) == std::unexpected(ChannelError::broken), "both ways");
    demand(talk, "stop-lying", "done");
}

// The shell destroys the guest while this holds its pages, then ends our standard input.
void destroyed_guest(const Machine& machine) {
    Talk talk(connect(machine.domain()));
    const auto run = grant(talk, 600, 9);
    const auto mapping = machine.map(run.references);
    std::puts("holding");
    char byte = 0;
    require(read(STDIN_FILENO, &byte, 1) == 1, "word that it is destroyed");
    require(first_wrong_page(mapping->data(), 600, 9) == 600, "the last picture can be read");
    const auto start = Clock::now();
    unmap(*mapping);
    std::printf("unmapped in %.0f ms\n", milliseconds_since(start));
}

// What another program of the guest granted, in one piece.
void maps(const Machine& machine, const std::vector<std::uint32_t>& references) {
    require(!references.empty(), "references to map");
    const auto mapping = machine.map(references);
    require(mapping->data() != nullptr, "all of them can be read");
    unmap(*mapping);
}

int run(const std::string& scenario, std::uint16_t domain,
        const std::vector<std::uint32_t>& references) {
    const std::map<std::string, std::function<void(const Machine&)>> scenarios = {
        {"talk", talk_both_ways},
        {"pages", pages},
        {"read-only", read_only},
        {"bogus-references", bogus_references},
        {"another-domains-references", another_domains_references},
        {"killed-client", killed_client},
        {"killed-with-pages", killed_with_pages},
        {"limits", limits},
        {"lying-producer", [](const Machine& machine) { lying_ring(machine, "produced"); }},
        {"lying-consumer", [](const Machine& machine) { lying_ring(machine, "consumed"); }},
        {"destroyed-guest", destroyed_guest},
        {"maps", [&](const Machine& machine) { maps(machine, references); }},
    };
    const auto found = scenarios.find(scenario);
    require(found != scenarios.end(), "no such scenario");
    found->second(Machine(domain));
    std::printf("ok: %s\n", scenario.c_str());
    return 0;
}

}  // namespace
}  // namespace leadlight::xen_test

int main(int argc, char** argv) {
    (void)setvbuf(stdout, nullptr, _IOLBF, 0);
    if (argc < 3) {
        (void)std::fputs("usage: xen-admin SCENARIO DOMAIN [REFERENCE...]\n", stderr);
        return 2;
    }
    std::vector<std::uint32_t> references;
    for (int i = 3; i < argc; ++i) {
        references.push_back(static_cast<std::uint32_t>(std::stoul(argv[i])));
    }
    return leadlight::xen_test::run(argv[1], static_cast<std::uint16_t>(std::stoi(argv[2])),
                                    references);
}
