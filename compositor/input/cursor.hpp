// SPDX-License-Identifier: MIT
// What the pointer looks like. The hardware's (or wlroots' software) cursor carries shapes of the
// compositor's own theme only, and surfaces of admin programs; a guest's image is drawn as content
// of its window, clipped to it and covered by what covers the window, so that no guest can paint
// over another one or over the compositor's drawing (rule 1).
#pragma once

#include "compositor/config/config.hpp"
#include "compositor/policy/geometry.hpp"
#include "protocol/types.hpp"
#include "theming/bitmap.hpp"
#include "wlr-headers/listener.hpp"
#include "wlr-headers/wlroots.hpp"

#include <memory>
#include <string>

namespace leadlight::compositor {

class Server;
class Window;

/// A private copy of a guest's image; sizes in physical pixels.
struct CursorPicture {
    theming::Bitmap bitmap;
    int hotspot_x = 0, hotspot_y = 0;
};

class Cursor {
  public:
    Cursor(Server& server, const Appearance& appearance);
    ~Cursor();
    Cursor(const Cursor&) = delete;
    Cursor& operator=(const Cursor&) = delete;

    wlr_cursor* wlr() const { return cursor_; }
    double x() const { return cursor_->x; }
    double y() const { return cursor_->y; }

    void configure(const Appearance& appearance);

    /// By name in the theme.
    void show(const char* shape);
    /// What a guest named: a shape of ours, or none.
    void show(protocol::CursorShape shape);
    /// An admin program's; the default in its place while that is too large, or too far away.
    void show_surface(wlr_surface* surface, int hotspot_x, int hotspot_y);
    /// Over the window's content; elsewhere, while buttons are held, our own arrow stands for it.
    void show_picture(std::shared_ptr<const CursorPicture> picture, Window& window);
    void hide();
    /// The window's content is cropped to another size.
    void content_fitted(const Window& window);

  private:
    /// The pointer moved, or the window whose content the picture is.
    void follow();
    void drop_picture();
    void set_ours(const char* shape);

    Server& server_;
    wlr_cursor* cursor_;
    wlr_xcursor_manager* theme_ = nullptr;
    std::string shown_;  // the shape, or empty
    /// While it is shown.
    struct AdminSurface {
        policy::Point hotspot;  // logical, moved by what its commits say
        Listener<> commit, gone;
    };
    std::unique_ptr<AdminSurface> surface_;
    /// The picture's node in its window's tree, which may go with the window.
    wlr_scene_buffer* node_ = nullptr;
    Listener<> node_gone_;
    Window* window_ = nullptr;
    std::shared_ptr<const CursorPicture> picture_;
};

}  // namespace leadlight::compositor
