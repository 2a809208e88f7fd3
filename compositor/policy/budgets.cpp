// SPDX-License-Identifier: MIT
#include "compositor/policy/budgets.hpp"

#include <algorithm>

namespace leadlight::policy {
namespace {

std::uint64_t left(std::uint64_t cap, std::uint64_t used) {
    return cap - std::min(cap, used);
}

}  // namespace

std::string_view to_string(Refusal refusal) {
    switch (refusal) {
    case Refusal::too_many_windows:
        return "too many windows";
    case Refusal::too_many_windows_in_all:
        return "too many windows in all";
    case Refusal::too_many_satellites:
        return "too many popups and unmanaged windows";
    case Refusal::too_deep:
        return "popups too deep";
    case Refusal::too_fast:
        return "too many new windows at once";
    case Refusal::too_many_pages:
        return "too many pages";
    case Refusal::too_many_pages_in_all:
        return "too many pages in all";
    case Refusal::unknown_domain:
        break;
    }
    return "unknown domain";
}

void Ledger::remove(DomainId domain) {
    if (const auto* const account = find(domain)) {
        windows_ -= account->windows;
        pages_ -= account->pages;
        accounts_.erase(domain);
    }
}

std::expected<void, Refusal> Ledger::open_window(DomainId domain, WindowKind kind,
                                                 std::uint32_t depth) {
    auto* const account = find(domain);
    if (account == nullptr) {
        return std::unexpected(Refusal::unknown_domain);
    }
    const bool satellite = kind == WindowKind::satellite;
    if (depth > budgets_.depth) {
        return std::unexpected(Refusal::too_deep);
    }
    if (account->windows >= budgets_.windows_per_domain) {
        return std::unexpected(Refusal::too_many_windows);
    }
    if (satellite && account->satellites >= budgets_.satellites_per_domain) {
        return std::unexpected(Refusal::too_many_satellites);
    }
    if (windows_ >= budgets_.windows_in_all) {
        return std::unexpected(Refusal::too_many_windows_in_all);
    }
    if (account->creations >= budgets_.creations_per_refresh) {
        return std::unexpected(Refusal::too_fast);
    }
    ++account->creations;
    ++account->windows;
    account->satellites += satellite ? 1 : 0;
    ++windows_;
    return {};
}

void Ledger::close_window(DomainId domain, WindowKind kind) {
    auto* const account = find(domain);
    if (account == nullptr || account->windows == 0) {
        return;
    }
    --account->windows;
    --windows_;
    if (kind == WindowKind::satellite && account->satellites != 0) {
        --account->satellites;
    }
}

std::expected<void, Refusal> Ledger::take_pages(DomainId domain, std::uint64_t pages) {
    auto* const account = find(domain);
    if (account == nullptr) {
        return std::unexpected(Refusal::unknown_domain);
    }
    if (pages > left(budgets_.pages_per_domain, account->pages)) {
        return std::unexpected(Refusal::too_many_pages);
    }
    if (pages > left(budgets_.pages_in_all, pages_)) {
        return std::unexpected(Refusal::too_many_pages_in_all);
    }
    account->pages += pages;
    pages_ += pages;
    return {};
}

void Ledger::return_pages(DomainId domain, std::uint64_t pages) {
    if (auto* const account = find(domain)) {
        pages = std::min(pages, account->pages);
        account->pages -= pages;
        pages_ -= pages;
    }
}

bool Ledger::take_record(DomainId domain) {
    auto* const account = find(domain);
    if (account == nullptr || account->records >= budgets_.records_per_refresh ||
        account->spent >= budgets_.time_per_refresh) {
        return false;
    }
    ++account->records;
    return true;
}

void Ledger::spend(DomainId domain, Time took) {
    if (auto* const account = find(domain)) {
        account->spent += took;
    }
}

bool Ledger::take_layout(DomainId domain) {
    auto* const account = find(domain);
    if (account == nullptr || account->layouts >= budgets_.layouts_per_refresh) {
        return false;
    }
    ++account->layouts;
    return true;
}

// Frames come a little early or late; another output's frame, in between, by less than that.
void Ledger::refresh(Time now) {
    if (now - refreshed_ < period_ * 3 / 4) {
        return;
    }
    const auto passed = std::max<std::int64_t>(1, (now - refreshed_) / period_);
    refreshed_ = now;
    for (auto& [domain, account] : accounts_) {
        account.creations = 0;
        account.records = 0;
        account.layouts = 0;
        // One that spent more than its share rests for as many refreshes; not for more than a few,
        // since a process that had to wait for its turn is no guest's fault.
        const Time share = budgets_.time_per_refresh;
        const Time owed = std::min(account.spent, (Budgets::longest_rest + 1) * share);
        account.spent = std::max(Time{}, owed - passed * share);
    }
}

std::uint64_t Ledger::pages_of(DomainId domain) const {
    const auto* const account = find(domain);
    return account != nullptr ? account->pages : 0;
}

std::uint32_t Ledger::windows_of(DomainId domain) const {
    const auto* const account = find(domain);
    return account != nullptr ? account->windows : 0;
}

const Ledger::Account* Ledger::find(DomainId domain) const {
    const auto found = accounts_.find(domain);
    return found != accounts_.end() ? &found->second : nullptr;
}

Ledger::Account* Ledger::find(DomainId domain) {
    const auto found = accounts_.find(domain);
    return found != accounts_.end() ? &found->second : nullptr;
}

}  // namespace leadlight::policy
