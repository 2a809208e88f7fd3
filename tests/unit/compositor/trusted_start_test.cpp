// SPDX-License-Identifier: MIT
// What a compositor that may command leadlightd takes from who starts it: any program of the
// person's may.
#include "compositor/domains/trusted_start.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::compositor;

TEST_CASE("a compositor that asks leadlightd shows on the seat's screens only") {
    using enum BackendKind;
    CHECK_FALSE(refused_option({.backend = automatic}, false));
    CHECK_FALSE(refused_option({.backend = drm}, false));
    CHECK(refused_option({.backend = wayland}, false) == "--backend wayland");
    CHECK(refused_option({.backend = x11}, true) == "--backend x11");
    CHECK(refused_option({.backend = headless}, false) == "--backend headless");
    CHECK_FALSE(refused_option({.backend = headless}, true));
    CHECK(refused_option({.backend = drm, .default_socket = false}, false) == "--leadlightd");
}

TEST_CASE("a compositor that asks leadlightd takes no configuration from who starts it") {
    CHECK(refused_option({.default_configuration = false}, false) == "--config");
    CHECK(refused_option({.default_configuration = false}, true) == "--config");
}

TEST_CASE("of the environment it keeps where and in which language it runs") {
    for (const char* kept : {"XDG_RUNTIME_DIR", "XDG_SEAT", "XDG_SESSION_ID", "LANG", "LC_TIME"}) {
        INFO(kept);
        CHECK(is_harmless_variable(kept));
    }
    // Libraries, drivers, fonts, who opens the devices, where another desktop is.
    for (const char* dropped :
         {"GBM_BACKENDS_PATH", "LIBGL_DRIVERS_PATH", "LIBSEAT_BACKEND", "SEATD_SOCK", "HOME",
          "XDG_CONFIG_HOME", "XDG_DATA_HOME", "FONTCONFIG_FILE", "XKB_CONFIG_ROOT", "XCURSOR_PATH",
          "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY", "WLR_BACKENDS", "WLR_DRM_DEVICES",
          "LEADLIGHT_TEST_INPUT", "LANGUAGES", "XDG_RUNTIME_DIRS", ""}) {
        INFO(dropped);
        CHECK_FALSE(is_harmless_variable(dropped));
    }
}
