// SPDX-License-Identifier: MIT
// What the compositor does for programs of the admin domain among themselves. Guests have no part
// in it (rule 6).
#include "tests/agent/giver.hpp"
#include "tests/fixture/admin_program.hpp"

#include "cursor-shape-v1-client-protocol.h"
#include "fractional-scale-v1-client-protocol.h"
#include "presentation-time-client-protocol.h"
#include "primary-selection-unstable-v1-client-protocol.h"
#include "server-decoration-client-protocol.h"
#include "single-pixel-buffer-v1-client-protocol.h"
#include "viewporter-client-protocol.h"
#include "xdg-decoration-unstable-v1-client-protocol.h"
#include "xdg-output-unstable-v1-client-protocol.h"
#include <catch2/catch_test_macros.hpp>

using namespace leadlight::fixture;
using leadlight::agent_test::Client;
using leadlight::agent_test::Event;
using leadlight::agent_test::Giver;
using leadlight::agent_test::Pipe;
using leadlight::agent_test::ProgramSurface;
using leadlight::agent_test::ProgramWindow;
using leadlight::agent_test::text_type;
namespace agent_test = leadlight::agent_test;
namespace lp = leadlight::protocol;

namespace {

constexpr std::uint32_t orange = 0xff8000, magenta = 0xff00ff, opaque = 0xff000000;

struct OwnClient {
    explicit OwnClient(const Desk& desk) : own(display_of(desk)) {}
    Client own;
};

/// A program with one window, which is on the desk.
struct AdminProgram : private OwnClient, Giver {
    AdminProgram(Desk& desk, const std::string& title)
        : OwnClient(desk), Giver(own), window(client, title, opaque | orange), desk_(desk),
          title_(title) {
        REQUIRE(eventually([&] {
            client.pump();
            const auto shown = desk_.find(title_);
            return shown && shown->content.width == window.width();
        }));
    }
    Box content() { return desk_.window(title_).content; }
    void is_clicked() {
        desk_.clicks(desk_.window(title_));
        client.hears(client.keyboard(), "enter");
    }
    /// With the pointer over it.
    std::uint32_t is_pressed() {
        const Box box = content();
        client.forgets();
        desk_.moves_to(box.x + 30, box.y + 30);
        desk_.button(Code::left_button, true);
        return client
            .hears(client.pointer(), "button",
                   [](const Event& event) { return event.integer(3) == 1; })
            .serial(0);
    }

    ProgramWindow window;

  private:
    Desk& desk_;
    std::string title_;
};

struct TwoPrograms : TwoDomains {
    AdminProgram from{desk, "from"}, to{desk, "to"};
};

}  // namespace

TEST_CASE("what one admin program copies another one pastes") {
    TwoPrograms on;
    on.from.is_clicked();
    on.desk.types("c");
    const auto serial = on.from.client.hears(on.from.client.keyboard(), "key").serial(0);
    auto* source = on.from.offers_text();
    wl_data_device_set_selection(on.from.device, source, serial);
    on.from.client.settle();
    on.to.is_clicked();
    CHECK(received(on.to, offered(on.to), on.from, source, "copied") == "copied");
    on.from.client.end(source, wl_data_source_destroy);
}

TEST_CASE("what is selected in one admin program the middle button pastes in another") {
    TwoPrograms on;
    const auto device_of = [](Client& client) {
        return client.follow(zwp_primary_selection_device_manager_v1_get_device(
            client.global<zwp_primary_selection_device_manager_v1>(
                zwp_primary_selection_device_manager_v1_interface),
            client.seat()));
    };
    auto* from_device = device_of(on.from.client);
    auto* to_device = device_of(on.to.client);
    const auto serial = on.from.is_pressed();
    on.desk.button(Code::left_button, false);
    auto* source = on.from.client.follow(zwp_primary_selection_device_manager_v1_create_source(
        on.from.client.global<zwp_primary_selection_device_manager_v1>(
            zwp_primary_selection_device_manager_v1_interface)));
    zwp_primary_selection_source_v1_offer(source, text_type);
    zwp_primary_selection_device_v1_set_selection(from_device, source, serial);
    on.from.client.settle();
    on.to.is_clicked();
    const auto selection = on.to.client.hears(to_device, "selection", [](const Event& event) {
        return event.arguments[0].object != nullptr;
    });
    Pipe pipe;
    zwp_primary_selection_offer_v1_receive(selection.object<zwp_primary_selection_offer_v1>(0),
                                           text_type, pipe.write_end.get());
    wl_display_flush(on.to.client.display());
    answer(on.from.client.hears(source, "send"), "selected");
    CHECK(pipe.read() == "selected");
    on.from.client.end(source, zwp_primary_selection_source_v1_destroy);
}

