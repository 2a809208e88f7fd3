// SPDX-License-Identifier: MIT
// What the agent advertises is what is tested: a new global needs a line here, and its line a test.
#include "tests/agent/session.hpp"

#include <catch2/catch_test_macros.hpp>

namespace leadlight::agent_test {
namespace {

/// How the title of a test of it begins, beside who may see it.
const std::map<std::string, std::string> tested{
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

std::string text_of_the_other_tests() {
    std::string text;
    const std::string folder = std::string(std::getenv("LEADLIGHT_SOURCE")) + "/tests/agent";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename();
        if (name.ends_with("_test.cpp") && name != "globals_test.cpp") {
            text += text_of(entry.path());
        }
    }
    return text;
}

/// A title that begins so, where a test is declared.
bool has_test(const std::string& text, const std::string& title) {
    for (std::size_t at = text.find('"' + title); at != std::string::npos;
         at = text.find('"' + title, at + 1)) {
        const std::size_t before = text.find_last_not_of(" \n", at - 1);
        const std::size_t line = text.rfind('\n', before) + 1;
        if (text.compare(line, 9, "TEST_CASE") == 0) {
            return true;
        }
    }
    return false;
}

}  // namespace

TEST_CASE(
    "every global that programs are offered is in the list of tested ones, and none is missing") {
    Session session;
    std::map<std::string, std::string> offered;
    for (const auto& [interface, version] : session.program().globals()) {
        offered[interface] = tested.contains(interface) ? tested.at(interface) : "not tested";
    }
    CHECK(offered == tested);
}

TEST_CASE("what the list of tested globals names is a test") {
    const std::string text = text_of_the_other_tests();
    for (const auto& [interface, title] : tested) {
        INFO(interface << ": " << title);
        CHECK(has_test(text, title));
    }
}

}  // namespace leadlight::agent_test
