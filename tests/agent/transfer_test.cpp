// SPDX-License-Identifier: MIT
// What programs of one domain hand to each other: drag and drop, clipboard, primary selection. Of
// its content the admin domain hears nothing.
#include "tests/agent/giving_program.hpp"

#include "primary-selection-unstable-v1-client-protocol.h"
#include <catch2/catch_test_macros.hpp>

namespace leadlight::agent_test {
namespace {

constexpr std::uint32_t green = 0xff00cc00;

}  // namespace

TEST_CASE("something is dragged from one program and dropped on another") {
    Session session;
    Admin& admin = *session.admin;
    GivingProgram from(session, "from"), to(session, "to");
    const auto serial = session.presses(from.client, from.id);
    const lp::Serial press = admin.serial();

    auto* source = from.offers_text();
    wl_data_source_set_actions(source, WL_DATA_DEVICE_MANAGER_DND_ACTION_COPY);
    ProgramSurface icon(from.client);
    wl_data_device_start_drag(from.device, source, from.window.wl(), icon.wl(), serial);
    icon.attach(24, 16, green);
    wl_surface_offset(icon.wl(), -4, -3);
    wl_surface_commit(icon.wl());

    const auto began = admin.hears<lp::DragBegin>();
    CHECK(began.origin == from.id);
    CHECK(began.serial == press);
    REQUIRE(began.icon);
    const Window& shown = admin.shown(Window::Kind::unmanaged);
    CHECK(admin.id_of(shown) == *began.icon);
    CHECK(shown.type == lp::WindowType::drag_icon);
    CHECK(shown.parent == from.id);
    CHECK(shown.picture.count(green & 0xffffff) == 24 * 16);
    // From the pointer to the icon's corner.
    CHECK(admin.until([&] { return shown.x == -4 && shown.y == -3; }));

    admin.leave(from.id);
    admin.enter(to.id, 30, 40);
    const auto entered = to.client.hears(to.device, "enter");
    CHECK(entered.object<wl_surface>(1) == to.window.wl());
    CHECK(entered.number(2) == 30);
    auto* offer = entered.object<wl_data_offer>(4);
    REQUIRE(offer != nullptr);
    wl_data_offer_accept(offer, entered.serial(0), text_type);
    wl_data_offer_set_actions(offer, WL_DATA_DEVICE_MANAGER_DND_ACTION_COPY,
                              WL_DATA_DEVICE_MANAGER_DND_ACTION_COPY);
    CHECK(from.client.hears(source, "target").text(0) == text_type);
    from.client.hears(source, "action", [](const Event& event) {
        return event.integer(0) == WL_DATA_DEVICE_MANAGER_DND_ACTION_COPY;
    });
    admin.motion(to.id, 31, 42);
    CHECK(to.client.hears(to.device, "motion").number(1) == 31);

    admin.button(false);
    to.client.hears(to.device, "drop");
    admin.hears<lp::DragEnd>();
    from.client.hears(source, "dnd_drop_performed");
    CHECK(received(to, offer, from, source, "dragged") == "dragged");
    wl_data_offer_finish(offer);
    from.client.hears(source, "dnd_finished");
    // The icon goes with the drag.
    CHECK(admin.until([&] { return admin.windows.size() == 2; }));
    from.client.end(source, wl_data_source_destroy);
}

TEST_CASE("a drag without a press of the person does not begin") {
    Session session;
    Admin& admin = *session.admin;
    GivingProgram from(session, "from");
    admin.enter(from.id, 10, 10);
    const auto serial = from.client.hears(from.client.pointer(), "enter").serial(0);
    auto* source = from.offers_text();
    wl_data_device_start_drag(from.device, source, from.window.wl(), nullptr, serial);
    from.client.hears(source, "cancelled");
    admin.settle();
    CHECK(admin.heard<lp::DragBegin>() == 0);
    from.client.end(source, wl_data_source_destroy);
}

TEST_CASE("a drag ends when the connection does") {
    Session session;
    Admin& admin = *session.admin;
    GivingProgram from(session, "from");
    const auto serial = session.presses(from.client, from.id);
    auto* source = from.offers_text();
    wl_data_source_set_actions(source, WL_DATA_DEVICE_MANAGER_DND_ACTION_COPY);
    ProgramSurface icon(from.client);
    icon.shows(10, 10, green);
    wl_data_device_start_drag(from.device, source, from.window.wl(), icon.wl(), serial);
    admin.hears<lp::DragBegin>();
    admin.disconnect();
    from.client.hears(source, "cancelled");
    admin.connect();
    admin.shown(Window::Kind::toplevel);
    CHECK(admin.heard<lp::DragBegin>() == 0);
    from.client.end(source, wl_data_source_destroy);
}

TEST_CASE("a drag that the connection's end takes away drops nothing where it was") {
    Session session;
    Admin& admin = *session.admin;
    GivingProgram from(session, "from"), to(session, "to");
    const auto serial = session.presses(from.client, from.id);
    auto* source = from.offers_text();
    wl_data_source_set_actions(source, WL_DATA_DEVICE_MANAGER_DND_ACTION_MOVE);
    wl_data_device_start_drag(from.device, source, from.window.wl(), nullptr, serial);
    admin.hears<lp::DragBegin>();
    admin.leave(from.id);
    admin.enter(to.id, 30, 40);
    const auto entered = to.client.hears(to.device, "enter");
    auto* offer = entered.object<wl_data_offer>(4);
    wl_data_offer_accept(offer, entered.serial(0), text_type);
    wl_data_offer_set_actions(offer, WL_DATA_DEVICE_MANAGER_DND_ACTION_MOVE,
                              WL_DATA_DEVICE_MANAGER_DND_ACTION_MOVE);
    from.client.hears(source, "action", [](const Event& event) {
        return event.integer(0) == WL_DATA_DEVICE_MANAGER_DND_ACTION_MOVE;
    });
    admin.disconnect();
    from.client.hears(source, "cancelled");
    to.client.settle();
    CHECK(to.client.heard(to.device, "drop") == 0);
    from.client.end(source, wl_data_source_destroy);
}

TEST_CASE("after a drag a program knows which keys are held") {
    constexpr int left_control = 29;
    Session session;
    Admin& admin = *session.admin;
    GivingProgram from(session, "from");
    admin.focus(from.id);
    from.client.hears(from.client.keyboard(), "enter");
    admin.key(left_control, true);
    admin.send(lp::Modifiers{.serial = admin.serial(), .depressed = 4});
    from.client.hears(from.client.keyboard(), "modifiers",
                      [](const Event& event) { return event.number(1) == 4; });
    const auto serial = session.presses(from.client, from.id);
    auto* source = from.offers_text();
    wl_data_device_start_drag(from.device, source, from.window.wl(), nullptr, serial);
    admin.hears<lp::DragBegin>();
    admin.key(left_control, false);
    admin.send(lp::Modifiers{.serial = admin.serial(), .depressed = 0});
    admin.button(false);
    admin.hears<lp::DragEnd>();
    from.client.hears(from.client.keyboard(), "leave");
    from.client.hears(from.client.keyboard(), "enter");
    from.client.hears(from.client.keyboard(), "modifiers",
                      [](const Event& event) { return event.number(1) == 0; });
    from.client.end(source, wl_data_source_destroy);
}

TEST_CASE("what one program copies another one pastes") {
    Session session;
    Admin& admin = *session.admin;
    GivingProgram from(session, "from"), to(session, "to");
    admin.focus(from.id);
    from.client.hears(from.client.keyboard(), "enter");
    admin.key(46, true);
    const auto serial = from.client.hears(from.client.keyboard(), "key").serial(0);
    auto* source = from.offers_text();
    wl_data_device_set_selection(from.device, source, serial);
    from.client.settle();
    admin.focus(to.id);
    CHECK(received(to, offered(to), from, source, "copied") == "copied");
    from.client.end(source, wl_data_source_destroy);
}

TEST_CASE("what is selected in one program the middle button pastes in another") {
    Session session;
    Admin& admin = *session.admin;
    GivingProgram from(session, "from"), to(session, "to");
    const auto device_of = [](Client& client) {
        return client.follow(zwp_primary_selection_device_manager_v1_get_device(
            client.global<zwp_primary_selection_device_manager_v1>(
                zwp_primary_selection_device_manager_v1_interface),
            client.seat()));
    };
    auto* from_device = device_of(from.client);
    auto* to_device = device_of(to.client);
    admin.focus(from.id);
    from.client.hears(from.client.keyboard(), "enter");
    const auto serial = session.presses(from.client, from.id);
    auto* source = from.client.follow(zwp_primary_selection_device_manager_v1_create_source(
        from.client.global<zwp_primary_selection_device_manager_v1>(
            zwp_primary_selection_device_manager_v1_interface)));
    zwp_primary_selection_source_v1_offer(source, text_type);
    zwp_primary_selection_device_v1_set_selection(from_device, source, serial);
    from.client.settle();
    admin.focus(to.id);
    const auto selection = to.client.hears(to_device, "selection", [](const Event& event) {
        return event.arguments[0].object != nullptr;
    });
    Pipe pipe;
    zwp_primary_selection_offer_v1_receive(selection.object<zwp_primary_selection_offer_v1>(0),
                                           text_type, pipe.write_end.get());
    answer(from.client.hears(source, "send"), "selected");
    CHECK(pipe.read() == "selected");
    from.client.end(source, zwp_primary_selection_source_v1_destroy);
}

TEST_CASE("after a drag the keys are where the focus went meanwhile") {
    Session session;
    Admin& admin = *session.admin;
    GivingProgram from(session, "from"), to(session, "to");
    admin.focus(from.id);
    from.client.hears(from.client.keyboard(), "enter");
    const auto serial = session.presses(from.client, from.id);
    auto* source = from.offers_text();
    wl_data_device_start_drag(from.device, source, from.window.wl(), nullptr, serial);
    admin.hears<lp::DragBegin>();
    // A drag holds the keyboard too.
    admin.focus(to.id);
    admin.settle();
    to.client.settle();
    CHECK(to.client.heard(to.client.keyboard(), "enter") == 0);
    admin.button(false);
    admin.hears<lp::DragEnd>();
    to.client.hears(to.client.keyboard(), "enter");
    from.client.end(source, wl_data_source_destroy);
}

TEST_CASE("a drag by touch does not begin") {
    Session session;
    Admin& admin = *session.admin;
    GivingProgram from(session, "from");
    from.client.touch();
    from.client.settle();
    admin.send(lp::TouchDown{.serial = 900, .point = 0, .window = from.id});
    admin.send(lp::TouchFrame{});
    const auto serial = from.client.hears(from.client.touch(), "down").serial(0);
    auto* source = from.offers_text();
    wl_data_device_start_drag(from.device, source, from.window.wl(), nullptr, serial);
    from.client.hears(source, "cancelled");
    admin.settle();
    CHECK(admin.heard<lp::DragBegin>() == 0);
    from.client.end(source, wl_data_source_destroy);
}

}  // namespace leadlight::agent_test
