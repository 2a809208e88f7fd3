// SPDX-License-Identifier: MIT
// What waits to be written to one warden. The compositor never blocks on a warden and never drops a
// key, and no guest that reads slowly may make it grow: state is kept latest-only and goes with
// what it is about, motion is merged, what has to come one by one is counted up to 1,024, and all
// of it together up to 8,192.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <utility>

namespace leadlight::policy {

enum class QueuePolicy : std::uint8_t {
    /// State that orders with nothing (configure, frame, output): takes the place of the queued
    /// record with its key. There are no more of these than there are keys, and guests make up
    /// keys: whoever removes an object forgets its own.
    latest,
    /// Motion, focus: joins the queued record with its key, unless an ordered record was queued
    /// since; a motion must not overtake the press that it followed.
    merge,
    /// Keys, buttons, ends of touches.
    ordered,
};

/// What a newer record is about, as the caller numbers kinds and objects. Guests choose the ids of
/// objects, from all 64 bits.
struct QueueKey {
    std::uint16_t kind = 0;
    std::uint64_t object = 0;
    auto operator<=>(const QueueKey&) const = default;
};

struct QueueClass {
    QueuePolicy policy = QueuePolicy::ordered;
    QueueKey key;        // `ordered` has no use for it
    bool input = false;  // cleared when the domain stops responding
};

/// Joins a newer record into a queued one. The default keeps the newer one; relative motion has to
/// add up.
template <typename Record>
struct KeepNewer {
    void operator()(Record& queued, Record&& newer) const { queued = std::move(newer); }
};

template <typename Record, typename Join = KeepNewer<Record>>
class OutgoingQueue {
  public:
    static constexpr std::size_t most_ordered = 1024;
    /// Six kinds of state for each of 512 windows, and motion between all those keys.
    static constexpr std::size_t most = 8192;

    enum class Pushed : std::uint8_t {
        queued,
        joined,
        overflow,  // not queued: the domain does not respond
    };

    explicit OutgoingQueue(Join join = Join{}) : join_(std::move(join)) {}

    [[nodiscard]] Pushed push(Record record, QueueClass kind) {
        if (kind.policy == QueuePolicy::ordered) {
            if (ordered_ == most_ordered || entries_.size() == most) {
                return Pushed::overflow;
            }
            ++ordered_;
            mergeable_.clear();
            entries_.push_back({std::move(record), kind});
            return Pushed::queued;
        }
        auto& index = kind.policy == QueuePolicy::latest ? latest_ : mergeable_;
        if (const auto found = index.find(kind.key); found != index.end()) {
            join_(found->second->record, std::move(record));
            return Pushed::joined;
        }
        if (entries_.size() == most) {
            return Pushed::overflow;
        }
        entries_.push_back({std::move(record), kind});
        index.emplace(kind.key, std::prev(entries_.end()));
        return Pushed::queued;
    }

    bool empty() const { return entries_.empty(); }
    std::size_t size() const { return entries_.size(); }
    /// Of a queue that is not empty.
    const Record& front() const { return entries_.front().record; }
    void pop() { erase(entries_.begin()); }

    /// What it is about is gone: state that nobody read of it means nothing any more.
    void forget(const QueueKey& key) {
        if (const auto found = latest_.find(key); found != latest_.end()) {
            erase(found->second);
        }
    }

    /// Input that a domain did not read in time is not for it any more.
    void clear_input() {
        for (auto entry = entries_.begin(); entry != entries_.end();) {
            entry = entry->kind.input ? erase(entry) : std::next(entry);
        }
    }

  private:
    struct Entry {
        Record record;
        QueueClass kind;
    };
    using Entries = std::list<Entry>;
    using Index = std::map<QueueKey, typename Entries::iterator>;

    typename Entries::iterator erase(typename Entries::iterator entry) {
        if (entry->kind.policy == QueuePolicy::ordered) {
            --ordered_;
        } else {
            auto& index = entry->kind.policy == QueuePolicy::latest ? latest_ : mergeable_;
            if (const auto found = index.find(entry->kind.key);
                found != index.end() && found->second == entry) {
                index.erase(found);
            }
        }
        return entries_.erase(entry);
    }

    Entries entries_;
    Index latest_;
    Index mergeable_;  // queued since the last ordered record
    std::size_t ordered_ = 0;
    Join join_;
};

}  // namespace leadlight::policy
