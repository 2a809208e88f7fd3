// SPDX-License-Identifier: MIT
// The pointer as programs see it, and what they may do to it.
#include "tests/agent/one_window.hpp"

#include "pointer-constraints-unstable-v1-client-protocol.h"
#include "relative-pointer-unstable-v1-client-protocol.h"
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace leadlight::agent_test {

TEST_CASE("the pointer enters, moves, presses and leaves") {
    PointedWindow desk;
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
    PointedWindow desk;
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
    PointedWindow desk(7);
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

TEST_CASE("a pointer is locked when the admin domain says so, and relative motion goes on") {
    PointedWindow desk;
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
    PointedWindow desk;
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
    PointedWindow desk;
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

TEST_CASE("a pointer is locked by the key that asks for it") {
    PointedWindow desk;
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
    PointedWindow desk;
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

}  // namespace leadlight::agent_test
