// SPDX-License-Identifier: MIT
// A window as the admin domain knows it: announced under an id, its surfaces flattened into granted
// buffers, one commit in flight. What kind of window it is, its subclasses know.
#pragma once

#include "guest-agent/event_source.hpp"
#include "guest-agent/surfaces.hpp"
#include "guest-agent/units.hpp"
#include "guest-agent/window_buffers.hpp"

#include <optional>
#include <vector>

namespace leadlight::agent {

class Agent;

class Window : public SurfaceUser {
  public:
    explicit Window(Agent& agent);
    ~Window() override;

    std::optional<protocol::WindowId> id() const { return id_; }
    const WindowScale& scale() const { return scale_; }

    virtual wlr_surface* surface() const = 0;
    /// The content, in logical units of the root surface: what a program says is window and not
    /// shadow.
    virtual Box geometry() const = 0;
    /// Null for a toplevel. It must be announced before this window, and withdrawn after it.
    virtual Window* parent() const { return nullptr; }
    /// Its place was given as one on the parent's content.
    virtual bool lies_on_parent() const { return parent() != nullptr; }

    /// The window under all that it lies on.
    const Window* bottom() const { return parent() == nullptr ? this : parent()->bottom(); }

    /// Another window is going away; this one may lie on it.
    virtual void other_gone(const Window& /*other*/) {}
    /// Another window is known to the admin domain now; this one may be its dialog.
    virtual void other_announced(const Window& /*other*/) {}

    /// The window is ready to be known: now, and after each new connection.
    void want();
    /// The opposite. Windows on it go first.
    void withdraw();
    bool wanted() const { return wanted_; }
    /// Ready, and not known to the admin domain.
    bool waits() const { return wanted_ && !id_; }
    void connected();
    void connection_lost();

    /// What the admin domain says of it.
    void configured(const protocol::Configure& configure);
    void frame();
    void presented(const protocol::Presented& presented);
    void set_hidden(bool hidden);
    /// Whether one of its surfaces wants the screen kept on.
    void tell_idle();
    /// It acknowledges that. A toplevel then waits until another window goes; a menu comes too
    /// late.
    void refused();
    virtual void close() {}
    /// Keys come to it. Windows of X11 have a focus of their own besides.
    virtual void take_keyboard(wlr_seat* seat, const wlr_keyboard& keyboard);
    virtual void lose_keyboard() {}
    /// Pointer or finger are about to enter.
    virtual void before_pointer() {}
    virtual void dismiss() {}
    /// Ends its program.
    virtual void kill();

    /// What a surface shown on it, or over it, has to know of the output.
    void tell_output(wlr_surface* surface) const;
    /// Draws and commits, when there is something new and nothing in the way.
    void present();
    WindowBuffers& buffers() { return buffers_; }
    void surface_committed() override;

  protected:
    /// Sends the *_create and what else describes the window.
    virtual void announce(protocol::WindowId id) = 0;
    virtual void apply(const protocol::Configure& configure) = 0;
    /// The serial of the newest configure that the program has answered, once.
    virtual protocol::Serial answered() { return 0; }
    virtual bool follows_scale() const { return true; }

    /// The pointer is to move or resize a toplevel. Asked only with an event of this connection
    /// behind it: the admin domain ends the connection at a serial that it never sent.
    void ask_move(protocol::Serial serial);
    void ask_resize(protocol::Serial serial, protocol::Flags<protocol::Edge> edges);
    /// What sizes it likes, once; as a program may say it, a maximum below the minimum too.
    void tell_limits(protocol::SizeLimits limits);

    /// Until the admin domain says: the one output's scale.
    void assume_scale();
    /// Which output the surfaces are on, and their scale.
    void tell_output();

    Agent& agent_;

  private:
    struct Arrangement {
        std::vector<Surface*> surfaces;
        std::vector<Placement> placements;
        int width = 0, height = 0;
    };
    Arrangement arrange() const;
    Region damage(const Arrangement& arrangement) const;
    bool callbacks_wait() const;
    /// Hidden, it gets its frames from here, once a second.
    void rest();
    /// One surface, and its buffer is the content as it stands.
    static bool is_plain(const Arrangement& arrangement);
    /// What lies under it as far as this domain knows: its parents' content, lowest first. Taken
    /// when it is drawn; what changes there later is not followed.
    std::vector<Piece> backdrop() const;
    bool lets_through(const Arrangement& arrangement) const;
    void keep_content();
    void forget_shown();
    Pixels pixels_of(const Surface& surface, const PixelAccess& access);
    void draw(const Arrangement& arrangement, WindowBuffers::Buffer& buffer);
    void commit(WindowBuffers::Buffer& buffer, const Region& damage);
    void send_frame_done();
    void sample_feedback();

    using Feedback =
        std::unique_ptr<wlr_presentation_feedback, decltype(&wlr_presentation_feedback_destroy)>;

    std::optional<protocol::WindowId> id_;
    bool wanted_ = false;
    bool hidden_ = false;
    EventSource resting_;
    bool rests_ = false;
    bool in_flight_ = false;
    bool refused_ = false;
    bool inhibits_idle_ = false;
    protocol::Serial to_answer_ = 0;
    protocol::SizeLimits limits_;
    WindowScale scale_;
    /// On the parent's content, in physical pixels.
    int x_ = 0, y_ = 0;
    WindowBuffers buffers_;
    std::vector<Placement> shown_;
    int shown_width_ = 0, shown_height_ = 0;
    /// The one surface whose buffer went back to the program, if that is how it was drawn last.
    Surface* plain_ = nullptr;
    std::vector<Feedback> in_flight_feedback_, drawn_feedback_;
};

}  // namespace leadlight::agent
