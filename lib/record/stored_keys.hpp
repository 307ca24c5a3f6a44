// The stored keys of a noun in their order, beside those of a file that come in the same order.
#pragma once
#include <string>
#include <string_view>

#include "db/session.hpp"

namespace agency {

class StoredKeys {
public:
    /// Of the records of `table` whose number `key` was not taken back; an index of the table has them in order.
    StoredKeys(db::Session& db, std::string_view table, std::string_view key);
    ~StoredKeys() { release(); }
    StoredKeys(const StoredKeys&) = delete;

    /// Whether this key is stored. A key that is greater than the one asked for before costs a few steps of a scan or,
    /// where many lie between, a look-up.
    bool has(std::string_view key);
    /// Every key that was asked for comes after all that are stored.
    bool all_after() const { return !met_; }
    /// Ends the scan; later questions begin a new one.
    void release();

private:
    db::Statement& from_;
    std::string asked_;
    std::string_view here_;  ///< the least stored key that is not less than `asked_`, of the running scan
    bool runs_ = false, ended_ = false, met_ = false;
};

}  // namespace agency
