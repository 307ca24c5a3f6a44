#include "op/operations.hpp"

#include <map>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "record/store.hpp"

namespace agency::op {
namespace {

void add_operations(Workspace& w, Grid& grid, std::int64_t first, std::int64_t last) {
    std::map<std::int64_t, std::string> undoes;
    w.db().each(
        "SELECT DISTINCT operation, undoes FROM operation_undo WHERE operation BETWEEN $1 AND $2 ORDER BY operation, "
        "undoes",
        [&](db::Statement& s) {
            auto& text = undoes[s.integer(0)];
            text += (text.empty() ? "" : ";") + std::to_string(s.integer(1));
        },
        first, last);
    w.db().each(
        "SELECT id, recorded_at, actor, command, undone_by, clock_given FROM operation WHERE id BETWEEN $1 AND $2 "
        "ORDER BY id DESC",
        [&](db::Statement& s) {
            grid.add_integer(s.integer(0));
            for (int c = 1; c <= 3; ++c) grid.add_text(s.text(c));
            const auto it = undoes.find(s.integer(0));
            it == undoes.end() ? grid.add_null() : grid.add_text(it->second);
            s.is_null(4) ? grid.add_null() : grid.add_integer(s.integer(4));
            grid.add_flag(s.integer(5) != 0);
        },
        first, last);
}

/// The rows of `difference`.
class Difference {
public:
    Difference(Workspace& w, std::int64_t id, Grid& grid) : db_(w.db()), id_(id), grid_(grid) {}

    void of(const Record& r) {
        const std::string noun(r.noun);
        std::vector<std::int64_t> ids;
        db_.each(
            "SELECT id FROM " + noun + " WHERE operation = $1 ORDER BY id",
            [&](db::Statement& s) { ids.push_back(s.integer(0)); }, id_);
        for (const auto id : ids) entered(r, id);
        if (!r.has_changes()) return;
        // Of an undo: the values that count no more, or again.
        struct Fact {
            std::int64_t id;
            std::string field, effective;
        };
        std::vector<Fact> facts;
        db_.each(
            "SELECT DISTINCT id, field, effective_on FROM " + noun +
                "_change WHERE operation = $1 OR operation IN (SELECT root FROM operation_undo WHERE operation = $1) "
                "ORDER BY id, effective_on, field",
            [&](db::Statement& s) {
                facts.push_back({s.integer(0), s.string(1), s.string(2)});
            },
            id_);
        for (const auto& f : facts) changed(r, f.id, f.field, f.effective);
    }

private:
    void entered(const Record& r, std::int64_t id) {
        const auto row = find_row(db_, r, id, {last_day, id_});
        add(r, id, "", "", json_of(db_, r, row->values), "");
    }
    void changed(const Record& r, std::int64_t id, const std::string& field, const std::string& effective) {
        const auto day = *parse_iso_date(effective);
        const auto before = find_row(db_, r, id, {day, id_ - 1}), after = find_row(db_, r, id, {day, id_});
        if (field == "voided") {
            const auto on = [](const std::optional<Row>& row) {
                return row && row->voided_on ? to_string(*row->voided_on) : std::string();
            };
            if (on(before) != on(after)) add(r, id, "voided_on", on(before), on(after), effective);
            return;
        }
        const auto& f = r.field(field);
        const auto text = [&](const std::optional<Row>& row) {
            return row ? display(db_, f, row->values[r.index(field)], digits_of(db_, r, row->values)) : std::string();
        };
        if (text(before) != text(after)) add(r, id, field, text(before), text(after), effective);
    }
    void add(const Record& r, std::int64_t id, std::string_view field, std::string_view before, std::string_view after,
             std::string_view effective) {
        grid_.add_constant(r.noun);
        grid_.add_text(number_of(db_, r, id));
        for (const auto text : {field, before, after}) text.empty() ? grid_.add_null() : grid_.add_text(text);
        const auto day = parse_iso_date(effective).value_or(beginning);
        day > beginning ? grid_.add_day(day) : grid_.add_null();
    }

