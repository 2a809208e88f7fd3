// SPDX-License-Identifier: MIT
#include "compositor/test_input/test_devices.hpp"

#include "compositor/clock.hpp"
#include "compositor/output/output.hpp"
#include "compositor/server.hpp"
#include "shm-grants/unix_address.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace leadlight::compositor {

namespace {

constexpr wlr_keyboard_impl keyboard_impl{.name = "test-keyboard", .led_update = nullptr};
constexpr wlr_pointer_impl pointer_impl{.name = "test-pointer"};
constexpr wlr_touch_impl touch_impl{.name = "test-touch"};

std::uint32_t stamp() {
    return static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(now()).count());
}

}  // namespace

// Takes words and numbers off the front of a command.
class TestDevices::Words {
  public:
    explicit Words(std::string_view text) : rest_(text) {}

    std::string_view word() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" \n"), rest_.size()));
        const auto word = rest_.substr(0, rest_.find_first_of(" \n"));
        rest_.remove_prefix(word.size());
        return word;
    }
    template <class Number>
    Number number() {
        const auto text = word();
        Number value{};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        good_ = good_ && error == std::errc{} && end == text.data() + text.size();
        return value;
    }
    /// Which of the two the next word is.
    bool either(std::string_view yes, std::string_view no) {
        const auto text = word();
        good_ = good_ && (text == yes || text == no);
        return text == yes;
    }
    /// Nothing was wrong and nothing is left.
    bool complete() { return good_ && word().empty(); }

  private:
    std::string_view rest_;
    bool good_ = true;
};

TestDevices::TestDevices(Server& server, Input& input) : server_(server) {
    wlr_keyboard_init(&keyboard_, &keyboard_impl, "test keyboard");
    wlr_pointer_init(&pointer_, &pointer_impl, "test pointer");
    wlr_touch_init(&touch_, &touch_impl, "test touch screen");
    input.add_device(&keyboard_.base);
    input.add_device(&pointer_.base);
    input.add_device(&touch_.base);
}

TestDevices::~TestDevices() {
    wlr_keyboard_finish(&keyboard_);
    wlr_pointer_finish(&pointer_);
    wlr_touch_finish(&touch_);
    if (!path_.empty()) {
        unlink(path_.c_str());
    }
}

