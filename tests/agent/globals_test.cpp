// SPDX-License-Identifier: MIT
// What the agent advertises is what is tested.
#include "tests/agent/session.hpp"
#include "tests/fixture/tested_globals.hpp"

#include <catch2/catch_test_macros.hpp>

namespace leadlight::agent_test {
namespace {

const fixture::TestedGlobals tested{
    {"wl_shm", "a window is shown, resized"},
    {"wl_compositor", "a window is shown, resized"},
    {"wl_subcompositor", "subsurfaces are part of their window's one buffer"},
    {"xdg_wm_base", "a menu with a grab is placed"},
    {"wp_single_pixel_buffer_manager_v1", "a single-pixel buffer fills"},
    {"zxdg_decoration_manager_v1", "programs are told to leave the frame"},
    {"org_kde_kwin_server_decoration_manager", "programs are told to leave the frame"},
    {"wp_viewporter", "a viewport shows a part of a buffer"},
    {"wp_fractional_scale_manager_v1", "at one and a half a program's pixels"},
    {"wp_presentation", "a program learns when its content was shown"},
    {"wl_output", "there is one output, as large as a window may become"},
    {"zxdg_output_manager_v1", "there is one output, as large as a window may become"},
    {"wl_seat", "the pointer enters, moves, presses and leaves"},
    {"wp_cursor_shape_manager_v1", "a cursor is an image of the program, a named shape"},
    {"zwp_pointer_constraints_v1", "a pointer is locked when the admin domain says so"},
    {"zwp_relative_pointer_manager_v1", "distances are in the units of the window"},
    {"zwp_idle_inhibit_manager_v1", "the screen is kept on as long as one surface"},
    {"xdg_activation_v1", "a window asks for focus with the press"},
    {"wl_data_device_manager", "something is dragged from one program"},
    {"zwp_primary_selection_device_manager_v1", "what is selected in one program"},
    {"zwp_text_input_manager_v3", "an input method writes into the field"},
    {"zwp_input_method_manager_v2", "an input method writes into the field"},
    {"zwp_virtual_keyboard_manager_v1", "keys go to an input method that asks"},
};

}  // namespace

TEST_CASE(
    "every global that programs are offered is in the list of tested ones, and none is missing") {
    Session session;
    CHECK(fixture::listed(session.program().globals(), tested) == tested);
}

TEST_CASE("what the list of tested globals names is a test") {
    const std::string text = fixture::text_of_tests("agent");
    for (const auto& [interface, title] : tested) {
        INFO(interface << ": " << title);
        CHECK(fixture::has_test(text, title));
    }
}

}  // namespace leadlight::agent_test
