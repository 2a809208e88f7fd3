// SPDX-License-Identifier: MIT
#include "tests/hostile/stage.hpp"

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstdio>
#include <deque>
#include <thread>

namespace leadlight::hostile {

using fixture::Desk;
using fixture::eventually;

namespace {

/// Domains whose wardens start while another one breaks the protocol. No more: who is connected has
/// 5 s to say hello, on a slow machine too.
constexpr std::size_t made_ahead = 2;
/// Breaches from one look at every pixel of the bystanders to the next.
constexpr std::size_t at_a_look = 8;
/// Ids below are the bystanders' own, so that theirs are nobody's here.
constexpr int first_id = 1000;
/// The corner of the screen, where no window is.
constexpr int out_of_the_way_x = 1279, out_of_the_way_y = 719;
constexpr int middle_x = 640, middle_y = 360;

}  // namespace

Stage::Stage(const std::string& warden)
    : desk({{Idler::domain, "gray"}, {Animator::domain, "green"}}, {.warden = warden}),
      control(desk.folder()), idler(desk, control), animator(desk.socket(Animator::domain)) {
    animator.goes_on();
    // The person works in the idle domain, in the middle of the screen where no small window of
    // another opens: the pointer that goes to those would come over it when they are gone.
    const fixture::Box idle = desk.window("stillness").content;
    desk.clicks(desk.window("stillness"));
    desk.key(fixture::Code::super, true);
    desk.moves_to(idle.x + idle.width / 2, idle.y + idle.height / 2);
    desk.button(fixture::Code::left_button, true);
    desk.moves_to(middle_x, middle_y);
    desk.button(fixture::Code::left_button, false);
    desk.key(fixture::Code::super, false);
    pointer_away();
    idler.looks_anew();

    constexpr std::chrono::seconds while_quiet{1};
    const auto before = animator.frames();
    std::this_thread::sleep_for(while_quiet);
    frames_per_second = static_cast<double>(animator.frames() - before) / while_quiet.count();
}

void Stage::pointer_away() {
    desk.moves_to(out_of_the_way_x, out_of_the_way_y);
}

void Stage::check_bystanders(bool alone) {
    animator.goes_on();
    idler.is_as_before(alone);
}

bool closed_for(const Stage& stage, const std::string& domain, lp::Violation reason) {
    return stage.desk.log().contains("domain " + domain +
                                     ": connection closed: " + std::string(lp::name_of(reason)));
}

Hostile::Hostile(Stage& stage)
    : stage_(stage), name_(stage.new_name()), guest(stage.desk.socket(name_)) {
    for (int i = 0; i < first_id; ++i) {
        guest.next_id();
    }
    stage.control.add_domain(name_, "red", stage.desk.socket(name_));
}

Hostile::~Hostile() {
    try {
        stage_.control.remove_domain(name_);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s stays: %s\n", name_.c_str(), failure.what());
    }
}

void Hostile::enters() {
    guest.joins();
    window_ = guest.opens("hostile", 64, 48);
    guest.commits(window_, 0xff0000);
    // One pool with a buffer that may go, and one of which the buffer went.
    spare_ = guest.makes_buffer(16, 16);
    emptied_ = guest.makes_buffer(16, 16);
    guest.send(lp::BufferDestroy{.buffer = emptied_.id});
    const auto next = [this] { return *lp::WindowId::from(guest.next_id()); };
    things = {.pool = window_.buffer.pool,
              .spare_pool = emptied_.pool,
              .buffer = window_.buffer.id,
              .spare_buffer = spare_.id,
              .toplevel = window_.id,
              .other = next(),
              .spare = next(),
              .popup = next(),
              .unmanaged = next(),
              .configure = window_.configure.serial,
              .width = window_.buffer.width,
              .height = window_.buffer.height};
    things.next = guest.next_id();
    guest.send(lp::ToplevelCreate{.window = things.other});
    guest.send(lp::ToplevelCreate{.window = things.spare});
    auto popup = sample<lp::PopupCreate>(things);
    popup.window = things.popup;
    guest.send(popup);
    auto unmanaged = sample<lp::UnmanagedCreate>(things);
    unmanaged.window = things.unmanaged;
    guest.send(unmanaged);
    guest.hears<lp::Configure>([&](const auto& c) { return c.window == things.unmanaged; });
}

void Hostile::gets_pointer() {
    nlohmann::json place;
    fixture::wait_until(
        [&] {
            for (const auto& window : stage_.control.windows(name_)) {
                if (window.at("kind") == "toplevel" && window.at("visible")) {
                    place = window.at("content_px");
                }
            }
            return !place.is_null();
        },
        "the hostile window is not on the screen");
    stage_.desk.moves_to(place.at("x").get<int>() + things.width / 2,
                         place.at("y").get<int>() + things.height / 2);
    things.input = guest.hears<lp::PointerEnter>().serial;
}

void Hostile::is_answered() {
    // A configure is the answer to any state_request, in order with all before it.
    guest.forgets();
    guest.send(lp::StateRequest{.window = things.other, .wish = lp::StateWish::fullscreen});
    guest.hears<lp::Configure>([&](const auto& c) { return c.window == things.other; });
}

namespace {

/// Empty: as it must be.
std::string outcome_of(Stage& stage, Hostile& hostile, const Breach& breach) {
    const auto cut_before = stage.control.counter("links_closed");
    if (breach.needs_pointer) {
        hostile.gets_pointer();
    }
    hostile.guest.forgets();
    breach.does(hostile);
    const auto reason = hostile.guest.is_cut_off();
    if (!reason) {
        return "cut off without a word";
    }
    if (*reason != breach.reason) {
        return "cut off for " + std::string(lp::name_of(*reason));
    }
    const auto opcode = hostile.guest.hears<lp::Bye>().opcode;
    if (breach.opcode && opcode != *breach.opcode) {
        return "blamed on opcode " + std::to_string(opcode);
    }
    if (breach.needs_pointer) {
        stage.pointer_away();
    }
    if (!eventually([&] { return stage.control.counter("links_closed") == cut_before + 1; })) {
        return "links closed: " +
               std::to_string(stage.control.counter("links_closed") - cut_before);
    }
    if (stage.control.state(hostile.name()) != "waiting") {
        return "still " + stage.control.state(hostile.name());
    }
    stage.check_bystanders(false);
    return {};
}

}  // namespace

void commit_breaches(Stage& stage, const char* chapter, const std::vector<Breach>& breaches) {
    std::deque<std::unique_ptr<Hostile>> ahead;
    std::size_t made = 0;
    for (std::size_t i = 0; i < breaches.size(); ++i) {
        const Breach& breach = breaches[i];
        INFO(breach.what);
        try {
            for (; made < std::min(i + 1 + made_ahead, breaches.size()); ++made) {
                ahead.push_back(std::make_unique<Hostile>(stage));
            }
            const auto hostile = std::move(ahead.front());
            ahead.pop_front();
            breach.before_hello ? hostile->guest.accepts() : hostile->enters();
            CHECK(outcome_of(stage, *hostile, breach) == "");
        } catch (const std::exception& failure) {
            FAIL_CHECK(failure.what());
        }
        if ((i + 1) % at_a_look != 0 && i + 1 != breaches.size()) {
            continue;
        }
        const bool gone = eventually([&] { return stage.control.counter("windows") == 2; });
        CHECK(gone);
        try {
            stage.check_bystanders(true);
        } catch (const std::exception& failure) {
            FAIL_CHECK(failure.what());
        }
        std::fprintf(stderr, "%s: %zu of %zu\n", chapter, i + 1, breaches.size());
    }
}

}  // namespace leadlight::hostile
