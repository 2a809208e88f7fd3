// SPDX-License-Identifier: MIT
// How records wait for a warden that does not read.
#include "compositor/guest/outgoing.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace leadlight::compositor;
using namespace leadlight::protocol;
namespace policy = leadlight::policy;

namespace {

const WindowId first = *WindowId::from(1), second = *WindowId::from(2);

std::vector<ToWarden::Any> drained(OutgoingRecords& queue) {
    std::vector<ToWarden::Any> all;
    while (!queue.empty()) {
        all.push_back(queue.front().record);
        queue.pop();
    }
    return all;
}

void push(OutgoingRecords& queue, ToWarden::Any record) {
    const auto kind = queue_class(record);
    REQUIRE(queue.push({std::move(record), {}}, kind) != OutgoingRecords::Pushed::overflow);
}

}  // namespace

TEST_CASE("of the state of a window the last is kept, each window's for itself") {
    OutgoingRecords queue;
    push(queue, Configure{.window = first, .serial = 1});
    push(queue, Configure{.window = second, .serial = 1});
    push(queue, Close{first});
    push(queue, Configure{.window = first, .serial = 2});
    const auto all = drained(queue);
    REQUIRE(all.size() == 3);
    CHECK(std::get<Configure>(all[0]) == Configure{.window = first, .serial = 2});
    CHECK(std::get<Configure>(all[1]) == Configure{.window = second, .serial = 1});
}

TEST_CASE("no id that a guest chooses makes one kind of record replace another") {
    // By these bits the two kinds would differ in a number that mixes kind and id.
    constexpr std::uint64_t kinds = opcode_of<ToWarden, Configure>() ^ opcode_of<ToWarden, Frame>();
    for (int shift = 0; shift < 64; ++shift) {
        OutgoingRecords queue;
        push(queue, Configure{.window = first});
        const auto other = WindowId::from(first.get() ^ (kinds << shift));
        push(queue, Frame{other.value_or(second)});
        CHECK(drained(queue).size() == 2);
    }
}

TEST_CASE("windows that come and go leave nothing in the queue but what orders") {
    OutgoingRecords queue;
    push(queue, Configure{.window = first});
    for (std::uint64_t id = 10; id < 3000; ++id) {
        const auto window = *WindowId::from(id);
        push(queue, Configure{.window = window});
        push(queue, Frame{window});
        push(queue, Presented{.window = window});
        push(queue, Hidden{window, true});
        push(queue, TitleStyle{.window = window});
        push(queue, ConstraintState{.window = window});
        forget_window(queue, window);
    }
    push(queue, PopupDone{second});
    forget_window(queue, second);
    const auto all = drained(queue);
    REQUIRE(all.size() == 2);
    CHECK(std::get<Configure>(all[0]).window == first);
    CHECK(std::holds_alternative<PopupDone>(all[1]));
}

TEST_CASE("motion is merged, but never past the press that it led to") {
    OutgoingRecords queue;
    for (int i = 0; i < 5000; ++i) {
        push(queue, PointerMotion{.time = static_cast<Time>(i), .window = first});
        push(queue, PointerFrame{});
    }
    CHECK(queue.size() == 2);
    push(queue, PointerButton{.button = 0x110, .pressed = true});
    push(queue, PointerMotion{.time = 9000, .window = first});
    const auto all = drained(queue);
    REQUIRE(all.size() == 4);
    CHECK(std::get<PointerMotion>(all[0]).time == 4999);
    CHECK(std::get<PointerMotion>(all[3]).time == 9000);
}

TEST_CASE("relative motion adds up and stays in its bounds") {
    OutgoingRecords queue;
    push(queue, PointerRelative{.dx = 10, .dy = -3});
    push(queue, PointerRelative{.dx = 5, .dy = FinePlace::clamped(FinePlace::min)});
    const auto all = drained(queue);
    REQUIRE(all.size() == 1);
    CHECK(std::get<PointerRelative>(all[0]).dx == 15);
    CHECK(std::get<PointerRelative>(all[0]).dy == FinePlace::min);
}

TEST_CASE("keys are neither merged nor dropped, and only presses are thrown away unread") {
    OutgoingRecords queue;
    for (std::uint16_t i = 0; i < 500; ++i) {
        push(queue, Key{.key = i, .pressed = true});
        push(queue, Key{.key = i, .pressed = false});
    }
    CHECK(queue.size() == 1000);
    queue.clear_input();
    for (const auto& record : drained(queue)) {
        CHECK(!std::get<Key>(record).pressed);
    }
}

TEST_CASE("releases of buffers and ends of pools come one by one") {
    for (const ToWarden::Any& record :
         {ToWarden::Any(Release{}), ToWarden::Any(PoolUnmapped{}), ToWarden::Any(PoolReady{}),
          ToWarden::Any(Refused{}), ToWarden::Any(PopupDone{}), ToWarden::Any(Kill{})}) {
        CHECK(queue_class(record).policy == policy::QueuePolicy::ordered);
        CHECK(!queue_class(record).input);
    }
}
