// SPDX-License-Identifier: MIT
// A guest that keeps the rules is never accused, whatever it does in which order and whatever is
// refused meanwhile; one that keeps none can not bring the state out of step with itself.
#include "tests/unit/protocol/arbitrary.hpp"
#include "tests/unit/warden/values.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_random.hpp>

#include <algorithm>
#include <vector>

namespace leadlight::warden::test {
namespace {

using protocol::testing::arbitrary;
using protocol::testing::Random;

/// An honest agent and its compositor in one, choosing at random among what is allowed.
class HonestGuest {
  public:
    explicit HonestGuest(std::uint64_t seed) : random_(seed) {
        say(Hello{});
        state_.sent(Welcome{.max_layers = 2});
    }

    void step() {
        switch (random_() % 12) {
        case 0:
            return open_toplevel();
        case 1:
        case 2:
            return open_on_another();
        case 3:
            return close_window();
        case 4:
            return make_pool();
        case 5:
            return make_buffer();
        case 6:
            return end_memory();
        case 7:
        case 8:
            return commit();
        case 9:
            return answer_frame();
        case 10:
            return request();
        default:
            return compositor_speaks();
        }
    }

  private:
    struct Window {
        WindowId id;
        std::optional<WindowId> on;
        bool in_flight = false;
        Serial configured = 0;
    };
    struct Pool {
        PoolId id;
        std::uint32_t pages;
        bool ready = false, refused = false;
    };
    struct Buffer {
        BufferId id;
        PoolId pool;
    };

    void say(const FromAgent::Any& message) {
        const auto answer = state_.accept(message);
        if (!answer) {
            INFO(answer.error().message << "." << answer.error().field << ": "
                                        << name_of(answer.error().violation));
            FAIL("an honest guest was accused");
        }
    }
    template <class T>
    T* any(std::vector<T>& things) {
        return things.empty() ? nullptr : &things[random_() % things.size()];
    }
    template <class I>
    I next_id() {
        return *I::from(last_id_ += 1 + random_() % 3);
    }

    void opened(WindowId id, std::optional<WindowId> on) {
        windows_.push_back({.id = id, .on = on});
        if (random_() % 6 == 0) {
            state_.sent(Refused{RefusedKind::window, id.get(), Refusal::too_many_windows});
        }
    }
    void open_toplevel() {
        const auto id = next_id<WindowId>();
        say(ToplevelCreate{.window = id});
        opened(id, {});
    }
    void open_on_another() {
        const auto* parent = any(windows_);
        if (parent == nullptr) {
            return;
        }
        const auto id = next_id<WindowId>();
        const auto on = parent->id;
        if (random_() % 2 == 0) {
            say(PopupCreate{.window = id, .parent = on, .grab = random_() % 2 ? input_ : 0});
        } else {
            say(UnmanagedCreate{.window = id, .owner = on});
        }
        opened(id, on);
    }
    void close_window() {
        const auto* window = any(windows_);
        if (window == nullptr ||
            std::ranges::contains(windows_, std::optional(window->id), &Window::on)) {
            return;
        }
        const auto id = window->id;
        say(WindowDestroy{id});
        std::erase_if(windows_, [&](const Window& w) { return w.id == id; });
    }
    void make_pool() {
        const Pool pool{.id = next_id<PoolId>(), .pages = 1 + std::uint32_t(random_() % 9)};
        say(PoolCreate{.pool = pool.id, .pages = *PageCount::from(pool.pages)});
        pools_.push_back(pool);
    }
    void make_buffer() {
        const auto* pool = any(pools_);
        if (pool == nullptr) {
            return;
        }
        const auto width = 1 + random_() % 64;
        const auto height = 1 + random_() % (pool->pages * page_size / (width * 4));
        const auto room = pool->pages * page_size - width * 4 * height;
        const auto id = next_id<BufferId>();
        say(BufferCreate{.buffer = id,
                         .pool = pool->id,
                         .offset = random_() % (room / 4 + 1) * 4,
                         .width = *Extent::from(width),
                         .height = *Extent::from(height),
                         .stride = *Stride::from(width * 4)});
        buffers_.push_back({id, pool->id});
    }
    void end_memory() {
        if (auto* buffer = any(buffers_)) {
            const auto id = buffer->id;
            say(BufferDestroy{id});
            std::erase_if(buffers_, [&](const Buffer& b) { return b.id == id; });
        }
        if (auto* pool = any(pools_)) {
            const auto id = pool->id;
            if (std::ranges::contains(buffers_, id, &Buffer::pool)) {
                return;
            }
            say(PoolDestroy{id});
            std::erase_if(pools_, [&](const Pool& p) { return p.id == id; });
        }
    }
    void commit() {
        auto* window = any(windows_);
        if (window == nullptr || window->in_flight) {
            return;
        }
        Commit message{.window = window->id, .configure = window->configured};
        const auto* buffer = any(buffers_);
        if (buffer != nullptr && std::ranges::find(pools_, buffer->pool, &Pool::id)->ready &&
            random_() % 8 != 0) {
            message.layers.push_back({.buffer = buffer->id});
        }
        say(message);
        window->in_flight = true;
    }
    void answer_frame() {
        if (auto* window = any(windows_)) {
            state_.sent(Frame{window->id});
            window->in_flight = false;
        }
    }
    void request() {
        if (input_ == 0) {
            return;
        }
        say(CursorShapeSet{.serial = input_});
        say(DragEnd{});
        if (const auto* window = any(windows_)) {
            say(Constraint{.window = window->id, .serial = input_});
            say(Title{.window = window->id});
            if (!window->on) {
                say(MoveRequest{window->id, input_});
                say(StateRequest{.window = window->id});
                say(WindowParent{.window = window->id});
            }
        }
    }
    void compositor_speaks() {
        input_ = ++serial_;
        state_.sent(Key{.serial = input_});
        if (auto* window = any(windows_)) {
            window->configured = ++serial_;
            state_.sent(Configure{.window = window->id, .serial = serial_});
        }
        if (auto* pool = any(pools_); pool != nullptr && !pool->ready && !pool->refused) {
            pool->ready = random_() % 3 != 0;
            pool->refused = !pool->ready;
            if (pool->ready) {
                state_.sent(PoolReady{pool->id});
            } else {
                state_.sent(Refused{RefusedKind::pool, pool->id.get(), Refusal::out_of_pages});
            }
        }
    }

