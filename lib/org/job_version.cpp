#include "org/job_version.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "org/check.hpp"
#include "org/people.hpp"
#include "org/settings.hpp"

namespace agency::job {
namespace {

Error refused(std::string message, std::string_view rule, std::string_view ref, std::string hint = {}) {
    return Error(Exit::refused, std::move(message), std::move(hint)).with_rule(rule).with_ref(ref);
}

/// The position with its newest draft.
struct Draft {
    Draft(Workspace& w, std::string_view code, Date day)
        : row(get_row(w.db(), position::record(), code, AsOf{day})),
          place(to_struct<Position>(position::record(), row)) {
        sheet.version = place.job_version.value_or(0);
        const Record& r = record();
        std::vector<Job> lines;
        w.db().each(
            "SELECT id FROM job WHERE position = $1 AND undone = 0 ORDER BY id",
            [&](db::Statement& s) { ids.push_back(s.integer(0)); }, row.id);
        for (const auto id : ids) {
            const auto found = find_row(w.db(), r, id, {});
            if (found->voided_on) continue;
            lines.push_back(to_struct<Job>(r, *found));
            sheet.version = std::max(sheet.version, lines.back().version);
        }
        if (sheet.version == place.job_version.value_or(0))
            throw refused(say("position {code} has no draft of a job description", fmt::arg("code", code)), "JD-001",
                          code, tr("enter its lines first: agency job import FILE"));
        for (Job& line : lines)
            if (line.version == sheet.version) sheet.lines.push_back(std::move(line));
    }
    Row row;
    Position place;
    org::JobSheet sheet;
    std::vector<std::int64_t> ids;
};

bool holds(const org::Chart& chart, std::int64_t position, std::int64_t employee) {
    const auto* p = chart.find(position);
    return p &&
           std::any_of(p->holders.begin(), p->holders.end(), [&](const auto& h) { return h.employee == employee; });
}

/// Who works in HR & Admin.
std::set<std::int64_t> hr_people(Workspace& w, const org::Chart& chart) {
    std::set<std::int64_t> out;
    for (const auto* p : chart.by_code())
        for (const auto d : chart.departments_up(p->position.department.value))
            if (chart.department_code(d) == w.rules().text(org::hr_department))
                for (const auto& h : p->holders) out.insert(h.employee);
    return out;
}

/// The position whose holders approve as the superior one: the nearest above that somebody holds who does not hold this
/// one too, else the top; a vacant one is not passed over.
std::int64_t superior_position(const org::Chart& chart, const Position& place) {
    auto at = place.reports_to ? place.reports_to.value : place.id.value;
    std::set<std::int64_t> seen;
    for (const auto* p = chart.find(at); p && seen.insert(at).second; p = chart.find(at)) {
        const bool others = p->holders.empty() || std::any_of(p->holders.begin(), p->holders.end(), [&](const auto& h) {
                                return !holds(chart, place.id.value, h.employee);
                            });
        if (others || !chart.find(p->position.reports_to.value)) break;
        at = p->position.reports_to.value;
    }
    return at;
}

/// Whether the employee is the head of the house, not only for somebody else.
bool heads(const org::Chart& chart, std::int64_t position, std::int64_t employee) {
    const auto* p = chart.find(position);
    return p && !chart.find(p->position.reports_to.value) &&
           std::any_of(p->holders.begin(), p->holders.end(),
                       [&](const auto& h) { return h.employee == employee && h.kind != Assignment::Kind::acting; });
}

/// The last operation that wrote or voided a line of the version.
std::int64_t last_written(db::Session& db, std::int64_t position, std::int64_t version) {
    return db
        .integer(
            "SELECT MAX(t.operation) FROM (SELECT operation FROM job WHERE position = $1 AND version = $2 UNION ALL "
            "SELECT c.operation FROM job_change AS c JOIN job AS j ON j.id = c.id WHERE j.position = $1 AND j.version "
            "= $2) AS t JOIN operation AS o ON o.id = t.operation WHERE o.undone_by IS NULL",
            position, version)
        .value_or(0);
}

/// The last operation that approved something; `field`: job_superior or job_hr.
std::int64_t last_approved(db::Session& db, std::int64_t position, std::string_view field) {
    return db
        .integer(
            "SELECT MAX(c.operation) FROM position_change AS c JOIN operation AS o ON o.id = c.operation WHERE c.id = "
            "$1 AND c.field = $2 AND o.undone_by IS NULL",
            position, field)
        .value_or(0);
}

void set(Operation& op, const Record& r, std::int64_t id, std::string_view field, std::int64_t version, Date day) {
    add_change(op, r, id, r.field(field), Value::of(version), day);
}

}  // namespace

void approve(Workspace& w, std::string_view code, Approval as, std::string_view employee, Date day,
             std::string_view command) {
    Operation op(w, "job.approve", code, command);
    const Draft draft(w, code, day);
    const org::Chart chart(w, AsOf{day});
    org::People people(w);
    const auto decider = people.decider("by", employee, "JD-003");
    const auto who = get_row(w.db(), employee::record(), decider, {}).id;
    const auto superior = superior_position(chart, draft.place);
    const auto hr = hr_people(w, chart);
    if (as == Approval::superior ? !holds(chart, superior, who) : !hr.contains(who))
        throw refused(as == Approval::superior
                          ? say("employee {number} does not hold {code}, the superior position",
                                fmt::arg("number", decider), fmt::arg("code", chart.code(superior)))
                          : say("employee {number} does not work in {code}", fmt::arg("number", decider),
                                fmt::arg("code", w.rules().text(org::hr_department))),
                      "JD-003", code);
    if (holds(chart, draft.row.id, who) && !(as == Approval::superior ? heads(chart, superior, who) : hr.size() == 1))
        throw refused(say("employee {number} holds {code} and does not approve its description",
                          fmt::arg("number", decider), fmt::arg("code", code)),
                      "JD-003", code, tr("somebody else of the superior position or HR & Admin approves it"));
    set(op, position::record(), draft.row.id, as == Approval::superior ? "job_superior" : "job_hr", draft.sheet.version,
        day);
    op.audit("approve", "job", draft.row.id, "", json_of("employee", decider));
    people.note_entered(op, "job", draft.row.id, decider);
    op.commit();
}

void require_unapproved(Operation& op, std::int64_t position, std::int64_t version) {
    if (op.db().integer(
            "SELECT 1 FROM position_change WHERE id = $1 AND field IN ('job_superior', 'job_hr') AND value = "
            "$2 AND operation = $3 LIMIT 1",
            position, std::to_string(version), op.id()))
        throw refused(say("version {version} was approved before in this batch", fmt::arg("version", version)),
                      "JD-003", number_of(op.db(), position::record(), position),
                      tr("its lines come before its approval"));
}

std::int64_t draft(Workspace& w, std::string_view code, std::string_view command) {
    Operation op(w, "job.draft", code, command);
    const Record& r = record();
    const auto row = get_row(w.db(), position::record(), code, {});
    const auto in_force =
        to_struct<Position>(position::record(), get_row(w.db(), position::record(), code, AsOf{w.today()})).job_version;
    const auto last = to_struct<Position>(position::record(), row).job_version;
    if (!in_force)
        throw refused(say("no job description of {code} is in force", fmt::arg("code", code)), "JD-010", code,
                      tr("enter its lines first: agency job import FILE"));
    std::vector<Row> lines;
    auto version = *last;
    each_row_of(w.db(), r, "position", row.id, {}, [&](Row&& line) {
        const auto of = line.values[r.index("version")].n;
        if (of > *last && !line.voided_on)
            throw refused(say("version {version} of the job description of {code} is a draft already",
                              fmt::arg("version", of), fmt::arg("code", code)),
                          "JD-010", code);
        version = std::max(version, of);  // numbers of voided lines are not used again
        if (of == *in_force && !line.voided_on) lines.push_back(std::move(line));
    });
    ++version;
    for (Row& line : lines) {
        line.values[r.index("version")] = Value::of(version);
        std::string number;
        for (const auto part : r.key_parts)
            if (const Value& v = line.values[r.index(part)])
                number += (number.empty() ? "" : "/") + display(w.db(), r.field(part), v, 0);
        const auto composed = number;
        for (int n = 2; find_row(w.db(), r, number, {}); ++n) number = fmt::format("{}/{}", composed, n);
        line.values[r.index(r.key)] = Value::of(std::string_view(number));
        const auto id = write_record(op, r, line.values);
        op.audit("add", r.noun, id, "", json_of(w.db(), r, line.values));
    }
    op.commit();
    return version;
}

void issue(Workspace& w, std::string_view code, Date day, std::string_view command) {
    Operation op(w, "job.issue", code, command);
    const Draft draft(w, code, day);
    for (const Job& line : draft.sheet.lines)
        if (const auto word = org::vague_word(w.rules(), line); !word.empty())
            throw refused(
                say("\"{word}\" in \"{text}\" has no standard", fmt::arg("word", word), fmt::arg("text", line.text)),
                "JD-002", code, tr("say by what it is seen to be done"));
    if (const auto missing = org::missing_parts(w.rules(), draft.sheet); !missing.empty()) {
        std::string parts;
        for (const auto& part : missing) parts += (parts.empty() ? "" : "; ") + part;
        throw refused(
            say("the job description of {code} lacks: {parts}", fmt::arg("code", code), fmt::arg("parts", parts)),
            "JD-001", code);
    }
    const auto written = last_written(w.db(), draft.row.id, draft.sheet.version);
    for (const auto& [version, field, who] :
         {std::tuple(draft.place.job_superior, "job_superior", N_("the superior position")),
          std::tuple(draft.place.job_hr, "job_hr", N_("HR & Admin"))}) {
        if (version.value_or(0) == draft.sheet.version && last_approved(w.db(), draft.row.id, field) < written)
            throw refused(
                say("version {version} of the job description of {code} was changed since it was approved by "
                    "{who}",
                    fmt::arg("version", draft.sheet.version), fmt::arg("code", code), fmt::arg("who", tr(who))),
                "JD-003", code, say("agency job approve {code} --as WHO", fmt::arg("code", code)));
        if (version.value_or(0) != draft.sheet.version)
            throw refused(
                say("version {version} of the job description of {code} is not approved by {who}",
                    fmt::arg("version", draft.sheet.version), fmt::arg("code", code), fmt::arg("who", tr(who))),
                "JD-003", code, say("agency job approve {code} --as WHO", fmt::arg("code", code)));
    }
    set(op, position::record(), draft.row.id, "job_version", draft.sheet.version, day);
    op.commit();
}

void void_line(Workspace& w, std::string_view number, std::optional<Date> day, std::string_view reason,
               std::string_view command) {
    Operation op(w, "job.void", number, command);
    const auto row = get_row(w.db(), record(), number, {});
    const auto line = to_struct<Job>(record(), row);
    if (row.voided_on)
        throw refused(say("line {number} is voided already", fmt::arg("number", number)), "JD-010", number);
    const auto found = *find_row(w.db(), position::record(), line.position.value, {});
    const auto place = to_struct<Position>(position::record(), found);
    if (line.version <= place.job_version.value_or(0))
        throw refused(say("line {number} is of a version that is in force or older; a change is a new version",
                          fmt::arg("number", number)),
                      "JD-010", number, say("agency job draft {code}", fmt::arg("code", place.code)));
    require_unapproved(op, line.position.value, line.version);
    add_void(op, record(), row.id, day.value_or(w.today()), reason);
    op.commit();
}

void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    auto& db = op.db();
    std::vector<Job> lines;
    const auto note = [&](db::Statement& s) {
        Job& line = lines.emplace_back();
        line.position.value = s.integer(0);
        line.version = s.integer(1);
        line.number = s.string(2);
    };
    db.each("SELECT position, version, number FROM job WHERE id BETWEEN $1 AND $2", note, first, last);
    for (const auto id : touched) db.each("SELECT position, version, number FROM job WHERE id = $1", note, id);
    for (const Job& line : lines) {
        const auto found = find_row(db, position::record(), line.position.value, {});
        const auto place = to_struct<Position>(position::record(), *found);
        const bool issued = line.version <= place.job_version.value_or(0);
        if (!issued && line.version != place.job_superior && line.version != place.job_hr) continue;
        const auto version = fmt::arg("version", line.version);
        const auto code = fmt::arg("code", place.code);
        throw refused(
            issued ? say("version {version} of the job description of {code} is in force or older", version, code)
                   : say("version {version} of the job description of {code} is approved", version, code),
            issued ? "JD-010" : "JD-003", line.number, tr("take that back first; agency op list shows the operations"));
    }
}

