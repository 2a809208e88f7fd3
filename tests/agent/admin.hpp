// SPDX-License-Identifier: MIT
// The admin domain's end, by script: it connects to a real leadlight-agent, maps what that grants,
// answers as warden and compositor together would, and keeps what each window shows.
#pragma once

#include "shm-grants/local/local.hpp"
#include "tests/fixture/picture.hpp"
#include "tests/fixture/script_end.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <vector>

namespace leadlight::agent_test {

namespace lp = leadlight::protocol;

struct Window {
    enum class Kind { toplevel, popup, unmanaged };
    Kind kind = Kind::toplevel;
    /// What it lies on, or a toplevel's window_parent.
    std::optional<lp::WindowId> parent;
    lp::Token token{};
    lp::Positioner positioner;
    lp::Serial grab = 0;
    int x = 0, y = 0, width = 0, height = 0;
    std::string title, app_id;
    fixture::Picture picture;
    int commits = 0;
    lp::Commit last_commit;
    lp::SizeLimits limits;
    lp::WindowType type = lp::WindowType::normal;
    /// The newest configure, and the newest that a commit answered.
    lp::Serial configured = 0, answered = 0;
    bool frame_due = false;
};

class Admin : public fixture::ScriptEnd<lp::ToAgent, lp::FromAgent> {
  public:
    Admin() = default;

    /// What a configure holds if the test does not say otherwise.
    lp::Scale scale = 120;
    lp::ExtentOrNone toplevel_width = 0, toplevel_height = 0;
    std::uint32_t max_pages = 100'000;
    /// False: commits stay in flight until `give_frames`.
    bool answers_frames = true;
    /// The answer to pool_create is `refused`.
    bool refuses_pools = false;
    /// Windows beyond it are refused.
    std::size_t max_windows = 64;
    /// What else must go on while the admin domain waits: the programs of the test itself.
    std::function<void()> others = [] {};

    /// Keeps the serials that programs may name from now on.
    template <lp::MessageOf<lp::ToAgent> T>
    void send(const T& message) {
        if constexpr (requires { message.serial; } && !std::is_same_v<T, lp::Configure> &&
                      !std::is_same_v<T, lp::Ping>) {
            inputs_.insert(message.serial);
        }
        ScriptEnd::send(message);
    }

    /// Where the agent listens.
    std::string socket;
    /// Bounded by ten seconds. Throws std::runtime_error.
    void connect();
    void disconnect();
    bool connected() const { return channel_ != nullptr && !cut_; }

    /// Reads and answers until the condition holds; false after ten seconds.
    bool until(const std::function<bool()>& condition);
    /// Until no window is left, or the agent ended with its program.
    bool until_gone() {
        return until([this] { return windows.empty() || !connected(); });
    }
    /// Goes on until everything sent so far was dispatched: ping and pong.
    void settle();

    std::map<std::uint64_t, Window> windows;
    /// The newest toplevel, or null.
    Window* toplevel();
    lp::WindowId id_of(const Window& window) const;
    /// The newest of a kind, waited for until it shows something. Throws when none does.
    Window& shown(Window::Kind kind, const std::function<bool(const Window&)>& which = {});

    lp::Configure configure(lp::WindowId window, int width, int height, bool activated = true);
    void give_frames();
    void focus(lp::WindowId window);
    void key(int code, bool pressed);
    void tap(int code);
    void type(const std::string& text);
    void enter(lp::WindowId window, int x, int y);
    void motion(lp::WindowId window, int x, int y);
    void leave(lp::WindowId window);
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

    [[noreturn]] static void fail(const std::string& what);
    void received(const lp::FromAgent::Any& message) override;
    void meanwhile() override { others(); }
    /// True when it was refused, as it then is.
    bool refuse(lp::WindowId window);
    /// Null for a window that was refused and that the agent did not know of yet.
    Window* find(lp::WindowId window);
    void place(lp::WindowId id, Window& popup, std::uint32_t reposition);
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
    void on(const lp::PopupReposition&);
    void on(const lp::UnmanagedPlace&);
    void on(const lp::Title&);
    void on(const lp::AppId&);
    void on(const lp::SizeLimits&);
    void on(const lp::WindowKind&);
    void on(const lp::MoveRequest&);
    void on(const lp::ResizeRequest&);
    void on(const lp::StateRequest&);
    void on(const lp::Activate&);
    void on(const lp::Constraint&);
    void on(const lp::CursorShapeSet&);
    void on(const lp::CursorImage&);
    void on(const lp::DragBegin&);
    void on(const lp::WindowParent&);
    void on(const lp::Pong& m) { pong_ = m.serial; }
    template <class T>
    void on(const T&) {}
    void frame(Window& window);
    /// As the warden does: at a serial that was never sent the connection would be over.
    void check(lp::Serial serial, const std::string& what, bool may_be_none = false) const;
    void check_toplevel(lp::WindowId window, const std::string& what);

    std::map<std::uint64_t, Pool> pools_;
    std::map<std::uint64_t, lp::BufferCreate> buffers_;
    std::map<std::uint64_t, std::uint64_t> shown_buffer_;
    std::set<std::uint64_t> refused_;
    /// Serials of input events of this connection.
    std::set<lp::Serial> inputs_;
    /// Of windows that did not go by their own word.
    std::set<lp::Token> tokens_;
    lp::Serial serial_ = 0, pong_ = 0;
    lp::Time time_ = 0;
    std::uint8_t next_token_ = 1;
};

}  // namespace leadlight::agent_test
