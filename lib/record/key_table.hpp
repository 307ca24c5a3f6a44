// A table from a record's number to its id for batches: 12 bytes a slot, no text kept.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/memory.hpp"
#include "db/checksum.hpp"
#include "db/session.hpp"

namespace agency {

/// Keys are told apart by a keyed fingerprint of 64 bits: a false match among a million keys of a file and a million
/// stored ones has a chance of 5e-8, and new numbers are refused by the unique index of the table then.
class KeyTable {
public:
    /// Room for so many keys, known by their number or only guessed.
    void reserve(std::size_t n, bool guessed = true) {
        const auto wanted = guessed ? n * 3 / 2 + 16 : n * 7 / 5 + 16;
        if (wanted > slots_.size()) grow(wanted);
    }
    std::size_t size() const { return used_; }

    /// The id of a key; 0 when absent.
    std::uint32_t find(std::uint64_t print) const { return slots_.empty() ? 0 : slots_[slot_of(print)].id; }
    std::uint32_t find(std::string_view key) const { return find(fingerprint(key)); }
    /// Adds a key; answers the id that was there already (and stays), or 0.
    std::uint32_t add(std::uint64_t print, std::uint32_t id) {
        if ((used_ + 1) * 4 > slots_.size() * 3) grow(slots_.size() * 3 / 2 + 64);
        Slot& s = slots_[slot_of(print)];
        if (s.id) return s.id;
        s = {static_cast<std::uint32_t>(print >> 32), static_cast<std::uint32_t>(print), id};
        ++used_;
        return 0;
    }
    std::uint32_t add(std::string_view key, std::uint32_t id) { return add(fingerprint(key), id); }
    /// The place of a key that will be asked for soon comes from memory meanwhile. (As a call of its own it would be
    /// left out: to the compiler it does nothing.)
    [[gnu::always_inline]] void fetch(std::uint64_t print) const {
        if (!slots_.empty()) __builtin_prefetch(&slots_[home(print)], 1);
    }

private:
    struct Slot {
        std::uint32_t high = 0, low = 0;  ///< of the fingerprint
        std::uint32_t id = 0;             ///< 0: free
        std::uint64_t print() const { return std::uint64_t{high} << 32 | low; }
    };
    using Slots = std::vector<Slot, TableAllocator<Slot>>;
    std::size_t home(std::uint64_t print) const {
        return static_cast<std::size_t>((static_cast<unsigned __int128>(print) * slots_.size()) >> 64);
    }
    std::size_t slot_of(std::uint64_t print) const {
        std::size_t i = home(print);
        while (slots_[i].id && slots_[i].print() != print) i = i + 1 == slots_.size() ? 0 : i + 1;
        return i;
    }
    void grow(std::size_t size) {
        Slots old(size);
        old.swap(slots_);
        for (const Slot& s : old)
            if (s.id) slots_[slot_of(s.print())] = s;
    }

    Slots slots_;
    std::size_t used_ = 0;
};

/// The rows of a table by number, with a few attributes of each, for checking many references: single look-ups while
/// they are few, the whole table in memory once that is cheaper. `columns` are read by `read` from statement column 2
/// on (0 is the id, 1 the key).
template <class Attributes>
class KeyedRows {
public:
    using Read = Attributes (*)(db::Statement&);
    KeyedRows(db::Session& db, std::string_view table, std::string_view key, std::string_view columns, Read read)
        : db_(db),
          select_("SELECT id, CASE WHEN undone = 0 THEN " + std::string(key) + " END" + std::string(columns) +
                  " FROM " + std::string(table)),
          key_(key),
          read_(read),
          count_(static_cast<std::size_t>(
              db.integer("SELECT COALESCE(MAX(id), 0) FROM " + std::string(table.substr(0, table.find(' '))))
                  .value_or(0))),
          last_stored_(count_) {}

