// SPDX-License-Identifier: MIT
// Both checks of a connection at once: any sequence of messages and answers through the warden's
// GuestState, and what that lets pass through the compositor's. Records and answers wait in their
// queues for as long as the input says, so that they cross in every way. What the warden passed,
// the compositor may refuse by a budget, but must never find wrong: else an honest warden would be
// blamed, or one of the two checks is not what the other thinks.
#include "compositor/guest/guest_state.hpp"
#include "compositor/warden/guest_state.hpp"
#include "tests/fuzz/fuzzed.hpp"

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <string>

using namespace leadlight;
using namespace leadlight::protocol;
using compositor::Named;
using compositor::WindowRole;
using fuzz::Input;

namespace {

class Connection {
  public:
    Connection(PoolKind pools, Input& in) : in_(in), warden_(pools) {}

    void run() {
        guest_says(Hello{});
        while (!in_.at_end() && !over_) {
            const std::size_t what = in_.next() % (FromAgent::count + 12);
            if (what < FromAgent::count) {
                guest_says(fuzz::any_of<FromAgent>(in_, what));
            } else if (what < FromAgent::count + 4) {
                compositor_takes();
            } else if (what < FromAgent::count + 8) {
                warden_tells();
            } else if (what == FromAgent::count + 8) {
                pool_is_mapped();
            } else if (what == FromAgent::count + 9) {
                window_is_drawn();
            } else if (what == FromAgent::count + 10) {
                tell(PointerEnter{.serial = ++inputs_});
            } else {
                tell(Ping{.serial = ++pings_});
            }
        }
    }

  private:
    void guest_says(const FromAgent::Any& message) {
        const auto verdict = warden_.accept(message);
        over_ = !verdict;
        if (verdict && *verdict == warden::Verdict::pass) {
            records_.push_back(message);
        }
    }

    void compositor_takes() {
        if (records_.empty()) {
            return;
        }
        const auto message = std::move(records_.front());
        records_.pop_front();
        const auto outcome = std::visit([this](const auto& m) { return on(m); }, message);
        if (outcome) {
            return;
        }
        over_ = true;
        // A bound on memory alone: the warden's own is elsewhere.
        if (outcome.error() == Violation::flood) {
            return;
        }
        std::fprintf(stderr, "the warden let pass what the compositor calls %s (message %zu)\n",
                     std::string(name_of(outcome.error())).c_str(), message.index() + 1);
        std::abort();
    }

    void warden_tells() {
        if (answers_.empty()) {
            return;
        }
        warden_.sent(answers_.front());
        answers_.pop_front();
    }

    void tell(ToWarden::Any record) { answers_.push_back(std::move(record)); }

    void pool_is_mapped() {
        for (const auto& [id, pool] : compositor_.pools()) {
            if (pool.complete() && !pool.ready && !pool.withdrawn) {
                compositor_.pool_ready(id);
                return tell(PoolReady{id});
            }
        }
    }
    void window_is_drawn() {
        const auto id = fuzz::fuzzed<WindowId>(in_);
        const auto* window = compositor_.find_window(id);
        if (window != nullptr && window->in_flight) {
            compositor_.frame_sent(id);
            tell(Frame{.window = id});
        }
    }

    using Outcome = std::expected<void, Violation>;
    static Outcome done(const std::expected<Named, Violation>& named) {
        return named.transform([](Named) {});
    }
    /// A new window exists, or a budget says no.
    Outcome opened(WindowId id, const std::expected<Named, Violation>& named) {
        if (!named) {
            return std::unexpected(named.error());
        }
        if (*named == Named::refused || in_.next() % 4 == 0) {
            tell(Refused{.kind = RefusedKind::window, .id = id.get()});
            return *named == Named::refused ? Outcome() : compositor_.refuse_window(id);
        }
        tell(Configure{.window = id, .serial = compositor_.next_configure(id)});
        return {};
    }

    Outcome on(const Hello&) {
        tell(Welcome{.max_layers = 1});
        return {};
    }
    Outcome on(const PoolCreate& r) {
        const auto made = compositor_.pool_create(r);
        if (!made || in_.next() % 4 != 0) {
            return made;
        }
        tell(Refused{.kind = RefusedKind::pool, .id = r.pool.get()});
        return compositor_.refuse_pool(r.pool);
    }
    Outcome on(const PoolReferences& r) { return done(compositor_.pool_references(r)); }
    Outcome on(const PoolDestroy& r) {
        const auto named = compositor_.pool_destroy(r.pool);
        if (named && *named == Named::here) {
            compositor_.pool_gone(r.pool);
            tell(PoolUnmapped{r.pool});
        }
        return done(named);
    }
    Outcome on(const BufferCreate& r) { return done(compositor_.buffer_create(r)); }
    Outcome on(const BufferDestroy& r) { return done(compositor_.buffer_destroy(r.buffer)); }
    Outcome on(const ToplevelCreate& r) {
        return opened(r.window, compositor_.toplevel_create(r.window));
    }
    Outcome on(const PopupCreate& r) {
        return opened(r.window, compositor_.child_create(r.window, r.parent, WindowRole::popup));
    }
    Outcome on(const UnmanagedCreate& r) {
        return opened(r.window, compositor_.child_create(r.window, r.owner, WindowRole::unmanaged));
    }
    Outcome on(const WindowDestroy& r) { return done(compositor_.window_destroy(r.window)); }
    Outcome on(const WindowParent& r) { return done(compositor_.window_parent(r)); }
    Outcome on(const Commit& r) { return done(compositor_.commit(r)); }
    Outcome on(const DragBegin& r) {
        const auto origin = compositor_.window(r.origin);
        if (!origin || *origin == Named::refused || !r.icon) {
            return done(origin);
        }
        return done(compositor_.window(*r.icon, WindowRole::unmanaged));
    }
    template <class M>
    Outcome on(const M& r) {
        if constexpr (std::is_same_v<M, UnmanagedPlace>) {
            return done(compositor_.window(r.window, WindowRole::unmanaged));
        } else if constexpr (std::is_same_v<M, PopupReposition>) {
            return done(compositor_.window(r.window, WindowRole::popup));
        } else if constexpr (std::is_same_v<M, SizeLimits> || std::is_same_v<M, MoveRequest> ||
                             std::is_same_v<M, ResizeRequest> || std::is_same_v<M, StateRequest> ||
                             std::is_same_v<M, Activate>) {
            return done(compositor_.window(r.window, WindowRole::toplevel));
        } else if constexpr (requires { r.window; }) {
            return done(compositor_.window(r.window));
        } else {
            return {};
        }
    }

    Input& in_;
    warden::GuestState warden_;
    compositor::GuestState compositor_;
    std::deque<FromAgent::Any> records_;
    std::deque<ToWarden::Any> answers_;
    Serial inputs_ = 0, pings_ = 0;
    bool over_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input in({data, size});
    const auto kind = fuzz::fuzzed<PoolKind>(in);
    Connection(kind, in).run();
    return 0;
}
