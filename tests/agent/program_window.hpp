// SPDX-License-Identifier: MIT
// A window of a scripted program: it answers configures and paints itself in one colour, as a very
// simple toolkit would.
#pragma once

#include "tests/agent/client.hpp"

#include "xdg-shell-client-protocol.h"

namespace leadlight::agent_test {

/// Pixels of a program, ARGB8888 premultiplied.
class ShmBuffer {
  public:
    ShmBuffer(Client& client, int width, int height, std::uint32_t argb = 0);
    ~ShmBuffer();
    ShmBuffer(const ShmBuffer&) = delete;
    ShmBuffer& operator=(const ShmBuffer&) = delete;

    wl_buffer* wl() const { return buffer_; }
    int width() const { return width_; }
    int height() const { return height_; }
    void fill(std::uint32_t argb) { fill(argb, 0, 0, width_, height_); }
    void fill(std::uint32_t argb, int x, int y, int width, int height);
    /// Takes all memory from under the buffer. It is not to be filled any more.
    void cut_short();

  private:
    Client& client_;
    int width_, height_;
    grants::Descriptor file_;
    std::uint32_t* pixels_ = nullptr;
    wl_buffer* buffer_ = nullptr;
};

/// A surface and the buffers it showed.
class ProgramSurface {
  public:
    explicit ProgramSurface(Client& client);
    ~ProgramSurface();
    ProgramSurface(const ProgramSurface&) = delete;
    ProgramSurface& operator=(const ProgramSurface&) = delete;

    wl_surface* wl() const { return surface_; }
    /// Attaches and damages; the commit is the caller's.
    ShmBuffer& attach(int width, int height, std::uint32_t argb);
    void shows(int width, int height, std::uint32_t argb) {
        attach(width, height, argb);
        wl_surface_commit(surface_);
    }

  protected:
    Client& client_;

  private:
    wl_surface* surface_;
    std::vector<std::unique_ptr<ShmBuffer>> buffers_;
};

class ProgramWindow : public ProgramSurface {
  public:
    /// A toplevel, which maps itself with its first configure. What must come earlier is `before`.
    ProgramWindow(Client& client, const std::string& title, std::uint32_t argb = 0xff204060,
                  int width = 200, int height = 150,
                  const std::function<void(xdg_toplevel*)>& before = {});
    /// A popup below the anchor box.
    struct Anchor {
        int x, y, width, height;
    };
    ProgramWindow(Client& client, ProgramWindow& parent, Anchor anchor, int width, int height,
                  std::uint32_t argb, std::uint32_t grab_serial = 0);
    ~ProgramWindow();

    xdg_surface* xdg() const { return xdg_; }
    xdg_toplevel* toplevel() const { return toplevel_; }
    xdg_popup* popup() const { return popup_; }
    int width() const { return width_; }
    int height() const { return height_; }
    /// In its place and size.
    void shows(std::uint32_t argb);
    /// What the next paint and those after it look like.
    std::function<void(ShmBuffer&)> paints;
    /// Buffer pixels a logical one has.
    double scale = 1;
    /// Of the last xdg_surface.configure.
    std::uint32_t configured = 0;
    bool closed = false, activated = false;
    std::vector<std::uint32_t> capabilities;
    /// The place on the parent, of a popup.
    int x = 0, y = 0;
    int configures = 0;
    /// Of the last xdg_popup.repositioned.
    std::uint32_t repositioned = 0;

  private:
    void listen();
    void paint();

    int width_, height_;
    std::uint32_t colour_;
    xdg_surface* xdg_ = nullptr;
    xdg_toplevel* toplevel_ = nullptr;
    xdg_popup* popup_ = nullptr;
};

/// A positioner for a popup below the box; its owner ends it.
xdg_positioner* positioner_below(Client& client, ProgramWindow::Anchor anchor, int width,
                                 int height);

}  // namespace leadlight::agent_test
