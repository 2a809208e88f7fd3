// SPDX-License-Identifier: MIT
// Issue 2, point 7: floods of each kind. A flood of good messages costs its own domain, and ends
// its connection at most; the animation beside it goes on at its rate, counted in frames and not in
// seconds.
#include "tests/hostile/stage.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstdio>

using namespace leadlight::hostile;
using leadlight::fixture::eventually;
using lp::Violation;

namespace {

struct Flood {
    const char* what;
    int times;
    std::function<void(Hostile&, int)> sends;
    /// The end it must come to; none: it is answered as before.
    std::optional<Violation> reason;
    bool needs_pointer = false;
};

template <class T>
Flood same(const char* what, int times, bool needs_pointer = false) {
    return {.what = what,
            .times = times,
            .sends = [](Hostile& hostile, int) { hostile.guest.send(sample<T>(hostile.things)); },
            .reason = std::nullopt,
            .needs_pointer = needs_pointer};
}

lp::WindowId next_window(Hostile& hostile) {
    return *lp::WindowId::from(hostile.guest.next_id());
}

std::vector<Flood> floods() {
    std::vector<Flood> all = {
        // Answers are awaited by nobody here, so each kind must be bounded without the guest.
        {"toplevels", 3000,
         [](Hostile& h, int) { h.guest.send(lp::ToplevelCreate{.window = next_window(h)}); },
         Violation::flood},
        {"popups", 3000,
         [](Hostile& h, int) {
             auto popup = sample<lp::PopupCreate>(h.things);
             popup.window = next_window(h);
             popup.grab = 0;
             h.guest.send(popup);
         },
         Violation::flood},
        {"a tower of popups", 12,
         [on = lp::WindowId()](Hostile& h, int i) mutable {
             auto popup = sample<lp::PopupCreate>(h.things);
             popup.parent = i == 0 ? h.things.toplevel : on;
             popup.window = on = next_window(h);
             h.guest.send(popup);
         },
         std::nullopt},
        {"unmanaged windows", 3000,
         [](Hostile& h, int) {
             auto unmanaged = sample<lp::UnmanagedCreate>(h.things);
             unmanaged.window = next_window(h);
             h.guest.send(unmanaged);
         },
         Violation::flood},
        {"windows that come and go", 400,
         [](Hostile& h, int) {
             const auto window = next_window(h);
             h.guest.send(lp::ToplevelCreate{.window = window});
             h.guest.send(lp::WindowDestroy{.window = window});
         },
         std::nullopt},
        {"commits without waiting", 50,
         [](Hostile& h, int) { h.guest.send(sample<lp::Commit>(h.things)); },
         Violation::commit_in_flight},
        {"commits at each frame, with all the damage there is", 120,
         [](Hostile& h, int) {
             auto commit = sample<lp::Commit>(h.things);
             while (commit.layers[0].damage.push_back(commit.layers[0].damage[0])) {
             }
             h.guest.send(commit);
             h.guest.hears<lp::Frame>();
         },
         std::nullopt},
        {"titles", 5000,
         [](Hostile& h, int i) {
             auto title = sample<lp::Title>(h.things);
             title.text = *lp::Text<512>::from("title " + std::to_string(i));
             h.guest.send(title);
         },
         std::nullopt},
        {"the longest titles", 2000,
         [](Hostile& h, int i) {
             std::string text = std::to_string(i);
             // Arabic, with marks and joiners: the dearest to shape.
             while (text.size() + 8 < 512) {
                 text += "\u0644\u0651\u200d\u0627";
             }
             h.guest.send(
                 lp::Title{.window = h.things.toplevel, .text = lp::Text<512>::from(text).value()});
         },
         std::nullopt},
        {"cursor images", 300,
         [](Hostile& h, int) {
             static const std::vector<std::byte> pixels(std::size_t{128} * 128 * 4,
                                                        std::byte{0x80});
             h.guest.send(
                 lp::CursorImage{.serial = h.things.input,
                                 .width = 128,
                                 .height = 128,
                                 .pixels = *decltype(lp::CursorImage::pixels)::from(pixels)});
         },
         std::nullopt, true},
        {"pongs", 50, [](Hostile& h, int) { h.guest.send(lp::Pong{.serial = 1}); },
         Violation::serial_not_sent},
        {"pools", 2000, [](Hostile& h, int) { h.guest.makes_pool(1); }, Violation::flood},
        {"all the pages there are", 40, [](Hostile& h, int) { h.guest.makes_pool(4096); },
         std::nullopt},
        {"pools that come and go", 600,
         [](Hostile& h, int) {
             const auto pool = h.guest.makes_pool(4);
             h.guest.send(lp::PoolDestroy{.pool = pool});
         },
         std::nullopt},
        {"buffers", 6000,
         [](Hostile& h, int) {
             auto buffer = sample<lp::BufferCreate>(h.things);
             buffer.buffer = *lp::BufferId::from(h.guest.next_id());
             h.guest.send(buffer);
         },
         Violation::flood},
        same<lp::Activate>("activates", 5000, true),
        same<lp::StateRequest>("state requests", 5000),
        same<lp::PopupReposition>("repositions", 5000),
        same<lp::UnmanagedPlace>("places", 5000),
        same<lp::WindowParent>("parents", 5000),
        same<lp::SizeLimits>("size limits", 5000),
        same<lp::AppId>("app ids", 5000),
        same<lp::WindowKind>("window types", 5000),
        same<lp::Constraint>("constraints", 5000, true),
        same<lp::CursorShapeSet>("cursor shapes", 5000, true),
        same<lp::MoveRequest>("moves", 5000, true),
        same<lp::ResizeRequest>("resizes", 5000, true),
        same<lp::DragBegin>("drags", 5000, true),
        same<lp::DragEnd>("ends of drags", 5000),
        same<lp::IdleInhibit>("idle inhibits", 5000),
    };
    return all;
}

/// Empty: as it must be.
std::string outcome_of(Stage& stage, const Flood& flood) {
    Hostile hostile(stage);
    hostile.enters();
    if (flood.needs_pointer) {
        hostile.gets_pointer();
    }
    const auto frames = stage.animator.frames();
    const auto rendered = stage.control.counter("output_frames");
    for (int i = 0; i < flood.times; ++i) {
        flood.sends(hostile, i);
    }
    if (flood.reason) {
        const auto reason = hostile.guest.is_cut_off();
        if (reason && reason != flood.reason) {
            return "cut off for " + std::string(lp::name_of(*reason));
        }
        // Who only writes may not hear it. It is said all the same.
        const std::string line = "domain " + hostile.name() +
                                 ": connection closed: " + std::string(lp::name_of(*flood.reason));
        if (!reason && !stage.desk.log().contains(line)) {
            return "cut off for nothing";
        }
    } else {
        hostile.is_answered();
        if (stage.control.state(hostile.name()) != "connected") {
            return stage.control.state(hostile.name());
        }
    }
    if (flood.needs_pointer) {
        stage.pointer_away();
    }
    stage.animator.goes_on();
    const auto drawn = stage.animator.frames() - frames;
    const auto all = stage.control.counter("output_frames") - rendered;
    std::fprintf(stderr, "  %d: the animation drew %llu of %llu pictures\n", flood.times,
                 static_cast<unsigned long long>(drawn), static_cast<unsigned long long>(all));
    // Each picture of the output could carry one of its own. That this test is slow to draw, with
    // the flood in the same process, is not the compositor's fault: hence three quarters.
    if (drawn * 4 < all * 3) {
        return "the animation drew " + std::to_string(drawn) + " of " + std::to_string(all);
    }
    stage.check_bystanders(false);
    return {};
}

}  // namespace

