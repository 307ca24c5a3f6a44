// What references in files mean, for any record: a key, else an exact name.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "record/key_table.hpp"
#include "record/store.hpp"

namespace agency {

/// For one import: single look-ups while they are few, whole tables once that is cheaper.
class References {
public:
    References(db::Session& db, Date today) : db_(db), today_(today) {}
    /// The id of the record that counts; 0 when there is none, RowRules::ambiguous when several have the name (NFKC,
    /// blanks removed; the name in force today).
    std::uint32_t find(const Record& target, std::string_view text);

private:
    struct Table {
        KeyedRows<char> keys;
        std::unordered_map<std::int64_t, Date> voids;
        std::unordered_map<std::string, std::uint32_t> names;
        bool names_loaded = false;
    };
    void load_names(const Record& target, Table& table);

    db::Session& db_;
    Date today_;
    std::map<std::string_view, Table> tables_;
};

}  // namespace agency
