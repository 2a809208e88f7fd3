// SPDX-License-Identifier: MIT
// The admin domain's end, by script: it connects to a real leadlight-agent, maps what that grants,
// answers as warden and compositor together would, and keeps what each window shows.
#pragma once

#include "protocol/framing.hpp"
#include "shm-grants/local/local.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace leadlight::agent_test {

namespace lp = leadlight::protocol;

struct Picture {
    int width = 0, height = 0;
    std::vector<std::uint32_t> pixels;
    std::uint32_t at(int x, int y) const {
        return pixels.at(static_cast<std::size_t>(y * width + x)) & 0xffffff;
    }
    std::size_t count(std::uint32_t colour) const;
    void save(const std::string& png) const;
};

struct Window {
    enum class Kind { toplevel, popup, unmanaged };
    Kind kind = Kind::toplevel;
    std::optional<lp::WindowId> parent;
    lp::Token token{};
    lp::Positioner positioner;
    lp::Serial grab = 0;
    int x = 0, y = 0, width = 0, height = 0;
    std::string title, app_id;
    Picture picture;
    int commits = 0;
    lp::Commit last_commit;
    lp::SizeLimits limits;
    lp::Serial configured = 0;
    bool frame_due = false;
};

class Admin {
  public:
    /// What a configure holds if the test does not say otherwise.
    lp::Scale scale = 120;
    lp::ExtentOrNone toplevel_width = 0, toplevel_height = 0;
    std::uint32_t max_pages = 100'000;
    /// False: commits stay in flight until `give_frames`.
    bool answers_frames = true;
    /// The answer to pool_create is `refused`.
    bool refuses_pools = false;

    /// Connects, bounded by ten seconds. Throws std::runtime_error.
    explicit Admin(std::string socket);
    void connect();
    void disconnect();
    bool connected() const { return channel_ != nullptr; }

    /// Reads and answers until the condition holds; false after ten seconds.
    bool until(const std::function<bool()>& condition);
    /// Until no window is left, or the agent ended with its program.
    bool until_gone() {
        return until([this] { return windows.empty() || !connected(); });
    }
    /// Goes on until everything sent so far was dispatched: ping and pong.
    void settle();

    template <lp::MessageOf<lp::ToAgent> T>
    void send(const T& message) {
        lp::encode<lp::ToAgent>(message, outgoing_);
        flush();
    }

    std::map<std::uint64_t, Window> windows;
    /// The newest toplevel, or null.
    Window* toplevel();
    lp::WindowId id_of(const Window& window) const;
    /// The newest of a kind, waited for until it shows something. Throws when none does.
    Window& shown(Window::Kind kind, const std::function<bool(const Window&)>& which = {});

    /// The last of a kind of message that the state above does not hold.
    template <class T>
    const T* heard() const {
        for (auto it = log_.rbegin(); it != log_.rend(); ++it)
            if (const T* found = std::get_if<T>(&*it))
                return found;
        return nullptr;
    }
    void forget_heard() { log_.clear(); }

    lp::Configure configure(lp::WindowId window, int width, int height, bool activated = true);
    void give_frames();
    void focus(lp::WindowId window);
    void key(int code, bool pressed);
    void tap(int code);
    void type(const std::string& text);
    void enter(lp::WindowId window, int x, int y);
    void motion(lp::WindowId window, int x, int y);
    void button(bool pressed, int code = 0x110);
    void click(lp::WindowId window, int x, int y);

    std::size_t pages_mapped() const;
    std::size_t pools() const { return pools_.size(); }
    lp::Serial serial() const { return serial_; }

  private:
    struct Pool {
        std::unique_ptr<grants::PageMapping> mapping;
        bool destroyed = false;
    };

    bool turn();
    void flush();
    void handle(const lp::FromAgent::Any& message);
    void on(const lp::Hello&);
    void on(const lp::PoolCreate&);
    void on(const lp::PoolDestroy&);
    void on(const lp::BufferCreate&);
    void on(const lp::BufferDestroy&);
    void on(const lp::ToplevelCreate&);
    void on(const lp::PopupCreate&);
    void on(const lp::UnmanagedCreate&);
    void on(const lp::WindowDestroy&);
    void on(const lp::Commit&);
    void on(const lp::Title& m) { windows.at(m.window.get()).title = m.text.view(); }
    void on(const lp::AppId& m) { windows.at(m.window.get()).app_id = m.text.view(); }
    void on(const lp::SizeLimits& m) { windows.at(m.window.get()).limits = m; }
    void on(const lp::Pong& m) { pong_ = m.serial; }
    template <class T>
    void on(const T&) {}
    void frame(Window& window);

    std::string socket_;
    std::unique_ptr<grants::Channel> channel_;
    lp::Framing<lp::FromAgent> framing_;
    std::vector<std::byte> outgoing_;
    std::map<std::uint64_t, Pool> pools_;
    std::map<std::uint64_t, lp::BufferCreate> buffers_;
    std::map<std::uint64_t, std::uint64_t> shown_buffer_;
    std::vector<lp::FromAgent::Any> log_;
    lp::Serial serial_ = 0, pong_ = 0;
    lp::Time time_ = 0;
    std::uint8_t next_token_ = 1;
};

}  // namespace leadlight::agent_test
