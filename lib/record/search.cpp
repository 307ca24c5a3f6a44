#include "record/search.hpp"
#include "base/translate.hpp"

#include "base/text.hpp"
#include "record/store.hpp"

namespace agency {
namespace {

bool has_text(FieldType t) {
    return t == FieldType::number || t == FieldType::text;
}

}  // namespace

std::vector<GridColumn> search_columns() {
    return {{"noun", CellType::word, "Noun", "对象"},
            {"ref", CellType::text, "Reference", "编号"},
            {"field", CellType::text, "Field", "字段"},
            {"text", CellType::text, "Text", "内容"}};
}

Report search(Workspace& w, std::span<const Record* const> records, std::string_view wanted, const AsOf& when) {
    const auto folded = fold(wanted);
    Report report;
    report.name = N_("found");
    report.narrow = {"noun", "ref", "text"};
    report.rows.columns = search_columns();
    for (const Record* r : records)
        each_row(w.db(), *r, when, [&](const Row& row) {
            for (std::size_t i = 0; i < r->fields.size(); ++i) {
                const Value& v = row.values[i];
                if (!v || !has_text(r->fields[i].type) || fold(v.s).find(folded) == std::string::npos) continue;
                report.rows.add_constant(r->noun);
                report.rows.add_text(row.values[r->index(r->key)].s);
                report.rows.add_constant(r->fields[i].key);
                report.rows.add_text(v.s);
                return;
            }
        });
    return report;
}

}  // namespace agency
