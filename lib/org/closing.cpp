#include "org/closing.hpp"

#include "base/translate.hpp"
#include "org/span_rules.hpp"

namespace agency::org {

const Chart& Closing::after(Date last) {
    const auto it = charts_.find(last);
    return it != charts_.end() ? it->second : charts_.emplace(last, Chart(w_, AsOf{last + 1})).first->second;
}

bool Closing::gone(std::int64_t id, Date last) const {
    const auto it = closed_.find(id);
    return it != closed_.end() && it->second <= last;
}

std::string Closing::position(std::int64_t id, Date last) {
    const Chart& chart = after(last);
    const Place* p = chart.find(id);
    if (!p) return {};
    const auto until = to_string(last);
    const auto day = fmt::arg("day", until);
    if (!p->holders.empty())
        return say("{name} holds it after {day}; end the assignment first", day,
                   fmt::arg("name", name_of(chart, p->holders.front())));
    for (const auto below : p->reports)
        if (!gone(below, last))
            return say("{code} reports to it after {day}; give it another superior first", day,
                       fmt::arg("code", chart.code(below)));
    return {};
}

std::string Closing::department(std::int64_t id, Date last) {
    const Chart& chart = after(last);
    const auto until = to_string(last);
    const auto day = fmt::arg("day", until);
    for (const Place* p : chart.by_code())
        if (p->position.department.value == id)
            return say("position {code} is in it after {day}; close or move it first", day,
                       fmt::arg("code", p->position.code));
    for (const auto& [other, d] : chart.departments())
        if (d.parent.value == id && !gone(other, last))
            return say("department {code} is in it after {day}; close or move it first", day, fmt::arg("code", d.code));
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

}  // namespace

void ClosingRules::check(ImportRow& row) {
    check_span(row, r_, "valid_from", r_.ends);
    if (const auto last = closes(row, r_))
        if (auto why = left_behind(*closing_, row.id, *last); !why.empty())
            row.problem(r_.ends, "ORG-020", std::move(why));
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
    row.problem(field, "ORG-020",
                say("{code} ends on {day}, before what would stand on it",
                    fmt::arg("code", found->values[r.index(r.key)].s), fmt::arg("day", to_string(day))));
}

void ClosingRules::take(ImportRow& row) {
    if (const auto last = closes(row, r_)) closing_->closed(row.id, *last);
}

}  // namespace agency::org
