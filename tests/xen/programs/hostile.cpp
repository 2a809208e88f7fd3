// SPDX-License-Identifier: MIT
// A guest whose agent means harm, over the real vchan of its domain: says what it hears, and as its
// last line whether that was all it could bring about.
#include "shm-grants/xen/xen.hpp"
#include "tests/fixture/script_end.hpp"

#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <optional>
#include <thread>
#include <utility>

namespace leadlight::xen_test {
namespace {

namespace lp = protocol;
using References = std::vector<std::uint32_t>;

constexpr int width = 160, height = 120;
constexpr std::size_t pages = (width * height * 4 + grants::page_size - 1) / grants::page_size;
constexpr std::uint32_t colour = 0x00c0ffee;

volatile std::sig_atomic_t told_to_go_on = 0;

void go_on(int /*signal*/) {
    told_to_go_on = 1;
}

template <class T, class E>
T need(std::expected<T, E> result, const char* what) {
    if (!result) {
        throw std::runtime_error(what + std::string(": ") + std::string(to_string(result.error())));
    }
    return std::move(*result);
}

void require(bool held, const char* what) {
    if (!held) {
        throw std::runtime_error(what);
    }
}

class Agent : public fixture::ScriptEnd<lp::FromAgent, lp::ToAgent> {
  public:
    Agent()
        : server_(need(grants::xen::serve({0, 1}), "serve")),
          granter_(need(grants::xen::granter(0), "granter")) {}

    void joins() {
        use(nullptr);
        need(server_->listen(), "listen");
        std::puts("hostile: listens");
        require(within_a_minute([this] {
                    use(need(server_->accept(), "accept"));
                    return channel_ != nullptr;
                }),
                "no warden came");
        send(lp::Hello{});
        hears<lp::Welcome>();
        std::puts("hostile: welcome");
    }

    std::unique_ptr<grants::SharedPages> grants_pages() {
        return need(granter_->grant(pages), "grant");
    }
    static References references_of(const grants::SharedPages& run) {
        const auto all = std::get<grants::GrantReferences>(run.references());
        return {all.begin(), all.end()};
    }

    lp::PoolId offers(const References& references) {
        const auto pool = *lp::PoolId::from(++last_id_);
        send(lp::PoolCreate{pool, lp::PoolKind::grant_references,
                            *lp::PageCount::from(references.size())});
        names(pool, references);
        return pool;
    }
    void names(lp::PoolId pool, const References& references) {
        lp::PoolReferences message{.pool = pool, .first = *lp::PageIndex::from(0)};
        for (const auto reference : references) {
            message.references.push_back(reference);
        }
        send(message);
    }
    void is_mapped(lp::PoolId pool) {
        hears<lp::PoolReady>([&](const auto& ready) { return ready.pool == pool; });
    }

    // A window with the pool's first pages in it.
    void opens() {
        window_ = *lp::WindowId::from(++last_id_);
        send(lp::ToplevelCreate{.window = window_});
        configure_ = hears<lp::Configure>().serial;
    }
    void shows(lp::PoolId pool) {
        buffer_ = *lp::BufferId::from(++last_id_);
        send(lp::BufferCreate{.buffer = *buffer_,
                              .pool = pool,
                              .width = *lp::Extent::from(width),
                              .height = *lp::Extent::from(height),
                              .stride = *lp::Stride::from(width * 4)});
        commits();
    }
    lp::Commit commit() const {
        const lp::Rect all{.width = *lp::Extent::from(width), .height = *lp::Extent::from(height)};
        lp::Commit commit{.window = window_, .configure = configure_};
        commit.layers.push_back(
            lp::Layer{.buffer = buffer_.value(), .source = all, .damage = {all}});
        return commit;
    }
    void commits() {
        send(commit());
        hears<lp::Frame>();
    }

    void takes_back(lp::PoolId pool) {
        if (const auto buffer = std::exchange(buffer_, std::nullopt)) {
            send(lp::BufferDestroy{*buffer});
        }
        send(lp::PoolDestroy{pool});
        hears<lp::PoolUnmapped>([&](const auto& gone) { return gone.pool == pool; });
    }
    // False when it was cut off for it. The kernel looks at put-off ends once a second.
    bool may_offer_again(const References& references) {
        require(++tries_ < 30, "revoked references are mapped again and again");
        const auto pool = offers(references);
        fixture::eventually([&] { return cut_ || heard<lp::PoolReady>() > 0; });
        if (cut_) {
            return false;
        }
        is_mapped(pool);
        takes_back(pool);
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        return true;
    }

    void is_cut_off(std::optional<lp::Violation> reason) {
        require(fixture::eventually([this] {
                    pump();
                    return cut_;
                }),
                "the connection goes on");
        if (reason) {
            require(hears<lp::Bye>().reason == *reason, "for another reason");
        }
    }
    void goes_on() { require(!cut_ && channel_ != nullptr, "the connection is over"); }
    // Until SIGUSR1, with the connection as it is.
    void waits_for_word() {
        require(within_a_minute([this] {
                    pump();
                    return told_to_go_on != 0;
                }),
                "no word from the admin domain");
        goes_on();
    }

