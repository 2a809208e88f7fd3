// SPDX-License-Identifier: MIT
#include "tests/agent/program_window.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <sys/mman.h>
#include <unistd.h>

namespace leadlight::agent_test {

ShmBuffer::ShmBuffer(Client& client, int width, int height, std::uint32_t argb)
    : client_(client), width_(width), height_(height), file_(memfd_create("pixels", MFD_CLOEXEC)) {
    const std::size_t size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4;
    if (ftruncate(file_.get(), static_cast<off_t>(size)) != 0) {
        throw std::runtime_error("no memory for a buffer");
    }
    void* mapped = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file_.get(), 0);
    if (mapped == MAP_FAILED) {
        throw std::runtime_error("a buffer does not map");
    }
    pixels_ = static_cast<std::uint32_t*>(mapped);
    auto* shm = client.global<wl_shm>(wl_shm_interface);
    wl_shm_pool* pool = wl_shm_create_pool(shm, file_.get(), static_cast<std::int32_t>(size));
    buffer_ = client.follow(
        wl_shm_pool_create_buffer(pool, 0, width, height, width * 4, WL_SHM_FORMAT_ARGB8888));
    wl_shm_pool_destroy(pool);
    fill(argb);
}

ShmBuffer::~ShmBuffer() {
    client_.end(buffer_, wl_buffer_destroy);
    munmap(pixels_, static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_) * 4);
}

void ShmBuffer::fill(std::uint32_t argb, int x, int y, int width, int height) {
    for (int row = y; row < y + height; ++row) {
        std::fill_n(pixels_ + static_cast<std::ptrdiff_t>(row) * width_ + x, width, argb);
    }
}

void ShmBuffer::cut_short() {
    if (ftruncate(file_.get(), 0) != 0) {
        throw std::runtime_error("a buffer cannot be cut short");
    }
}

ProgramSurface::ProgramSurface(Client& client)
    : client_(client), surface_(client.follow(wl_compositor_create_surface(client.compositor()))) {}

ProgramSurface::~ProgramSurface() {
    client_.end(surface_, wl_surface_destroy);
}

ShmBuffer& ProgramSurface::attach(int width, int height, std::uint32_t argb) {
    ShmBuffer& buffer =
        *buffers_.emplace_back(std::make_unique<ShmBuffer>(client_, width, height, argb));
    wl_surface_attach(surface_, buffer.wl(), 0, 0);
    wl_surface_damage_buffer(surface_, 0, 0, width, height);
    return buffer;
}

xdg_positioner* positioner_below(Client& client, ProgramWindow::Anchor anchor, int width,
                                 int height) {
    auto* positioner =
        xdg_wm_base_create_positioner(client.global<xdg_wm_base>(xdg_wm_base_interface));
    client.follow(positioner);
    xdg_positioner_set_size(positioner, width, height);
    xdg_positioner_set_anchor_rect(positioner, anchor.x, anchor.y, anchor.width, anchor.height);
    xdg_positioner_set_anchor(positioner, XDG_POSITIONER_ANCHOR_BOTTOM_LEFT);
    xdg_positioner_set_gravity(positioner, XDG_POSITIONER_GRAVITY_BOTTOM_RIGHT);
    return positioner;
}

ProgramWindow::ProgramWindow(Client& client, const std::string& title, std::uint32_t argb,
                             int width, int height,
                             const std::function<void(xdg_toplevel*)>& before)
    : ProgramSurface(client), width_(width), height_(height), colour_(argb) {
    listen();
    toplevel_ = client_.follow(xdg_surface_get_toplevel(xdg_));
    client_.on(toplevel_, [this](const Event& event) {
        if (event.name == "close") {
            closed = true;
        } else if (event.name == "configure") {
            if (event.number(0) > 0 && event.number(1) > 0) {
                width_ = static_cast<int>(event.number(0));
                height_ = static_cast<int>(event.number(1));
            }
            activated = std::ranges::contains(
                event.arguments[2].array, static_cast<std::uint32_t>(XDG_TOPLEVEL_STATE_ACTIVATED));
        } else if (event.name == "wm_capabilities") {
            capabilities = event.arguments[0].array;
        }
    });
    xdg_toplevel_set_title(toplevel_, title.c_str());
    if (before) {
        before(toplevel_);
    }
    wl_surface_commit(wl());
}

ProgramWindow::ProgramWindow(Client& client, ProgramWindow& parent, Anchor anchor, int width,
                             int height, std::uint32_t argb, std::uint32_t grab_serial)
    : ProgramSurface(client), width_(width), height_(height), colour_(argb) {
    listen();
    auto* positioner = positioner_below(client, anchor, width, height);
    popup_ = client_.follow(xdg_surface_get_popup(xdg_, parent.xdg(), positioner));
    client_.end(positioner, xdg_positioner_destroy);
    client_.on(popup_, [this](const Event& event) {
        if (event.name == "popup_done") {
            closed = true;
        } else if (event.name == "repositioned") {
            repositioned = event.serial(0);
        } else if (event.name == "configure") {
            x = static_cast<int>(event.number(0));
            y = static_cast<int>(event.number(1));
            width_ = static_cast<int>(event.number(2));
            height_ = static_cast<int>(event.number(3));
        }
    });
    if (grab_serial != 0) {
        xdg_popup_grab(popup_, client_.seat(), grab_serial);
    }
    wl_surface_commit(wl());
}

ProgramWindow::~ProgramWindow() {
    if (popup_ != nullptr) {
        client_.end(popup_, xdg_popup_destroy);
    }
    if (toplevel_ != nullptr) {
        client_.end(toplevel_, xdg_toplevel_destroy);
    }
    client_.end(xdg_, xdg_surface_destroy);
}

void ProgramWindow::listen() {
    auto* base = client_.global<xdg_wm_base>(xdg_wm_base_interface);
    client_.on(base, [base](const Event& event) {
        if (event.name == "ping") {
            xdg_wm_base_pong(base, event.serial(0));
        }
    });
    xdg_ = client_.follow(xdg_wm_base_get_xdg_surface(base, wl()));
    client_.on(xdg_, [this](const Event& event) {
        configured = event.serial(0);
        ++configures;
        xdg_surface_ack_configure(xdg_, configured);
        paint();
    });
}

void ProgramWindow::shows(std::uint32_t argb) {
    colour_ = argb;
    // Before its first configure a window may show nothing.
    if (configures > 0) {
        paint();
    }
}

void ProgramWindow::paint() {
    ShmBuffer& buffer = attach(static_cast<int>(std::lround(width_ * scale)),
                               static_cast<int>(std::lround(height_ * scale)), colour_);
    if (paints) {
        paints(buffer);
    }
    wl_surface_commit(wl());
}

}  // namespace leadlight::agent_test
