// SPDX-License-Identifier: MIT
#include "tests/agent/admin.hpp"

#include <xkbcommon/xkbcommon.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace leadlight::agent_test {
namespace {

/// The real text of a real layout, as the compositor sends it.
std::vector<std::byte> us_keymap() {
    xkb_context* context = xkb_context_new(XKB_CONTEXT_NO_FLAGS);
    const xkb_rule_names names{"evdev", "pc105", "us", "", ""};
    xkb_keymap* keymap = xkb_keymap_new_from_names(context, &names, XKB_KEYMAP_COMPILE_NO_FLAGS);
    char* text = xkb_keymap_get_as_string(keymap, XKB_KEYMAP_FORMAT_TEXT_V1);
    const auto bytes = std::as_bytes(std::span(text, std::strlen(text)));
    std::vector<std::byte> result(bytes.begin(), bytes.end());
    std::free(text);
    xkb_keymap_unref(keymap);
    xkb_context_unref(context);
    return result;
}

}  // namespace

void Admin::fail(const std::string& what) {
    throw std::runtime_error(what);
}

void Admin::connect() {
    fixture::wait_until(
        [this] {
            if (auto channel = grants::local::connect(grants::LocalAddress{socket})) {
                use(std::move(*channel));
            }
            return channel_ != nullptr;
        },
        "no agent at " + socket);
}

void Admin::disconnect() {
    use(nullptr);
    pools_.clear();
    buffers_.clear();
    shown_buffer_.clear();
    windows.clear();
    refused_.clear();
    inputs_.clear();
}

bool Admin::until(const std::function<bool()>& condition) {
    // Asked once a turn: what passes through a state holds it for a moment only.
    bool held = false;
    fixture::eventually([&] {
        others();
        pump();
        held = condition();
        return held || !connected();
    });
    return held;
}

void Admin::settle() {
    const lp::Serial mark = ++serial_;
    send(lp::Ping{mark});
    if (!until([&] { return pong_ == mark; })) {
        fail("the agent does not answer a ping");
    }
}

void Admin::received(const lp::FromAgent::Any& message) {
    std::visit([this](const auto& one) { on(one); }, message);
}

void Admin::on(const lp::Hello&) {
    send(lp::Welcome{.max_windows = static_cast<std::uint16_t>(max_windows),
                     .max_popups = 16,
                     .max_depth = 8,
                     .max_pages = max_pages});
    send(lp::Keymap{*decltype(lp::Keymap::text)::from(us_keymap())});
    send(lp::Repeat{25, 600});
    send(lp::Output{1920, 1080, scale, 60'000});
}

void Admin::on(const lp::PoolCreate& create) {
    auto file = channel_->take_descriptor();
    if (!file) {
        fail("pool_create without a descriptor");
    }
    if (refuses_pools) {
        send(lp::Refused{lp::RefusedKind::pool, create.pool.get(), lp::Refusal::out_of_pages});
        return;
    }
    auto mapping = grants::local::map(std::move(*file), create.pages);
    if (!mapping) {
        fail("a pool does not map");
    }
    std::size_t budget = 1'000'000;
    while ((*mapping)->map_step(budget) != grants::PageMapping::Progress::done) {
    }
    pools_[create.pool.get()] = {std::move(*mapping)};
    if (pages_mapped() > max_pages) {
        fail("the agent granted more than it may");
    }
    send(lp::PoolReady{create.pool});
}

void Admin::on(const lp::PoolDestroy& destroy) {
    if (pools_.erase(destroy.pool.get()) == 0) {
        return;
    }
    for (const auto& [id, buffer] : buffers_) {
        if (buffer.pool == destroy.pool) {
            fail("a pool is destroyed before its buffers");
        }
    }
    send(lp::PoolUnmapped{destroy.pool});
}

void Admin::on(const lp::BufferCreate& create) {
    if (refuses_pools) {
        return;
    }
    const auto& pool = pools_.at(create.pool.get());
    if (create.offset + std::uint64_t{create.stride} * create.height >
        pool.mapping->pages() * lp::page_size) {
        fail("a buffer is larger than its pool");
    }
    buffers_[create.buffer.get()] = create;
}

void Admin::on(const lp::BufferDestroy& destroy) {
    buffers_.erase(destroy.buffer.get());
}

void Admin::on(const lp::Commit& commit) {
    Window& window = windows.at(commit.window.get());
    if (window.frame_due) {
        fail("two commits in flight");
    }
    ++window.commits;
    window.last_commit = commit;
    window.answered = std::max(window.answered, commit.configure);
    window.frame_due = true;
    if (!commit.layers.empty()) {
        const lp::Layer& layer = commit.layers[0];
        const lp::BufferCreate& buffer = buffers_.at(layer.buffer.get());
        const std::byte* data = pools_.at(buffer.pool.get()).mapping->data() + buffer.offset;
        fixture::Picture& picture = window.picture;
        // As the compositor does, only what is named as damaged is looked at.
        std::vector<lp::Rect> rects(layer.damage.begin(), layer.damage.end());
        if (picture.width() != layer.source.width || picture.height() != layer.source.height) {
            picture = fixture::Picture(layer.source.width, layer.source.height);
            rects = {{.width = layer.source.width, .height = layer.source.height}};
        }
        for (const lp::Rect& rect : rects) {
            for (int y = rect.y; y < rect.y + rect.height; ++y) {
                const auto* row = reinterpret_cast<const std::uint32_t*>(
                    data + static_cast<std::size_t>(y) * buffer.stride);
                for (int x = rect.x; x < rect.x + rect.width; ++x) {
                    picture.set(x, y, row[x]);
                }
            }
        }
    }
    if (answers_frames) {
        frame(window);
    }
}

void Admin::frame(Window& window) {
    if (!window.frame_due) {
        return;
    }
    window.frame_due = false;
    const lp::WindowId id = id_of(window);
    send(lp::Frame{id});
    if (!window.last_commit.layers.empty()) {
        const auto now = window.last_commit.layers[0].buffer;
        auto& before = shown_buffer_[id.get()];
        if (before != 0 && before != now.get()) {
            send(lp::Release{*lp::BufferId::from(before)});
        }
        before = now.get();
    }
    send(lp::Presented{.window = id, .age = 100, .refresh = 16'666'666, .sequence = 1});
}

void Admin::give_frames() {
    for (auto& [id, window] : windows) {
        frame(window);
    }
}

std::size_t Admin::pages_mapped() const {
    std::size_t pages = 0;
    for (const auto& [id, pool] : pools_) {
        pages += pool.mapping->pages();
    }
    return pages;
}

}  // namespace leadlight::agent_test
