// SPDX-License-Identifier: MIT
#include "compositor/guest/guest_window.hpp"

#include "compositor/clock.hpp"
#include "compositor/desktop/desktop.hpp"
#include "compositor/guest/guest.hpp"
#include "compositor/guest/guest_listener.hpp"
#include "compositor/records/sealed_file.hpp"
#include "compositor/server.hpp"
#include "wlr-headers/wlroots.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace leadlight::compositor {

using namespace protocol;

namespace {

// What is shown is never larger than the guest's pixels where the scale makes that a choice.
policy::Coordinate to_logical(int physical, policy::Scale scale) {
    const policy::Coordinate doubled = std::int64_t{physical} * policy::Scale::one;
    const policy::Coordinate divided = doubled / scale.in_120ths();
    return doubled % scale.in_120ths() < 0 ? divided - 1 : divided;
}

policy::Side to_side(Direction direction) {
    using enum Direction;
    policy::Side side;
    if (direction == left || direction == top_left || direction == bottom_left) {
        side.x = -1;
    } else if (direction == right || direction == top_right || direction == bottom_right) {
        side.x = 1;
    }
    if (direction == top || direction == top_left || direction == top_right) {
        side.y = -1;
    } else if (direction == bottom || direction == bottom_left || direction == bottom_right) {
        side.y = 1;
    }
    return side;
}

wlr_scene_tree* tree_for(Guest& guest, const GuestWindow* parent) {
    return parent ? parent->popup_tree() : guest.server().layers.windows;
}

}  // namespace

GuestWindow::GuestWindow(Guest& guest, protocol::WindowId wire_id, WindowRole role,
                         GuestWindow* parent)
    : Window(*guest.server().desktop, guest.id(), role, guest.identity(), tree_for(guest, parent)),
      guest_(guest), wire_id_(wire_id), parent_(parent), content_(content_tree_) {}

GuestWindow::~GuestWindow() = default;

policy::Size GuestWindow::logical_size(const protocol::Rect& source) const {
    return {std::max<policy::Coordinate>(1, to_logical(source.width, scale_)),
            std::max<policy::Coordinate>(1, to_logical(source.height, scale_))};
}

void GuestWindow::commit(const protocol::Commit& record) {
    Pending pending{.number = ++commits_, .configure = record.configure, .buffer = {}};
    policy::BufferId id;
    if (!record.layers.empty()) {
        const Layer& layer = record.layers[0];
        const auto& buffer = guest_.buffer(layer.buffer);
        id = buffer.id;
        pending.buffer = BufferLock(buffer.view->wlr());
        pending.pool = buffer.pool;
        pending.source = layer.source;
        pending.damage = layer.damage;
        auto& pixels = guest_.server().statistics.damaged_pixels;
        for (const auto& rect : layer.damage) {
            pixels += std::uint64_t{rect.width} * rect.height;
        }
        // Before pacing hears of it: which output's frame carries it depends on the place.
        desktop_.place(*this, logical_size(layer.source));
    }
    // A commit that was not applied yet is replaced; what it damaged is stale all the same.
    if (pending_ && pending_->buffer && pending.buffer) {
        for (const auto& rect : pending_->damage) {
            if (!pending.damage.push_back(rect)) {
                pending.damage.clear();
                pending.damage.push_back(pending.source);
                break;
            }
        }
    }
    pending_ = std::move(pending);
    guest_.server().pacer->commit(*this, commits_, id);
}

void GuestWindow::apply() {
    if (!pending_) {
        return;
    }
    const Pending pending = std::move(*pending_);
    pending_.reset();
    // Another size, a window that comes or one that goes cost far more than the record did. (What
    // is laid out for it has a budget of its own.)
    const policy::Time start = now();
    show(pending);
    guest_.server().ledger.spend(domain(), now() - start);
}

void GuestWindow::show(const Pending& pending) {
    if (pending.buffer) {
        content_.show(pending.buffer.get(), pending.source, pending.damage.span());
        shown_pool_ = pending.pool;
    } else {
        content_.clear();
        shown_pool_ = nullptr;
        if (!pending.forgotten) {
            desktop_.unmap(*this);
            return;
        }
    }
    desktop_.content_answers(*this, pending.configure, logical_size(pending.source));
    desktop_.map(*this, logical_size(pending.source));
}

// Vouched for when it was asked, and still: the person has not turned to another domain since, and
// sees what takes the next press.
void GuestWindow::appeared() {
    if (const Serial grab = std::exchange(grab_, 0);
        guest_.vouched(grab) && desktop_.is_open(*this)) {
        if (auto* listener = guest_.server().guest_listener) {
            listener->popup_grabs(*this);
        }
    }
}