    /// The id of a number; 0 when there is none.
    std::uint32_t find(std::string_view key) { return find(key, fingerprint(key)); }
    std::uint32_t find(std::string_view key, std::uint64_t f) {
        if (const auto id = table_.find(f)) return id;
        if (loaded_ || count_ == 0) return 0;
        if (is_many(++misses_)) {
            load();
            return table_.find(f);
        }
        std::uint32_t id = 0;
        db_.each(
            select_ + " WHERE " + key_ + " = $1 AND undone = 0",
            [&](db::Statement& s) {
                id = static_cast<std::uint32_t>(s.integer(0));
                place(id, read_(s));
            },
            key);
        if (id) table_.add(f, id);
        return id;
    }
    /// Attributes of an id, looked up when they were not yet.
    Attributes& of(std::uint32_t id) {
        if (loaded_) return dense_[id];
        if (id > last_stored_) return dense_[id - last_stored_];
        const auto it = sparse_.find(id);
        if (it != sparse_.end()) return it->second;
        Attributes found{};
        db_.each(
            select_ + " WHERE id = $1", [&](db::Statement& s) { found = read_(s); }, static_cast<std::int64_t>(id));
        return sparse_[id] = found;
    }
    /// A row of the same file, not stored yet. Answers the id of an earlier row with that key, or 0.
    std::uint32_t add(std::string_view key, std::uint32_t id, const Attributes& a) {
        return add(fingerprint(key), id, a);
    }
    std::uint32_t add(std::uint64_t f, std::uint32_t id, const Attributes& a) {
        if (const auto earlier = table_.add(f, id)) return earlier;
        place(id, a);
        return 0;
    }
    /// Attributes of a row of the same file whose key somebody else keeps.
    void put(std::uint32_t id, const Attributes& a) { place(id, a); }
    /// Room for the attributes of so many rows of the file, where their number can be guessed.
    void reserve_attributes(std::size_t rows) { dense_.reserve(dense_.size() + rows + rows / 16 + 1); }
    /// About so many look-ups will come, and so many new keys: everything in memory at once, if it comes to that
    /// anyway.
    void expect(std::size_t lookups, std::size_t added = 0) {
        const bool all = !loaded_ && is_many(lookups);
        if (added) table_.reserve((all ? count_ : table_.size()) + added);
        if (all) load();
    }
    /// When nothing will be asked any more: the memory goes to what comes next.
    void release() {
        table_ = {};
        dense_ = {};
        sparse_.clear();
    }
    std::uint32_t last_stored() const { return static_cast<std::uint32_t>(last_stored_); }
    /// Everything in memory now.
    void load() {
        if (loaded_) return;
        decltype(dense_) added;
        added.swap(dense_);
        dense_.resize(last_stored_ + 1);
        for (auto& [id, a] : sparse_) dense_[id] = a;
        table_.reserve(count_ + table_.size(), false);
        std::array<std::pair<std::uint64_t, std::uint32_t>, 16>
            waiting;  // for their places, which memory is slow to give
        std::size_t seen = 0;
        const auto place_one = [&](std::size_t n) { table_.add(waiting[n % 16].first, waiting[n % 16].second); };
        db_.each(select_, [&](db::Statement& s) {
            const auto id = static_cast<std::uint32_t>(s.integer(0));
            if (!sparse_.contains(id)) dense_[id] = read_(s);
            if (s.is_null(1)) return;
            if (seen >= 16) place_one(seen);
            waiting[seen % 16] = {fingerprint(s.text(1)), id};
            table_.fetch(waiting[seen++ % 16].first);
        });
        for (auto n = seen < 16 ? 0 : seen - 16; n < seen; ++n) place_one(n);
        for (std::size_t i = 1; i < added.size(); ++i) dense_.push_back(added[i]);
        sparse_.clear();
        loaded_ = true;
        if (on_load) on_load();
    }
    template <class F>
    void each(F&& f) {  ///< every row that has been looked at, in ascending order of id
        if (!loaded_)
            for (auto& [id, a] : sparse_) f(id, a);
        for (std::size_t i = 1; i < dense_.size(); ++i)
            f(static_cast<std::uint32_t>(loaded_ ? i : i + last_stored_), dense_[i]);
    }
    std::function<void()> on_load;  ///< after load(): attributes that stand in other tables

private:
    bool is_many(std::size_t lookups) const { return lookups * 20 > count_ + 2000; }
    void place(std::uint32_t id, const Attributes& a) {
        if (!loaded_ && id <= last_stored_) {
            sparse_[id] = a;
            return;
        }
        const std::size_t at = loaded_ ? id : id - last_stored_;
        if (dense_.size() <= at) {
            if (dense_.capacity() <= at) dense_.reserve(at * 3 / 2 + 64);
            dense_.resize(at + 1);
        }
        dense_[at] = a;
    }

    db::Session& db_;
    std::string select_, key_;
    Read read_;
    std::size_t count_, last_stored_, misses_ = 0;
    bool loaded_ = false;
    KeyTable table_;
    std::map<std::uint32_t, Attributes> sparse_;
    std::vector<Attributes, TableAllocator<Attributes>> dense_;
};

}  // namespace agency
