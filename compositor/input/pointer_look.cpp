// SPDX-License-Identifier: MIT
#include "compositor/input/pointer_look.hpp"

#include "compositor/desktop/desktop.hpp"
#include "compositor/input/frame_edges.hpp"
#include "compositor/records/sealed_file.hpp"

#include <cstring>
#include <utility>

namespace leadlight::compositor {

using protocol::CursorShape;

void PointerLook::wish(policy::DomainId guest, CursorShape shape) {
    wishes_[guest] = shape;
    changed_ = true;
}

void PointerLook::wish(policy::DomainId guest, const protocol::CursorFile& request,
                       grants::Descriptor file) {
    wishes_[guest] = Waiting{request, std::move(file)};
    changed_ = true;
}

bool PointerLook::read_wishes() {
    if (!std::exchange(changed_, false)) {
        return false;
    }
    for (auto& [domain, wish] : wishes_) {
        if (const auto* waiting = std::get_if<Waiting>(&wish)) {
            wish = read(*waiting);
        }
    }
    return true;
}

PointerLook::Wish PointerLook::read(const Waiting& waiting) {
    const auto& request = waiting.request;
    const std::size_t size = std::size_t{request.width} * request.height * 4;
    const auto bytes = records::read_sealed_file(waiting.file.get(), size);
    if (!bytes) {
        return CursorShape::default_;
    }
    auto picture = std::make_shared<CursorPicture>(theming::Bitmap(request.width, request.height),
                                                   request.hotspot_x, request.hotspot_y);
    std::memcpy(picture->bitmap.pixels.data(), bytes->data(), size);
    return picture;
}

void PointerLook::set_admin_shape(const char* shape) {
    admin_set_ = true;
    cursor_.show(shape);
}

void PointerLook::set_admin_surface(wlr_surface* surface, int hotspot_x, int hotspot_y) {
    admin_set_ = true;
    cursor_.show_surface(surface, hotspot_x, hotspot_y);
}

void PointerLook::forget(policy::DomainId domain) {
    wishes_.erase(domain);
    admin_set_ = admin_set_ && domain != admin_domain;
}

void PointerLook::show(const Hit& hit, policy::DomainId whose, Window* entered, bool held) {
    if (whose == admin_domain) {
        if (!admin_set_) {
            cursor_.show("default");
        }
        return;
    }
    if (const auto wish = wishes_.find(whose); wish != wishes_.end()) {
        const bool over_its_own = hit.in_content() && hit.window->domain() == whose;
        if (show_wish(wish->second, over_its_own, entered)) {
            return;
        }
    }
    const policy::Edges edges =
        hit.window != nullptr && !held ? edges_of(hit.part) : policy::Edges{};
    cursor_.show(edges != policy::Edges{} ? resize_shape(edges) : "default");
}

bool PointerLook::show_wish(const Wish& wish, bool over_its_own, Window* entered) {
    if (const auto* shape = std::get_if<CursorShape>(&wish)) {
        // Over anything else the person sees where the pointer is, though a button is held.
        cursor_.show(*shape != CursorShape::hidden || over_its_own ? *shape
                                                                   : CursorShape::default_);
        return true;
    }
    const auto* picture = std::get_if<std::shared_ptr<const CursorPicture>>(&wish);
    if (picture == nullptr) {
        return true;  // the next frame shows it
    }
    if (entered != nullptr) {
        cursor_.show_picture(*picture, *entered);
    }
    return entered != nullptr;
}

}  // namespace leadlight::compositor
