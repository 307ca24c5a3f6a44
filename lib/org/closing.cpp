#include "org/closing.hpp"

#include "base/translate.hpp"
#include "org/span_rules.hpp"
#include "record/called.hpp"

namespace agency::org {

const Chart& Closing::after(Date last) {
    const auto it = charts_.find(last);
    return it != charts_.end() ? it->second : charts_.emplace(last, Chart(w_, AsOf{last + 1})).first->second;
}

bool Closing::gone(std::int64_t id, Date last) const {
    const auto it = closed_.find(id);
    return it != closed_.end() && it->second <= last;
}

const History& Closing::history() {
    if (!history_) history_.emplace(w_, AsOf{});
    return *history_;
}

std::string Closing::name(std::int64_t employee) const {
    const auto row = find_row(w_.db(), employee::record(), employee, {});
    const auto e = to_struct<Employee>(employee::record(), *row);
    return e.number + " " + e.name;
}

namespace {

Problem standing(std::string message, std::string hint) {
    return {.rule = "ORG-020", .message = std::move(message), .hint = std::move(hint), .code = Exit::refused};
}

}  // namespace

std::optional<Problem> Closing::position(std::int64_t id, Date last) {
    const auto until = to_string(last);
    const auto day = fmt::arg("day", until);
    for (const auto& h : history().held(id))
        if (h.days.to > last)
            return standing(say("{name} holds it after {day}", day, fmt::arg("name", name(h.employee))),
                            say("end the assignment first: agency assignment end {number} --on {day}", day,
                                fmt::arg("number", number_of(w_.db(), assignment::record(), h.assignment))));
    for (const Term& below : history().reports(id))
        if (common(below.days, history().life(id)).to > last && !below.days.none() && !gone(below.value, last)) {
            const auto number = number_of(w_.db(), position::record(), below.value);
            const auto code = fmt::arg("code", number);
            return standing(
                say("{code} reports to it after {day}", day, code),
                say("give it another superior first: agency position edit {code} --set reports_to=POSITION", code));
        }
    return {};
}

std::optional<Problem> Closing::opened(std::int64_t id, Date first) {
    for (const auto& h : history().held(id))
        if (h.days.from < first)
            return standing(say("{name} holds it before {day}", fmt::arg("name", name(h.employee)),
                                fmt::arg("day", to_string(first))),
                            say("void the assignment and enter it from a later day first: agency assignment void "
                                "{number} --reason TEXT",
                                fmt::arg("number", number_of(w_.db(), assignment::record(), h.assignment))));
    return {};
}

std::optional<Problem> Closing::department(std::int64_t id, Date last) {
    const Chart& chart = after(last);
    const auto until = to_string(last);
    const auto day = fmt::arg("day", until);
    std::string inside;
    for (const auto& [position, life] : history().lives())
        for (const Term& t : history().departments(position)) {
            const auto days = common(t.days, life);
            if (t.value != id || days.none() || days.to <= last) continue;
            auto code = number_of(w_.db(), position::record(), position);
            if (inside.empty() || code < inside) inside = std::move(code);
        }
    if (!inside.empty())
        return standing(say("position {code} is in it after {day}", day, fmt::arg("code", inside)),
                        say("close or move it first: agency position edit {code}", fmt::arg("code", inside)));
    for (const auto& [other, d] : chart.departments())
        if (d.parent.value == id && !gone(other, last))
            return standing(say("department {code} is in it after {day}", day, fmt::arg("code", d.code)),
                            say("close or move it first: agency department edit {code}", fmt::arg("code", d.code)));
    return {};
}

namespace {

/// The last day that a row gives to a record which had none, or a later one.
std::optional<Date> closes(const ImportRow& row, const Record& r) {
    const Value& last = row.values[r.index(r.ends)];
    if (!row.old || row.bad || !last) return std::nullopt;
    const Value& before = row.old->values[r.index(r.ends)];
    if (before && before.n <= last.n) return std::nullopt;
    return Date{static_cast<std::int32_t>(last.n)};
}

/// The first day that a row gives to a record which had none, or an earlier one.
std::optional<Date> opens(const ImportRow& row, const Record& r) {
    const Value& first = row.values[r.index("valid_from")];
    if (!row.old || row.bad || !first) return std::nullopt;
    const Value& before = row.old->values[r.index("valid_from")];
    if (before && before.n >= first.n) return std::nullopt;
    return Date{static_cast<std::int32_t>(first.n)};
}

}  // namespace

void ClosingRules::check(ImportRow& row) {
    check_span(row, r_, "valid_from", r_.ends);
    const auto refuse = [&](std::string_view field, std::optional<Problem> why) {
        if (!why) return;
        why->field = field;
        row.report(std::move(*why));
    };
    if (const auto last = closes(row, r_)) refuse(r_.ends, left_behind(*closing_, row.id, *last));
    if (const auto first = opens(row, r_)) refuse("valid_from", before_it(*closing_, row.id, *first));
}

void ClosingRules::require_open(ImportRow& row, std::string_view field) {
    const auto at = r_.index(field), ends = r_.index(r_.ends);
    const Value &of = row.values[at], &last = row.values[ends];
    if (row.bad || !of || of.n <= 0) return;
    if (row.old && row.old->values[at] == of && row.old->values[ends] == last) return;  // nothing of it changes
    const Record& r = r_.fields[at].target();
    const auto found = find_row(w_->db(), r, of.n, {});
    const Value until = found ? found->values[r.index(r.ends)] : Value{};
    if (!until || (last && last.n <= until.n)) return;
    const Date day{static_cast<std::int32_t>(until.n)};
    // Who moves elsewhere before that day is not there any more.
    if (const auto moves = later_change(w_->db(), r_, row.id, field, effective_); row.old && moves && *moves <= day + 1)
        return;
    row.problem(
        field, "ORG-020",
        say("{code} ends on {day}, before what would stand on it", fmt::arg("code", found->values[r.index(r.key)].s),
            fmt::arg("day", to_string(day))),
        say("let that end later, or this end with it: agency {noun} edit {code} --set {field}=DAY",
            fmt::arg("noun", typed(r)), fmt::arg("code", found->values[r.index(r.key)].s), fmt::arg("field", r.ends)));
}

void ClosingRules::take(ImportRow& row) {
    if (const auto last = closes(row, r_)) closing_->closed(row.id, *last);
}

}  // namespace agency::org
