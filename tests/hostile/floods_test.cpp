// SPDX-License-Identifier: MIT
// Guests that flood their warden with messages.
#include "tests/hostile/floods.hpp"

using namespace leadlight::hostile;
using lp::Violation;

namespace {

using GuestFlood = Flood<Hostile>;

template <class T>
GuestFlood same(const char* what, int times, bool needs_pointer = false) {
    return {.what = what,
            .times = times,
            .sends = [](Hostile& hostile, int) { hostile.guest.send(sample<T>(hostile.things)); },
            .reason = std::nullopt,
            .needs_pointer = needs_pointer};
}

lp::WindowId next_window(Hostile& hostile) {
    return *lp::WindowId::from(hostile.guest.next_id());
}

std::vector<GuestFlood> floods() {
    return {
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
}

std::string end_of(Hostile& hostile, const GuestFlood& flood) {
    Stage& stage = hostile.stage();
    if (!flood.reason) {
        hostile.is_answered();
        const std::string state = stage.control.state(hostile.name());
        return state == "connected" ? "" : state;
    }
    const auto reason = hostile.guest.is_cut_off();
    if (reason && reason != flood.reason) {
        return "cut off for " + std::string(lp::name_of(*reason));
    }
    return reason || closed_for(stage, hostile.name(), *flood.reason) ? "" : "cut off for nothing";
}

}  // namespace

TEST_CASE("a flood of any kind costs its own domain only") {
    Stage stage;
    let_loose<Hostile>(stage, floods(), end_of);
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
