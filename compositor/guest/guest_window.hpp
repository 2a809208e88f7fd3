// SPDX-License-Identifier: MIT
// A window of a guest: what the guest said of it, and its commits on their way to the screen.
// Everything that reaches this was checked by GuestState.
#pragma once

#include "compositor/desktop/window.hpp"
#include "compositor/policy/places.hpp"
#include "compositor/policy/positioner.hpp"
#include "compositor/scene/content.hpp"
#include "protocol/records.hpp"
#include "shm-grants/descriptor.hpp"
#include "wlr-headers/buffer_lock.hpp"

#include <limits>
#include <optional>
#include <vector>

namespace leadlight::compositor {

class Guest;

class GuestWindow final : public Window {
  public:
    GuestWindow(Guest& guest, protocol::WindowId wire_id, WindowRole role, GuestWindow* parent);
    ~GuestWindow() override;

    Guest& guest() const { return guest_; }
    protocol::WindowId wire_id() const { return wire_id_; }
    GuestWindow* parent() const { return parent_; }
    /// Given with the first configure; names the window's place for a later connection.
    const policy::Token& token() const { return token_; }
    void set_token(const policy::Token& token) { token_ = token; }
    /// What brings it back to where it is.
    policy::Place place() const;

    // What the guest said.
    void commit(const protocol::Commit& record);
    /// The file's size and seals were checked; it holds width * height bytes.
    void set_title(const protocol::TitleStrip& strip, grants::Descriptor file);
    void set_title_text(std::string_view text);
    void set_app_id(std::string_view text);
    void set_limits(const protocol::SizeLimits& limits);
    void set_kind(protocol::WindowType type);
    /// Of popups and unmanaged windows: where they are to be; answered by a configure.
    void place_by(const protocol::Positioner& positioner, std::uint32_t reposition);
    void place_at(policy::Point offset, policy::Size size);  // in physical pixels
    /// A popup's grab begins when it is first shown, if the serial vouches for it still.
    void grabs_when_shown(protocol::Serial serial) { grab_ = serial; }

    // What FramePacer decides.
    void apply();
    void answered(const std::vector<policy::BufferId>& released);
    void presented(policy::Time when, int refresh, std::uint64_t sequence, bool vsync);

    /// The pool is withdrawn: nothing of it is shown or waits to be shown.
    void forget_pool(const Pool& pool);

    void ask_close() override;
    void press_close() override;
    policy::Point carried_offset() const override { return offset_; }
    /// The domain stopped answering, or answers again.
    void responding_changed(bool responding);

  protected:
    std::uint32_t send_configure(const policy::Box& wished) override;
    void fit_content() override;
    policy::Box satellite_place() const override;
    void dismiss() override;
    void minimized_changed() override;
    void output_changed() override;
    void appeared() override;
    void take_title() override;
    void title_room_changed(int room) override;

  private:
    struct Pending {
        std::uint64_t number;
        std::uint32_t configure;
        BufferLock buffer;  // none: unmap
        const Pool* pool = nullptr;
        bool forgotten = false;  // its pool was withdrawn meanwhile: padding
        protocol::Rect source;
        protocol::List<protocol::Rect, 16> damage;
    };
    void show(const Pending& pending);
    policy::Size logical_size(const protocol::Rect& source) const;

    Guest& guest_;
    const protocol::WindowId wire_id_;
    GuestWindow* const parent_;
    policy::Token token_{};
    Content content_;
    const Pool* shown_pool_ = nullptr;
    std::uint64_t first_sequence_ = std::numeric_limits<std::uint64_t>::max();
    std::optional<Pending> pending_;
    struct Strip {
        int width = 0, height = 0;
        grants::Descriptor file;
    };
    std::optional<protocol::SizeLimits> told_limits_;
    std::optional<Strip> strip_;  // the last one, not looked into yet
    // Of a popup or unmanaged window, logical: from the content that it stands on; and by which
    // rules it is placed anew when that moves, if its guest wants so.
    policy::Point offset_;
    policy::Size size_;
    std::optional<policy::PopupRules> reactive_;
    std::uint64_t commits_ = 0;
    std::uint32_t reposition_ = 0;
    protocol::Serial grab_ = 0;
    bool close_was_pressed_ = false;  // since the domain stopped answering
};

}  // namespace leadlight::compositor
