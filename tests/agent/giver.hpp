// SPDX-License-Identifier: MIT
// A program that copies, pastes and drags, whichever compositor it is a client of.
#pragma once

#include "tests/agent/program_window.hpp"

#include <catch2/catch_test_macros.hpp>
#include <fcntl.h>
#include <unistd.h>

namespace leadlight::agent_test {

inline constexpr const char* text_type = "text/plain";

/// One end for the receiver to read from, the other for the request.
struct Pipe {
    Pipe() {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) {
            throw std::runtime_error("no pipe");
        }
        read_end = grants::Descriptor(ends[0]);
        write_end = grants::Descriptor(ends[1]);
    }
    std::string read() {
        write_end.reset();
        char bytes[64];
        const auto count = ::read(read_end.get(), bytes, sizeof bytes);
        return {bytes, count > 0 ? static_cast<std::size_t>(count) : 0};
    }
    grants::Descriptor read_end, write_end;
};

inline void answer(const Event& send, const std::string& text) {
    CHECK(send.text(0) == text_type);
    CHECK(write(send.arguments[1].file->get(), text.data(), text.size()) ==
          static_cast<ssize_t>(text.size()));
}

/// It has something to give to others and can be given it.
struct Giver {
    explicit Giver(Client& of)
        : client(of),
          device(client.follow(wl_data_device_manager_get_data_device(manager(), client.seat()))) {
        client.pointer();
        client.keyboard();
    }
    wl_data_device_manager* manager() {
        return client.global<wl_data_device_manager>(wl_data_device_manager_interface);
    }
    wl_data_source* offers_text() {
        auto* source = client.follow(wl_data_device_manager_create_data_source(manager()));
        wl_data_source_offer(source, text_type);
        return source;
    }

    Client& client;
    wl_data_device* device;
};

/// What it is offered as the clipboard, waiting for it.
inline wl_data_offer* offered(Giver& to) {
    return to.client
        .hears(to.device, "selection",
               [](const Event& event) { return event.arguments[0].object != nullptr; })
        .object<wl_data_offer>(0);
}

/// What arrives of the offer when its source's program gives that text.
inline std::string received(Giver& to, wl_data_offer* offer, Giver& from, wl_data_source* source,
                            const std::string& text) {
    Pipe pipe;
    wl_data_offer_receive(offer, text_type, pipe.write_end.get());
    wl_display_flush(to.client.display());
    answer(from.client.hears(source, "send"), text);
    return pipe.read();
}

}  // namespace leadlight::agent_test
