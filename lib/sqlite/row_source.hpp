// The rows of a load as a table of the engine, so that one INSERT … SELECT takes them all: it keeps its cursors from
// row to row, where an INSERT for each opens them anew and looks its place up from the root (a fifth of a load,
// measured).
#pragma once
#include <sqlite3.h>

#include <exception>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "db/session.hpp"

namespace agency::sqlite {

/// There while the object lives, under `name`; one at a time in a connection. The table can be read once.
class RowSource final : public db::Parameters {
public:
    static constexpr const char* name = "loaded_row";

    /// `next` as in Session::load. Throws Error.
    RowSource(sqlite3* db, std::size_t columns, const std::function<bool(db::Parameters&)>& next);
    ~RowSource() override;
    RowSource(const RowSource&) = delete;

    void bind_null(int n) override { at(n).kind = SQLITE_NULL; }
    void bind(int n, std::int64_t v) override { at(n) = {SQLITE_INTEGER, 0, v, nullptr}; }
    void bind_view(int n, std::string_view v) override {
        at(n) = {SQLITE_TEXT, static_cast<int>(v.size()), 0, v.data() ? v.data() : ""};
    }

    /// What `next` threw, which the engine only knows as an error; nothing when it is the engine's own.
    void rethrow() const {
        if (fault_) std::rethrow_exception(fault_);
    }

private:
    struct Value {
        int kind = SQLITE_NULL, size = 0;
        std::int64_t integer = 0;
        const char* text = nullptr;
    };
    struct Table;
    static const sqlite3_module module_;
    static int advance(sqlite3_vtab_cursor* cursor) noexcept;
    Value& at(int n) { return row_.at(static_cast<std::size_t>(n) - 1); }

    sqlite3* db_;
    std::vector<Value> row_;
    const std::function<bool(db::Parameters&)>& next_;
    std::exception_ptr fault_;
    bool ended_ = false;
};

}  // namespace agency::sqlite
