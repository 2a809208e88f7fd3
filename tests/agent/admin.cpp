// SPDX-License-Identifier: MIT
#include "tests/agent/admin.hpp"

#include <cairo.h>
#include <xkbcommon/xkbcommon.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace leadlight::agent_test {
namespace {

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error(what);
}

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

std::size_t Picture::count(std::uint32_t colour) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        pixels, [&](std::uint32_t pixel) { return (pixel & 0xffffff) == colour; }));
}

void Picture::save(const std::string& png) const {
    auto copy = pixels;
    cairo_surface_t* surface =
        cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(copy.data()),
                                            CAIRO_FORMAT_RGB24, width, height, width * 4);
    cairo_surface_write_to_png(surface, png.c_str());
    cairo_surface_destroy(surface);
}

void Admin::connect() {
    if (!fixture::eventually([this] {
            if (auto channel = grants::local::connect(grants::LocalAddress{socket})) {
                use(std::move(*channel));
            }
            return channel_ != nullptr;
        })) {
        fail("no agent at " + socket);
    }
}

void Admin::disconnect() {
    use(nullptr);
    pools_.clear();
    buffers_.clear();
    shown_buffer_.clear();
    windows.clear();
    refused_.clear();
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

bool Admin::refuse(lp::WindowId window) {
    if (windows.size() < max_windows) {
        return false;
    }
    refused_.insert(window.get());
    send(lp::Refused{lp::RefusedKind::window, window.get(), lp::Refusal::too_many_windows});
    return true;
}

Window* Admin::find(lp::WindowId window) {
    return refused_.contains(window.get()) ? nullptr : &windows.at(window.get());
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

void Admin::on(const lp::ToplevelCreate& create) {
    if (refuse(create.window)) {
        return;
    }
    Window& window = windows[create.window.get()];
    window.token = create.token;
    auto answer = configure(create.window, toplevel_width, toplevel_height, false);
    if (create.token == lp::Token{}) {
        answer.token[0] = next_token_++;
    } else {
        answer.token = create.token;
    }
    window.token = answer.token;
    send(answer);
}

void Admin::on(const lp::PopupCreate& create) {
    if (refuse(create.window)) {
        return;
    }
    Window& window = windows[create.window.get()];
    window.kind = Window::Kind::popup;
    window.parent = create.parent;
    window.positioner = create.positioner;
    window.grab = create.grab;
    place(create.window, window, 0);
}

void Admin::on(const lp::PopupReposition& wish) {
    if (Window* window = find(wish.window)) {
        window->positioner = wish.positioner;
        place(wish.window, *window, wish.token);
    }
}

void Admin::place(lp::WindowId id, Window& popup, std::uint32_t reposition) {
    // Below the anchor box, which is right for the menus that the tests open.
    const lp::Positioner& wanted = popup.positioner;
    auto answer = configure(id, wanted.width, wanted.height);
    answer.x = lp::Coordinate::clamped(wanted.anchor_x.get());
    answer.y = lp::Coordinate::clamped(wanted.anchor_y + wanted.anchor_height);
    answer.reposition = reposition;
    popup.x = answer.x;
    popup.y = answer.y;
    send(answer);
}

void Admin::on(const lp::UnmanagedCreate& create) {
    if (refuse(create.window)) {
        return;
    }
    Window& window = windows[create.window.get()];
    window.kind = Window::Kind::unmanaged;
    window.parent = create.owner;
    window.x = create.x;
    window.y = create.y;
    window.width = create.width;
    window.height = create.height;
    auto answer = configure(create.window, create.width, create.height);
    answer.x = create.x;
    answer.y = create.y;
    send(answer);
}

void Admin::on(const lp::UnmanagedPlace& place) {
    if (Window* window = find(place.window)) {
        window->x = place.x;
        window->y = place.y;
        window->width = place.width;
        window->height = place.height;
    }
}

void Admin::on(const lp::Title& title) {
    if (Window* window = find(title.window)) {
        window->title = title.text.view();
    }
}

void Admin::on(const lp::AppId& app_id) {
    if (Window* window = find(app_id.window)) {
        window->app_id = app_id.text.view();
    }
}

void Admin::on(const lp::SizeLimits& limits) {
    if (Window* window = find(limits.window)) {
        window->limits = limits;
    }
}

void Admin::on(const lp::WindowKind& kind) {
    if (Window* window = find(kind.window)) {
        window->type = kind.type;
    }
}

void Admin::on(const lp::WindowDestroy& destroy) {
    if (refused_.erase(destroy.window.get()) != 0) {
        return;
    }
    for (const auto& [id, window] : windows) {
        if (window.parent == destroy.window) {
            fail("a window is destroyed before the popups on it");
        }
    }
    windows.erase(destroy.window.get());
    shown_buffer_.erase(destroy.window.get());
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
        Picture& picture = window.picture;
        const bool same_size =
            picture.width == layer.source.width && picture.height == layer.source.height;
        picture.width = layer.source.width;
        picture.height = layer.source.height;
        picture.pixels.resize(static_cast<std::size_t>(picture.width * picture.height));
        // As the compositor does, only what is named as damaged is looked at.
        std::vector<lp::Rect> rects(layer.damage.begin(), layer.damage.end());
        if (!same_size) {
            rects = {{.width = layer.source.width, .height = layer.source.height}};
        }
        for (const lp::Rect& rect : rects) {
            for (int y = rect.y; y < rect.y + rect.height; ++y) {
                std::memcpy(
                    &picture.pixels.at(static_cast<std::size_t>(y * picture.width + rect.x)),
                    data + static_cast<std::size_t>(y) * buffer.stride +
                        static_cast<std::size_t>(rect.x) * 4,
                    static_cast<std::size_t>(rect.width) * 4);
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

Window* Admin::toplevel() {
    for (auto it = windows.rbegin(); it != windows.rend(); ++it) {
        if (it->second.kind == Window::Kind::toplevel) {
            return &it->second;
        }
    }
    return nullptr;
}

lp::WindowId Admin::id_of(const Window& wanted) const {
    for (const auto& [id, window] : windows) {
        if (&window == &wanted) {
            return *lp::WindowId::from(id);
        }
    }
    fail("no such window");
}

Window& Admin::shown(Window::Kind kind, const std::function<bool(const Window&)>& which) {
    Window* found = nullptr;
    if (!until([&] {
            for (auto& [id, window] : windows) {
                // A toplevel draws before our first configure and once more after it.
                if (window.kind == kind && window.commits > 0 &&
                    (kind != Window::Kind::toplevel || window.answered == window.configured) &&
                    !window.last_commit.layers.empty() && (!which || which(window))) {
                    found = &window;
                }
            }
            return found != nullptr;
        })) {
        fail(connected() ? "no such window was shown" : "the agent ended the connection");
    }
    return *found;
}

lp::Configure Admin::configure(lp::WindowId window, int width, int height, bool activated) {
    lp::Configure configure{.window = window,
                            .serial = ++serial_,
                            .width = lp::ExtentOrNone::clamped(width),
                            .height = lp::ExtentOrNone::clamped(height),
                            .bounds_width = 1920,
                            .bounds_height = 1080,
                            .scale = scale};
    configure.states.set(lp::WindowState::activated, activated);
    windows.at(window.get()).configured = configure.serial;
    return configure;
}

void Admin::focus(lp::WindowId window) {
    send(lp::Focus{window, ++serial_});
}

void Admin::key(int code, bool pressed) {
    send(lp::Key{++serial_, time_ += 1000, static_cast<std::uint16_t>(code), pressed});
}

void Admin::tap(int code) {
    key(code, true);
    key(code, false);
}

void Admin::type(const std::string& text) {
    static const std::map<char, int> codes{
        {'\n', 28}, {' ', 57}, {'a', 30}, {'b', 48}, {'c', 46}, {'d', 32}, {'e', 18}, {'f', 33},
        {'g', 34},  {'h', 35}, {'i', 23}, {'j', 36}, {'k', 37}, {'l', 38}, {'m', 50}, {'n', 49},
        {'o', 24},  {'p', 25}, {'q', 16}, {'r', 19}, {'s', 31}, {'t', 20}, {'u', 22}, {'v', 47},
        {'w', 17},  {'x', 45}, {'y', 21}, {'z', 44}, {'-', 12}, {'.', 52}, {'/', 53}, {';', 39}};
    for (const char letter : text) {
        tap(codes.at(letter));
    }
}

void Admin::enter(lp::WindowId window, int x, int y) {
    send(lp::PointerEnter{++serial_, window, lp::FinePlace::clamped(x * 256),
                          lp::FinePlace::clamped(y * 256)});
    send(lp::PointerFrame{});
}

void Admin::motion(lp::WindowId window, int x, int y) {
    send(lp::PointerMotion{time_ += 1000, window, lp::FinePlace::clamped(x * 256),
                           lp::FinePlace::clamped(y * 256), window});
    send(lp::PointerFrame{});
}

void Admin::leave(lp::WindowId window) {
    send(lp::PointerLeave{++serial_, window});
    send(lp::PointerFrame{});
}

void Admin::button(bool pressed, int code) {
    send(lp::PointerButton{++serial_, time_ += 1000, static_cast<std::uint16_t>(code), pressed});
    send(lp::PointerFrame{});
}

void Admin::click(lp::WindowId window, int x, int y) {
    enter(window, x, y);
    motion(window, x, y);
    button(true);
    button(false);
}

std::size_t Admin::pages_mapped() const {
    std::size_t pages = 0;
    for (const auto& [id, pool] : pools_) {
        pages += pool.mapping->pages();
    }
    return pages;
}

}  // namespace leadlight::agent_test
