// SPDX-License-Identifier: MIT
#include "compositor/output/outputs.hpp"

#include "compositor/clock.hpp"
#include "compositor/guest/guest.hpp"
#include "compositor/log.hpp"
#include "compositor/output/frame_pacer.hpp"
#include "compositor/output/output.hpp"
#include "compositor/policy/press_guard.hpp"
#include "compositor/server.hpp"
#include "wlr-headers/wlroots.hpp"

#include <algorithm>
#include <array>

namespace leadlight::compositor {

namespace {

// Frames are a whole number of pixels thick only at multiples of 1/4 (theming/units.hpp); between
// them their edges would be blended.
std::uint32_t whole_quarter(std::uint32_t scale) {
    return std::clamp((scale + 15) / 30 * 30, 120U, 480U);
}

std::string clock_text() {
    const std::time_t seconds = std::time(nullptr);
    std::tm local{};
    localtime_r(&seconds, &local);
    std::array<char, 16> text{};
    std::strftime(text.data(), text.size(), "%H:%M", &local);
    return text.data();
}

}  // namespace

Outputs::Outputs(Server& server)
    : server_(server),
      new_output_(server.backend->events.new_output, [this](wlr_output* output) { add(output); }),
      update_timer_(server.loop, [this] { update(); }),
      bar_timer_(server.loop, [this] { paint_bars(); }),
      clock_timer_(server.loop, [this] { paint_bars(); }) {}

Outputs::~Outputs() = default;

std::vector<Output*> Outputs::all() const {
    std::vector<Output*> all;
    for (const auto& output : outputs_) {
        if (output->wlr()->enabled) {
            all.push_back(output.get());
        }
    }
    return all;
}

Output* Outputs::find(policy::OutputId id) const {
    for (const auto& output : outputs_) {
        if (output->id() == id) {
            return output.get();
        }
    }
    return nullptr;
}

Output* Outputs::of(const wlr_output* wanted) const {
    for (const auto& output : outputs_) {
        if (output->wlr() == wanted) {
            return output.get();
        }
    }
    return nullptr;
}

Output* Outputs::at(double layout_x, double layout_y) const {
    return of(wlr_output_layout_output_at(server_.output_layout, layout_x, layout_y));
}

std::vector<policy::OutputArea> Outputs::areas() const {
    std::vector<policy::OutputArea> areas;
    for (const Output* output : all()) {
        areas.push_back(output->area());
    }
    return areas;
}

void Outputs::add(wlr_output* wlr) {
    wlr_output_init_render(wlr, server_.allocator, server_.renderer);
    outputs_.push_back(std::make_unique<Output>(server_, wlr, policy::OutputId{++last_id_}));
    Output& output = *outputs_.back();
    const auto& wishes = server_.options().outputs;
    if (added_ < wishes.size()) {
        output.wish_ = wishes[added_];
    } else if (!wlr_output_preferred_mode(wlr)) {
        output.wish_ = {.width = wlr->width, .height = wlr->height, .scale = policy::Scale()};
    }
    ++added_;
    apply(output, find_output(configs_, wlr->name));
    log_info(std::string("output ") + wlr->name + " is here");
}

void Outputs::apply(Output& output, const OutputConfig* config) {
    const auto& wish = output.wish_;
    wlr_output* wlr = output.output_;

    wlr_output_state state;
    wlr_output_state_init(&state);
    const bool enabled = !config || config->enabled;
    wlr_output_state_set_enabled(&state, enabled);
    if (enabled) {
        const bool needs_mode = output.needs_mode_ || !wlr->enabled;
        if (config && config->mode) {
            wlr_output_state_set_custom_mode(&state, config->mode->width, config->mode->height,
                                             config->mode->refresh);
        } else if (needs_mode && wish) {
            wlr_output_state_set_custom_mode(&state, wish->width, wish->height, 0);
        } else if (wlr_output_mode* mode = wlr_output_preferred_mode(wlr); needs_mode && mode) {
            wlr_output_state_set_mode(&state, mode);
        }
        const std::uint32_t scale = config && config->scale ? *config->scale
                                    : wish && wish->scale != policy::Scale()
                                        ? wish->scale.in_120ths()
                                        : default_scale_;
        wlr_output_state_set_scale(&state, static_cast<float>(whole_quarter(scale)) / 120.0F);
    }
    output.is_owed_ = !wlr_output_commit_state(wlr, &state);
    if (!output.is_owed_) {
        // One of the configuration's is taken back with its line.
        output.needs_mode_ = config && config->mode;
    } else {
        log_warning(std::string("output ") + wlr->name + " does not take its mode");
    }
    wlr_output_state_finish(&state);

    if (!wlr->enabled) {
        wlr_output_layout_remove(server_.output_layout, wlr);
        output.scene_output_ = nullptr;
    } else {
        wlr_output_layout_output* place =
            config && config->position
                ? wlr_output_layout_add(server_.output_layout, wlr,
                                        static_cast<int>(config->position->x),
                                        static_cast<int>(config->position->y))
                : wlr_output_layout_add_auto(server_.output_layout, wlr);
        if (!output.scene_output_) {
            output.scene_output_ = wlr_scene_get_scene_output(server_.scene, wlr);
            if (!output.scene_output_) {
                output.scene_output_ = wlr_scene_output_create(server_.scene, wlr);
            }
            wlr_scene_output_layout_add_output(server_.scene_layout, place, output.scene_output_);
        }
    }
    update();
}

void Outputs::configure(std::vector<OutputConfig> outputs, std::uint32_t scale) {
    const auto before = std::exchange(configs_, std::move(outputs));
    const bool other_scale = std::exchange(default_scale_, scale) != scale;
    for (const auto& output : outputs_) {
        const OutputConfig* now = find_output(configs_, output->wlr()->name);
        const OutputConfig* then = find_output(before, output->wlr()->name);
        // A window of another desktop keeps the size that the person gave it.
        if (now || then || other_scale || output->is_owed_) {
            apply(*output, now);
        }
    }
}

void Outputs::remove(Output& output) {
    log_info(std::string("output ") + output.wlr()->name + " is gone");
    server_.pacer->output_gone(output.id());
    std::erase_if(outputs_, [&](const auto& each) { return each.get() == &output; });
    update_timer_.set(now());  // the layout still knows it
}

void Outputs::set_work_area(Output& output, const policy::Box& usable) {
    output.usable_ = usable;
    update();
}

void Outputs::set_mode_text(const std::string& text, bool keys_nowhere) {
    if (mode_ != text || keys_nowhere_ != keys_nowhere) {
        mode_ = text;
        keys_nowhere_ = keys_nowhere;
        repaint_bars();
    }
}

void Outputs::set_keys_to(std::optional<theming::Identity> identity) {
    if (keys_to_ != identity) {
        keys_to_ = std::move(identity);
        repaint_bars();
    }
}

void Outputs::layout_changed() {
    update_timer_.set(now());
}

void Outputs::update() {
    int fastest = 0;
    for (const auto& output : outputs_) {
        if (output->wlr()->enabled) {
            fastest = std::max(fastest, output->refresh());
            output->update_area();
        }
        server_.pacer->output_changed(*output);
    }
    constexpr int usual = 60'000;
    server_.ledger.set_period(policy::Time{1'000'000'000'000 / (fastest > 0 ? fastest : usual)});
    server_.desktop->outputs_changed();
    for (Domain* domain : server_.domains->all()) {
        if (Guest* guest = domain->guest()) {
            guest->send_output();
        }
    }
    paint_bars();
}

void Outputs::settled() {
    for (const Output* output : all()) {
        const Window* filling = server_.desktop->fills(*output);
        if (output->filled_by_ != (filling ? filling->id() : policy::WindowId{})) {
            return repaint_bars();
        }
    }
}

void Outputs::repaint_bars() {
    // A guest can change the focus among its windows as fast as it can speak.
    constexpr policy::Time between = std::chrono::milliseconds{16};
    bar_timer_.set(std::max(now(), bars_painted_ + between));
}

void Outputs::paint_bars() {
    bars_painted_ = now();
    theming::TrustedBar bar;
    if (keys_nowhere_) {
        bar.focused = {};
    } else if (keys_to_) {
        bar.focused = keys_to_;
    } else if (const Window* window = server_.desktop->focused()) {
        bar.focused = window->identity();
    }
    bar.mode = mode_;
    if (server_.options().clock) {
        bar.clock = clock_text();
        const auto second = std::chrono::seconds(std::time(nullptr) % 60);
        clock_timer_.set(now() + std::chrono::minutes{1} - second);
    }
    std::vector<policy::DomainId> asking;
    for (auto& [domain, identity] : server_.desktop->asking()) {
        asking.push_back(domain);
        bar.attention.push_back(std::move(identity));
    }
    if (asking != asking_) {
        asking_ = asking;
        asking_since_ = now();
    }
    for (Output* output : all()) {
        const Window* filling = server_.desktop->fills(*output);
        output->filled_by_ = filling ? filling->id() : policy::WindowId{};
        bar.below = filling ? std::optional(filling->identity()) : std::nullopt;
        if (bar.below == bar.focused) {
            bar.below.reset();
        }
        output->paint_bar(bar);
    }
}

policy::DomainId Outputs::asking_at(double layout_x, double layout_y) const {
    const Output* output = at(layout_x, layout_y);
    if (!output || now() - asking_since_ < policy::PressGuard::interval) {
        return {};
    }
    const auto chip = output->chip_at(layout_x, layout_y);
    return chip && *chip < asking_.size() ? asking_[*chip] : policy::DomainId{};
}

}  // namespace leadlight::compositor