void GuestWindow::answered(const std::vector<policy::BufferId>& released) {
    guest_.state().frame_sent(wire_id_);
    guest_.release(released);
    guest_.send(protocol::Frame{wire_id_});
}

void GuestWindow::presented(policy::Time when, int refresh, std::uint64_t sequence, bool vsync) {
    // From 1 on: the output's own count would be one for all domains, and a clock that they share.
    if (sequence < first_sequence_) {
        first_sequence_ = sequence;
    }
    const auto age = std::max<std::int64_t>(0, (now() - when).count() / 1000);
    guest_.send(Presented{.window = wire_id_,
                          .age = static_cast<std::uint32_t>(std::min<std::int64_t>(age, 1'000'000)),
                          .refresh = static_cast<std::uint32_t>(std::max(refresh, 0)),
                          .sequence = sequence - first_sequence_ + 1,
                          .vsync = vsync});
}

void GuestWindow::forget_pool(const Pool& pool) {
    if (pending_ && pending_->pool == &pool) {
        pending_->buffer = {};
        pending_->pool = nullptr;
        pending_->forgotten = true;
    }
    if (shown_pool_ == &pool) {
        content_.clear();
        shown_pool_ = nullptr;
    }
}

// However many come in a refresh, one is read.
void GuestWindow::set_title(const protocol::TitleStrip& strip, grants::Descriptor file) {
    strip_ = {.width = strip.width, .height = strip.height, .file = std::move(file)};
    desktop_.touch(*this);
}

void GuestWindow::take_title() {
    const auto strip = std::exchange(strip_, std::nullopt);
    if (!strip) {
        return;
    }
    theming::TextStrip text{.width = strip->width, .height = strip->height, .a8 = {}};
    text.a8.resize(static_cast<std::size_t>(strip->width) *
                   static_cast<std::size_t>(strip->height));
    if (const auto bytes = records::read_sealed_file(strip->file.get(), text.a8.size())) {
        std::memcpy(text.a8.data(), bytes->data(), text.a8.size());
        frame_.set_title(std::move(text));
    }
}

void GuestWindow::set_title_text(std::string_view text) {
    title_ = text;
    // Of no text no strip comes.
    if (text.empty()) {
        strip_.reset();
        frame_.set_title({});
        desktop_.touch(*this);
    }
}

void GuestWindow::set_app_id(std::string_view text) {
    app_id_ = text;
}

void GuestWindow::set_limits(const protocol::SizeLimits& limits) {
    told_limits_ = limits;
    output_changed();
}

// What the guest said is in physical pixels, and holds on whichever output the window is.
void GuestWindow::output_changed() {
    if (!told_limits_) {
        return;
    }
    const protocol::SizeLimits& limits = *told_limits_;
    const auto size = [&](ExtentOrNone width, ExtentOrNone height) {
        return policy::Size{to_logical(width, scale_), to_logical(height, scale_)};
    };
    const policy::Box room = policy::maximized(insets(), desktop_.area_of(*this));
    limits_ = policy::SizeLimits(
        policy::SizeHints{.least = size(limits.min_width, limits.min_height),
                          .greatest = size(limits.max_width, limits.max_height),
                          .base = size(limits.base_width, limits.base_height),
                          .increment = size(limits.step_width, limits.step_height),
                          // Ratios, the same at any scale.
                          .least_aspect = {limits.min_aspect_width, limits.min_aspect_height},
                          .greatest_aspect = {limits.max_aspect_width, limits.max_aspect_height}},
        room.size());
}

void GuestWindow::set_kind(WindowType type) {
    using enum WindowType;
    opening_ = type == dialog || type == splash ? Opening::centred
               : type == utility                ? Opening::beside_parent
                                                : Opening::ordinary;
}

void GuestWindow::place_by(const Positioner& positioner, std::uint32_t reposition) {
    const auto area = desktop_.area_of(*parent_);
    const auto logical = [&](int physical) { return to_logical(physical, area.scale); };
    const policy::PopupRules rules{
        .size = {logical(positioner.width), logical(positioner.height)},
        .anchor_rect = {logical(positioner.anchor_x), logical(positioner.anchor_y),
                        logical(positioner.anchor_width), logical(positioner.anchor_height)},
        .anchor = to_side(positioner.anchor),
        .gravity = to_side(positioner.gravity),
        .adjustment = {.slide_x = positioner.adjustment.has(Adjustment::slide_x),
                       .slide_y = positioner.adjustment.has(Adjustment::slide_y),
                       .flip_x = positioner.adjustment.has(Adjustment::flip_x),
                       .flip_y = positioner.adjustment.has(Adjustment::flip_y),
                       .resize_x = positioner.adjustment.has(Adjustment::resize_x),
                       .resize_y = positioner.adjustment.has(Adjustment::resize_y)},
        .offset = {logical(positioner.offset_x), logical(positioner.offset_y)}};
    const policy::Point origin = parent_->content_box().origin();
    const policy::Box box = policy::place_popup(rules, origin, insets(), area);
    offset_ = {box.x - origin.x, box.y - origin.y};
    size_ = box.size();
    reactive_ = positioner.reactive ? std::optional(rules) : std::nullopt;
    reposition_ = reposition;
    desktop_.place_satellite(*this, box);
}

