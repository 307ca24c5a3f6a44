#include "record/search.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "record/called.hpp"
#include "record/store.hpp"

namespace agency {
namespace {

bool has_text(FieldType t) {
    return t == FieldType::number || t == FieldType::text;
}

/// What people can be shown of a row: it, or the whole that it is a part of where only that has verbs of its own.
struct Shown {
    const Record* record;
    std::string ref;
};

Shown shown(db::Session& db, const Record& r, const Row& row, const AsOf& when) {
    if (r.part_of.empty() || typed(r) == r.noun) return {&r, std::string(row.values[r.index(r.key)].s)};
    const auto& whole = r.field(r.part_of).target();
    const auto above = find_row(db, whole, row.values[r.index(r.part_of)].n, when);
    return above ? shown(db, whole, *above, when) : Shown{&r, std::string(row.values[r.index(r.key)].s)};
}

}  // namespace

std::vector<GridColumn> search_columns() {
    return {{"noun", CellType::text, "Noun", "对象"},
            {"ref", CellType::text, "Reference", "编号"},
            {"field", CellType::text, "Field", "字段"},
            {"text", CellType::text, "Text", "内容"}};
}

Report search(Workspace& w, std::span<const Record* const> records, std::string_view wanted, const AsOf& when) {
    const auto folded = fold(wanted);
    if (trim(folded).empty())
        throw Error(Exit::usage, tr("the text to look for is empty"),
                    tr("every record has it; agency NOUN list shows all"));
    Report report;
    report.name = N_("found");
    report.narrow = {"noun", "ref", "text"};
    report.rows.columns = search_columns();
    std::vector<std::pair<Row, std::size_t>> found;  // with the field
    for (const Record* r : records) {
        found.clear();
        each_row(w.db(), *r, when, [&](Row&& row) {
            for (std::size_t i = 0; i < r->fields.size(); ++i) {
                const Value& v = row.values[i];
                if (!v || !has_text(r->fields[i].type) || fold(v.s).find(folded) == std::string::npos) continue;
                found.emplace_back(std::move(row), i);
                return;
            }
        });
        for (const auto& [row, field] : found) {
            const auto one = shown(w.db(), *r, row, when);
            report.rows.add_constant(typed(*one.record));
            report.rows.add_text(one.ref);
            report.rows.add_constant(r->fields[field].key);
            report.rows.add_text(row.values[field].s);
        }
    }
    return report;
}

}  // namespace agency