    Random random_;
    GuestState state_{PoolKind::memfd};
    std::vector<Window> windows_;
    std::vector<Pool> pools_;
    std::vector<Buffer> buffers_;
    std::uint64_t last_id_ = 0;
    Serial serial_ = 0, input_ = 0;
};

TEST_CASE("who keeps the rules is never accused", "[guest_state][property]") {
    const auto seed = Catch::Generators::random<std::uint64_t>(0, UINT64_MAX).get();
    INFO("seed " << seed);
    Random seeds(seed);
    for (int session = 0; session < 100; ++session) {
        HonestGuest guest(seeds());
        for (int i = 0; i < 500; ++i) {
            guest.step();
        }
    }
}

// Few ids, so that random messages meet each other.
struct FewIds {
    Random& random;

    template <class Tag>
    void operator()(Id<Tag>& id) const {
        id = *Id<Tag>::from(1 + random() % 12);
    }
    template <class Tag>
    void operator()(std::optional<Id<Tag>>& id) const {
        if (id) {
            (*this)(*id);
        }
    }
    void operator()(List<Layer, 4>& layers) const {
        for (auto& layer : layers) {
            (*this)(layer);
        }
    }
    template <Described T>
    void operator()(T& value) const {
        each_field<T>([&]<class... F>(F...) { ((*this)(value.*F::member), ...); });
    }
    template <class Other>
    void operator()(Other&) const {}
};

template <class MessageList>
typename MessageList::Any any_message(Random& random) {
    typename MessageList::Any result;
    auto chosen = random() % MessageList::count;
    MessageList::each([&]<class M>(std::type_identity<M>) {
        if (chosen-- == 0) {
            auto message = arbitrary<M>(random);
            FewIds{random}(message);
            result = std::move(message);
        }
    });
    return result;
}

TEST_CASE("who keeps none brings nothing out of step", "[guest_state][property]") {
    const auto seed = Catch::Generators::random<std::uint64_t>(0, UINT64_MAX).get();
    INFO("seed " << seed);
    Random random(seed);
    int passed = 0;
    for (int session = 0; session < 20; ++session) {
        auto state = lively_state();
        for (int i = 0; i < 2000; ++i) {
            // A fault is the end in earnest; here the walk goes on from before it, and deeper.
            auto next = state;
            if (next.accept(any_message<FromAgent>(random))) {
                state = std::move(next);
                ++passed;
            }
            if (i % 4 == 0) {
                state.sent(any_message<ToWarden>(random));
            }
        }
    }
    CHECK(passed > 1000);
}

}  // namespace
}  // namespace leadlight::warden::test