void GuestWindow::place_at(policy::Point offset, policy::Size size) {
    const auto area = desktop_.area_of(*parent_);
    const auto logical = [&](policy::Coordinate physical) {
        return to_logical(static_cast<int>(physical), area.scale);
    };
    offset_ = {logical(offset.x), logical(offset.y)};
    size_ = {logical(size.width), logical(size.height)};
    desktop_.place_satellite(*this, satellite_place());
}

policy::Box GuestWindow::satellite_place() const {
    const auto area = desktop_.area_of(*parent_);
    const policy::Box& parent = parent_->content_box();
    return reactive_ ? policy::place_popup(*reactive_, parent.origin(), insets(), area)
                     : policy::unmanaged_place(parent, offset_, size_, insets(), area);
}

void GuestWindow::ask_close() {
    guest_.send(Close{wire_id_});
}

void GuestWindow::responding_changed(bool responding) {
    close_was_pressed_ = false;
    set_note(responding ? "" : "(not responding)");
}

// `kill` first: a domain that wakes up later ends the program then. It cannot be waited for, so the
// connection ends with all its windows.
void GuestWindow::press_close() {
    if (guest_.responding()) {
        ask_close();
    } else if (!std::exchange(close_was_pressed_, true)) {
        ask_close();
        set_note("(not responding: close again to end it)");
    } else {
        guest_.send(Kill{wire_id_});
        guest_.end_soon();
    }
}

std::uint32_t GuestWindow::send_configure(const policy::Box& wished) {
    const auto area = desktop_.area_of(*this);
    Configure configure{.window = wire_id_, .serial = guest_.state().next_configure(wire_id_)};
    const auto extent = [](policy::Coordinate value) { return ExtentOrNone::clamped(value); };
    if (!wished.empty()) {
        const policy::Size size = scale_.to_physical(wished.size());
        configure.width = extent(size.width);
        configure.height = extent(size.height);
    }
    const policy::Size bounds = area.scale.to_physical(policy::maximized(insets(), area).size());
    configure.bounds_width = extent(bounds.width);
    configure.bounds_height = extent(bounds.height);
    configure.scale = protocol::Scale::clamped(scale_.in_120ths());
    configure.token = token_;
    configure.states.set(WindowState::activated, states_.activated);
    configure.states.set(WindowState::maximized, states_.maximized);
    configure.states.set(WindowState::fullscreen, states_.fullscreen);
    configure.states.set(WindowState::resizing, states_.resizing);
    configure.states.set(WindowState::suspended, states_.minimized);
    if (parent_) {
        const policy::Point origin = parent_->content_box().origin();
        configure.x = protocol::Coordinate::clamped(scale_.to_physical(wished.x - origin.x));
        configure.y = protocol::Coordinate::clamped(scale_.to_physical(wished.y - origin.y));
        configure.reposition = std::exchange(reposition_, 0);
    }
    guest_.send(configure);
    return configure.serial;
}

void GuestWindow::fit_content() {
    content_.fit(content_box().size(), scale_);
}

policy::Place GuestWindow::place() const {
    const bool filled = states_.maximized || states_.fullscreen;
    return {.content = filled && !restore_box_.empty() ? restore_box_ : wished_box(),
            .height = desktop_.height_of(*this),
            .maximized = states_.maximized,
            .fullscreen = states_.fullscreen,
            .minimized = states_.minimized || opens_minimized_};
}

void GuestWindow::dismiss() {
    guest_.send(PopupDone{wire_id_});
}

void GuestWindow::minimized_changed() {
    guest_.send(Hidden{wire_id_, states_.minimized});
}

void GuestWindow::title_room_changed(int room) {
    if (room > 0) {
        guest_.send(TitleStyle{.window = wire_id_,
                               .scale = protocol::Scale::clamped(scale_.in_120ths()),
                               .max_width = Bounded<std::uint16_t, 1, 2048>::clamped(room)});
    }
}

}  // namespace leadlight::compositor
