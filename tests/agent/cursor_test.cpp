// SPDX-License-Identifier: MIT
// What programs make of the cursor.
#include "tests/agent/one_window.hpp"

#include "cursor-shape-v1-client-protocol.h"
#include <catch2/catch_test_macros.hpp>

namespace leadlight::agent_test {

TEST_CASE("a cursor is an image of the program, a named shape, or none") {
    PointedWindow desk;
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

TEST_CASE("a cursor that its program paints on shows only while that has the pointer") {
    PointedWindow desk;
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
    PointedWindow desk;
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

}  // namespace leadlight::agent_test
