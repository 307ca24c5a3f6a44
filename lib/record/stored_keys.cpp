#include "record/stored_keys.hpp"

namespace agency {

StoredKeys::StoredKeys(db::Session& db, std::string_view table, std::string_view key)
    : from_(db.prepare("SELECT " + std::string(key) + " FROM " + std::string(table) + " WHERE " + std::string(key) +
                       " >= $1 AND undone = 0 ORDER BY " + std::string(key))) {}

bool StoredKeys::has(std::string_view key) {
    constexpr int most_steps = 16;  // then a look-up is the shorter way
    if (key < asked_) release();
    asked_ = key;
    for (int steps = 0; !ended_ && (!runs_ || here_ < key); ++steps) {
        if (steps == most_steps) release();
        if (!runs_) from_.bind(1, key);
        runs_ = true;
        ended_ = !from_.step();
        if (ended_) {
            from_.reset();
            runs_ = false;
        } else {
            here_ = from_.text(0);
            met_ = true;
        }
    }
    return !ended_ && here_ == key;
}

void StoredKeys::release() {
    if (runs_) from_.reset();
    runs_ = ended_ = false;
}

}  // namespace agency
