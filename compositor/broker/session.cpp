// SPDX-License-Identifier: MIT
#include "compositor/broker/session.hpp"

#include <charconv>
#include <cstdlib>
#include <memory>
#include <string_view>

#include <grp.h>
#include <pwd.h>
#include <sys/socket.h>
#include <systemd/sd-login.h>

namespace leadlight::broker {

namespace {

struct Free {
    void operator()(char* text) const { std::free(text); }
};

template <class Number>
std::optional<Number> number(const std::string& text) {
    Number value = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || rest != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

}  // namespace

std::optional<Person> active_person() {
    char* session = nullptr;
    uid_t user = 0;
    if (sd_seat_get_active("seat0", &session, &user) < 0) {
        return std::nullopt;
    }
    const std::unique_ptr<char, Free> owned(session);
    char* kind = nullptr;
    if (sd_session_get_class(session, &kind) < 0) {
        return std::nullopt;
    }
    const std::unique_ptr<char, Free> owned_kind(kind);
    if (!std::string_view(kind).starts_with("user")) {
        return std::nullopt;
    }
    return Person{.user = user, .session = session};
}

std::string peer_session(int socket) {
    char* session = nullptr;
    if (sd_peer_get_session(socket, &session) < 0) {
        return {};
    }
    const std::unique_ptr<char, Free> owned(session);
    return session;
}

bool session_lasts(const std::string& session) {
    char* state = nullptr;
    if (sd_session_get_state(session.c_str(), &state) < 0) {
        return false;
    }
    const std::unique_ptr<char, Free> owned(state);
    return std::string_view(state) != "closing";
}

std::optional<uid_t> peer_user(int socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0 || size != sizeof peer) {
        return std::nullopt;
    }
    return peer.uid;
}

std::optional<uid_t> user_named(const std::string& name) {
    if (const passwd* entry = getpwnam(name.c_str())) {
        return entry->pw_uid;
    }
    return number<uid_t>(name);
}

std::optional<gid_t> group_named(const std::string& name) {
    if (const group* entry = getgrnam(name.c_str())) {
        return entry->gr_gid;
    }
    return number<gid_t>(name);
}

}  // namespace leadlight::broker
