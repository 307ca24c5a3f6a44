#include "report/client_card.hpp"

#include "base/translate.hpp"
#include "client/group.hpp"
#include "contact/contact.hpp"

namespace agency {
namespace {

Grid branches(db::Session& db, std::int64_t client, const AsOf& when) {
    Grid g;
    g.columns = {{"code", CellType::text, "Code", "客户编号"},
                 {"name", CellType::text, "Name", "客户名称"},
                 {"uscc", CellType::text, "USCC", "统一社会信用代码"}};
    for (const auto id : client::Groups(db, when).branches_of(client)) {
        const auto c = to_struct<Client>(client::record(), *find_row(db, client::record(), id, when));
        g.add_text(c.code);
        g.add_text(c.name);
        c.uscc.empty() ? g.add_null() : g.add_text(c.uscc);
    }
    return g;
}

Grid contacts(db::Session& db, std::int64_t client, const AsOf& when) {
    const Record& r = contact::record();
    Grid g;
    for (auto& column : list_columns(r))
        if (column.key != "client" && column.key != "voided_on") g.columns.push_back(std::move(column));
    g.columns.push_back({"may_be_used", CellType::flag, "May be used", "可使用"});
    for (const auto& c : contact::contacts_of(db, client, when)) {
        for (const Field& f : r.fields)
            if (f.key != "client") add_cell(g, f, f.access.get(&c), 0, {});
        g.add_flag(c.may_be_used(when.day));
    }
    return g;
}

}  // namespace

Report client_card(Workspace& w, std::string_view code, const AsOf& when) {
    auto& db = w.db();
    const Record& r = client::record();
    const auto row = get_row(db, r, code, when);
    Report report;
    report.shape = Report::Shape::record;
    report.name = r.noun;
    report.rows.columns = list_columns(r);
    const auto parent = number_of(db, r, row.values[r.index("parent")].n);
    add_row(report.rows, db, r, row, [&](std::size_t) -> std::string_view { return parent; });
    report.parts = {{N_("branches"), branches(db, row.id, when)}, {N_("contacts"), contacts(db, row.id, when)}};
    return report;
}

}  // namespace agency
