// SPDX-License-Identifier: MIT
// What the compositor advertises to programs of the admin domain is what is tested.
#include "tests/agent/client.hpp"
#include "tests/fixture/admin_program.hpp"
#include "tests/fixture/tested_globals.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::fixture;

namespace {

const TestedGlobals tested{
    {"wl_shm", "an admin program's window has the frame"},
    {"wl_compositor", "an admin program's window has the frame"},
    {"xdg_wm_base", "the surface of a menu that is gone"},
    {"wl_subcompositor", "an admin program's window is shown with all its parts"},
    {"wp_viewporter", "an admin program's window is shown with all its parts"},
    {"wp_single_pixel_buffer_manager_v1", "an admin program's window is shown with all its parts"},
    {"zwlr_screencopy_manager_v1", "an admin program's window is shown with all its parts"},
    {"wl_output", "an admin program hears of its output"},
    {"zxdg_output_manager_v1", "an admin program hears of its output"},
    {"wp_fractional_scale_manager_v1", "an admin program hears of its output"},
    {"wp_presentation", "an admin program hears of its output"},
    {"wl_seat", "a launcher has the keys while it is there"},
    {"wp_cursor_shape_manager_v1", "an admin program's cursor is its image"},
    {"wl_data_device_manager", "what one admin program copies"},
    {"zwp_primary_selection_device_manager_v1", "what is selected in one admin program"},
    {"zxdg_decoration_manager_v1", "admin programs are told that the frame"},
    {"org_kde_kwin_server_decoration_manager", "admin programs are told that the frame"},
    {"zwlr_layer_shell_v1", "windows keep clear of a panel"},
    {"zwp_idle_inhibit_manager_v1", "an admin program keeps the screen on"},
    {"ext_idle_notifier_v1", "an admin program keeps the screen on"},
};

}  // namespace

TEST_CASE("every global that admin programs are offered is in the list of tested ones") {
    const Desk desk({});
    const leadlight::agent_test::Client program(display_of(desk));
    CHECK(listed(program.globals(), tested) == tested);
}

TEST_CASE("what the list of admin programs' tested globals names is a test") {
    const std::string text = text_of_tests("integration");
    for (const auto& [interface, title] : tested) {
        INFO(interface << ": " << title);
        CHECK(has_test(text, title));
    }
}
