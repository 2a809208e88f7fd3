// SPDX-License-Identifier: MIT
// Pointer, touch and keyboard as programs see them, and what they may do to the pointer.
#include "tests/agent/program_window.hpp"
#include "tests/agent/session.hpp"

#include "cursor-shape-v1-client-protocol.h"
#include "idle-inhibit-unstable-v1-client-protocol.h"
#include "pointer-constraints-unstable-v1-client-protocol.h"
#include "relative-pointer-unstable-v1-client-protocol.h"
#include "xdg-activation-v1-client-protocol.h"
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace leadlight::agent_test {
namespace {

constexpr lp::FinePlace fine(double pixels) {
    return lp::FinePlace::clamped(static_cast<int>(pixels * 256));
}

/// An agent, a program of one window, and the pointer in it.
struct Desk {
    explicit Desk(std::uint32_t seat_version = 100) {
        program.seat_version = seat_version;
        program.pointer();
        window.emplace(program, "hello");
        id = admin.id_of(admin.shown(Window::Kind::toplevel));
        admin.enter(id, 10, 20);
        entered = admin.serial();
        enter = program.hears(program.pointer(), "enter");
        program.hears(program.pointer(), "frame");
    }

    Session session;
    Admin& admin = *session.admin;
    Client& program = session.program();
    std::optional<ProgramWindow> window;
    lp::WindowId id = *lp::WindowId::from(1);
    lp::Serial entered = 0;
    Event enter;
};

}  // namespace

TEST_CASE("the pointer enters, moves, presses and leaves") {
    Desk desk;
    wl_pointer* pointer = desk.program.pointer();
    CHECK(desk.enter.object<wl_surface>(1) == desk.window->wl());
    CHECK(desk.enter.number(2) == 10);
    CHECK(desk.enter.number(3) == 20);
    desk.admin.motion(desk.id, 30, 40);
    const auto motion = desk.program.hears(pointer, "motion");
    CHECK(motion.number(1) == 30);
    CHECK(motion.number(2) == 40);
    desk.admin.button(true, 0x111);
    const auto button = desk.program.hears(pointer, "button");
    CHECK(button.number(2) == 0x111);
    CHECK(button.integer(3) == WL_POINTER_BUTTON_STATE_PRESSED);
    desk.admin.button(false, 0x111);
    CHECK(desk.program.hears(pointer, "button").integer(3) == WL_POINTER_BUTTON_STATE_RELEASED);
    desk.admin.leave(desk.id);
    CHECK(desk.program.hears(pointer, "leave").object<wl_surface>(1) == desk.window->wl());
}

TEST_CASE("a wheel turns by notches and parts of them, a finger smoothly to an end") {
    Desk desk;
    wl_pointer* pointer = desk.program.pointer();
    desk.admin.send(
        lp::PointerAxis{.source = lp::AxisSource::wheel, .value = fine(15), .value120 = 120});
    desk.admin.send(lp::PointerFrame{});
    CHECK(desk.program.hears(pointer, "axis_source").integer(0) == WL_POINTER_AXIS_SOURCE_WHEEL);
    CHECK(desk.program.hears(pointer, "axis_value120").number(1) == 120);
    CHECK(desk.program.hears(pointer, "axis").number(2) == 15);
    desk.program.hears(pointer, "frame");

    desk.admin.send(lp::PointerAxis{.orientation = lp::AxisOrientation::horizontal,
                                    .source = lp::AxisSource::wheel,
                                    .value = fine(3.75),
                                    .value120 = 30,
                                    .inverted = true});
    desk.admin.send(lp::PointerFrame{});
    CHECK(desk.program.hears(pointer, "axis_value120").number(1) == 30);
    CHECK(desk.program
              .hears(pointer, "axis_relative_direction",
                     [](const Event& event) { return event.number(1) == 1; })
              .integer(0) == WL_POINTER_AXIS_HORIZONTAL_SCROLL);
    CHECK(desk.program.hears(pointer, "axis").number(2) == 3.75);

    desk.admin.send(lp::PointerAxis{.source = lp::AxisSource::finger, .value = fine(2.5)});
    desk.admin.send(lp::PointerFrame{});
    CHECK(desk.program.hears(pointer, "axis").number(2) == 2.5);
    desk.admin.send(lp::PointerAxis{.source = lp::AxisSource::finger, .value = 0});
    desk.admin.send(lp::PointerFrame{});
    CHECK(desk.program.hears(pointer, "axis_stop").integer(1) == WL_POINTER_AXIS_VERTICAL_SCROLL);
    CHECK(desk.program.heard(pointer, "axis_value120") == 0);
}

TEST_CASE("an older program hears whole notches of the wheel only") {
    Desk desk(7);
    wl_pointer* pointer = desk.program.pointer();
    for (int i = 0; i < 4; ++i) {
        desk.admin.send(
            lp::PointerAxis{.source = lp::AxisSource::wheel, .value = fine(3.75), .value120 = 30});
        desk.admin.send(lp::PointerFrame{});
    }
    CHECK(desk.program.hears(pointer, "axis_discrete").number(1) == 1);
    desk.program.settle();
    CHECK(desk.program.heard(pointer, "axis_discrete") == 0);
}

TEST_CASE("a cursor is an image of the program, a named shape, or none") {
    Desk desk;
    wl_pointer* pointer = desk.program.pointer();
    const auto serial = desk.enter.serial(0);

    ProgramSurface image(desk.program);
    image.shows(16, 12, 0x80400000);
    wl_pointer_set_cursor(pointer, serial, image.wl(), 3, 4);
    const auto sent = desk.admin.hears<lp::CursorImage>();
    CHECK(sent.serial == desk.entered);
    CHECK(sent.width == 16);
    CHECK(sent.height == 12);
    CHECK(sent.hotspot_x == 3);
    CHECK(sent.hotspot_y == 4);
    CHECK(sent.pixels.span().size() == 16 * 12 * 4);
    CHECK(std::to_integer<int>(sent.pixels.span()[2]) == 0x40);

    wl_pointer_set_cursor(pointer, serial, nullptr, 0, 0);
    CHECK(desk.admin.hears<lp::CursorShapeSet>() ==
          lp::CursorShapeSet{desk.entered, lp::CursorShape::hidden});

    auto* device = desk.program.follow(wp_cursor_shape_manager_v1_get_pointer(
        desk.program.global<wp_cursor_shape_manager_v1>(wp_cursor_shape_manager_v1_interface),
        pointer));
    wp_cursor_shape_device_v1_set_shape(device, serial, WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_ZOOM_OUT);
    desk.admin.hears<lp::CursorShapeSet>(
        [](const auto& set) { return set.shape == lp::CursorShape::zoom_out; });

    // Only who has the pointer decides on its look.
    desk.admin.leave(desk.id);
    desk.program.hears(pointer, "leave");
    desk.admin.forgets();
    wp_cursor_shape_device_v1_set_shape(device, serial, WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_HELP);
    desk.program.settle();
    desk.admin.settle();
    CHECK(desk.admin.heard<lp::CursorShapeSet>() == 0);
    desk.program.end(device, wp_cursor_shape_device_v1_destroy);
}

TEST_CASE("a pointer is locked when the admin domain says so, and relative motion goes on") {
    Desk desk;
    auto* constraints =
        desk.program.global<zwp_pointer_constraints_v1>(zwp_pointer_constraints_v1_interface);
    auto* locked = desk.program.follow(zwp_pointer_constraints_v1_lock_pointer(
        constraints, desk.window->wl(), desk.program.pointer(), nullptr,
        ZWP_POINTER_CONSTRAINTS_V1_LIFETIME_PERSISTENT));
    const auto asked = desk.admin.hears<lp::Constraint>();
    CHECK(asked.window == desk.id);
    CHECK(asked.kind == lp::ConstraintKind::lock);
    CHECK(asked.serial == desk.entered);
    CHECK(asked.region.empty());
    desk.program.settle();
    CHECK(desk.program.heard(locked, "locked") == 0);
    desk.admin.send(lp::ConstraintState{desk.id, true});
    desk.program.hears(locked, "locked");

    auto* relative = desk.program.follow(zwp_relative_pointer_manager_v1_get_relative_pointer(
        desk.program.global<zwp_relative_pointer_manager_v1>(
            zwp_relative_pointer_manager_v1_interface),
        desk.program.pointer()));
    desk.program.settle();
    desk.admin.send(lp::PointerRelative{
        .time = 5000, .dx = fine(1.5), .dy = fine(-2), .dx_raw = fine(3), .dy_raw = fine(-4)});
    const auto moved = desk.program.hears(relative, "relative_motion");
    CHECK(moved.number(2) == 1.5);
    CHECK(moved.number(3) == -2);
    CHECK(moved.number(4) == 3);
    CHECK(moved.number(5) == -4);

    desk.admin.send(lp::ConstraintState{desk.id, false});
    desk.program.hears(locked, "unlocked");
    desk.program.end(locked, zwp_locked_pointer_v1_destroy);
    CHECK(desk.admin.hears<lp::Constraint>().kind == lp::ConstraintKind::none);
    desk.program.end(relative, zwp_relative_pointer_v1_destroy);
}

TEST_CASE("a lock ends for its program also when the pointer is in another window by then") {
    Desk desk;
    ProgramWindow other(desk.program, "other");
    const lp::WindowId other_id = desk.admin.id_of(desk.admin.shown(
        Window::Kind::toplevel, [](const Window& one) { return one.title == "other"; }));
    auto* constraints =
        desk.program.global<zwp_pointer_constraints_v1>(zwp_pointer_constraints_v1_interface);
    auto* first = desk.program.follow(zwp_pointer_constraints_v1_lock_pointer(
        constraints, desk.window->wl(), desk.program.pointer(), nullptr,
        ZWP_POINTER_CONSTRAINTS_V1_LIFETIME_PERSISTENT));
    auto* second = desk.program.follow(zwp_pointer_constraints_v1_lock_pointer(
        constraints, other.wl(), desk.program.pointer(), nullptr,
        ZWP_POINTER_CONSTRAINTS_V1_LIFETIME_PERSISTENT));
    desk.admin.hears<lp::Constraint>();
    desk.admin.send(lp::ConstraintState{desk.id, true});
    desk.program.hears(first, "locked");
    desk.admin.leave(desk.id);
    desk.admin.enter(other_id, 1, 1);
    CHECK(desk.admin.hears<lp::Constraint>().window == other_id);
    desk.admin.send(lp::ConstraintState{desk.id, false});
    desk.program.hears(first, "unlocked");
    desk.admin.send(lp::ConstraintState{other_id, true});
    desk.program.hears(second, "locked");
    desk.program.end(first, zwp_locked_pointer_v1_destroy);
    desk.program.end(second, zwp_locked_pointer_v1_destroy);
}

TEST_CASE("a pointer is confined to the region that its program names") {
    Desk desk;
    auto* region = desk.program.follow(wl_compositor_create_region(desk.program.compositor()));
    wl_region_add(region, 20, 30, 40, 50);
    auto* confined = desk.program.follow(zwp_pointer_constraints_v1_confine_pointer(
        desk.program.global<zwp_pointer_constraints_v1>(zwp_pointer_constraints_v1_interface),
        desk.window->wl(), desk.program.pointer(), region,
        ZWP_POINTER_CONSTRAINTS_V1_LIFETIME_ONESHOT));
    // The region counts from the next commit on.
    wl_surface_commit(desk.window->wl());
    const auto asked =
        desk.admin.hears<lp::Constraint>([](const auto& any) { return !any.region.empty(); });
    CHECK(asked.kind == lp::ConstraintKind::confine);
    REQUIRE(asked.region.size() == 1);
    CHECK(*asked.region.begin() == lp::Rect{20, 30, 40, 50});
    desk.admin.send(lp::ConstraintState{desk.id, true});
    desk.program.hears(confined, "confined");
    desk.admin.send(lp::ConstraintState{desk.id, false});
    desk.program.hears(confined, "unconfined");
    desk.program.end(confined, zwp_confined_pointer_v1_destroy);
    desk.program.end(region, wl_region_destroy);
}

TEST_CASE("fingers come down, move, go up and are taken away") {
    Desk desk;
    wl_touch* touch = desk.program.touch();
    desk.program.settle();
    desk.admin.send(
        lp::TouchDown{.serial = 900, .point = 3, .window = desk.id, .x = fine(7), .y = fine(8)});
    desk.admin.send(lp::TouchFrame{});
    const auto down = desk.program.hears(touch, "down");
    CHECK(down.object<wl_surface>(2) == desk.window->wl());
    CHECK(down.number(3) == 3);
    CHECK(down.number(4) == 7);
    desk.program.hears(touch, "frame");
    // It may be dragged out of the window and still be that window's.
    desk.admin.send(lp::TouchMotion{.point = 3, .x = fine(-5), .y = fine(9)});
    desk.admin.send(lp::TouchFrame{});
    CHECK(desk.program.hears(touch, "motion").number(2) == -5);
    xdg_toplevel_move(desk.window->toplevel(), desk.program.seat(), down.serial(0));
    CHECK(desk.admin.hears<lp::MoveRequest>().serial == 900);
    desk.admin.send(lp::TouchUp{.serial = 901, .point = 3});
    desk.admin.send(lp::TouchFrame{});
    CHECK(desk.program.hears(touch, "up").number(2) == 3);

    desk.admin.send(lp::TouchDown{.serial = 902, .point = 0, .window = desk.id});
    desk.admin.send(lp::TouchDown{.serial = 903, .point = 1, .window = desk.id});
    desk.admin.send(lp::TouchFrame{});
    desk.program.hears(touch, "down");
    desk.admin.send(lp::TouchCancel{});
    desk.program.hears(touch, "cancel");
}

TEST_CASE("keys, modifiers and the keymap are those of the admin domain") {
    Desk desk;
    wl_keyboard* keyboard = desk.program.keyboard();
    const auto keymap = desk.program.hears(keyboard, "keymap");
    CHECK(keymap.integer(0) == WL_KEYBOARD_KEYMAP_FORMAT_XKB_V1);
    CHECK(keymap.number(2) > 1000);
    const auto repeat = desk.program.hears(keyboard, "repeat_info");
    CHECK(repeat.number(0) == 25);
    CHECK(repeat.number(1) == 600);
    desk.admin.focus(desk.id);
    CHECK(desk.program.hears(keyboard, "enter").arguments[2].array.empty());
    desk.admin.send(lp::Modifiers{1, 1, 0, 2, 0});
    const auto modifiers = desk.program.hears(
        keyboard, "modifiers", [](const Event& event) { return event.number(1) == 1; });
    CHECK(modifiers.number(3) == 2);
    desk.admin.key(30, true);
    CHECK(desk.program.hears(keyboard, "key").number(2) == 30);
    desk.admin.send(lp::Focus{});
    desk.program.hears(keyboard, "leave");
}

TEST_CASE("the screen is kept on as long as one surface of the window asks for it") {
    Desk desk;
    auto* manager =
        desk.program.global<zwp_idle_inhibit_manager_v1>(zwp_idle_inhibit_manager_v1_interface);
    auto* first = desk.program.follow(
        zwp_idle_inhibit_manager_v1_create_inhibitor(manager, desk.window->wl()));
    CHECK(desk.admin.hears<lp::IdleInhibit>() == lp::IdleInhibit{desk.id, true});
    auto* second = desk.program.follow(
        zwp_idle_inhibit_manager_v1_create_inhibitor(manager, desk.window->wl()));
    desk.program.end(first, zwp_idle_inhibitor_v1_destroy);
    desk.program.settle();
    desk.admin.settle();
    CHECK(desk.admin.heard<lp::IdleInhibit>() == 0);
    desk.program.end(second, zwp_idle_inhibitor_v1_destroy);
    CHECK(desk.admin.hears<lp::IdleInhibit>() == lp::IdleInhibit{desk.id, false});
}

TEST_CASE("a window asks for focus with the press that stands behind it, and never without") {
    Desk desk;
    desk.admin.focus(desk.id);
    desk.admin.button(true);
    const lp::Serial press = desk.admin.serial();
    const auto serial = desk.program.hears(desk.program.pointer(), "button").serial(0);
    ProgramWindow other(desk.program, "other");
    const lp::WindowId other_id = desk.admin.id_of(desk.admin.shown(
        Window::Kind::toplevel, [](const Window& one) { return one.title == "other"; }));

    auto* activation = desk.program.global<xdg_activation_v1>(xdg_activation_v1_interface);
    const auto token_for = [&](bool with_serial) {
        auto* token = desk.program.follow(xdg_activation_v1_get_activation_token(activation));
        if (with_serial) {
            xdg_activation_token_v1_set_serial(token, serial, desk.program.seat());
        }
        xdg_activation_token_v1_set_surface(token, desk.window->wl());
        xdg_activation_token_v1_commit(token);
        const std::string text = desk.program.hears(token, "done").text(0);
        desk.program.end(token, xdg_activation_token_v1_destroy);
        return text;
    };
    xdg_activation_v1_activate(activation, token_for(true).c_str(), other.wl());
    CHECK(desk.admin.hears<lp::Activate>() == lp::Activate{other_id, press});
    xdg_activation_v1_activate(activation, token_for(false).c_str(), other.wl());
    CHECK(desk.admin.hears<lp::Activate>() == lp::Activate{other_id, 0});
}

TEST_CASE("a cursor that its program paints on shows only while that has the pointer") {
    Desk desk;
    wl_pointer* pointer = desk.program.pointer();
    ProgramSurface image(desk.program);
    image.shows(16, 12, 0x80400000);
    wl_pointer_set_cursor(pointer, desk.enter.serial(0), image.wl(), 3, 4);
    desk.admin.hears<lp::CursorImage>();
    const auto is_silent = [&] {
        desk.program.settle();
        desk.admin.settle();
        desk.admin.forgets();
        image.shows(16, 12, 0x80004000);
        desk.program.settle();
        desk.admin.settle();
        return desk.admin.heard<lp::CursorImage>() + desk.admin.heard<lp::CursorShapeSet>() == 0;
    };

    Client& second = desk.session.program();
    second.pointer();
    ProgramWindow other(second, "other");
    const lp::WindowId other_id = desk.admin.id_of(desk.admin.shown(
        Window::Kind::toplevel, [](const Window& one) { return one.title == "other"; }));
    desk.admin.leave(desk.id);
    desk.admin.enter(other_id, 1, 1);
    second.hears(second.pointer(), "enter");
    CHECK(is_silent());

    desk.admin.disconnect();
    second.hears(second.pointer(), "leave");
    desk.admin.connect();
    const lp::WindowId id = desk.admin.id_of(desk.admin.shown(
        Window::Kind::toplevel, [](const Window& one) { return one.title == "hello"; }));
    CHECK(is_silent());
    desk.program.forgets();
    desk.admin.enter(id, 1, 1);
    const auto serial = desk.program.hears(pointer, "enter").serial(0);
    wl_pointer_set_cursor(pointer, serial, image.wl(), 3, 4);
    CHECK(desk.admin.hears<lp::CursorImage>().serial == desk.admin.serial());
}

TEST_CASE("the last image of a cursor arrives also when the connection had no room for it") {
    Desk desk;
    ProgramSurface image(desk.program);
    image.shows(128, 128, 0xff000000);
    wl_pointer_set_cursor(desk.program.pointer(), desk.enter.serial(0), image.wl(), 3, 4);
    desk.admin.hears<lp::CursorImage>();
    for (std::uint32_t i = 1; i <= 60; ++i) {
        image.shows(128, 128, 0xff000000 + i);
        // Without the admin domain reading meanwhile.
        wl_display_roundtrip(desk.program.display());
    }
    desk.admin.hears<lp::CursorImage>(
        [](const auto& sent) { return std::to_integer<int>(sent.pixels.span()[0]) == 60; });
}

TEST_CASE("distances are in the units of the window that has the pointer") {
    const int scale = GENERATE(240, 180);
    const double factor = scale / 120.0;
    Session session([&](Admin& admin) { admin.scale = lp::Scale::clamped(scale); });
    Admin& admin = *session.admin;
    Client& program = session.program();
    wl_pointer* pointer = program.pointer();
    ProgramWindow window(program, "hello");
    const lp::WindowId id = admin.id_of(admin.shown(Window::Kind::toplevel));
    auto* relative = program.follow(zwp_relative_pointer_manager_v1_get_relative_pointer(
        program.global<zwp_relative_pointer_manager_v1>(zwp_relative_pointer_manager_v1_interface),
        pointer));
    program.settle();
    admin.enter(id, 3, 6);
    CHECK(program.hears(pointer, "enter").number(2) == 3 / factor);
    admin.send(lp::PointerAxis{
        .source = lp::AxisSource::wheel, .value = fine(15 * factor), .value120 = 120});
    admin.send(lp::PointerFrame{});
    CHECK(program.hears(pointer, "axis_value120").number(1) == 120);
    CHECK(program.hears(pointer, "axis").number(2) == 15);
    admin.send(lp::PointerRelative{.time = 5000,
                                   .dx = fine(2 * factor),
                                   .dy = fine(-4 * factor),
                                   .dx_raw = fine(7),
                                   .dy_raw = fine(-9)});
    const auto moved = program.hears(relative, "relative_motion");
    CHECK(moved.number(2) == 2);
    CHECK(moved.number(3) == -4);
    CHECK(moved.number(4) == 7);
    CHECK(moved.number(5) == -9);
    program.end(relative, zwp_relative_pointer_v1_destroy);
}

TEST_CASE("a cursor is as large as its program means it, at any scale") {
    Session session([](Admin& admin) { admin.scale = 240; });
    Admin& admin = *session.admin;
    Client& program = session.program();
    wl_pointer* pointer = program.pointer();
    ProgramWindow window(program, "hello");
    const lp::WindowId id = admin.id_of(admin.shown(Window::Kind::toplevel));
    admin.enter(id, 3, 6);
    const auto serial = program.hears(pointer, "enter").serial(0);
    ProgramSurface image(program);
    image.shows(16, 12, 0xff400000);
    wl_pointer_set_cursor(pointer, serial, image.wl(), 3, 4);
    const auto small = admin.hears<lp::CursorImage>();
    CHECK(small.width == 32);
    CHECK(small.height == 24);
    CHECK(small.hotspot_x == 6);
    CHECK(small.hotspot_y == 8);
    CHECK(std::to_integer<int>(small.pixels.span()[32 * 24 * 4 - 2]) == 0x40);
    CHECK(program.hears(image.wl(), "preferred_buffer_scale").integer(0) == 2);

    wl_surface_set_buffer_scale(image.wl(), 2);
    image.shows(32, 24, 0xff400000);
    const auto fitting = admin.hears<lp::CursorImage>();
    CHECK(fitting.width == 32);
    CHECK(fitting.height == 24);
    CHECK(fitting.hotspot_x == 6);

    wl_surface_set_buffer_scale(image.wl(), 1);
    image.shows(100, 10, 0xff400000);
    const auto large = admin.hears<lp::CursorImage>();
    CHECK(large.width == lp::max_cursor_extent);
    CHECK(large.height == 20);
}

TEST_CASE("a pointer is locked by the key that asks for it") {
    Desk desk;
    desk.program.keyboard();
    desk.program.settle();
    desk.admin.focus(desk.id);
    desk.admin.key(30, true);
    const lp::Serial press = desk.admin.serial();
    desk.program.hears(desk.program.keyboard(), "key");
    auto* locked = desk.program.follow(zwp_pointer_constraints_v1_lock_pointer(
        desk.program.global<zwp_pointer_constraints_v1>(zwp_pointer_constraints_v1_interface),
        desk.window->wl(), desk.program.pointer(), nullptr,
        ZWP_POINTER_CONSTRAINTS_V1_LIFETIME_PERSISTENT));
    CHECK(desk.admin.hears<lp::Constraint>().serial == press);
    desk.program.end(locked, zwp_locked_pointer_v1_destroy);
}

TEST_CASE("a part of a window that comes or goes under a resting pointer is entered or left") {
    Desk desk;
    wl_pointer* pointer = desk.program.pointer();
    ProgramSurface part(desk.program);
    auto* subsurface = desk.program.follow(wl_subcompositor_get_subsurface(
        desk.program.global<wl_subcompositor>(wl_subcompositor_interface), part.wl(),
        desk.window->wl()));
    wl_subsurface_set_position(subsurface, 5, 5);
    part.shows(50, 50, 0xff0000cc);
    desk.window->shows(0xff204060);
    const auto entered = desk.program.hears(pointer, "enter");
    CHECK(entered.object<wl_surface>(1) == part.wl());
    CHECK(entered.number(2) == 5);
    CHECK(entered.number(3) == 15);
    desk.program.end(subsurface, wl_subsurface_destroy);
    CHECK(desk.program.hears(pointer, "enter").object<wl_surface>(1) == desk.window->wl());
}

TEST_CASE(
    "the screen is kept on for a surface that gets its place later, and as long as it has one") {
    Desk desk;
    ProgramSurface part(desk.program);
    auto* inhibitor = desk.program.follow(zwp_idle_inhibit_manager_v1_create_inhibitor(
        desk.program.global<zwp_idle_inhibit_manager_v1>(zwp_idle_inhibit_manager_v1_interface),
        part.wl()));
    desk.program.settle();
    auto* subsurface = desk.program.follow(wl_subcompositor_get_subsurface(
        desk.program.global<wl_subcompositor>(wl_subcompositor_interface), part.wl(),
        desk.window->wl()));
    part.shows(50, 50, 0xff0000cc);
    desk.window->shows(0xff204060);
    CHECK(desk.admin.hears<lp::IdleInhibit>() == lp::IdleInhibit{desk.id, true});

    // Its window goes and comes back.
    wl_surface_attach(desk.window->wl(), nullptr, 0, 0);
    wl_surface_commit(desk.window->wl());
    REQUIRE(desk.admin.until([&] { return desk.admin.windows.empty(); }));
    wl_surface_commit(desk.window->wl());
    const lp::WindowId again = desk.admin.id_of(desk.admin.shown(Window::Kind::toplevel));
    CHECK(desk.admin.hears<lp::IdleInhibit>() == lp::IdleInhibit{again, true});

    desk.program.end(subsurface, wl_subsurface_destroy);
    CHECK(desk.admin.hears<lp::IdleInhibit>() == lp::IdleInhibit{again, false});
    desk.program.end(inhibitor, zwp_idle_inhibitor_v1_destroy);
}

}  // namespace leadlight::agent_test
