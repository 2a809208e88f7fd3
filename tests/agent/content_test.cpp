// SPDX-License-Identifier: MIT
// What programs draw, and when it is sent.
#include "tests/agent/one_window.hpp"

#include "single-pixel-buffer-v1-client-protocol.h"
#include "viewporter-client-protocol.h"
#include <catch2/catch_test_macros.hpp>

namespace leadlight::agent_test {

namespace {

/// The caller ends it.
wl_subsurface* subsurface_of(Client& program, ProgramSurface& part, ProgramSurface& window) {
    auto* subcompositor = program.global<wl_subcompositor>(wl_subcompositor_interface);
    return program.follow(wl_subcompositor_get_subsurface(subcompositor, part.wl(), window.wl()));
}

}  // namespace

TEST_CASE_METHOD(OneWindow, "of a change only what changed is sent") {
    session.settles();
    ShmBuffer next(program, 200, 150, red);
    next.fill(blue, 10, 20, 30, 40);
    wl_surface_attach(window.wl(), next.wl(), 0, 0);
    wl_surface_damage_buffer(window.wl(), 10, 20, 30, 40);
    wl_surface_commit(window.wl());
    REQUIRE(admin.until([&] { return shown.picture.count(blue & rgb) == 30 * 40; }));
    const auto& layer = shown.last_commit.layers[0];
    REQUIRE(layer.damage.size() == 1);
    CHECK(*layer.damage.begin() == lp::Rect{10, 20, 30, 40});
    // All of it was copied, so the program has its buffer back without a second commit.
    program.hears(next.wl(), "release");
}

TEST_CASE_METHOD(OneWindow, "a hidden window holds no pages and has its content when it is back") {
    REQUIRE(admin.pages_mapped() > 0);
    admin.send(lp::Hidden{id, true});
    CHECK(admin.until([&] { return admin.pages_mapped() == 0; }));
    shown.picture = {};
    admin.send(lp::Hidden{id, false});
    CHECK(admin.until([&] { return shown.picture.count(red & rgb) == 200 * 150; }));
}

TEST_CASE("without pages for two buffers a window goes on with one") {
    Session session([](Admin& admin) { admin.max_pages = 40; });
    Admin& admin = *session.admin;
    Client& program = session.program();
    ProgramWindow window(program, "hello", red, 200, 150);
    Window& shown = admin.shown(Window::Kind::toplevel);
    for (const std::uint32_t colour : {green, blue, red}) {
        window.shows(colour);
        CHECK(admin.until([&] { return shown.picture.count(colour & rgb) == 200 * 150; }));
    }
    CHECK(admin.pools() == 1);
}

TEST_CASE_METHOD(OneWindow,
                 "while a commit is in flight there is no second, and the last one wins") {
    session.settles();
    admin.answers_frames = false;
    window.shows(green);
    REQUIRE(admin.until([&] { return shown.frame_due; }));
    const int commits = shown.commits;
    window.shows(red);
    window.shows(blue);
    program.settle();
    admin.settle();
    CHECK(shown.commits == commits);
    CHECK(shown.picture.count(green & rgb) == 200 * 150);
    admin.answers_frames = true;
    admin.give_frames();
    CHECK(admin.until([&] { return shown.picture.count(blue & rgb) == 200 * 150; }));
    CHECK(shown.commits == commits + 1);
}

TEST_CASE_METHOD(OneProgram, "subsurfaces are part of their window's one buffer") {
    ProgramWindow window(program, "hello", red, 100, 100);
    Window& shown = admin.shown(Window::Kind::toplevel);
    ProgramSurface part(program);
    auto* subsurface = subsurface_of(program, part, window);
    wl_subsurface_set_position(subsurface, 10, 20);
    part.shows(30, 40, blue);
    window.shows(red);
    CHECK(admin.until([&] { return shown.picture.count(blue & rgb) == 30 * 40; }));
    CHECK(shown.picture.at(10, 20) == (blue & rgb));
    CHECK(shown.picture.at(9, 20) == (red & rgb));
    program.end(subsurface, wl_subsurface_destroy);
    window.shows(red);
    CHECK(admin.until([&] { return shown.picture.count(red & rgb) == 100 * 100; }));
}

TEST_CASE_METHOD(OneProgram, "what a window and its synchronised parts show changes at once") {
    ProgramWindow window(program, "hello", red, 100, 100);
    Window& shown = admin.shown(Window::Kind::toplevel);
    ProgramSurface part(program);
    auto* subsurface = subsurface_of(program, part, window);
    part.shows(30, 40, red);
    window.shows(red);
    session.settles();
    admin.answers_frames = false;
    const int before = shown.commits;
    part.shows(30, 40, green);
    window.shows(green);
    REQUIRE(admin.until([&] { return shown.commits > before; }));
    CHECK(shown.picture.count(green & rgb) == 100 * 100);
    admin.answers_frames = true;
    admin.give_frames();
    program.end(subsurface, wl_subsurface_destroy);
}

TEST_CASE_METHOD(OneProgram, "a single-pixel buffer fills what its viewport says") {
    ProgramWindow window(program, "hello", red, 100, 80);
    Window& shown = admin.shown(Window::Kind::toplevel);
    auto* pixels = program.global<wp_single_pixel_buffer_manager_v1>(
        wp_single_pixel_buffer_manager_v1_interface);
    auto* viewport = program.follow(wp_viewporter_get_viewport(
        program.global<wp_viewporter>(wp_viewporter_interface), window.wl()));
    auto* buffer = program.follow(wp_single_pixel_buffer_manager_v1_create_u32_rgba_buffer(
        pixels, 0, 0xccccccccU, 0, 0xffffffffU));
    wp_viewport_set_destination(viewport, 100, 80);
    wl_surface_attach(window.wl(), buffer, 0, 0);
    wl_surface_damage_buffer(window.wl(), 0, 0, 1, 1);
    wl_surface_commit(window.wl());
    CHECK(admin.until([&] { return shown.picture.count(green & rgb) == 100 * 80; }));
    program.end(viewport, wp_viewport_destroy);
    program.end(buffer, wl_buffer_destroy);
}

TEST_CASE_METHOD(OneWindow, "a program that is hidden hears of a frame now and then") {
    session.settles();
    admin.send(lp::Hidden{id, true});
    admin.settle();
    for (int i = 0; i < 2; ++i) {
        auto* frame = program.follow(wl_surface_frame(window.wl()));
        window.shows(blue);
        program.hears(frame, "done");
        program.end(frame, wl_callback_destroy);
    }
}

TEST_CASE_METHOD(OneProgram, "subsurfaces change with their parent's commit, their order too") {
    ProgramWindow window(program, "hello", red, 100, 100);
    Window& shown = admin.shown(Window::Kind::toplevel);
    auto* subcompositor = program.global<wl_subcompositor>(wl_subcompositor_interface);
    ProgramSurface lower(program), upper(program);
    auto* below =
        program.follow(wl_subcompositor_get_subsurface(subcompositor, lower.wl(), window.wl()));
    auto* above =
        program.follow(wl_subcompositor_get_subsurface(subcompositor, upper.wl(), window.wl()));
    lower.shows(30, 30, blue);
    upper.shows(20, 20, green);
    window.shows(red);
    CHECK(admin.until([&] { return shown.picture.count(green & rgb) == 20 * 20; }));
    CHECK(shown.picture.count(blue & rgb) == 30 * 30 - 20 * 20);

    wl_subsurface_place_below(above, lower.wl());
    lower.shows(40, 40, blue);
    session.settles();
    CHECK(shown.picture.at(5, 5) == (green & rgb));
    CHECK(shown.picture.at(35, 35) == (red & rgb));
    wl_surface_commit(window.wl());
    CHECK(admin.until([&] { return shown.picture.count(blue & rgb) == 40 * 40; }));

    // Without waiting for it.
    wl_subsurface_set_desync(below);
    lower.shows(10, 10, blue);
    CHECK(admin.until([&] { return shown.picture.count(green & rgb) == 20 * 20 - 10 * 10; }));
    program.end(above, wl_subsurface_destroy);
    program.end(below, wl_subsurface_destroy);
}

}  // namespace leadlight::agent_test
