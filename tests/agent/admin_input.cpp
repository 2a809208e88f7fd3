// SPDX-License-Identifier: MIT
// The person's keyboard and pointer, as the admin domain passes them on.
#include "tests/agent/admin.hpp"

#include <map>
#include <optional>

namespace leadlight::agent_test {

void Admin::check(lp::Serial serial, const std::string& what, bool may_be_none) const {
    if (serial == 0 ? !may_be_none : !inputs_.contains(serial)) {
        fail(what + " names a serial that was not sent: " + std::to_string(serial));
    }
}

void Admin::check_toplevel(lp::WindowId window, const std::string& what) {
    const Window* found = find(window);
    if (found != nullptr && found->kind != Window::Kind::toplevel) {
        fail(what + " is about a window of another role");
    }
}

void Admin::on(const lp::MoveRequest& request) {
    check(request.serial, "move_request");
    check_toplevel(request.window, "move_request");
}

void Admin::on(const lp::ResizeRequest& request) {
    check(request.serial, "resize_request");
    check_toplevel(request.window, "resize_request");
    if (request.edges.bits() == 0) {
        fail("resize_request names no edge");
    }
}

void Admin::on(const lp::StateRequest& request) {
    check(request.serial, "state_request", true);
    check_toplevel(request.window, "state_request");
}

void Admin::on(const lp::Activate& request) {
    check(request.serial, "activate", true);
    check_toplevel(request.window, "activate");
}

void Admin::on(const lp::Constraint& request) {
    check(request.serial, "constraint", true);
}

void Admin::on(const lp::CursorShapeSet& request) {
    check(request.serial, "cursor_shape");
}

void Admin::on(const lp::CursorImage& request) {
    check(request.serial, "cursor_image");
}

void Admin::on(const lp::DragBegin& request) {
    check(request.serial, "drag_begin");
}

void Admin::focus(lp::WindowId window) {
    send(lp::Focus{window, ++serial_});
}

void Admin::key(int code, bool pressed) {
    send(lp::Key{++serial_, time_ += 1000, static_cast<std::uint16_t>(code), pressed});
}

void Admin::tap(int code) {
    key(code, true);
    key(code, false);
}

void Admin::type(const std::string& text) {
    static const std::map<char, int> codes{
        {'\n', 28}, {' ', 57}, {'a', 30}, {'b', 48}, {'c', 46}, {'d', 32}, {'e', 18}, {'f', 33},
        {'g', 34},  {'h', 35}, {'i', 23}, {'j', 36}, {'k', 37}, {'l', 38}, {'m', 50}, {'n', 49},
        {'o', 24},  {'p', 25}, {'q', 16}, {'r', 19}, {'s', 31}, {'t', 20}, {'u', 22}, {'v', 47},
        {'w', 17},  {'x', 45}, {'y', 21}, {'z', 44}, {'-', 12}, {'.', 52}, {'/', 53}, {';', 39}};
    for (const char letter : text) {
        tap(codes.at(letter));
    }
}

void Admin::enter(lp::WindowId window, int x, int y) {
    send(lp::PointerEnter{++serial_, window, lp::FinePlace::clamped(x * 256),
                          lp::FinePlace::clamped(y * 256)});
    send(lp::PointerFrame{});
}

void Admin::motion(lp::WindowId window, int x, int y) {
    send(lp::PointerMotion{time_ += 1000, window, lp::FinePlace::clamped(x * 256),
                           lp::FinePlace::clamped(y * 256), window});
    send(lp::PointerFrame{});
}

void Admin::leave(lp::WindowId window) {
    send(lp::PointerLeave{++serial_, window});
    send(lp::PointerFrame{});
}

void Admin::button(bool pressed, int code) {
    send(lp::PointerButton{++serial_, time_ += 1000, static_cast<std::uint16_t>(code), pressed});
    send(lp::PointerFrame{});
}

void Admin::click(lp::WindowId window, int x, int y) {
    enter(window, x, y);
    motion(window, x, y);
    button(true);
    button(false);
}

}  // namespace leadlight::agent_test
