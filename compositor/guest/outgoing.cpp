// SPDX-License-Identifier: MIT
#include "compositor/guest/outgoing.hpp"

namespace leadlight::compositor {

using namespace protocol;

namespace {

template <class T>
constexpr bool is_one_of() {
    return false;
}
template <class T, class First, class... Rest>
constexpr bool is_one_of() {
    return std::is_same_v<T, First> || is_one_of<T, Rest...>();
}

// Input is what is thrown away when a domain stops responding: no key may reach a program that
// wakes up much later. Leave, release and focus out stay, so that nothing stays pressed.
template <class T>
constexpr bool is_input(const T& record) {
    if constexpr (is_one_of<T, Key, PointerButton>()) {
        return record.pressed;
    } else {
        return is_one_of<T, PointerMotion, PointerRelative, PointerAxis, TouchDown, TouchMotion>();
    }
}

template <class T>
std::uint64_t object_of(const T& record) {
    if constexpr (requires { record.window.get(); }) {
        return record.window.get();
    } else if constexpr (requires { record.point.get(); }) {
        return static_cast<std::uint64_t>(record.point.get());
    } else {
        return 0;
    }
}

template <class T>
constexpr policy::QueuePolicy policy_of() {
    using enum policy::QueuePolicy;
    return is_one_of<T, KeymapFile, Repeat, Output, Configure, Frame, Presented, Hidden,
                     ConstraintState, TitleStyle, Ping>()
               ? latest
           : is_one_of<T, Focus, Modifiers, PointerMotion, PointerRelative, PointerFrame,
                       TouchMotion, TouchFrame>()
               ? merge
               : ordered;
}

}  // namespace

policy::QueueClass queue_class(const ToWarden::Any& any) {
    return std::visit(
        []<class T>(const T& record) {
            const policy::QueueKey key{opcode_of<ToWarden, T>(), object_of(record)};
            return policy::QueueClass{policy_of<T>(), key, is_input(record)};
        },
        any);
}

void forget_window(OutgoingRecords& queue, WindowId window) {
    ToWarden::each([&]<class T>(std::type_identity<T>) {
        if constexpr (policy_of<T>() == policy::QueuePolicy::latest &&
                      requires(const T& record) { record.window.get(); }) {
            queue.forget({opcode_of<ToWarden, T>(), window.get()});
        }
    });
}

void JoinOutgoing::operator()(Outgoing& queued, Outgoing&& newer) const {
    auto* before = std::get_if<PointerRelative>(&queued.record);
    const auto* after = std::get_if<PointerRelative>(&newer.record);
    if (before && after) {
        const auto add = [](FinePlace a, FinePlace b) {
            return FinePlace::clamped(std::int64_t{a.get()} + b.get());
        };
        before->time = after->time;
        before->dx = add(before->dx, after->dx);
        before->dy = add(before->dy, after->dy);
        before->dx_raw = add(before->dx_raw, after->dx_raw);
        before->dy_raw = add(before->dy_raw, after->dy_raw);
        return;
    }
    queued = std::move(newer);
}

}  // namespace leadlight::compositor
