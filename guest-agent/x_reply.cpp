// SPDX-License-Identifier: MIT
#include "guest-agent/x_reply.hpp"

#include <xcb/xcbext.h>

#include <poll.h>

namespace leadlight::agent {

void* x_reply_in_time(xcb_connection_t* connection, unsigned int sequence,
                      std::chrono::milliseconds patience) {
    using std::chrono::milliseconds, std::chrono::steady_clock;
    const auto end = steady_clock::now() + patience;
    xcb_flush(connection);
    void* reply = nullptr;
    // Of a broken connection it says at once that there is none.
    while (xcb_poll_for_reply(connection, sequence, &reply, nullptr) == 0) {
        const auto left = std::chrono::duration_cast<milliseconds>(end - steady_clock::now());
        if (left <= milliseconds::zero()) {
            xcb_discard_reply(connection, sequence);
            return nullptr;
        }
        pollfd server{xcb_get_file_descriptor(connection), POLLIN, 0};
        poll(&server, 1, static_cast<int>(left.count()));
    }
    return reply;
}

}  // namespace leadlight::agent
