// SPDX-License-Identifier: MIT
// What X11 programs and Wayland programs of one domain copy from each other.
#include "tests/agent/giving_program.hpp"
#include "tests/agent/x_desk.hpp"

#include <catch2/catch_test_macros.hpp>

namespace leadlight::agent_test {
namespace {

constexpr std::uint32_t red = 0xcc0000;
// What X11 programs call it.
constexpr const char* x_text_type = "TEXT";

struct Desk : XDesk {
    xcb_window_t window = x->window(red, 100, 80);
    lp::WindowId id = admin.id_of(shows(window, "of X11"));
    GivingProgram wayland{session, "of Wayland"};

    /// As the owner of the clipboard: gives `data` when it is asked for `target`, until it was
    /// taken.
    void answers(const std::string& target, xcb_atom_t type, std::uint8_t bits, const void* data,
                 std::uint32_t count) {
        const auto asked = x->hears<xcb_selection_request_event_t>(
            XCB_SELECTION_REQUEST,
            [&](const auto& request) { return request.target == x->atom(target); });
        xcb_change_property(x->x(), XCB_PROP_MODE_REPLACE, asked.requestor, asked.property, type,
                            bits, count, data);
        const xcb_selection_notify_event_t done{.response_type = XCB_SELECTION_NOTIFY,
                                                .requestor = asked.requestor,
                                                .selection = asked.selection,
                                                .target = asked.target,
                                                .property = asked.property};
        xcb_send_event(x->x(), 0, asked.requestor, XCB_EVENT_MASK_NO_EVENT,
                       reinterpret_cast<const char*>(&done));
        xcb_flush(x->x());
        REQUIRE(admin.until([&] { return x->bytes(asked.requestor, asked.property).empty(); }));
    }
    void asks_for_text() {
        xcb_convert_selection(x->x(), window, x->atom("CLIPBOARD"), x->atom(x_text_type),
                              x->atom("PASTED"), XCB_CURRENT_TIME);
        xcb_flush(x->x());
    }
    /// Where it was put; none if it was refused.
    xcb_atom_t answered() {
        return x
            ->hears<xcb_selection_notify_event_t>(XCB_SELECTION_NOTIFY,
                                                  [](const auto&) { return true; })
            .property;
    }
};

}  // namespace

TEST_CASE("what an X11 program copies a Wayland program pastes") {
    Desk desk;
    desk.admin.focus(desk.id);
    REQUIRE(desk.focused(desk.window));
    xcb_set_selection_owner(desk.x->x(), desk.window, desk.x->atom("CLIPBOARD"), XCB_CURRENT_TIME);
    xcb_flush(desk.x->x());
    const xcb_atom_t offered[] = {desk.x->atom("TARGETS"), desk.x->atom(x_text_type)};
    desk.answers("TARGETS", XCB_ATOM_ATOM, 32, offered, 2);
    desk.admin.focus(desk.wayland.id);
    Client& client = desk.wayland.client;
    const auto selection = client.hears(desk.wayland.device, "selection", [](const Event& event) {
        return event.arguments[0].object != nullptr;
    });
    Pipe pipe;
    wl_data_offer_receive(selection.object<wl_data_offer>(0), text_type, pipe.write_end.get());
    client.settle();
    desk.answers(x_text_type, desk.x->atom(x_text_type), 8, "copied", 6);
    CHECK(pipe.read() == "copied");
}

TEST_CASE("what a Wayland program copies an X11 program pastes, when it has the keyboard") {
    Desk desk;
    Client& client = desk.wayland.client;
    desk.admin.focus(desk.wayland.id);
    client.hears(client.keyboard(), "enter");
    desk.admin.key(46, true);
    const auto serial = client.hears(client.keyboard(), "key").serial(0);
    auto* source = desk.wayland.offers_text();
    wl_data_device_set_selection(desk.wayland.device, source, serial);
    client.settle();
    desk.asks_for_text();
    CHECK(desk.answered() == XCB_ATOM_NONE);

    desk.admin.focus(desk.id);
    REQUIRE(desk.focused(desk.window));
    desk.asks_for_text();
    answer(client.hears(source, "send"), "copied");
    CHECK(desk.answered() == desk.x->atom("PASTED"));
    CHECK(desk.x->bytes(desk.window, desk.x->atom("PASTED")) == "copied");
    client.end(source, wl_data_source_destroy);
}

}  // namespace leadlight::agent_test
