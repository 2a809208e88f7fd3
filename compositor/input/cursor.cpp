// SPDX-License-Identifier: MIT
#include "compositor/input/cursor.hpp"

#include "compositor/scene/bitmap_node.hpp"
#include "compositor/server.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace leadlight::compositor {

namespace {

// Logical pixels on a side: more could imitate a window (rule 1).
constexpr int most_of_picture = 64;
// The same of an admin program's surface, which is above all there is; and how far from the pointer
// it may lie.
constexpr int most_of_surface = 128;
constexpr const char* no_shape = "none";

}  // namespace

Cursor::Cursor(Server& server, const Appearance& appearance)
    : server_(server), cursor_(wlr_cursor_create()) {
    wlr_cursor_attach_output_layout(cursor_, server.output_layout);
    configure(appearance);
}

Cursor::~Cursor() {
    drop_picture();
    wlr_cursor_destroy(cursor_);
    wlr_xcursor_manager_destroy(theme_);
}

void Cursor::configure(const Appearance& appearance) {
    const char* name = appearance.cursor_theme.empty() ? nullptr : appearance.cursor_theme.c_str();
    auto* theme =
        wlr_xcursor_manager_create(name, static_cast<std::uint32_t>(appearance.cursor_size));
    std::swap(theme_, theme);
    const std::string shape = std::exchange(shown_, {});
    set_ours(shape.empty() ? "default" : shape.c_str());
    if (theme != nullptr) {
        wlr_xcursor_manager_destroy(theme);
    }
}

void Cursor::show(const char* shape) {
    drop_picture();
    set_ours(shape);
}

void Cursor::set_ours(const char* shape) {
    if (shown_ == shape) {
        return;
    }
    shown_ = shape;
    surface_.reset();
    if (shown_ == no_shape) {
        wlr_cursor_unset_image(cursor_);
        return;
    }
    // Themes differ in what they have.
    wlr_xcursor_manager_load(theme_, 1);
    const bool known = wlr_xcursor_manager_get_xcursor(theme_, shape, 1) != nullptr;
    wlr_cursor_set_xcursor(cursor_, theme_, known ? shape : "default");
}

void Cursor::show(protocol::CursorShape shape) {
    if (shape == protocol::CursorShape::hidden) {
        hide();
    } else {
        show(protocol::name_of(shape).data());  // a literal, so it ends with a NUL
    }
}

void Cursor::show_surface(wlr_surface* surface, int hotspot_x, int hotspot_y) {
    drop_picture();
    shown_.clear();
    surface_.reset();
    wlr_cursor_set_surface(cursor_, surface, hotspot_x, hotspot_y);
    if (surface == nullptr) {
        return;
    }
    surface_ = std::make_unique<AdminSurface>();
    surface_->hotspot = {hotspot_x, hotspot_y};
    surface_->gone.connect(surface->events.destroy, [this] { surface_.reset(); });
    const auto look = [this, surface] {
        const auto [x, y] = surface_->hotspot;
        if (std::max(surface->current.width, surface->current.height) > most_of_surface ||
            std::max(std::abs(x), std::abs(y)) > most_of_surface) {
            show("default");
        }
    };
    surface_->commit.connect(surface->events.commit, [this, surface, look] {
        surface_->hotspot.x -= surface->current.dx;
        surface_->hotspot.y -= surface->current.dy;
        look();
    });
    look();
}

void Cursor::hide() {
    show(no_shape);
}

void Cursor::show_picture(std::shared_ptr<const CursorPicture> picture, Window& window) {
    if (node_ != nullptr && window_ == &window && picture_ == picture) {
        follow();
        return;
    }
    drop_picture();
    picture_ = std::move(picture);
    window_ = &window;
    node_ = create_bitmap_node(window.content_tree());
    node_gone_.connect(node_->node.events.destroy, [this] {
        node_ = nullptr;
        window_ = nullptr;
        picture_.reset();
        node_gone_.disconnect();
    });
    // Else the pointer would always be on its own picture.
    node_->point_accepts_input = [](wlr_scene_buffer*, double*, double*) { return false; };
    const theming::Bitmap& bitmap = picture_->bitmap;
    set_bitmap(node_, bitmap, bitmap.width, bitmap.height, /*opaque=*/false);
    follow();
}

void Cursor::drop_picture() {
    if (node_ != nullptr) {
        wlr_scene_node_destroy(&node_->node);
    }
}

void Cursor::content_fitted(const Window& window) {
    if (window_ == &window) {
        follow();
    }
}

void Cursor::follow() {
    if (node_ == nullptr) {
        return;
    }
    // Everything in whole physical pixels of the window, as its content is.
    const double scale = window_->seen_scale().in_120ths() / 120.0;
    const auto [x, y] = Desktop::content_point(*window_, cursor_->x, cursor_->y);
    const policy::Size content = window_->seen_scale().to_physical(window_->seen_box().size());
    const auto most = static_cast<policy::Coordinate>(most_of_picture * scale);
    const policy::Box picture{std::lround(x) - picture_->hotspot_x,
                              std::lround(y) - picture_->hotspot_y,
                              std::min<policy::Coordinate>(picture_->bitmap.width, most),
                              std::min<policy::Coordinate>(picture_->bitmap.height, most)};
    const policy::Box shown = policy::intersection(picture, {0, 0, content.width, content.height});
    // With a button held the pointer may be beyond the content, or over what covers it.
    const Hit hit = server_.desktop->at(cursor_->x, cursor_->y);
    const bool seen = hit.window == window_ && hit.in_content() && !shown.empty();
    wlr_scene_node_set_enabled(&node_->node, seen);
    set_ours(seen ? no_shape : "default");
    if (!seen) {
        return;
    }
    const wlr_fbox source{static_cast<double>(shown.x - picture.x),
                          static_cast<double>(shown.y - picture.y),
                          static_cast<double>(shown.width), static_cast<double>(shown.height)};
    const auto logical = [scale](policy::Coordinate pixels) {
        return static_cast<int>(std::lround(static_cast<double>(pixels) / scale));
    };
    wlr_scene_buffer_set_source_box(node_, &source);
    wlr_scene_buffer_set_dest_size(node_, std::max(1, logical(shown.width)),
                                   std::max(1, logical(shown.height)));
    wlr_scene_node_set_position(&node_->node, logical(shown.x), logical(shown.y));
    wlr_scene_node_raise_to_top(&node_->node);
}

}  // namespace leadlight::compositor
