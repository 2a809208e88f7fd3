// SPDX-License-Identifier: MIT
// An answer of the X server, and not waited for too long: a program may keep the server to itself
// (XGrabServer), and the rest of the domain goes on meanwhile.
#pragma once

#include <xcb/xcb.h>

#include <chrono>
#include <cstdlib>
#include <memory>

namespace leadlight::agent {

/// As long as a person's input may wait for it.
inline constexpr std::chrono::milliseconds x_patience{50};

/// Null at an error and when it is late; whoever gets it frees it.
void* x_reply_in_time(xcb_connection_t* connection, unsigned int sequence,
                      std::chrono::milliseconds patience);

/// By the cookie of the request.
template <class Reply, class Cookie>
std::unique_ptr<Reply, decltype(&std::free)>
x_reply_in_time(xcb_connection_t* connection, Cookie cookie,
                std::chrono::milliseconds patience = x_patience) {
    return {static_cast<Reply*>(x_reply_in_time(connection, cookie.sequence, patience)),
            &std::free};
}

}  // namespace leadlight::agent