TEST_CASE("a flood of any kind costs its own domain only") {
    Stage stage;
    const auto pages = stage.control.counter("pages");
    for (const Flood& flood : floods()) {
        INFO(flood.what);
        std::fprintf(stderr, "flood of %s\n", flood.what);
        try {
            CHECK(outcome_of(stage, flood) == "");
            // All that it made grow has gone with it.
            CHECK(eventually([&] {
                return stage.control.counter("windows") == 2 &&
                       stage.control.counter("pages") == pages;
            }));
            stage.check_bystanders(true);
        } catch (const std::exception& failure) {
            FAIL_CHECK(failure.what());
        }
    }
}

TEST_CASE("descriptors that one guest has under way stop no other's") {
    Stage stage;
    Hostile hostile(stage), other(stage);
    hostile.enters();
    for (int i = 0; i < 400; ++i) {
        hostile.guest.makes_pool(1);
    }
    // Pages and a title of its own.
    other.enters();
    other.is_answered();
    stage.check_bystanders(false);
}

TEST_CASE("a guest that floods and never reads is let go of") {
    Stage stage;
    Hostile hostile(stage);
    hostile.enters();
    // Each of these is answered, and each answer waits for its reader.
    bool ended = false;
    for (int i = 0; i < 200'000 && !ended; ++i) {
        const auto pool = hostile.guest.makes_pool(1);
        hostile.guest.send(lp::PoolDestroy{.pool = pool});
        ended = i % 1000 == 999 && stage.control.state(hostile.name()) != "connected";
    }
    CHECK(ended);
    stage.check_bystanders(false);
}