TEST_CASE("what one admin program drags is dropped on another, and no guest hears of it") {
    TwoPrograms on;
    on.from.is_clicked();
    on.work.forgets();
    const auto serial = on.from.is_pressed();
    auto* source = on.from.offers_text();
    wl_data_source_set_actions(source, WL_DATA_DEVICE_MANAGER_DND_ACTION_COPY);
    wl_data_device_start_drag(on.from.device, source, on.from.window.wl(), nullptr, serial);
    on.from.client.settle();

    const Box letters = on.desk.window("letters").content;
    on.desk.moves_to(letters.x + 20, letters.y + 150);
    const Box content = on.to.content();
    on.desk.moves_to(content.x + 150, content.y + 120);
    const auto entered = on.to.client.hears(on.to.device, "enter");
    CHECK(entered.object<wl_surface>(1) == on.to.window.wl());
    auto* offer = entered.object<wl_data_offer>(4);
    REQUIRE(offer != nullptr);
    wl_data_offer_accept(offer, entered.serial(0), text_type);
    wl_data_offer_set_actions(offer, WL_DATA_DEVICE_MANAGER_DND_ACTION_COPY,
                              WL_DATA_DEVICE_MANAGER_DND_ACTION_COPY);
    on.to.client.settle();
    on.from.client.hears(source, "action", [](const Event& event) {
        return event.integer(0) == WL_DATA_DEVICE_MANAGER_DND_ACTION_COPY;
    });
    on.desk.button(Code::left_button, false);
    on.to.client.hears(on.to.device, "drop");
    CHECK(received(on.to, offer, on.from, source, "dragged") == "dragged");
    wl_data_offer_finish(offer);
    on.to.client.settle();
    on.from.client.hears(source, "dnd_finished");
    on.work.pump();
    CHECK(on.work.heard<lp::PointerEnter>() == 0);
    on.from.client.end(source, wl_data_source_destroy);
}

TEST_CASE("an admin program's window is shown with all its parts") {
    TwoDomains on;
    AdminProgram program(on.desk, "parts");
    Client& client = program.client;
    ProgramSurface part(client);
    auto* below = client.follow(
        wl_subcompositor_get_subsurface(client.global<wl_subcompositor>(wl_subcompositor_interface),
                                        part.wl(), program.window.wl()));
    wl_subsurface_set_position(below, 10, 20);
    // One pixel, stretched.
    auto* viewport = client.follow(wp_viewporter_get_viewport(
        client.global<wp_viewporter>(wp_viewporter_interface), part.wl()));
    auto* pixel = client.follow(wp_single_pixel_buffer_manager_v1_create_u32_rgba_buffer(
        client.global<wp_single_pixel_buffer_manager_v1>(
            wp_single_pixel_buffer_manager_v1_interface),
        0xffffffffU, 0, 0xffffffffU, 0xffffffffU));
    wp_viewport_set_destination(viewport, 50, 20);
    wl_surface_attach(part.wl(), pixel, 0, 0);
    wl_surface_damage_buffer(part.wl(), 0, 0, 1, 1);
    wl_surface_commit(part.wl());
    program.window.shows(opaque | orange);
    client.settle();
    const Box content = program.content();
    on.desk.moves_to(5, 700);
    CHECK(on.desk.shows([&](const Picture& picture) {
        client.pump();
        return picture.count(magenta, {content.x + 10, content.y + 20, 50, 20}) == 50 * 20 &&
               picture.count(magenta) == 50 * 20 &&
               picture.count(orange, content) == 200 * 150 - 50 * 20;
    }));
    client.end(viewport, wp_viewport_destroy);
    client.end(below, wl_subsurface_destroy);
    client.end(pixel, wl_buffer_destroy);
}

