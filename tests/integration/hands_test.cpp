// SPDX-License-Identifier: MIT
// What the person's hands do to windows: by the frame, by Super, by hotkeys; and what guests may
// ask of the pointer.
#include "tests/fixture/desk.hpp"
#include "tests/fixture/guest.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>

using namespace leadlight::fixture;
namespace lp = leadlight::protocol;

namespace {

/// One domain with one window that has the focus and was heard out so far.
struct OneDomain {
    Desk desk{{{"work", "blue"}}};
    Guest work{desk.socket("work")};
    GuestWindow letters;

    OneDomain() {
        work.joins();
        letters = work.opens("letters", 300, 200);
        work.commits(letters, 0x00ff00);
        desk.clicks(desk.window("letters"));
        work.hears<lp::PointerButton>([](const auto& button) { return !button.pressed; });
        work.forgets();
    }
    DeskWindow now() { return desk.window("letters"); }
    void drags(int from_x, int from_y, int to_x, int to_y, Code code = Code::left_button) {
        desk.moves_to(from_x, from_y);
        desk.button(code, true);
        desk.moves_to(to_x, to_y);
        desk.button(code, false);
    }
    /// Fingers go nowhere for 300 ms after a window came to where they are put down.
    void may_be_touched() {
        const Box content = now().content;
        REQUIRE(eventually([&] {
            desk.touches("down", content.x + 1, content.y + 1);
            desk.touches("up", content.x + 1, content.y + 1);
            return work.heard<lp::TouchUp>() > 0;
        }));
        work.commits(letters, 0x00ff00);  // its frame comes behind all touches
        work.forgets();
    }
    bool frame_becomes(int x, int y, int width, int height) {
        Box frame;
        const bool became = eventually([&] {
            frame = now().frame;
            return frame.x == x && frame.y == y && frame.width == width && frame.height == height;
        });
        UNSCOPED_INFO("the frame is " << frame.width << "x" << frame.height << " at " << frame.x
                                      << "," << frame.y << ", not " << width << "x" << height
                                      << " at " << x << "," << y);
        return became;
    }
};

}  // namespace

TEST_CASE("the title moves the window, and its guest hears no button") {
    OneDomain on;
    const Box frame = on.now().frame;
    on.drags(frame.x + frame.width / 2, frame.y + 14, frame.x + frame.width / 2 + 104,
             frame.y + 14 + 52);
    // The drag begins where the pointer first moved to.
    CHECK(eventually([&] { return on.now().frame.x != frame.x && on.now().frame.y != frame.y; }));
    CHECK(on.now().frame.width == frame.width);
    CHECK(on.work.heard<lp::PointerButton>() == 0);
}

TEST_CASE("Super and the left button move a window by its content, unheard") {
    OneDomain on;
    const DeskWindow window = on.now();
    on.desk.key(Code::super, true);
    on.drags(window.content.x + 20, window.content.y + 20, window.content.x + 120,
             window.content.y + 60);
    on.desk.key(Code::super, false);
    CHECK(on.frame_becomes(window.frame.x + 100, window.frame.y + 40, window.frame.width,
                           window.frame.height));
    CHECK(on.work.heard<lp::PointerButton>() == 0);
}

TEST_CASE("a window is never dragged so far that its name is off the screen") {
    OneDomain on;
    const DeskWindow window = on.now();
    on.desk.key(Code::super, true);
    on.drags(window.content.x + 280, window.content.y + 20, 0, 719);
    on.desk.key(Code::super, false);
    const auto inside = [&] {
        const Box frame = on.now().frame;
        return frame.x >= -4 && frame.y > window.frame.y && frame.y + 28 <= 720;
    };
    CHECK(eventually(inside));
}

TEST_CASE("an edge resizes: the guest is asked, and the frame follows") {
    OneDomain on;
    const DeskWindow window = on.now();
    const int right = window.frame.x + window.frame.width - 2;
    const int middle = window.frame.y + window.frame.height / 2;
    on.desk.moves_to(right, middle);
    on.desk.button(Code::left_button, true);
    on.desk.moves_to(right + 60, middle);
    const auto asked =
        on.work.hears<lp::Configure>([](const auto& configure) { return configure.width == 360; });
    CHECK(asked.states.has(lp::WindowState::resizing));
    CHECK(asked.height == 200);
    // It does not answer: the frame follows the person all the same.
    CHECK(on.frame_becomes(window.frame.x, window.frame.y, window.frame.width + 60,
                           window.frame.height));
    on.desk.button(Code::left_button, false);
    on.work.hears<lp::Configure>([](const auto& configure) {
        return configure.width == 360 && !configure.states.has(lp::WindowState::resizing);
    });
}

