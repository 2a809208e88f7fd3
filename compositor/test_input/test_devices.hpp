// SPDX-License-Identifier: MIT
// A keyboard, a pointer and a touch screen that tests play on. Compiled only with
// -Dtest_input=true, never in a package: whoever can connect to the socket types as the person.
// They are wlroots devices like any others, so that everything behind their events is the code of
// physical devices.
//
// The socket that the environment's LEADLIGHT_TEST_INPUT names is a SOCK_SEQPACKET one. Each packet
// has one command; `ok` answers it once everything that follows from it at once was done, anything
// else is what is wrong with it.
//
//     key CODE press|release              an evdev code
//     button CODE press|release
//     motion DX DY                        relative
//     motion_to X Y                       in the layout's pixels
//     axis vertical|horizontal VALUE V120 V120 0: a finger on a touchpad; VALUE 0: it was lifted
//     touch down|motion|up ID X Y         in the layout's pixels
//     output add NAME WIDTH HEIGHT        of the headless backend; its scale is [output.NAME]'s
//     output remove NAME
#pragma once

#include "compositor/event_source.hpp"
#include "compositor/input/input.hpp"
#include "shm-grants/descriptor.hpp"

#include <expected>
#include <list>
#include <optional>
#include <string>
#include <string_view>

namespace leadlight::compositor {

class TestDevices {
  public:
    /// Listens if LEADLIGHT_TEST_INPUT is set. Null if it is not.
    [[nodiscard]] static std::expected<std::unique_ptr<TestDevices>, std::string>
    create(Server& server, Input& input);
    ~TestDevices();
    TestDevices(const TestDevices&) = delete;
    TestDevices& operator=(const TestDevices&) = delete;

  private:
    TestDevices(Server& server, Input& input);
    void accept();
    /// Plays it; "ok", or what is wrong.
    [[nodiscard]] std::string play(std::string_view command);
    // One for each command, of which the first word is taken off. False: the rest is wrong.
    class Words;
    bool key(Words& words);
    bool button(Words& words);
    bool motion(Words& words);
    bool motion_to(Words& words);
    bool touch(Words& words);
    bool axis(Words& words);
    bool output(Words& words);
    std::optional<LayoutPoint> part_of_layout(Words& words) const;
    void add_output(const std::string& name, unsigned width, unsigned height);

    Server& server_;
    std::string path_;
    grants::Descriptor listener_;
    FdWatch watch_;
    struct Player {
        grants::Descriptor socket;
        FdWatch watch;
    };
    std::list<Player> players_;
    wlr_keyboard keyboard_{};
    wlr_pointer pointer_{};
    wlr_touch touch_{};
};

}  // namespace leadlight::compositor
