// SPDX-License-Identifier: MIT
#include "help.hpp"

#include <fcntl.h>
#include <sys/mman.h>

#include <algorithm>

namespace leadlight::grants::test {
namespace {

std::unique_ptr<SharedPages> grant(PageGranter& granter, std::size_t pages) {
    auto run = granter.grant(pages);
    REQUIRE(run.has_value());
    return std::move(*run);
}

Descriptor duplicate_reference(const SharedPages& run) {
    const auto references = run.references();
    REQUIRE(std::holds_alternative<MemoryFile>(references));
    Descriptor copy(fcntl(std::get<MemoryFile>(references).descriptor, F_DUPFD_CLOEXEC, 0));
    REQUIRE(copy);
    return copy;
}

std::unique_ptr<PageMapping> map_now(const SharedPages& run) {
    auto mapping = local::map(duplicate_reference(run), run.pages());
    REQUIRE(mapping.has_value());
    CHECK((*mapping)->data() == nullptr);
    std::size_t budget = run.pages() + PageMapping::slice;
    REQUIRE((*mapping)->map_step(budget) == PageMapping::Progress::done);
    CHECK(budget == PageMapping::slice);
    REQUIRE((*mapping)->data() != nullptr);
    return std::move(*mapping);
}

TEST_CASE("what the guest writes, before and after the mapping, the admin domain reads") {
    const auto granter = local::granter();
    const auto run = grant(*granter, 3);
    REQUIRE(run->pages() == 3);
    const std::span memory(run->data(), 3 * page_size);
    CHECK(std::ranges::all_of(memory, [](std::byte b) { return b == std::byte{0}; }));
    std::ranges::fill(memory, std::byte{0x11});
    const auto mapping = map_now(*run);
    const std::span seen(mapping->data(), memory.size());
    CHECK(std::ranges::equal(seen, memory));
    memory.back() = std::byte{0x22};
    CHECK(seen.back() == std::byte{0x22});
}

TEST_CASE("a mapping outlives the guest's run") {
    const auto granter = local::granter();
    auto run = grant(*granter, 1);
    run->data()[0] = std::byte{0x33};
    const auto mapping = map_now(*run);
    run.reset();
    CHECK(mapping->data()[0] == std::byte{0x33});
}

TEST_CASE("who holds the reference can neither write nor resize") {
    const auto granter = local::granter();
    const auto run = grant(*granter, 2);
    const auto file = duplicate_reference(*run);
    CHECK(mmap(nullptr, page_size, PROT_READ | PROT_WRITE, MAP_SHARED, file.get(), 0) ==
          MAP_FAILED);
    CHECK(pwrite(file.get(), "x", 1, 0) == -1);
    CHECK(ftruncate(file.get(), 0) == -1);
    CHECK(ftruncate(file.get(), 4 * page_size) == -1);
    CHECK(fcntl(file.get(), F_ADD_SEALS, F_SEAL_WRITE) == -1);

    auto* read_only = mmap(nullptr, page_size, PROT_READ, MAP_SHARED, file.get(), 0);
    REQUIRE(read_only != MAP_FAILED);
    CHECK(mprotect(read_only, page_size, PROT_READ | PROT_WRITE) == -1);
    munmap(read_only, page_size);
}

TEST_CASE("the account counts a run until its end, and goes over its limit never") {
    const auto granter = local::granter(10);
    CHECK(granter->account().limit() == 10);
    auto first = grant(*granter, 6);
    const auto second = grant(*granter, 3);
    CHECK(granter->account().used() == 9);
    CHECK(granter->grant(2).error() == GrantError::over_limit);
    CHECK(granter->grant(0).error() == GrantError::no_pages);
    CHECK(granter->grant(SIZE_MAX).error() == GrantError::over_limit);
    CHECK(granter->account().used() == 9);
    first.reset();
    CHECK(granter->account().used() == 3);
    CHECK(grant(*granter, 7)->pages() == 7);
    CHECK(granter->account().left() == 7);
}

TEST_CASE("a failed grant costs nothing") {
    const auto granter = local::granter(SIZE_MAX / page_size);
    // More than any address space, and more than off_t on the way.
    CHECK_FALSE(granter->grant(std::size_t{1} << 50).has_value());
    CHECK(granter->account().used() == 0);
}

TEST_CASE("mapping and unmapping are counted, reading is not") {
    const auto granter = local::granter();
    const auto run = grant(*granter, 5);
    const auto before = mapping_counters();
    {
        const auto mapping = map_now(*run);
        CHECK(mapping_counters().map_calls == before.map_calls + 1);
        CHECK(mapping_counters().pages_mapped == before.pages_mapped + 5);
        std::size_t budget = 100;
        CHECK(mapping->map_step(budget) == PageMapping::Progress::done);
        CHECK(budget == 100);
        CHECK(mapping_counters().map_calls == before.map_calls + 1);
        CHECK(mapping->unmap_step(budget) == PageMapping::Progress::done);
        CHECK(budget == 95);
        CHECK(mapping->data() == nullptr);
        CHECK(mapping_counters().unmap_calls == before.unmap_calls + 1);
    }
    CHECK(mapping_counters().unmap_calls == before.unmap_calls + 1);
    CHECK(mapping_counters().pages_mapped == before.pages_mapped);
}

}  // namespace
}  // namespace leadlight::grants::test
