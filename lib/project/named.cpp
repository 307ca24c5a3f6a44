#include "org/names.hpp"
#include "project/facts.hpp"
#include "project/project.hpp"
#include "record/import.hpp"

namespace agency::project {

std::string fault_of_code(Workspace& w, std::string_view text, std::string& code) {
    code = text;
    auto& db = w.db();
    if (text.empty() || !db.integer("SELECT 1 FROM project WHERE undone = 0 LIMIT 1")) return {};
    References references(db, w.today());
    const auto id = references.find(record(), text);
    if (id && id != RowRules::ambiguous) {
        code = number_of(db, record(), id);
        return {};
    }
    std::vector<std::string> codes;
    each_row(db, record(), AsOf{w.today()}, [&](const Row& row) {
        if (!row.voided_on) codes.emplace_back(row.values[record().index("code")].s);
    });
    return org::no_such(record(), text, codes);
}

}  // namespace agency::project
