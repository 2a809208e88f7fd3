// SPDX-License-Identifier: MIT
// The admin domain's end of a vchan, with a guest that does as it likes: what Xen's libraries would
// say of it, this file says.
#include "shm-grants/xen/nodes.hpp"
#include "shm-grants/xen/ring_limits.hpp"
#include "shm-grants/xen/vchan_channel.hpp"
#include "shm-grants/xen/xen.hpp"

#include <catch2/catch_test_macros.hpp>

#include <sys/eventfd.h>

#include <cstring>
#include <utility>

extern "C" {
#include <libxenvchan.h>
}

namespace leadlight::grants::xen {
namespace {

struct Guest;
// The one that is connected to: the libraries know of no other.
Guest* guest = nullptr;

struct Guest {
    explicit Guest(int from_order = 16, int to_order = 16) {
        vchan.read = {.shr = &from, .buffer = nullptr, .order = from_order};
        vchan.write = {.shr = &to, .buffer = nullptr, .order = to_order};
        guest = this;
    }
    ~Guest() { guest = nullptr; }
    Guest(const Guest&) = delete;
    Guest& operator=(const Guest&) = delete;

    ring_shared from{}, to{};
    libxenvchan vchan{};
    Descriptor event_channel{eventfd(0, EFD_CLOEXEC)};
    int events = 0;  // sent and not taken
    int unmasked = 0;
    int closed = 0;
    int restricted_to = -1;  // a domain
    bool can_be_restricted = true;
};

}  // namespace

Descriptor open_grant_device() {
    return Descriptor(eventfd(0, EFD_CLOEXEC));
}

extern "C" {
int xenevtchn_fd(xenevtchn_handle*) {
    return guest->event_channel.get();
}
xenevtchn_port_or_error_t xenevtchn_pending(xenevtchn_handle*) {
    return guest->events > 0 ? guest->events-- : -1;
}
int xenevtchn_unmask(xenevtchn_handle*, evtchn_port_t) {
    ++guest->unmasked;
    return 0;
}
int xenevtchn_restrict(xenevtchn_handle*, domid_t domain) {
    guest->restricted_to = domain;
    return guest->can_be_restricted ? 0 : -1;
}
int xengnttab_fd(xengnttab_handle*) {
    return -1;
}
xs_handle* xs_open(unsigned long) {
    return reinterpret_cast<xs_handle*>(guest);
}
void xs_close(xs_handle*) {}
// All nodes are there, whatever they lead to.
void* xs_read(xs_handle*, xs_transaction_t, const char*, unsigned* length) {
    *length = 1;
    return strdup("0");
}
libxenvchan* libxenvchan_client_init(xentoollog_logger*, int, const char*) {
    return &guest->vchan;
}
void libxenvchan_close(libxenvchan*) {
    ++guest->closed;
}
int libxenvchan_is_open(libxenvchan*) {
    return 1;
}
int libxenvchan_fd_for_select(libxenvchan*) {
    return guest->event_channel.get();
}
int libxenvchan_read(libxenvchan*, void*, size_t) {
    return 0;
}
int libxenvchan_write(libxenvchan*, const void*, size_t) {
    return 0;
}
}

namespace {

TEST_CASE("of a guest that sends events without end one is taken at a time") {
    Guest sender;
    VchanChannel channel(adopt(&sender.vchan));
    sender.events = 1000;
    channel.drain_event();
    CHECK(sender.events == 999);
    CHECK(sender.unmasked == 1);
    sender.events = 0;
    channel.drain_event();
    CHECK(sender.unmasked == 1);
}

TEST_CASE("rings of a guest that are larger than ours would be are refused") {
    static_assert(ring_bytes == std::size_t{1} << 16);
    const XenAddress address{.domain = 1, .port = 1};
    for (const auto& [from, to] : {std::pair{16, 16}, {10, 16}, {16, 11}}) {
        const Guest modest(from, to);
        CHECK(connect(address));
    }
    // libxenvchan takes up to 20.
    for (const auto& [from, to] : {std::pair{17, 16}, {16, 17}, {20, 20}}) {
        const Guest greedy(from, to);
        const auto channel = connect(address);
        REQUIRE_FALSE(channel);
        CHECK(channel.error() == ChannelError::broken);
        CHECK(greedy.closed == 1);
    }
}

TEST_CASE("once connected, the descriptor of events is good for no other domain's") {
    const XenAddress address{.domain = 7, .port = 1};
    Guest willing;
    CHECK(connect(address));
    CHECK(willing.restricted_to == 7);

    Guest unrestricted;
    unrestricted.can_be_restricted = false;
    const auto channel = connect(address);
    REQUIRE_FALSE(channel);
    CHECK(channel.error() == ChannelError::failed);
    CHECK(unrestricted.closed == 1);
}

}  // namespace
}  // namespace leadlight::grants::xen