TEST_CASE("a window past the edge that its guest makes small keeps its name on the screen") {
    OneDomain on;
    const DeskWindow window = on.now();
    on.desk.key(Code::super, true);
    on.drags(window.content.x + 20, window.content.y + 20, 1130, window.content.y + 20);
    on.desk.key(Code::super, false);
    REQUIRE(eventually([&] { return on.now().content.x == 1110; }));

    // By its left edge: the right one stays where it is, off the screen.
    const Box frame = on.now().frame;
    on.work.forgets();
    // Not within 300 ms of its coming under the pointer: until it counts.
    REQUIRE(eventually([&] {
        on.desk.button(Code::left_button, false);
        on.desk.moves_to(frame.x + 1, frame.y + frame.height / 2);
        on.desk.button(Code::left_button, true);
        on.desk.moves_to(frame.x + 21, frame.y + frame.height / 2);
        return on.work.heard<lp::Configure>() > 0;
    }));
    on.letters.configure =
        on.work.hears<lp::Configure>([](const auto& configure) { return configure.width == 280; });
    REQUIRE(eventually([&] { return on.now().content.width == 280; }));  // it did not answer
    on.letters.buffer = on.work.makes_buffer(16, 200);
    on.work.commits(on.letters, 0x00ff00);
    CHECK(eventually([&] {
        const Box now = on.now().frame;
        return now.width == 16 + 8 && now.x + now.width <= 1280;
    }));
    CHECK(
        on.desk.shows([](const Picture& picture) { return picture.count(0x00ff00) >= 16 * 190; }));
}

TEST_CASE("Escape takes a drag back") {
    OneDomain on;
    const DeskWindow window = on.now();
    on.desk.key(Code::super, true);
    on.desk.moves_to(window.content.x + 20, window.content.y + 20);
    on.desk.button(Code::left_button, true);
    on.desk.moves_to(window.content.x + 120, window.content.y + 60);
    CHECK(on.frame_becomes(window.frame.x + 100, window.frame.y + 40, window.frame.width,
                           window.frame.height));
    on.desk.strikes(Code::escape);
    on.desk.button(Code::left_button, false);
    on.desk.key(Code::super, false);
    CHECK(
        on.frame_becomes(window.frame.x, window.frame.y, window.frame.width, window.frame.height));
    CHECK(on.work.heard<lp::Key>() == 0);
}

TEST_CASE("the frame's buttons: close asks, maximize fills the work area inside a whole frame") {
    OneDomain on;
    const DeskWindow window = on.now();
    const int right = window.frame.x + window.frame.width;
    on.desk.clicks(right - 16, window.frame.y + 14);
    on.work.hears<lp::Close>();
    on.desk.clicks(right - 44, window.frame.y + 14);
    const auto asked = on.work.hears<lp::Configure>(
        [](const auto& configure) { return configure.states.has(lp::WindowState::maximized); });
    CHECK(asked.width < 1280);
    CHECK(asked.height < 720 - 28);
    CHECK(on.frame_becomes(0, 28, 1280, 720 - 28));
    CHECK(on.work.heard<lp::PointerButton>() == 0);
}

TEST_CASE("a locked pointer stays, tells its way, and Super gives it back") {
    OneDomain on;
    const DeskWindow window = on.now();
    on.desk.clicks(window);
    const auto press =
        on.work.hears<lp::PointerButton>([](const auto& button) { return !button.pressed; });
    on.work.send(lp::Constraint{.window = on.letters.id,
                                .serial = press.serial,
                                .kind = lp::ConstraintKind::lock,
                                .region = {}});
    CHECK(on.work.hears<lp::ConstraintState>().active);
    on.work.forgets();
    on.desk.hands("motion 5 -3");
    const auto way = on.work.hears<lp::PointerRelative>();
    CHECK(way.dx == 5 * 256);
    CHECK(way.dy == -3 * 256);
    CHECK(on.work.heard<lp::PointerMotion>() == 0);

    on.desk.strikes(Code::super);
    CHECK_FALSE(on.work.hears<lp::ConstraintState>().active);
    on.desk.hands("motion 5 -3");
    on.work.hears<lp::PointerMotion>();
}