std::expected<std::unique_ptr<TestDevices>, std::string> TestDevices::create(Server& server,
                                                                             Input& input) {
    const char* path = std::getenv("LEADLIGHT_TEST_INPUT");
    if (path == nullptr) {
        return nullptr;
    }
    std::unique_ptr<TestDevices> devices(new TestDevices(server, input));
    const auto address = grants::unix_address(path);
    if (!address) {
        return std::unexpected(std::string(path) + ": empty, or too long for a socket");
    }
    devices->listener_ =
        grants::Descriptor(socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    unlink(path);
    if (bind(devices->listener_.get(), reinterpret_cast<const sockaddr*>(&*address),
             sizeof *address) != 0 ||
        listen(devices->listener_.get(), 4) != 0) {
        return std::unexpected(std::string(path) + ": " + std::strerror(errno));
    }
    devices->path_ = path;
    devices->watch_ = FdWatch(server.loop, devices->listener_.get(), WL_EVENT_READABLE,
                              [raw = devices.get()](std::uint32_t) { raw->accept(); });
    return devices;
}

void TestDevices::accept() {
    grants::Descriptor socket(
        accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket) {
        return;
    }
    const auto player = players_.emplace(players_.end());
    player->socket = std::move(socket);
    player->watch = FdWatch(
        server_.loop, player->socket.get(), WL_EVENT_READABLE, [this, player](std::uint32_t) {
            std::array<char, 256> text{};
            const ssize_t size = recv(player->socket.get(), text.data(), text.size(), 0);
            if (size < 0 && errno == EAGAIN) {
                return;
            }
            if (size <= 0) {
                players_.erase(player);
                return;
            }
            const std::string answer = play({text.data(), static_cast<std::size_t>(size)});
            send(player->socket.get(), answer.data(), answer.size(), MSG_NOSIGNAL);
        });
}

std::string TestDevices::play(std::string_view command) {
    using Play = bool (TestDevices::*)(Words&);
    static constexpr std::pair<std::string_view, Play> kinds[] = {
        {"key", &TestDevices::key},       {"button", &TestDevices::button},
        {"motion", &TestDevices::motion}, {"motion_to", &TestDevices::motion_to},
        {"touch", &TestDevices::touch},   {"axis", &TestDevices::axis},
        {"output", &TestDevices::output},
    };
    Words words(command);
    const auto wanted = words.word();
    for (const auto& [kind, acts] : kinds) {
        if (kind == wanted && (this->*acts)(words)) {
            return "ok";
        }
    }
    return "what is '" + std::string(command) + "'?";
}

bool TestDevices::key(Words& words) {
    wlr_keyboard_key_event event{.time_msec = stamp(),
                                 .keycode = words.number<std::uint32_t>(),
                                 .update_state = true,
                                 .state = WL_KEYBOARD_KEY_STATE_RELEASED};
    if (words.either("press", "release")) {
        event.state = WL_KEYBOARD_KEY_STATE_PRESSED;
    }
    if (!words.complete()) {
        return false;
    }
    wlr_keyboard_notify_key(&keyboard_, &event);
    return true;
}

bool TestDevices::button(Words& words) {
    wlr_pointer_button_event event{.pointer = &pointer_,
                                   .time_msec = stamp(),
                                   .button = words.number<std::uint32_t>(),
                                   .state = WL_POINTER_BUTTON_STATE_RELEASED};
    if (words.either("press", "release")) {
        event.state = WL_POINTER_BUTTON_STATE_PRESSED;
    }
    if (!words.complete()) {
        return false;
    }
    wl_signal_emit_mutable(&pointer_.events.button, &event);
    wl_signal_emit_mutable(&pointer_.events.frame, &pointer_);
    return true;
}

bool TestDevices::motion(Words& words) {
    const auto dx = words.number<double>();
    const auto dy = words.number<double>();
    if (!words.complete()) {
        return false;
    }
    wlr_pointer_motion_event event{.pointer = &pointer_,
                                   .time_msec = stamp(),
                                   .delta_x = dx,
                                   .delta_y = dy,
                                   .unaccel_dx = dx,
                                   .unaccel_dy = dy};
    wl_signal_emit_mutable(&pointer_.events.motion, &event);
    wl_signal_emit_mutable(&pointer_.events.frame, &pointer_);
    return true;
}

// Devices speak in parts of the whole layout.
std::optional<LayoutPoint> TestDevices::part_of_layout(Words& words) const {
    const auto x = words.number<double>();
    const auto y = words.number<double>();
    wlr_box layout{};
    wlr_output_layout_get_box(server_.output_layout, nullptr, &layout);
    if (!words.complete() || layout.width == 0 || layout.height == 0) {
        return std::nullopt;
    }
    return LayoutPoint{(x - layout.x) / layout.width, (y - layout.y) / layout.height};
}

bool TestDevices::motion_to(Words& words) {
    const auto at = part_of_layout(words);
    if (!at) {
        return false;
    }
    wlr_pointer_motion_absolute_event event{
        .pointer = &pointer_, .time_msec = stamp(), .x = at->x, .y = at->y};
    wl_signal_emit_mutable(&pointer_.events.motion_absolute, &event);
    wl_signal_emit_mutable(&pointer_.events.frame, &pointer_);
    return true;
}

bool TestDevices::touch(Words& words) {
    const auto what = words.word();
    const auto id = words.number<std::int32_t>();
    const auto at = part_of_layout(words);
    if (!at) {
        return false;
    }
    if (what == "down") {
        wlr_touch_down_event event{
            .touch = &touch_, .time_msec = stamp(), .touch_id = id, .x = at->x, .y = at->y};
        wl_signal_emit_mutable(&touch_.events.down, &event);
    } else if (what == "motion") {
        wlr_touch_motion_event event{
            .touch = &touch_, .time_msec = stamp(), .touch_id = id, .x = at->x, .y = at->y};
        wl_signal_emit_mutable(&touch_.events.motion, &event);
    } else if (what == "up") {
        wlr_touch_up_event event{.touch = &touch_, .time_msec = stamp(), .touch_id = id};
        wl_signal_emit_mutable(&touch_.events.up, &event);
    } else {
        return false;
    }
    wl_signal_emit_mutable(&touch_.events.frame, nullptr);
    return true;
}

bool TestDevices::axis(Words& words) {
    wlr_pointer_axis_event event{.pointer = &pointer_,
                                 .time_msec = stamp(),
                                 .source = WL_POINTER_AXIS_SOURCE_FINGER,
                                 .orientation = WL_POINTER_AXIS_VERTICAL_SCROLL};
    if (!words.either("vertical", "horizontal")) {
        event.orientation = WL_POINTER_AXIS_HORIZONTAL_SCROLL;
    }
    event.delta = words.number<double>();
    event.delta_discrete = words.number<std::int32_t>();
    if (event.delta_discrete != 0) {
        event.source = WL_POINTER_AXIS_SOURCE_WHEEL;
    }
    if (!words.complete()) {
        return false;
    }
    wl_signal_emit_mutable(&pointer_.events.axis, &event);
    wl_signal_emit_mutable(&pointer_.events.frame, &pointer_);
    return true;
}

bool TestDevices::output(Words& words) {
    const bool add = words.either("add", "remove");
    const std::string name(words.word());
    const auto width = add ? words.number<unsigned>() : 0;
    const auto height = add ? words.number<unsigned>() : 0;
    Output* present = nullptr;
    for (Output* output : server_.outputs->all()) {
        present = output->wlr()->name == name ? output : present;
    }
    if (!words.complete() || name.empty() || (present == nullptr) != add) {
        return false;
    }
    if (add) {
        add_output(name, width, height);
    } else {
        wlr_output_destroy(present->wlr());
    }
    return true;
}

// The headless backend counts its outputs, and a monitor that comes back has the name it had.
// Before everyone else who hears of a new output, this gives it that name.
void TestDevices::add_output(const std::string& name, unsigned width, unsigned height) {
    struct Namer {
        wl_listener listener{};
        const char* name = nullptr;
    } namer;
    static_assert(std::is_standard_layout_v<Namer>);
    namer.name = name.c_str();
    namer.listener.notify = [](wl_listener* listener, void* output) {
        wlr_output_set_name(static_cast<wlr_output*>(output),
                            reinterpret_cast<Namer*>(listener)->name);
    };
    wl_list_insert(&server_.backend->events.new_output.listener_list, &namer.listener.link);
    wlr_headless_add_output(server_.backend, width, height);
    wl_list_remove(&namer.listener.link);
}

}  // namespace leadlight::compositor
