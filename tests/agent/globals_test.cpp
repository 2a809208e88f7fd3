// SPDX-License-Identifier: MIT
// What the agent advertises is what is tested: a new global needs a line here, and its line a test.
#include "tests/agent/session.hpp"

#include <catch2/catch_test_macros.hpp>

namespace leadlight::agent_test {
namespace {

/// Which file tests it, beside who may see it.
const std::map<std::string, std::string> tested{
    {"wl_shm", "windows_test"},
    {"wl_compositor", "windows_test"},
    {"wl_subcompositor", "windows_test"},
    {"xdg_wm_base", "windows_test, popups_test"},
    {"wp_single_pixel_buffer_manager_v1", "windows_test"},
    {"zxdg_decoration_manager_v1", "windows_test"},
    {"org_kde_kwin_server_decoration_manager", "windows_test"},
    {"wp_viewporter", "output_test"},
    {"wp_fractional_scale_manager_v1", "output_test"},
    {"wp_presentation", "output_test"},
    {"wl_output", "output_test"},
    {"zxdg_output_manager_v1", "output_test"},
    {"wl_seat", "input_test"},
    {"wp_cursor_shape_manager_v1", "input_test"},
    {"zwp_pointer_constraints_v1", "input_test"},
    {"zwp_relative_pointer_manager_v1", "input_test"},
    {"zwp_idle_inhibit_manager_v1", "input_test"},
    {"xdg_activation_v1", "input_test"},
    {"wl_data_device_manager", "transfer_test"},
    {"zwp_primary_selection_device_manager_v1", "transfer_test"},
    {"zwp_text_input_manager_v3", "text_input_test"},
    {"zwp_input_method_manager_v2", "text_input_test"},
    {"zwp_virtual_keyboard_manager_v1", "text_input_test"},
};

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

}  // namespace leadlight::agent_test
