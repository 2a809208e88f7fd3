// SPDX-License-Identifier: MIT
// What a frame costs, counted and not timed: a pixel is copied once in the guest for each buffer
// that must show it, and what the person does to windows maps and copies nothing.
#include "tests/fixture/desk.hpp"

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

using namespace leadlight::fixture;

namespace {

constexpr std::uint64_t width = 512, height = 320;
constexpr std::uint64_t whole = width * height * 4, small = std::uint64_t{64} * 64 * 4;

using Counters = std::map<std::string, std::uint64_t>;

/// A real agent for a domain of the desk, and the bench's painter as its program.
class Painted {
  public:
    Painted(Desk& desk, const std::string& domain, std::vector<std::string> arguments)
        : stats_(desk.folder() / (domain + ".stats")) {
        const std::string home = desk.folder() / domain;
        std::filesystem::create_directory(home);
        std::filesystem::permissions(home, std::filesystem::perms::owner_all);
        std::vector<std::string> command{program("guest-agent/leadlight-agent"),
                                         "--listen",
                                         "local:" + desk.socket(domain),
                                         "--no-xwayland",
                                         "--stats",
                                         stats_,
                                         "--",
                                         program("bench/painter"),
                                         "--size=512x320"};
        command.insert(command.end(), arguments.begin(), arguments.end());
        agent_ = Process(command, {{"XDG_RUNTIME_DIR", home}}, home + "/log");
    }
    /// After all frames; the agent ends with its program.
    Counters at_the_end() {
        CHECK(agent_.wait() == 0);
        return read();
    }
    Counters now() {
        std::filesystem::remove(stats_);
        agent_.signal(SIGUSR1);
        Counters counters;
        CHECK(eventually([&] { return (counters = read()).contains("pages_granted"); }));
        return counters;
    }

  private:
    Counters read() const {
        Counters counters;
        std::ifstream file(stats_);
        std::string name;
        std::uint64_t value = 0;
        while (file >> name >> value) {
            counters[name] = value;
        }
        return counters;
    }
    std::string stats_;
    Process agent_;
};

Counters stats(Desk& desk) {
    return nlohmann::json::parse(desk.ctl({"stats", "--json"})).get<Counters>();
}

}  // namespace

TEST_CASE("full damage is copied once a frame, and named once") {
    Desk desk({{"work", "blue"}});
    const auto guest = Painted(desk, "work", {"--frames=20"}).at_the_end();
    CHECK(guest.at("commits") == 20);
    CHECK(guest.at("bytes_damaged") == 20 * whole);
    CHECK(guest.at("bytes_caught_up") == 0);
    CHECK(guest.at("bytes_copied") == 20 * whole);
    const auto admin = stats(desk);
    CHECK(admin.at("damaged_pixels") == 20 * width * height);
    // Two buffers, each mapped once and in one slice.
    CHECK(admin.at("map_calls") == 2);
}

TEST_CASE("small damage at one place is copied once a frame, after each buffer was filled once") {
    Desk desk({{"work", "blue"}});
    const auto guest = Painted(desk, "work", {"--frames=20", "--small"}).at_the_end();
    CHECK(guest.at("commits") == 20);
    // A window's first frame is all new; its second goes into a buffer that nothing was in.
    CHECK(guest.at("bytes_damaged") == whole + 19 * small);
    CHECK(guest.at("bytes_caught_up") == whole - small);
    CHECK(guest.at("bytes_copied") == 2 * whole + 18 * small);
}

TEST_CASE("damage that moves is copied once for each of the two buffers") {
    Desk desk({{"work", "blue"}});
    const auto guest = Painted(desk, "work", {"--frames=20", "--walking"}).at_the_end();
    CHECK(guest.at("commits") == 20);
    CHECK(guest.at("bytes_damaged") == whole + 19 * small);
    CHECK(guest.at("bytes_caught_up") == (whole - small) + 18 * small);
    CHECK(guest.at("bytes_copied") == guest.at("bytes_damaged") + guest.at("bytes_caught_up"));
}

TEST_CASE("moving, restacking and focusing map nothing and copy nothing") {
    Desk desk({{"work", "blue"}, {"untrusted", "red"}});
    Painted work(desk, "work", {"--still"}), untrusted(desk, "untrusted", {"--still"});
    REQUIRE(eventually([&] { return desk.windows().size() == 2; }));
    desk.picture_at_rest();
    const auto before = stats(desk);
    const Counters guests[] = {work.now(), untrusted.now()};

    const auto order = [&] {
        std::vector<std::uint64_t> ids;
        for (const auto& window : desk.windows()) {
            ids.push_back(window.id);
        }
        return ids;
    };
    const auto focus_changes = [&](const auto& act) {
        const auto focused = [&] {
            for (const auto& window : desk.windows()) {
                if (window.focused) {
                    return window.id;
                }
            }
            return std::uint64_t{0};
        };
        const auto first = focused();
        act();
        REQUIRE(eventually([&] { return focused() != first; }));
    };
    const auto next_window = [&] {
        desk.key(Code::super, true);
        desk.strikes(Code::tab);
        desk.key(Code::super, false);
    };
    focus_changes(next_window);
    const auto stacked = order();
    focus_changes(next_window);
    CHECK(order() != stacked);

    const DeskWindow top = desk.windows().back();
    desk.key(Code::super, true);
    desk.moves_to(top.content.x + 20, top.content.y + 20);
    desk.button(Code::left_button, true);
    for (int step = 1; step <= 50; ++step) {
        desk.moves_to(top.content.x + 20 + 2 * step, top.content.y + 20 + step);
    }
    desk.button(Code::left_button, false);
    desk.key(Code::super, false);
    REQUIRE(eventually([&] { return desk.windows().back().frame.x == top.frame.x + 100; }));
    desk.picture_at_rest();

    const auto after = stats(desk);
    for (const char* still : {"map_calls", "unmap_calls", "pages", "commits", "damaged_pixels"}) {
        CHECK(after.at(still) == before.at(still));
    }
    CHECK(after.at("output_frames") > before.at("output_frames"));
    CHECK(work.now() == guests[0]);
    CHECK(untrusted.now() == guests[1]);
}
