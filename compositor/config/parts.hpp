// SPDX-License-Identifier: MIT
// The parts of the file, each read by a function of its own.
#pragma once

#include "compositor/config/config.hpp"
#include "compositor/config/section.hpp"

namespace leadlight::compositor {

/// [label.NAME], before the domains that use them.
void read_labels(Section labels, Config& config);
void read_domains(Section domains, Config& config);
/// After labels and domains, and even if the file has no such section.
void read_unknown_domains(std::optional<Section> unknown, Config& config);
void read_keys(Section keys, Config& config);
void read_input(Section input, Config& config);
void read_outputs(Section outputs, Config& config);
void read_appearance(Section appearance, Config& config);
void read_limits(Section limits, Config& config);

/// Hotkeys that are there unless the file says otherwise.
policy::Hotkeys default_hotkeys();

/// The scale of a section in 1/120.
std::optional<std::uint32_t> read_scale(Section& section);

}  // namespace leadlight::compositor