TEST_CASE("a domain without the focus locks no pointer, even where the pointer is") {
    Desk desk{{{"work", "blue"}, {"untrusted", "red"}}};
    Guest work{desk.socket("work")};
    Guest untrusted{desk.socket("untrusted")};
    work.joins();
    untrusted.joins();
    auto letters = work.opens("letters", 300, 200);
    work.commits(letters, 0x00ff00);
    auto pages = untrusted.opens("pages", 300, 200);
    untrusted.commits(pages, 0xff00ff);
    desk.clicks(desk.window("letters"));
    work.hears<lp::Focus>([&](const auto& focus) { return focus.window == letters.id; });

    const Box below = desk.window("pages").content;
    desk.moves_to(below.x + below.width - 10, below.y + below.height - 10);
    const auto enter = untrusted.hears<lp::PointerEnter>();
    untrusted.send(lp::Constraint{.window = pages.id,
                                  .serial = enter.serial,
                                  .kind = lp::ConstraintKind::lock,
                                  .region = {}});
    // What it sends after that is answered, so the request was read by then.
    untrusted.commits(pages, 0xff00fe);
    desk.hands("motion -3 -3");
    untrusted.hears<lp::PointerMotion>();
    CHECK(untrusted.heard<lp::ConstraintState>() == 0);
}

TEST_CASE("a guest's cursor is drawn inside its content and nowhere else") {
    OneDomain on;
    const DeskWindow window = on.now();
    const int right = window.content.x + window.content.width;
    const int y = window.content.y + 100;
    on.desk.moves_to(right - 10, y);
    on.desk.moves_to(right - 5, y);
    std::uint32_t serial = 0;
    on.desk.moves_to(window.frame.x - 30, y);  // leaves, and enters anew
    on.work.forgets();
    on.desk.moves_to(right - 5, y);
    serial = on.work.hears<lp::PointerEnter>().serial;
    std::vector<std::byte> pixels;
    for (int i = 0; i < 32 * 32; ++i) {
        for (const int byte : {0x00, 0x00, 0xff, 0xff}) {
            pixels.push_back(static_cast<std::byte>(byte));
        }
    }
    on.work.send(lp::CursorImage{
        .serial = serial,
        .width = 32,
        .height = 32,
        .hotspot_x = 0,
        .hotspot_y = 0,
        .pixels = *decltype(lp::CursorImage::pixels)::from(pixels),
    });
    CHECK(on.desk.shows([&](const Picture& picture) {
        return picture.at(right - 3, y + 5) == 0xff0000 &&
               picture.at(right - 3, y + 31) == 0xff0000;
    }));
    const Picture picture = on.desk.picture();
    CHECK(picture.at(right - 6, y + 5) == 0x00ff00);
    for (int x = right; x < right + 32; ++x) {
        CHECK(picture.at(x, y + 5) != 0xff0000);  // not on the frame, not beyond
    }
    // Out of the content with a button held, the person still sees where the pointer is.
    on.desk.button(Code::left_button, true);
    const int beyond = window.frame.x - 60;
    on.desk.moves_to(beyond, y);
    CHECK(on.desk.shows([&](const Picture& now) {
        int arrow = 0;
        for (int x = 0; x < 12; ++x) {
            arrow += now.at(beyond + x, y + 6) != picture.at(beyond + x, y + 6) ? 1 : 0;
        }
        return arrow > 0 && now.at(right - 3, y + 5) == 0x00ff00;
    }));
    on.desk.moves_to(right - 5, y);
    CHECK(on.desk.shows([&](const Picture& now) {
        return now.at(right - 3, y + 5) == 0xff0000 &&
               now.at(beyond + 2, y + 6) == picture.at(beyond + 2, y + 6);
    }));
    on.desk.button(Code::left_button, false);
}

