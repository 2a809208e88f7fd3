// SPDX-License-Identifier: MIT
#include "compositor/policy/placement.hpp"

#include <array>
#include <limits>
#include <utility>
#include <vector>

namespace leadlight::policy {
namespace {

constexpr std::size_t most_others = 16;
constexpr Coordinate cascade = 32;
constexpr Coordinate offset_bound = 16'384;

// What content may fill of `area`, on the output's grid.
Box room(const Box& area, const Insets& frame, const OutputArea& output) {
    const Box inside = area.shrunk(frame);
    const auto& [id, whole, work, scale] = output;
    const Coordinate x = whole.x + scale.snap_up(inside.x - whole.x);
    const Coordinate y = whole.y + scale.snap_up(inside.y - whole.y);
    return {x, y, std::max(scale.step(), scale.snap_down(inside.right() - x)),
            std::max(scale.step(), scale.snap_down(inside.bottom() - y))};
}

Coordinate squared_distance(Point a, Point b) {
    return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

Coordinate covered(const Box& box, std::span<const Box> others) {
    Coordinate sum = 0;
    for (const auto& other : others) {
        sum += area(intersection(box, other));
    }
    return sum;
}

// Where an edge of the window can lie against an edge of another, on one axis.
std::vector<Coordinate> starts(Coordinate low, Coordinate high, Coordinate middle,
                               std::span<const Box> others, Coordinate Box::* origin,
                               Coordinate Box::* extent, Coordinate own) {
    std::vector<Coordinate> out{middle, low, high};
    for (const auto& other : others) {
        for (const auto at : {other.*origin + other.*extent, other.*origin - own}) {
            if (at > low && at < high) {
                out.push_back(at);
            }
        }
    }
    return out;
}

}  // namespace

Box snapped(const Box& content, const OutputArea& output) {
    const auto& [id, whole, work, scale] = output;
    return {whole.x + scale.snap_down(content.x - whole.x),
            whole.y + scale.snap_down(content.y - whole.y),
            std::max(scale.step(), scale.snap_up(content.width)),
            std::max(scale.step(), scale.snap_up(content.height))};
}

Box confined(const Box& content, const Insets& frame, const OutputArea& output) {
    Box box = content;
    box.width = output.scale.snap_up(std::max(box.width, smallest_content));
    box.height = output.scale.snap_up(std::max(box.height, smallest_content));
    // The room lies on the grid, and so does what is cut to it: moving towards its corner stays
    // inside.
    return snapped(cut_into(box, room(output.work, frame, output)), output);
}

Box maximized(const Insets& frame, const OutputArea& output) {
    return room(output.work, frame, output);
}

Box fullscreen(const Insets& frame, const OutputArea& output) {
    return room(output.whole, frame, output);
}

Gathering gathering_of(DomainId domain) {
    // The admin domain is 1, the first of the guests 2.
    const Coordinate low = 1 + (domain.value + 2) / 4 % 4;
    const Coordinate high = 16 - low;
    const std::array<Gathering, 4> quarters{{{high, high}, {low, low}, {high, low}, {low, high}}};
    return quarters.at(domain.value % quarters.size());
}

Box initial_place(Size content, const Insets& frame, const OutputArea& output,
                  std::span<const Box> others, Gathering gathering) {
    others = others.first(std::min(others.size(), most_others));
    const Box bounds = room(output.work, frame, output).grown(frame);
    const Box wished = confined({0, 0, content.width, content.height}, frame, output).grown(frame);
    const Coordinate high_x = bounds.right() - wished.width;
    const Coordinate high_y = bounds.bottom() - wished.height;
    const Point wanted{bounds.x + (high_x - bounds.x) * gathering.x / 16,
                       bounds.y + (high_y - bounds.y) * gathering.y / 16};

    Box best = wished;
    auto least = std::numeric_limits<Coordinate>::max();
    auto nearest = least;
    for (const auto y :
         starts(bounds.y, high_y, wanted.y, others, &Box::y, &Box::height, wished.height)) {
        for (const auto x :
             starts(bounds.x, high_x, wanted.x, others, &Box::x, &Box::width, wished.width)) {
            const Box candidate{x, y, wished.width, wished.height};
            const Coordinate overlap = covered(candidate, others);
            const Coordinate distance = squared_distance({x, y}, wanted);
            if (overlap < least || (overlap == least && distance < nearest)) {
                best = candidate;
                least = overlap;
                nearest = distance;
            }
        }
    }
    best = confined(best.shrunk(frame), frame, output).grown(frame);
    // Two windows in exactly one place look like one: step aside until the corner is free.
    const Coordinate step = output.scale.snap_up(cascade);
    const auto corner_taken = [&] {
        return std::ranges::any_of(
            others, [&](const Box& other) { return other.origin() == best.origin(); });
    };
    for (std::size_t tries = 0; tries < others.size() && corner_taken(); ++tries) {
        best.x = best.x + step > high_x ? bounds.x : best.x + step;
        best.y = best.y + step > high_y ? bounds.y : best.y + step;
    }
    return best.shrunk(frame);
}

bool covers(std::span<const Box> boxes, const Box& box) {
    std::vector<Box> open{box};
    for (const Box& cover : boxes) {
        std::vector<Box> rest;
        for (const Box& part : open) {
            const Box cut = intersection(part, cover);
            if (cut.empty()) {
                rest.push_back(part);
                continue;
            }
            for (const Box& side :
                 {Box{part.x, part.y, part.width, cut.y - part.y},
                  Box{part.x, cut.bottom(), part.width, part.bottom() - cut.bottom()},
                  Box{part.x, cut.y, cut.x - part.x, cut.height},
                  Box{cut.right(), cut.y, part.right() - cut.right(), cut.height}}) {
                if (!side.empty()) {
                    rest.push_back(side);
                }
            }
        }
        open = std::move(rest);
    }
    return open.empty();
}

Box centred_place(Size content, const Box& over, const Insets& frame, const OutputArea& output) {
    const Box size = confined({0, 0, content.width, content.height}, frame, output);
    const Box outer = size.grown(frame);
    const Point middle = over.centre();
    return confined({middle.x - outer.width / 2 + frame.left,
                     middle.y - outer.height / 2 + frame.top, size.width, size.height},
                    frame, output);
}

Box unmanaged_place(const Box& owner, Point offset, Size size, const Insets& frame,
                    const OutputArea& output) {
    return confined({owner.x + std::clamp(offset.x, -offset_bound, offset_bound),
                     owner.y + std::clamp(offset.y, -offset_bound, offset_bound), size.width,
                     size.height},
                    frame, output);
}

Box kept_nameable(const Box& content, const Box& name, std::span<const OutputArea> outputs) {
    const Box wished = name.moved(content.x, content.y);
    const OutputArea* home = &outputs.front();
    auto nearest = std::numeric_limits<Coordinate>::max();
    for (const auto& output : outputs) {
        const auto distance =
            squared_distance(moved_into(wished, output.work).origin(), wished.origin());
        if (distance < nearest) {
            home = &output;
            nearest = distance;
        }
    }
    const Box kept = moved_into(wished, home->work);
    // Onto the grid, but not back past the edge.
    const auto onto_grid = [&](Coordinate at, Coordinate low, Coordinate origin) {
        const Coordinate down = origin + home->scale.snap_down(at - origin);
        return down < low ? down + home->scale.step() : down;
    };
    return {onto_grid(kept.x - name.x, home->work.x - name.x, home->whole.x),
            onto_grid(kept.y - name.y, home->work.y - name.y, home->whole.y), content.width,
            content.height};
}

const OutputArea& home_of(const Box& box, std::span<const OutputArea> outputs) {
    const OutputArea* home = &outputs.front();
    Coordinate most = -1;
    auto nearest = std::numeric_limits<Coordinate>::max();
    for (const auto& output : outputs) {
        const Coordinate shown = area(intersection(box, output.whole));
        const Coordinate distance =
            squared_distance(moved_into(box, output.whole).origin(), box.origin());
        if (shown > most || (shown == most && distance < nearest)) {
            home = &output;
            most = shown;
            nearest = distance;
        }
    }
    return *home;
}

Box rehomed(const Box& content, const Insets& frame, const OutputArea& from, const OutputArea& to) {
    return confined(content.moved(to.work.x - from.work.x, to.work.y - from.work.y), frame, to);
}

}  // namespace leadlight::policy
