#include "period/period.hpp"

#include "base/error.hpp"
#include "base/translate.hpp"
#include "record/store.hpp"

namespace agency::period {

namespace {

void write_event(Operation& op, Month month, std::string_view action) {
    const auto id =
        op.db().integer("INSERT INTO period_event (month, action, operation) VALUES ($1, $2, $3) RETURNING id",
                        to_string(month), action, op.id());
    op.audit(action, "period", *id, "", json_of("month", to_string(month)));
}

}  // namespace

bool settle(Operation& op) {
    const auto now = closed_through(op.db());
    const auto wanted = closed_by(
        op.db(),
        " WHERE EXISTS (SELECT 1 FROM operation AS o WHERE o.id = e.operation AND o.undone_by IS NULL AND NOT "
        "EXISTS (SELECT 1 FROM operation_undo AS u WHERE u.operation = o.id))");
    if (wanted == now) return false;
    if (wanted && (!now || *now < *wanted))
        write_event(op, *wanted, "close");
    else
        write_event(op, wanted ? Month{wanted->index + 1} : first_month, "reopen");
    return true;
}

void close(Workspace& w, Month month, std::string_view command) {
    Operation op(w, "period.close", to_string(month), command);
    if (const auto closed = closed_through(w.db()); closed && month <= *closed)
        throw Error(Exit::refused, say("{month} is closed already; everything up to {closed} is",
                                       fmt::arg("month", to_string(month)), fmt::arg("closed", to_string(*closed))))
            .with_ref(to_string(month));
    if (month.last() >= w.today())
        throw Error(Exit::refused, say("{month} is not over yet", fmt::arg("month", to_string(month))),
                    tr("close it from the first day of the next month on"))
            .with_ref(to_string(month));
    write_event(op, month, "close");
    op.commit();
}

void reopen(Workspace& w, Month month, std::string_view command) {
    Operation op(w, "period.reopen", to_string(month), command);
    const auto closed = closed_through(w.db());
    if (!closed || month > *closed)
        throw Error(Exit::refused, say("{month} is open", fmt::arg("month", to_string(month))),
                    closed ? say("everything up to {closed} is closed", fmt::arg("closed", to_string(*closed)))
                           : std::string(tr("no month is closed")))
            .with_ref(to_string(month));
    write_event(op, month, "reopen");
    op.commit();
}

std::vector<GridColumn> list_columns() {
    return {{"month", CellType::text, "Month", "月份"},
            {"action", CellType::text, "Action", "操作"},
            {"recorded_at", CellType::text, "Recorded at", "记录时间"},
            {"actor", CellType::text, "Actor", "操作人"}};
}

Report list(Workspace& w) {
    Report report;
    report.name = N_("periods");
    report.rows.columns = list_columns();
    w.db().each(
        "SELECT month, action, recorded_at, actor FROM period_event JOIN operation ON operation.id = "
        "period_event.operation ORDER BY period_event.id",
        [&](db::Statement& row) {
            row.text(0) == to_string(first_month) ? report.rows.add_null() : report.rows.add_text(row.text(0));
            for (int c = 1; c < 4; ++c) report.rows.add_text(row.text(c));
        });
    return report;
}

}  // namespace agency::period