TEST_CASE("a finger belongs to the window that it was put down on") {
    OneDomain on;
    on.may_be_touched();
    const DeskWindow window = on.now();
    const auto at = [&](int x, int y) {
        return " 3 " + std::to_string(window.content.x + x) + " " +
               std::to_string(window.content.y + y);
    };
    on.desk.hands("touch down" + at(10, 20));
    const auto down = on.work.hears<lp::TouchDown>();
    CHECK(down.window == on.letters.id);
    CHECK(down.x == 10 * 256);
    CHECK(down.y == 20 * 256);
    on.desk.hands("touch motion" + at(-50, 20));
    CHECK(on.work.hears<lp::TouchMotion>().x == -50 * 256);
    on.desk.hands("touch up" + at(0, 0));
    CHECK(on.work.hears<lp::TouchUp>().point == 3);
}

TEST_CASE("windows that nobody sees keep no finger from what is seen") {
    Desk desk{{{"work", "blue"}, {"untrusted", "red"}}};
    Guest work{desk.socket("work")}, untrusted{desk.socket("untrusted")};
    work.joins();
    untrusted.joins();
    auto letters = work.opens("letters", 300, 200);
    work.commits(letters, 0x00ff00);
    const Box content = desk.window("letters").content;
    REQUIRE(eventually([&] {
        desk.touches("down", content.x + 1, content.y + 1);
        desk.touches("up", content.x + 1, content.y + 1);
        return work.heard<lp::TouchUp>() > 0;
    }));
    work.commits(letters, 0x00ff00);
    work.forgets();

    // All over the screen, on a window that is not shown.
    const auto unseen = untrusted.opens("unseen", 300, 200);
    untrusted.pops_up(unseen, 1200, 600, 0xff00ff);
    desk.touches("down", content.x + 1, content.y + 1);
    work.hears<lp::TouchDown>();
}

TEST_CASE("a finger on the title moves the window, unheard") {
    OneDomain on;
    on.may_be_touched();
    const Box frame = on.now().frame;
    const int middle = frame.x + frame.width / 2;
    on.desk.touches("down", middle, frame.y + 14);
    on.desk.touches("motion", middle + 40, frame.y + 14 + 30);
    on.desk.touches("up", middle + 40, frame.y + 14 + 30);
    CHECK(on.frame_becomes(frame.x + 40, frame.y + 30, frame.width, frame.height));
    CHECK(on.work.heard<lp::TouchDown>() == 0);
}

TEST_CASE("a finger on an edge resizes the window, unheard, and leaves the pointer its own hands") {
    OneDomain on;
    on.may_be_touched();
    const Box frame = on.now().frame;
    const int right = frame.x + frame.width - 2, side = frame.y + frame.height / 2;
    on.desk.touches("down", right, side);
    on.desk.touches("motion", right + 60, side);
    on.work.hears<lp::Configure>([](const auto& configure) {
        return configure.width == 360 && configure.states.has(lp::WindowState::resizing);
    });
    on.desk.touches("up", right + 60, side);
    on.work.hears<lp::Configure>([](const auto& configure) {
        return configure.width == 360 && !configure.states.has(lp::WindowState::resizing);
    });
    CHECK(on.work.heard<lp::TouchDown>() == 0);
    REQUIRE(on.frame_becomes(frame.x, frame.y, frame.width + 60, frame.height));
    on.drags(frame.x + 150, frame.y + 14, frame.x + 160, frame.y + 24);
    CHECK(on.frame_becomes(frame.x + 10, frame.y + 10, frame.width + 60, frame.height));
}

TEST_CASE("a dialog opens over the middle of its parent") {
    OneDomain on;
    const Box frame = on.now().frame;
    auto dialog = on.work.opens("question", 120, 80);
    on.work.send(lp::WindowParent{.window = dialog.id, .parent = on.letters.id});
    on.work.send(lp::WindowKind{.window = dialog.id, .type = lp::WindowType::dialog});
    on.work.commits(dialog, 0x00ff02);
    const Box over = on.desk.window("question").frame;
    CHECK(std::abs(2 * over.x + over.width - 2 * frame.x - frame.width) <= 2);
    CHECK(std::abs(2 * over.y + over.height - 2 * frame.y - frame.height) <= 2);
}