TEST_CASE("an admin program hears of its output: size, scale, and when its content was shown") {
    TwoDomains on;
    AdminProgram program(on.desk, "output");
    Client& client = program.client;
    auto* output = client.global<wl_output>(wl_output_interface);
    CHECK(client.hears(output, "mode").integer(1) == 1280);
    auto* size = client.follow(zxdg_output_manager_v1_get_xdg_output(
        client.global<zxdg_output_manager_v1>(zxdg_output_manager_v1_interface), output));
    const auto logical = client.hears(size, "logical_size");
    CHECK(logical.integer(0) == 1280);
    CHECK(logical.integer(1) == 720);
    auto* fractional = client.follow(wp_fractional_scale_manager_v1_get_fractional_scale(
        client.global<wp_fractional_scale_manager_v1>(wp_fractional_scale_manager_v1_interface),
        program.window.wl()));
    CHECK(client.hears(fractional, "preferred_scale").integer(0) == 120);
    auto* presentation = client.global<wp_presentation>(wp_presentation_interface);
    auto* feedback = client.follow(wp_presentation_feedback(presentation, program.window.wl()));
    program.window.shows(opaque | green);
    client.hears(feedback, "presented");
    client.end(fractional, wp_fractional_scale_v1_destroy);
    client.end(size, zxdg_output_v1_destroy);
}

TEST_CASE("an admin program's cursor is its image or a named shape while it has the pointer") {
    TwoDomains on;
    AdminProgram program(on.desk, "pointed");
    Client& client = program.client;
    const Box content = program.content();
    on.desk.moves_to(content.x + 60, content.y + 60);
    const auto serial = client.hears(client.pointer(), "enter").serial(0);
    ProgramSurface image(client);
    wl_pointer_set_cursor(client.pointer(), serial, image.wl(), 0, 0);
    image.shows(16, 16, opaque | magenta);
    client.settle();
    const auto shows_image = [&](int pixels) {
        return on.desk.shows([&](const Picture& picture) {
            client.pump();
            return picture.count(magenta) == pixels;
        });
    };
    CHECK(shows_image(16 * 16));
    auto* shape = client.follow(wp_cursor_shape_manager_v1_get_pointer(
        client.global<wp_cursor_shape_manager_v1>(wp_cursor_shape_manager_v1_interface),
        client.pointer()));
    wp_cursor_shape_device_v1_set_shape(shape, serial, WP_CURSOR_SHAPE_DEVICE_V1_SHAPE_TEXT);
    client.settle();
    CHECK(shows_image(0));
    // Over a guest's window it is not the program's to say.
    wl_pointer_set_cursor(client.pointer(), serial, image.wl(), 0, 0);
    client.settle();
    CHECK(shows_image(16 * 16));
    const Box letters = on.desk.window("letters").content;
    on.desk.moves_to(letters.x + 20, letters.y + 150);
    CHECK(shows_image(0));
    client.end(shape, wp_cursor_shape_device_v1_destroy);
}

TEST_CASE("admin programs are told that the frame is the compositor's") {
    TwoDomains on;
    Client client(display_of(on.desk));
    zxdg_toplevel_decoration_v1* decoration = nullptr;
    const ProgramWindow window(
        client, "framed", opaque | orange, 200, 150, [&](xdg_toplevel* toplevel) {
            decoration = client.follow(zxdg_decoration_manager_v1_get_toplevel_decoration(
                client.global<zxdg_decoration_manager_v1>(zxdg_decoration_manager_v1_interface),
                toplevel));
        });
    CHECK(client.hears(decoration, "configure").integer(0) ==
          ZXDG_TOPLEVEL_DECORATION_V1_MODE_SERVER_SIDE);
    auto* kde = client.global<org_kde_kwin_server_decoration_manager>(
        org_kde_kwin_server_decoration_manager_interface);
    CHECK(client.hears(kde, "default_mode").integer(0) ==
          ORG_KDE_KWIN_SERVER_DECORATION_MANAGER_MODE_SERVER);
    client.end(decoration, zxdg_toplevel_decoration_v1_destroy);
}
