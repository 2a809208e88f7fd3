// SPDX-License-Identifier: MIT
#include "tests/hostile/hijacked.hpp"

#include "shm-grants/descriptor_message.hpp"

#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace leadlight::hostile {

using fixture::eventually;
using fixture::wait_until;
using grants::Descriptor;

namespace {

Descriptor listen_at(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        listen(socket.get(), 1) != 0) {
        throw std::runtime_error("cannot listen at " + path);
    }
    return socket;
}

Descriptor descriptor_from(int socket) {
    char byte = 0;
    iovec where{&byte, 1};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr message{};
    message.msg_iov = &where;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    if (recvmsg(socket, &message, MSG_CMSG_CLOEXEC) != 1 || CMSG_FIRSTHDR(&message) == nullptr) {
        throw std::runtime_error("the scripted warden handed nothing over");
    }
    int received = -1;
    std::memcpy(&received, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof received);
    return Descriptor(received);
}

}  // namespace

Hijacked::Hijacked(Stage& stage) : stage_(stage), name_("hijacked-" + stage.new_name()) {
    const std::string path = stage.desk.socket(name_);
    const Descriptor listening = listen_at(path);
    stage.control.add_domain(name_, "red", path);
    wait_until(
        [&] {
            warden_.reset(accept4(listening.get(), nullptr, nullptr, SOCK_CLOEXEC));
            return static_cast<bool>(warden_);
        },
        "no scripted warden came");
    socket_.emplace(descriptor_from(warden_.get()));
}

Hijacked::~Hijacked() {
    try {
        stage_.control.remove_domain(name_);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "%s stays: %s\n", name_.c_str(), failure.what());
    }
}

int Hijacked::sealed(std::size_t bytes) {
    const int file = memfd_create("hijacked", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (file < 0 || ftruncate(file, static_cast<off_t>(bytes)) != 0 ||
        fcntl(file, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0) {
        throw std::runtime_error("no memory file");
    }
    return file;
}

void Hijacked::send_bytes(std::span<const std::byte> bytes, int descriptor) {
    eventually([&] {
        const auto sent = socket_->send(bytes, descriptor);
        return !sent || *sent == records::Sent::yes;
    });
}

void Hijacked::send_with_two(std::span<const std::byte> bytes, int descriptor) {
    const int both[] = {descriptor, descriptor};
    const grants::DescriptorMessage<2> message(bytes, both);
    if (sendmsg(socket_->poll_descriptor(), &message.header(), MSG_NOSIGNAL) < 0) {
        throw std::runtime_error("the record socket takes nothing");
    }
}

void Hijacked::pump() {
    while (!closed_) {
        auto arrived = records::receive_record<lp::ToWarden>(*socket_);
        if (!arrived) {
            if (!std::holds_alternative<records::SocketError>(arrived.error())) {
                throw std::runtime_error("the compositor sent what is no record");
            }
            closed_ = true;
        } else if (*arrived) {
            heard_.push_back(std::move((*arrived)->record));
        } else {
            break;
        }
    }
}

std::optional<lp::Violation> Hijacked::is_dismissed() {
    wait_until(
        [this] {
            pump();
            return closed_;
        },
        "the link goes on");
    for (const auto& any : heard_) {
        if (const auto* dismiss = std::get_if<lp::Dismiss>(&any)) {
            return dismiss->reason;
        }
    }
    return std::nullopt;
}

void Hijacked::is_answered() {
    pump();
    heard_.clear();
    send(lp::StateRequest{.window = things.other, .wish = lp::StateWish::fullscreen});
    hears<lp::Configure>([&](const auto& c) { return c.window == things.other; });
}

lp::PoolId Hijacked::makes_pool() {
    const auto pool = *lp::PoolId::from(next_id());
    const Descriptor file(sealed(lp::page_size * 4));
    send(lp::PoolCreate{.pool = pool, .pages = 4}, file.get());
    hears<lp::PoolReady>([&](const auto& ready) { return ready.pool == pool; });
    return pool;
}

lp::BufferId Hijacked::makes_buffer(lp::PoolId pool, int width, int height) {
    const auto buffer = *lp::BufferId::from(next_id());
    send(lp::BufferCreate{.buffer = buffer,
                          .pool = pool,
                          .width = *lp::Extent::from(width),
                          .height = *lp::Extent::from(height),
                          .stride = *lp::Stride::from(width * 4)});
    return buffer;
}

void Hijacked::enters() {
    send(lp::Hello{});
    hears<lp::Welcome>();
    const auto window = [this] { return *lp::WindowId::from(next_id()); };
    things.width = 64;
    things.height = 48;
    things.pool = makes_pool();
    things.spare_pool = makes_pool();
    things.buffer = makes_buffer(things.pool, things.width, things.height);
    things.spare_buffer = makes_buffer(things.pool, 8, 8);
    things.toplevel = window();
    things.other = window();
    things.spare = window();
    things.popup = window();
    things.unmanaged = window();
    send(lp::ToplevelCreate{.window = things.toplevel});
    things.configure =
        hears<lp::Configure>([&](const auto& c) { return c.window == things.toplevel; }).serial;
    send(sample<lp::Commit>(things));
    hears<lp::Frame>();
    send(lp::ToplevelCreate{.window = things.other});
    send(lp::ToplevelCreate{.window = things.spare});
    things.next = next_id();
    auto popup = sample<lp::PopupCreate>(things);
    popup.window = things.popup;
    send(popup);
    auto unmanaged = sample<lp::UnmanagedCreate>(things);
    unmanaged.window = things.unmanaged;
    send(unmanaged);
    hears<lp::Configure>([&](const auto& c) { return c.window == things.unmanaged; });
}

}  // namespace leadlight::hostile
