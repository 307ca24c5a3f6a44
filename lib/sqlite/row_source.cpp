#include "sqlite/row_source.hpp"

#include <algorithm>

#include "sqlite/statement.hpp"

namespace agency::sqlite {

struct RowSource::Table : sqlite3_vtab {
    RowSource* rows = nullptr;
};

namespace {

/// Nothing to choose between: every row, in the order in which they come.
int choose(sqlite3_vtab*, sqlite3_index_info*) {
    return SQLITE_OK;
}

}  // namespace

int RowSource::advance(sqlite3_vtab_cursor* cursor) noexcept {
    auto& rows = *static_cast<Table*>(cursor->pVtab)->rows;
    try {
        std::fill(rows.row_.begin(), rows.row_.end(), Value{});
        rows.ended_ = !rows.next_(rows);
        return SQLITE_OK;
    } catch (...) {
        rows.fault_ = std::current_exception();
        return SQLITE_ABORT;
    }
}

const sqlite3_module RowSource::module_ = [] {
    sqlite3_module m{};
    m.xConnect = [](sqlite3* db, void* rows, int, const char* const*, sqlite3_vtab** out, char**) {
        auto* table = new Table;
        table->rows = static_cast<RowSource*>(rows);
        std::string columns;
        for (std::size_t n = 1; n <= table->rows->row_.size(); ++n)
            columns += (n == 1 ? "c" : ", c") + std::to_string(n);
        *out = table;
        return sqlite3_declare_vtab(db, ("CREATE TABLE rows(" + columns + ")").c_str());
    };
    m.xBestIndex = choose;
    m.xDisconnect = [](sqlite3_vtab* table) {
        delete static_cast<Table*>(table);
        return SQLITE_OK;
    };
    m.xOpen = [](sqlite3_vtab*, sqlite3_vtab_cursor** out) {
        *out = new sqlite3_vtab_cursor{};
        return SQLITE_OK;
    };
    m.xClose = [](sqlite3_vtab_cursor* cursor) {
        delete cursor;
        return SQLITE_OK;
    };
    m.xFilter = [](sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value**) { return advance(cursor); };
    m.xNext = advance;
    m.xEof = [](sqlite3_vtab_cursor* cursor) -> int { return static_cast<Table*>(cursor->pVtab)->rows->ended_; };
    m.xColumn = [](sqlite3_vtab_cursor* cursor, sqlite3_context* to, int n) {
        const auto& value = static_cast<Table*>(cursor->pVtab)->rows->row_[static_cast<std::size_t>(n)];
        if (value.kind == SQLITE_TEXT)
            sqlite3_result_text(to, value.text, value.size, SQLITE_STATIC);
        else if (value.kind == SQLITE_INTEGER)
            sqlite3_result_int64(to, value.integer);
        return SQLITE_OK;  // what nothing is said of is NULL
    };
    m.xRowid = [](sqlite3_vtab_cursor*, sqlite3_int64* id) {
        *id = 0;
        return SQLITE_OK;
    };
    return m;
}();

RowSource::RowSource(sqlite3* db, std::size_t columns, const std::function<bool(db::Parameters&)>& next)
    : db_(db), row_(columns), next_(next) {
    if (const int rc = sqlite3_create_module_v2(db_, name, &module_, this, nullptr)) fail(db_, rc, name);
}

RowSource::~RowSource() {
    sqlite3_create_module_v2(db_, name, nullptr, nullptr, nullptr);
}

}  // namespace agency::sqlite
