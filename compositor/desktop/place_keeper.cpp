// SPDX-License-Identifier: MIT
#include "compositor/desktop/place_keeper.hpp"

#include "compositor/clock.hpp"
#include "compositor/domains/domain.hpp"
#include "compositor/guest/guest.hpp"
#include "compositor/guest/guest_window.hpp"
#include "compositor/log.hpp"
#include "compositor/server.hpp"

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

namespace leadlight::compositor {

namespace {

constexpr policy::Token no_token{};
constexpr policy::Time write_delay = std::chrono::milliseconds{30};

// Nobody can guess it, so no window takes another one's place.
policy::Token random_token() {
    policy::Token token;
    std::size_t got = 0;
    while (got < token.size()) {
        const ssize_t size = getrandom(token.data() + got, token.size() - got, 0);
        if (size < 0 && errno != EINTR) {
            log_error("getrandom failed");
            return no_token;
        }
        got += size > 0 ? static_cast<std::size_t>(size) : 0;
    }
    return token;
}

std::string read_file(const std::string& path, std::size_t most) {
    const grants::Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    std::string text(most + 1, '\0');
    std::size_t size = 0;
    while (file && size < text.size()) {
        const ssize_t got = read(file.get(), text.data() + size, text.size() - size);
        if (got <= 0) {
            break;
        }
        size += static_cast<std::size_t>(got);
    }
    text.resize(size);
    return text;
}

// In one step for every reader: a compositor killed at any moment leaves the old file or the new.
bool write_file(const std::string& path, const std::string& text) {
    const std::string next = path + ".new";
    grants::Descriptor file(
        open(next.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    std::size_t done = 0;
    while (file && done < text.size()) {
        const ssize_t put = write(file.get(), text.data() + done, text.size() - done);
        if (put < 0) {
            return false;
        }
        done += static_cast<std::size_t>(put);
    }
    return file && rename(next.c_str(), path.c_str()) == 0;
}

}  // namespace

PlaceKeeper::PlaceKeeper(Server& server, std::string path)
    : server_(server), path_(std::move(path)),
      waiting_(server.options().budgets.windows_per_domain),
      timer_(server.loop, [this] { save(); }) {
    const std::string text = read_file(path_, policy::Places::most_bytes);
    if (text.empty()) {
        return;
    }
    auto places = policy::Places::from_text(text);
    if (places) {
        places->each([this](const auto&, const auto&, const policy::Place& place) {
            server_.desktop->expects_back(place.height);
        });
        waiting_ =
            policy::WaitingPlaces(server.options().budgets.windows_per_domain, std::move(*places));
    } else {
        log_warning(path_ + ":" + std::to_string(places.error().line) +
                    ": not a list of places; windows are placed anew");
    }
}

void PlaceKeeper::restore_or_name(GuestWindow& window, const policy::Token& token) {
    if (token != no_token) {
        const auto place = waiting_.claim(window.guest().domain().uuid(), token);
        if (place) {
            window.set_token(token);
            server_.desktop->restore(window, *place);
            return;
        }
    }
    // One that this desktop does not know is of another person's, who had the seat before and may
    // come back to it: the window goes on under that name.
    window.set_token(token == no_token || is_taken(window, token) ? random_token() : token);
}

bool PlaceKeeper::is_taken(const GuestWindow& window, const policy::Token& token) const {
    return std::ranges::any_of(server_.desktop->stacked(), [&](const Window* other) {
        const auto* named = dynamic_cast<const GuestWindow*>(other);
        return named != nullptr && named != &window && named->domain() == window.domain() &&
               named->token() == token;
    });
}

void PlaceKeeper::forget(const GuestWindow& window) {
    waiting_.forget(window.guest().domain().uuid(), window.token());
    changed();
}

void PlaceKeeper::keep(const GuestWindow& window) {
    if (window.role() != WindowRole::toplevel || window.wished_box().empty()) {
        return;
    }
    waiting_.keep(window.guest().domain().uuid(), window.token(), window.place());
    changed();
}

void PlaceKeeper::changed() {
    if (!std::exchange(dirty_, true)) {
        timer_.set(now() + write_delay);
    }
}

void PlaceKeeper::save() {
    dirty_ = false;
    policy::Places all;  // those that are here first: they are the person's desktop
    for (const Window* window : server_.desktop->stacked()) {
        const auto* guest = dynamic_cast<const GuestWindow*>(window);
        if (guest && guest->role() == WindowRole::toplevel && !guest->wished_box().empty()) {
            static_cast<void>(
                all.remember(guest->guest().domain().uuid(), guest->token(), guest->place()));
        }
    }
    waiting_.add_to(all);
    std::string text = all.to_text();
    if (text == written_) {
        return;
    }
    if (write_file(path_, text)) {
        written_ = std::move(text);
    } else {
        log_warning(path_ + " cannot be written: " + std::strerror(errno));
    }
}

}  // namespace leadlight::compositor
