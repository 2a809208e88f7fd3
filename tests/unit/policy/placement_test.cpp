// SPDX-License-Identifier: MIT
// Rule 1's part of placement: what a guest chose lies wholly inside; and the grid of the scale.
#include "compositor/policy/placement.hpp"
#include "compositor/policy/positioner.hpp"

#include "tests/unit/policy/random.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

namespace leadlight::policy {
namespace {

constexpr Insets frame{4, 28, 4, 4};
const OutputArea full_hd{{1}, {0, 0, 1920, 1080}, {0, 32, 1920, 1048}, Scale(120)};
const OutputArea beside{{2}, {1920, 0, 1536, 864}, {1920, 0, 1536, 864}, Scale(150)};

bool on_grid(const Box& content, const OutputArea& output) {
    const auto whole = [&](Coordinate at) { return at * output.scale.in_120ths() % 120 == 0; };
    return whole(content.x - output.whole.x) && whole(content.y - output.whole.y) &&
           whole(content.width) && whole(content.height);
}

bool inside(const Box& content, const Insets& around, const OutputArea& output) {
    return output.work.contains(content.grown(around));
}

OutputArea random_output(test::Random& random) {
    constexpr std::array scales{120u, 150u, 180u, 240u, 132u, 90u, 300u};
    const Box whole{random.between(-4000, 4000), random.between(-4000, 4000),
                    random.between(640, 5000), random.between(480, 3000)};
    Box work = whole;
    work.y += random.between(0, 40);
    work.height -= 80;
    return {{1}, whole, work, Scale(scales[random.below(scales.size())])};
}

Coordinate hostile(test::Random& random, Coordinate bound) {
    const std::array edges{-bound, Coordinate{-1}, Coordinate{0}, Coordinate{1}, bound};
    return random.once_in(4) ? edges[random.below(edges.size())] : random.between(-bound, bound);
}

TEST_CASE("the grid of a scale makes physical pixels whole") {
    CHECK(Scale(120).step() == 1);
    CHECK(Scale(240).step() == 1);
    CHECK(Scale(180).step() == 2);
    CHECK(Scale(150).step() == 4);
    CHECK(Scale(0).in_120ths() == Scale::least);
    for (std::uint32_t value = Scale::least; value <= Scale::greatest; ++value) {
        const Scale scale(value);
        for (const Coordinate at : {-7919, -121, -1, 0, 1, 119, 401, 16'384}) {
            const auto down = scale.snap_down(at);
            const auto up = scale.snap_up(at);
            REQUIRE(down * value % 120 == 0);
            REQUIRE(up * value % 120 == 0);
            REQUIRE((down <= at && at < down + scale.step()));
            REQUIRE((up >= at && at > up - scale.step()));
            if (at >= 0) {  // enough room, and not a grid step more
                const auto held = scale.to_logical(at);
                REQUIRE(scale.to_physical(held) >= at);
                REQUIRE((held == 0 || scale.to_physical(held - scale.step()) < at));
            }
        }
    }
}

TEST_CASE("whatever a guest asks for lies inside one work area, frame and all, on the grid") {
    test::for_seeds(3000, [](test::Random& random) {
        const auto output = random_output(random);
        const Box asked{hostile(random, 40'000), hostile(random, 40'000), hostile(random, 16'384),
                        hostile(random, 16'384)};
        const Box got = confined(asked, frame, output);
        CHECK(inside(got, frame, output));
        CHECK(on_grid(got, output));
        CHECK(got.width >= smallest_content);
        CHECK(got.height >= smallest_content);
        // Cut where the screen ends, and for nothing else.
        const Box room = maximized(frame, output);
        CHECK(got.width >= std::min(asked.width, room.width));
        CHECK(got.height >= std::min(asked.height, room.height));

        const Box child = unmanaged_place(got, {hostile(random, 1 << 30), hostile(random, 1 << 30)},
                                          asked.size(), frame, output);
        CHECK(inside(child, frame, output));
        CHECK(on_grid(child, output));
    });
}

TEST_CASE("maximized and fullscreen keep the frame on the screen") {
    test::for_seeds(300, [](test::Random& random) {
        const auto output = random_output(random);
        const Box most = maximized(frame, output);
        CHECK(inside(most, frame, output));
        CHECK(on_grid(most, output));
        CHECK(most.width > output.work.width - frame.left - frame.right - 2 * output.scale.step());
        const Box all = fullscreen(frame, output);
        CHECK(output.whole.contains(all.grown(frame)));
        CHECK(on_grid(all, output));
    });
}

TEST_CASE("the first window opens in the centre, others beside it while there is room") {
    std::vector<Box> frames;
    const Size size{600, 400};
    const Box first = initial_place(size, frame, full_hd, frames);
    CHECK(std::abs(first.grown(frame).centre().x - full_hd.work.centre().x) <= 1);
    CHECK(std::abs(first.grown(frame).centre().y - full_hd.work.centre().y) <= 1);
    frames.insert(frames.begin(), first.grown(frame));
    for (int i = 0; i < 4; ++i) {
        const Box next = initial_place(size, frame, full_hd, frames);
        CHECK(inside(next, frame, full_hd));
        const bool covers_nothing = std::ranges::none_of(frames, [&](const Box& other) {
            return area(intersection(next.grown(frame), other)) > 0;
        });
        CHECK((i >= 2 || covers_nothing));  // left and right of the first
        frames.insert(frames.begin(), next.grown(frame));
    }
}

TEST_CASE("windows of domains beside each other, though none is placed by what another has") {
    const Size size{800, 400};
    std::vector<Box> frames;
    for (std::uint32_t domain = 1; domain <= 4; ++domain) {
        const Box one =
            initial_place(size, frame, full_hd, {}, gathering_of(DomainId{domain})).grown(frame);
        CHECK(full_hd.work.contains(one));
        for (const Box& other : frames) {
            CHECK(one.origin() != other.origin());
            CHECK(area(intersection(one, other)) < area(one) / 4);
        }
        frames.push_back(one);
    }
    // Of the domains after these none lies where another does.
    for (std::uint32_t domain = 5; domain <= 16; ++domain) {
        const Box one =
            initial_place(size, frame, full_hd, {}, gathering_of(DomainId{domain})).grown(frame);
        CHECK(full_hd.work.contains(one));
        CHECK(std::ranges::none_of(
            frames, [&](const Box& other) { return one.origin() == other.origin(); }));
        frames.push_back(one);
    }
    // The second one of a domain is beside its own first.
    const std::array own{frames.front()};
    const Box second = initial_place(size, frame, full_hd, own, gathering_of({1})).grown(frame);
    CHECK(area(intersection(second, own.front())) == 0);
}

TEST_CASE("a box is covered when every pixel of it is, by whichever others") {
    const Box box{10, 10, 100, 50};
    CHECK(!covers({}, box));
    CHECK(covers(std::array{Box{0, 0, 200, 200}}, box));
    CHECK(covers(std::array{Box{0, 0, 60, 200}, Box{60, 0, 60, 200}}, box));
    CHECK(!covers(std::array{Box{0, 0, 60, 200}, Box{61, 0, 60, 200}}, box));
    test::for_seeds(200, [&](test::Random& random) {
        std::vector<Box> boxes;
        for (auto n = random.below(8); n > 0; --n) {
            boxes.push_back({random.between(0, 8), random.between(0, 8), random.between(1, 8),
                             random.between(1, 8)});
        }
        const Box small{2, 2, 6, 6};
        bool all = true;
        for (Coordinate y = small.y; y < small.bottom(); ++y) {
            for (Coordinate x = small.x; x < small.right(); ++x) {
                all = all && std::ranges::any_of(
                                 boxes, [&](const Box& one) { return one.contains(Point{x, y}); });
            }
        }
        CHECK(covers(boxes, small) == all);
    });
}

TEST_CASE("no new window hides exactly over another") {
    std::vector<Box> frames{maximized(frame, full_hd).grown(frame)};
    for (int i = 0; i < 12; ++i) {
        const Box next = initial_place({800, 600}, frame, full_hd, frames).grown(frame);
        CHECK(full_hd.work.contains(next));
        for (const auto& other : frames) {
            CHECK(next.origin() != other.origin());
        }
        frames.insert(frames.begin(), next);
    }
}

TEST_CASE("a dialog opens over the middle of its parent, and wholly inside all the same") {
    const OutputArea output{OutputId{1}, {0, 0, 1000, 700}, {0, 30, 1000, 670}, Scale()};
    const Insets insets{4, 28, 4, 4};
    const Box over = centred_place({200, 100}, {300, 200, 400, 300}, insets, output);
    CHECK(over.grown(insets).centre() == Point{500, 350});
    CHECK(over.size() == Size{200, 100});
    const Box corner = centred_place({200, 100}, {-300, -300, 10, 10}, insets, output);
    CHECK(corner.grown(insets).origin() == Point{0, 30});
    CHECK(output.work.contains(
        centred_place({5000, 5000}, {900, 600, 500, 500}, insets, output).grown(insets)));
}

TEST_CASE("a window larger than the screen is cut to it") {
    CHECK(initial_place({16'384, 16'384}, frame, full_hd, {}) == maximized(frame, full_hd));
}

TEST_CASE("wherever the person drags a window, its name stays on an output") {
    const std::array outputs{full_hd, beside};
    test::for_seeds(2000, [&](test::Random& random) {
        const Box content{random.between(-5000, 8000), random.between(-5000, 5000),
                          random.between(16, 3000), random.between(16, 3000)};
        const Box name{random.between(0, 30), -24, random.between(20, 200), 20};
        const Box kept = kept_nameable(content, name, outputs);
        const Box seen = name.moved(kept.x, kept.y);
        CHECK((full_hd.work.contains(seen) || beside.work.contains(seen)));
        CHECK(kept.size() == content.size());
    });
    const Box free{500, 500, 300, 200};
    CHECK(kept_nameable(free, {0, -24, 100, 20}, outputs) == free);
    const Box past_the_edge{-200, 500, 300, 200};  // the name is on the part that shows
    CHECK(kept_nameable(past_the_edge, {200, -24, 100, 20}, outputs) == past_the_edge);
}

TEST_CASE("a window is at home where most of it shows, and goes there when its output goes") {
    const std::array outputs{full_hd, beside};
    CHECK(home_of({100, 100, 300, 200}, outputs).id == full_hd.id);
    CHECK(home_of({1900, 100, 300, 200}, outputs).id == beside.id);
    CHECK(home_of({9000, 100, 300, 200}, outputs).id == beside.id);
    const Box moved = rehomed({2020, 128, 300, 200}, frame, beside, full_hd);
    CHECK(moved == Box{100, 160, 300, 200});
    test::for_seeds(500, [](test::Random& random) {
        const auto from = random_output(random);
        const auto to = random_output(random);
        const Box content =
            confined({hostile(random, 8000), hostile(random, 8000), 900, 700}, frame, from);
        CHECK(inside(rehomed(content, frame, from, to), frame, to));
    });
}

// A menu below a button, as toolkits ask for it.
const PopupRules below_button{.size = {200, 300},
                              .anchor_rect = {10, 10, 80, 30},
                              .anchor = {-1, 1},
                              .gravity = {1, 1},
                              .adjustment = {.slide_x = true, .flip_y = true}};

TEST_CASE("a popup goes where its rules say while there is room") {
    CHECK(place_popup(below_button, {500, 300}, frame, full_hd) == Box{510, 340, 200, 300});
    auto rules = below_button;
    rules.offset = {3, -5};
    CHECK(place_popup(rules, {500, 300}, frame, full_hd) == Box{513, 335, 200, 300});
    rules = {.size = {100, 50}, .anchor_rect = {0, 0, 40, 20}, .anchor = {}, .gravity = {}};
    CHECK(place_popup(rules, {500, 300}, frame, full_hd) == Box{470, 285, 100, 50});
    rules.anchor = {1, -1};
    rules.gravity = {-1, -1};
    CHECK(place_popup(rules, {500, 300}, frame, full_hd) == Box{440, 250, 100, 50});
}

TEST_CASE("where there is none it flips, slides or shrinks, frame included") {
    // Flipped above its button: anchor and gravity both.
    CHECK(place_popup(below_button, {500, 900}, frame, full_hd) == Box{510, 610, 200, 300});
    // Slid left until its frame fits.
    CHECK(place_popup(below_button, {1800, 300}, frame, full_hd) == Box{1716, 340, 200, 300});
    auto rules = below_button;
    rules.adjustment = {.resize_y = true};
    CHECK(place_popup(rules, {500, 900}, frame, full_hd) == Box{510, 940, 200, 136});
    // A flip that does not fit either is not done.
    rules = below_button;
    rules.size.height = 700;
    rules.adjustment = {.flip_y = true};
    CHECK(place_popup(rules, {500, 500}, frame, full_hd) == Box{510, 376, 200, 700});
}

TEST_CASE("any rules at all leave the popup inside, frame and all, on the grid") {
    constexpr auto extreme = std::numeric_limits<Coordinate>::max();
    test::for_seeds(3000, [](test::Random& random) {
        const auto output = random_output(random);
        const auto wild = [&] { return random.once_in(8) ? -extreme : hostile(random, 1 << 20); };
        const auto side = [&] { return static_cast<std::int8_t>(random.between(-128, 127)); };
        const auto flag = [&] { return random.once_in(2); };
        const PopupRules rules{.size = {wild(), wild()},
                               .anchor_rect = {wild(), wild(), wild(), wild()},
                               .anchor = {side(), side()},
                               .gravity = {side(), side()},
                               .adjustment = {flag(), flag(), flag(), flag(), flag(), flag()},
                               .offset = {wild(), wild()}};
        const Box got =
            place_popup(rules, {hostile(random, 10'000), hostile(random, 10'000)}, frame, output);
        CHECK(inside(got, frame, output));
        CHECK(on_grid(got, output));
    });
}

}  // namespace
}  // namespace leadlight::policy