void acknowledge(Workspace& w, std::string_view code, std::string_view employee, Date day, std::string_view command) {
    Operation op(w, "job.acknowledge", code, command);
    const auto place = get_row(w.db(), position::record(), code, AsOf{day});
    const auto version = to_struct<Position>(position::record(), place).job_version;
    if (!version)
        throw refused(say("no job description of {code} is in force", fmt::arg("code", code)), "JD-010", code);
    const auto who = get_row(w.db(), employee::record(), employee, {}).id;
    const Record& r = assignment::record();
    bool found = false;
    std::vector<std::int64_t> ids;
    w.db().each(
        "SELECT id FROM assignment WHERE position = $1 AND employee = $2 AND undone = 0",
        [&](db::Statement& s) { ids.push_back(s.integer(0)); }, place.id, who);
    for (const auto id : ids) {
        const auto row = find_row(w.db(), r, id, {});
        const auto a = to_struct<Assignment>(r, *row);
        if (row->voided_on || a.starts_on > day || (a.ends_on && *a.ends_on < day)) continue;
        set(op, r, id, "job_read", *version, day);
        found = true;
    }
    if (!found)
        throw refused(say("employee {number} does not hold {code} on {day}", fmt::arg("number", employee),
                          fmt::arg("code", code), fmt::arg("day", to_string(day))),
                      "JD-010", code);
    op.commit();
}

}  // namespace agency::job
