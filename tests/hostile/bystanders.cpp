// SPDX-License-Identifier: MIT
#include "tests/hostile/bystanders.hpp"

namespace leadlight::hostile {

using fixture::Box;
using fixture::eventually;

Animator::Animator(const std::string& socket)
    : guest_(socket), thread_([this] {
          try {
              animate();
          } catch (const std::exception& failure) {
              const std::scoped_lock lock(mutex_);
              failure_ = failure.what();
          }
      }) {}

Animator::~Animator() {
    ends_ = true;
    thread_.join();
}

void Animator::animate() {
    guest_.joins();
    auto window = guest_.opens("animation", 120, 90);
    for (std::uint32_t colour = 0; !ends_; colour += 0x010203) {
        guest_.commits(window, colour & 0xffffff);
        guest_.forgets();
        ++frames_;
    }
}

void Animator::goes_on() {
    const std::uint64_t before = frames_;
    fixture::wait_until(
        [&] {
            const std::scoped_lock lock(mutex_);
            if (!failure_.empty()) {
                throw std::runtime_error("the animation ended: " + failure_);
            }
            return frames_ > before;
        },
        "the animation stands still");
}

Idler::Idler(fixture::Desk& desk, Control& control)
    : desk_(desk), control_(control), guest_(desk.socket(domain)) {
    guest_.joins();
    window_ = guest_.opens("stillness", 160, 120);
    guest_.commits(window_, 0x336699);
}

void Idler::looks_anew() {
    // `presented` and the title come a moment after `frame`.
    const auto titled = [&] {
        listed_ = control_.windows(domain);
        return listed_.size() == 1 && listed_[0].at("title") == "stillness";
    };
    fixture::wait_until(titled, "the idle window does not come up");
    const auto& json = listed_[0].at("frame_px");
    const Box frame{json.at("x"), json.at("y"), json.at("width"), json.at("height")};
    // Its title is drawn a moment after it was told.
    int same = 0;
    eventually([&] {
        const auto now = desk_.picture();
        const auto inside = [&](int x, int y) { return frame.holds(x, y); };
        same = picture_ && picture_->differences(now, inside) == 0 ? same + 1 : 0;
        picture_ = now;
        return same == 20;
    });
    listed_ = control_.windows(domain);
    last_serial_ = guest_.hears<lp::PointerLeave>().serial;
    guest_.forgets();
}

std::uint64_t Idler::id_of(lp::Violation unknown) const {
    return unknown == lp::Violation::unknown_pool     ? window_.buffer.pool.get()
           : unknown == lp::Violation::unknown_buffer ? window_.buffer.id.get()
                                                      : window_.id.get();
}

void Idler::is_as_before(bool shown) {
    const int heard = guest_.heard_at_all();
    guest_.forgets();
    if (heard != 0) {
        throw std::runtime_error("the idle domain was told something: " + std::to_string(heard));
    }
    if (control_.windows(domain) != listed_) {
        throw std::runtime_error("the idle window changed: " + control_.windows(domain).dump());
    }
    if (!shown) {
        return;
    }
    const auto& json = listed_[0].at("frame_px");
    const Box frame{json.at("x"), json.at("y"), json.at("width"), json.at("height")};
    const auto now = desk_.picture();
    const int different =
        picture_->differences(now, [&](int x, int y) { return frame.holds(x, y); });
    if (different != 0) {
        now.save_png(desk_.folder() / "not-as-before.png");
        throw std::runtime_error("pixels of the idle window changed: " + std::to_string(different));
    }
}

}  // namespace leadlight::hostile
