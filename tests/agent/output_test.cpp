// SPDX-License-Identifier: MIT
// The one output that programs see, scales that are no whole numbers, and when content was shown.
#include "tests/agent/one_window.hpp"

#include "fractional-scale-v1-client-protocol.h"
#include "presentation-time-client-protocol.h"
#include "viewporter-client-protocol.h"
#include "xdg-output-unstable-v1-client-protocol.h"
#include <catch2/catch_test_macros.hpp>

namespace leadlight::agent_test {

TEST_CASE("there is one output, as large as a window may become, at no place") {
    Session session([](Admin& admin) { admin.scale = 180; });
    session.admin->settle();
    Client& program = session.program();
    auto* output = program.global<wl_output>(wl_output_interface);
    const auto mode = program.hears(output, "mode");
    CHECK(mode.number(1) == 1920);
    CHECK(mode.number(2) == 1080);
    CHECK(mode.number(3) == 60'000);
    CHECK(program.hears(output, "scale").number(0) == 2);
    const auto geometry = program.hears(output, "geometry");
    CHECK(geometry.number(0) == 0);
    CHECK(geometry.number(1) == 0);

    auto* xdg = program.follow(zxdg_output_manager_v1_get_xdg_output(
        program.global<zxdg_output_manager_v1>(zxdg_output_manager_v1_interface), output));
    const auto size = program.hears(xdg, "logical_size");
    CHECK(size.number(0) == 1280);
    CHECK(size.number(1) == 720);
    const auto position = program.hears(xdg, "logical_position");
    CHECK(position.number(0) == 0);
    CHECK(position.number(1) == 0);

    program.settle();
    program.forgets();
    session.admin->send(lp::Output{2560, 1440, 120, 75'000});
    const auto larger = program.hears(output, "mode");
    CHECK(larger.number(1) == 2560);
    CHECK(larger.number(2) == 1440);
    CHECK(larger.number(3) == 75'000);
    CHECK(program.hears(output, "scale").number(0) == 1);
    CHECK(program.hears(xdg, "logical_size").number(0) == 2560);
    program.hears(output, "done");
    program.end(xdg, zxdg_output_v1_destroy);
}

TEST_CASE("at one and a half a program's pixels are shown as they are") {
    Session session([](Admin& admin) {
        admin.scale = 180;
        admin.toplevel_width = 301;
        admin.toplevel_height = 150;
    });
    Admin& admin = *session.admin;
    Client& program = session.program();
    ProgramWindow window(program, "hello", red);
    auto* fractional = program.follow(wp_fractional_scale_manager_v1_get_fractional_scale(
        program.global<wp_fractional_scale_manager_v1>(wp_fractional_scale_manager_v1_interface),
        window.wl()));
    CHECK(program.hears(fractional, "preferred_scale").number(0) == 180);
    // 301 pixels are 200 logical ones and a bit: never more than there is room for.
    CHECK(window.width() == 200);
    CHECK(window.height() == 100);

    auto* viewport = program.follow(wp_viewporter_get_viewport(
        program.global<wp_viewporter>(wp_viewporter_interface), window.wl()));
    wp_viewport_set_destination(viewport, 200, 100);
    window.scale = 1.5;
    // Single columns, which any scaling would blur.
    window.paints = [](ShmBuffer& buffer) {
        for (int x = 0; x < buffer.width(); x += 2) {
            buffer.fill(blue, x, 0, 1, buffer.height());
        }
    };
    window.shows(red);
    const Window& shown = admin.shown(Window::Kind::toplevel);
    CHECK(admin.until([&] { return shown.picture.count(blue & rgb) == 150 * 150; }));
    CHECK(shown.picture.width() == 300);
    CHECK(shown.picture.height() == 150);
    CHECK(shown.picture.count(red & rgb) == 150 * 150);

    // The pointer is where it looks.
    program.pointer();
    program.settle();
    admin.enter(admin.id_of(shown), 150, 75);
    const auto enter = program.hears(program.pointer(), "enter");
    CHECK(enter.number(2) == 100);
    CHECK(enter.number(3) == 50);
    program.end(viewport, wp_viewport_destroy);
    program.end(fractional, wp_fractional_scale_v1_destroy);
}

TEST_CASE_METHOD(OneProgram, "a viewport shows a part of a buffer") {
    ProgramWindow window(program, "hello", red, 100, 100);
    const Window& shown = admin.shown(Window::Kind::toplevel);
    auto* viewport = program.follow(wp_viewporter_get_viewport(
        program.global<wp_viewporter>(wp_viewporter_interface), window.wl()));
    ShmBuffer& buffer = window.attach(200, 200, red);
    buffer.fill(blue, 50, 60, 100, 100);
    wp_viewport_set_source(viewport, wl_fixed_from_int(50), wl_fixed_from_int(60),
                           wl_fixed_from_int(100), wl_fixed_from_int(100));
    wl_surface_commit(window.wl());
    CHECK(admin.until([&] { return shown.picture.count(blue & rgb) == 100 * 100; }));
    program.end(viewport, wp_viewport_destroy);
}

TEST_CASE_METHOD(OneWindow, "a program learns when its content was shown, and what never was") {
    auto* presentation = program.global<wp_presentation>(wp_presentation_interface);
    CHECK(program.hears(presentation, "clock_id").integer(0) == CLOCK_MONOTONIC);

    auto* first = program.follow(wp_presentation_feedback(presentation, window.wl()));
    timespec before{}, after{};
    clock_gettime(CLOCK_MONOTONIC, &before);
    window.shows(blue);
    const auto presented = program.hears(first, "presented");
    clock_gettime(CLOCK_MONOTONIC, &after);
    const double seconds = presented.number(1) + presented.number(2) / 1e9;
    // The admin domain says 100 us ago.
    CHECK(seconds > static_cast<double>(before.tv_sec) - 1);
    CHECK(seconds < static_cast<double>(after.tv_sec + 1));
    CHECK(presented.number(3) == 16'666'666);

    session.settles();
    admin.answers_frames = false;
    window.shows(red);
    REQUIRE(admin.until([&] { return admin.toplevel()->frame_due; }));
    auto* replaced = program.follow(wp_presentation_feedback(presentation, window.wl()));
    window.shows(blue);
    window.shows(red);
    program.hears(replaced, "discarded");
    admin.answers_frames = true;
    admin.give_frames();
}

TEST_CASE_METHOD(OneWindow, "a program that asks when it is shown and paints nothing is answered") {
    auto* presentation = program.global<wp_presentation>(wp_presentation_interface);
    session.settles();
    auto* feedback = program.follow(wp_presentation_feedback(presentation, window.wl()));
    wl_surface_commit(window.wl());
    program.hears(feedback, "presented");
    admin.send(lp::Hidden{id, true});
    admin.settle();
    auto* hidden = program.follow(wp_presentation_feedback(presentation, window.wl()));
    wl_surface_commit(window.wl());
    program.hears(hidden, "discarded");
}

TEST_CASE_METHOD(OneWindow, "frame callbacks come by the word of the admin domain") {
    session.settles();
    admin.answers_frames = false;
    auto* callback = program.follow(wl_surface_frame(window.wl()));
    window.shows(blue);
    REQUIRE(admin.until([&] { return admin.toplevel()->frame_due; }));
    program.settle();
    CHECK(program.heard(callback, "done") == 0);
    admin.answers_frames = true;
    admin.give_frames();
    program.hears(callback, "done");
    // Also when nothing changed.
    auto* idle = program.follow(wl_surface_frame(window.wl()));
    wl_surface_commit(window.wl());
    program.hears(idle, "done");
}

}  // namespace leadlight::agent_test