    db::Session& db_;
    std::int64_t id_;
    Grid& grid_;
};

}  // namespace

void require_operation(db::Session& db, std::int64_t id, std::int64_t before) {
    if (id >= before || !db.integer("SELECT id FROM operation WHERE id = $1", id))
        throw Error(Exit::not_found, say("there is no operation {id}", fmt::arg("id", id)),
                    tr("agency op list shows the operations"))
            .with_ref(std::to_string(id));
}

std::vector<GridColumn> operations_columns() {
    return {{"operation", CellType::integer, "Operation", "操作号"},
            {"recorded_at", CellType::text, "Recorded at", "记录时间"},
            {"actor", CellType::text, "Actor", "操作人"},
            {"command", CellType::text, "Command", "命令"},
            {"undoes", CellType::text, "Undoes", "撤销了"},
            {"undone_by", CellType::integer, "Undone by", "被撤销于"},
            {"clock_given", CellType::flag, "Clock given", "指定时钟"}};
}

Report operations(Workspace& w) {
    Report report;
    report.name = N_("operations");
    report.narrow = {"operation", "recorded_at", "actor", "command"};
    report.rows.columns = operations_columns();
    add_operations(w, report.rows, 0, INT64_MAX);
    return report;
}

Report operation(Workspace& w, std::int64_t id) {
    require_operation(w.db(), id);
    Report report;
    report.shape = Report::Shape::record;
    report.name = N_("operation");
    report.rows.columns = operations_columns();
    add_operations(w, report.rows, id, id);
    Grid trail;
    trail.columns = {{"seq", CellType::integer, "Row", "序号"},    {"verb", CellType::text, "Verb", "动作"},
                     {"noun", CellType::text, "Noun", "对象"},     {"id", CellType::integer, "Id", "内部号"},
                     {"before", CellType::text, "Before", "之前"}, {"after", CellType::text, "After", "之后"}};
    w.db().each(
        "SELECT seq, verb, noun, id, before, after FROM audit WHERE operation = $1 ORDER BY seq",
        [&](db::Statement& s) {
            trail.add_integer(s.integer(0));
            trail.add_text(s.text(1));
            trail.add_text(s.text(2));
            trail.add_integer(s.integer(3));
            trail.add_text(s.text(4));
            trail.add_text(s.text(5));
        },
        id);
    report.parts.emplace_back(N_("trail"), std::move(trail));
    return report;
}

std::vector<GridColumn> difference_columns() {
    return {{"noun", CellType::word, "Noun", "对象"},   {"ref", CellType::text, "Reference", "编号"},
            {"field", CellType::text, "Field", "字段"}, {"before", CellType::text, "Before", "之前"},
            {"after", CellType::text, "After", "之后"}, {"effective_on", CellType::day, "Effective", "生效日"}};
}

Report difference(Workspace& w, std::span<const Record* const> records, std::int64_t id) {
    require_operation(w.db(), id);
    Report report;
    report.name = N_("differences");
    report.narrow = {"noun", "ref", "field", "before", "after"};
    report.rows.columns = difference_columns();
    Difference difference(w, id, report.rows);
    for (const Record* r : records) difference.of(*r);
    w.db().each(
        "SELECT action, month FROM period_event WHERE operation = $1 ORDER BY id",
        [&](db::Statement& s) {
            report.rows.add_constant("period");
            report.rows.add_text(s.text(1));
            report.rows.add_constant("action");
            report.rows.add_null();
            report.rows.add_text(s.text(0));
            report.rows.add_null();
        },
        id);
    return report;
}

std::vector<GridColumn> imports_columns() {
    return {{"operation", CellType::integer, "Operation", "操作号"},
            {"recorded_at", CellType::text, "Recorded at", "记录时间"},
            {"actor", CellType::text, "Actor", "操作人"},
            {"noun", CellType::word, "Noun", "对象"},
            {"source", CellType::text, "Source", "来源"},
            {"batch", CellType::text, "Batch", "批次"},
            {"read", CellType::integer, "Read", "读入"},
            {"inserted", CellType::integer, "Inserted", "新增"},
            {"updated", CellType::integer, "Updated", "更新"},
            {"unchanged", CellType::integer, "Unchanged", "未变"},
            {"rejected", CellType::integer, "Rejected", "拒绝"},
            {"undone_by", CellType::integer, "Undone by", "被撤销于"}};
}

Report imports(Workspace& w) {
    Report report;
    report.name = N_("imports");
    report.narrow = {"operation", "recorded_at", "noun", "source", "batch", "inserted"};
    report.rows.columns = imports_columns();
    w.db().each(
        "SELECT o.id, o.recorded_at, o.actor, i.noun, i.source, i.batch, i.row_count, i.inserted, i.updated, "
        "i.unchanged, i.rejected, o.undone_by FROM import AS i JOIN operation AS o ON o.id = i.operation ORDER BY i.id "
        "DESC",
        [&](db::Statement& s) {
            auto& g = report.rows;
            g.add_integer(s.integer(0));
            for (int c = 1; c <= 4; ++c) g.add_text(s.text(c));
            s.is_null(5) ? g.add_null() : g.add_text(s.text(5));
            for (int c = 6; c <= 10; ++c) g.add_integer(s.integer(c));
            s.is_null(11) ? g.add_null() : g.add_integer(s.integer(11));
        });
    return report;
}

}  // namespace agency::op