  private:
    // The admin domain may be waiting for its own reasons, which are not ours to know.
    static bool within_a_minute(const std::function<bool()>& condition) {
        bool held = false;
        for (int tries = 0; tries < 6 && !held; ++tries) {
            held = fixture::eventually(condition);
        }
        return held;
    }

    void received(const lp::ToAgent::Any& message) override {
        if (const auto* ping = std::get_if<lp::Ping>(&message)) {
            send(lp::Pong{ping->serial});
        }
    }

    std::unique_ptr<grants::Server> server_;
    std::unique_ptr<grants::PageGranter> granter_;
    std::uint64_t last_id_ = 0;
    int tries_ = 0;
    lp::WindowId window_;
    std::optional<lp::BufferId> buffer_;
    lp::Serial configure_ = 0;
};

void paint(const grants::SharedPages& run) {
    std::fill_n(reinterpret_cast<std::uint32_t*>(run.data()), width * height, colour);
}

// References that were never granted, or by somebody else.
void these(const References& references) {
    Agent agent;
    agent.joins();
    agent.offers(references);
    agent.is_cut_off(lp::Violation::mapping_failed);
}

// One bad one behind many good ones.
void one_bogus() {
    Agent agent;
    agent.joins();
    const auto run = agent.grants_pages();
    auto references = Agent::references_of(*run);
    references.back() = 31'000;
    agent.offers(references);
    agent.is_cut_off(lp::Violation::mapping_failed);
}

// The same page as every page of a window: costs what a page costs, and is its own affair.
void one_page_for_all() {
    Agent agent;
    agent.joins();
    const auto run = agent.grants_pages();
    paint(*run);
    const auto pool = agent.offers(References(pages, Agent::references_of(*run).front()));
    agent.is_mapped(pool);
    agent.opens();
    agent.shows(pool);
    agent.goes_on();
}

// Others in place of those that are mapped, under what is shown.
void named_again() {
    Agent agent;
    agent.joins();
    const auto run = agent.grants_pages();
    const auto pool = agent.offers(Agent::references_of(*run));
    agent.is_mapped(pool);
    agent.opens();
    agent.shows(pool);
    agent.names(pool, Agent::references_of(*run));
    agent.is_cut_off(lp::Violation::pool_complete);
}

// Grants that end while their pages are on the screen. They stay readable until they are unmapped
// (Linux puts the end off until then), and what is offered after it is refused.
void revoked() {
    Agent agent;
    agent.joins();
    auto run = agent.grants_pages();
    paint(*run);
    const auto references = Agent::references_of(*run);
    const auto pool = agent.offers(references);
    agent.is_mapped(pool);
    agent.opens();
    agent.shows(pool);
    run.reset();
    std::puts("hostile: revoked");
    for (int i = 0; i < 5; ++i) {
        agent.commits();
    }
    agent.goes_on();
    agent.takes_back(pool);
    while (agent.may_offer_again(references)) {
    }
    agent.is_cut_off(lp::Violation::mapping_failed);
}

// Half a message in the ring when its reader dies: the next one hears nothing of it. The reader is
// stopped before it is sent, or it would be out of the ring and in that one's memory.
void half_a_message() {
    Agent agent;
    agent.joins();
    const auto run = agent.grants_pages();
    paint(*run);
    {
        agent.is_mapped(agent.offers(Agent::references_of(*run)));
        agent.opens();
        std::vector<std::byte> bytes;
        lp::encode<lp::FromAgent>(lp::Title{.text = lp::Text<512>::from("unsaid").value()}, bytes);
        std::puts("hostile: has half a message to send");
        agent.waits_for_word();
        agent.send_bytes(std::span(bytes).first(bytes.size() / 2));
        std::puts("hostile: half a message is sent");
        agent.is_cut_off(std::nullopt);
    }
    agent.joins();
    const auto pool = agent.offers(Agent::references_of(*run));
    agent.is_mapped(pool);
    agent.opens();
    agent.shows(pool);
    std::puts("hostile: shown");
}

int run(std::string_view kind, const References& references) {
    if (kind == "these") {
        these(references);
    } else if (kind == "one-bogus") {
        one_bogus();
    } else if (kind == "one-page-for-all") {
        one_page_for_all();
    } else if (kind == "named-again") {
        named_again();
    } else if (kind == "revoked") {
        revoked();
    } else if (kind == "half-a-message") {
        half_a_message();
    } else {
        return 2;
    }
    std::printf("hostile: %s: so be it\n", std::string(kind).c_str());
    return 0;
}

}  // namespace
}  // namespace leadlight::xen_test

int main(int argc, char** argv) {
    (void)setvbuf(stdout, nullptr, _IOLBF, 0);
    std::signal(SIGUSR1, leadlight::xen_test::go_on);
    std::vector<std::uint32_t> references;
    for (int i = 2; i < argc; ++i) {
        references.push_back(static_cast<std::uint32_t>(std::strtoul(argv[i], nullptr, 10)));
    }
    try {
        return argc < 2 ? 2 : leadlight::xen_test::run(argv[1], references);
    } catch (const std::exception& failure) {
        std::printf("hostile: failed: %s\n", failure.what());
        return 1;
    }
}
