// SPDX-License-Identifier: MIT
// What a guest may make grow, and how far: rule 7. Budgets are numbers of the administrator; an
// Account keeps what one domain uses, and Ledger what all of them use together. Over a cap the
// request fails with a reason, for that domain alone.
#pragma once

#include "compositor/policy/types.hpp"

#include <cstdint>
#include <expected>
#include <map>
#include <string_view>

namespace leadlight::policy {

/// What a domain, and all together, may have; the numbers are the defaults of [limits].
struct Budgets {
    std::uint32_t windows_per_domain = 64;
    std::uint32_t windows_in_all = 512;
    std::uint32_t satellites_per_domain = 16;  // popups and unmanaged windows together
    std::uint32_t depth = 8;                   // of popups on popups on windows
    std::uint32_t creations_per_refresh = 8;
    std::uint32_t records_per_refresh = 512;
    std::uint32_t layouts_per_refresh = 8;  // of windows that are shown
    Time time_per_refresh = std::chrono::milliseconds{1};
    static constexpr int longest_rest = 8;  // refreshes
    std::uint64_t pages_per_domain = 32'768;
    std::uint64_t pages_in_all = 131'072;
    bool operator==(const Budgets&) const = default;
};

enum class Refusal : std::uint8_t {
    too_many_windows,
    too_many_windows_in_all,
    too_many_satellites,
    too_deep,
    too_fast,  // this refresh; the next one may do
    too_many_pages,
    too_many_pages_in_all,
    unknown_domain,
};

std::string_view to_string(Refusal refusal);

enum class WindowKind : std::uint8_t { toplevel, satellite };

class Ledger {
  public:
    explicit Ledger(const Budgets& budgets) : budgets_(budgets) {}

    void add(DomainId domain) { accounts_[domain]; }
    /// All that it used is free again. Call it after the last unmap: until then its pages count.
    void remove(DomainId domain);

    /// `depth`: 0 for a toplevel, parent's + 1 for a popup. Both kinds count as windows.
    [[nodiscard]] std::expected<void, Refusal> open_window(DomainId domain, WindowKind kind,
                                                           std::uint32_t depth);
    void close_window(DomainId domain, WindowKind kind);

    [[nodiscard]] std::expected<void, Refusal> take_pages(DomainId domain, std::uint64_t pages);
    void return_pages(DomainId domain, std::uint64_t pages);

    /// False: enough for now; the domain's descriptor rests until the next refresh.
    [[nodiscard]] bool take_record(DomainId domain);
    /// What the compositor spent on it. Records differ in what they cost, and their number alone
    /// says little.
    void spend(DomainId domain, Time took);
    /// False: enough for now; the window is laid out with a later frame.
    [[nodiscard]] bool take_layout(DomainId domain);

    /// Of the fastest output: what is counted by refresh is counted by this, however many outputs
    /// there are.
    void set_period(Time period) { period_ = period; }
    /// Called at every output's frame and whenever somebody waits; begins the next refresh when it
    /// has come.
    void refresh(Time now);
    Time next_refresh() const { return refreshed_ + period_; }

    const Budgets& budgets() const { return budgets_; }
    /// What is used already stays used, and is more than allowed until it is returned.
    void set_budgets(const Budgets& budgets) { budgets_ = budgets; }
    std::uint64_t pages_of(DomainId domain) const;
    std::uint64_t pages_in_all() const { return pages_; }
    std::uint32_t windows_of(DomainId domain) const;
    std::uint32_t windows_in_all() const { return windows_; }

  private:
    struct Account {
        std::uint32_t windows = 0;  // satellites included
        std::uint32_t satellites = 0;
        std::uint32_t creations = 0;  // this refresh
        std::uint32_t records = 0;    // this refresh
        std::uint32_t layouts = 0;    // this refresh
        Time spent{};                 // this refresh
        std::uint64_t pages = 0;
    };
    const Account* find(DomainId domain) const;
    Account* find(DomainId domain);

    Budgets budgets_;
    std::map<DomainId, Account> accounts_;
    std::uint32_t windows_ = 0;
    std::uint64_t pages_ = 0;
    Time period_ = std::chrono::milliseconds{16};
    Time refreshed_{};
};

}  // namespace leadlight::policy
