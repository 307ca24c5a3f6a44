#include "org/history.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace agency::org {
namespace {

template <class T>
const T& at_or_none(const std::map<std::int64_t, T>& map, std::int64_t id) {
    static const T none{};
    const auto it = map.find(id);
    return it == map.end() ? none : it->second;
}

/// Every row of a record that ever counted, with its plain fields as they are known and its dated ones as entered.
template <class T>
void each_entered(db::Session& db, const Record& r, const AsOf& when,
                  const std::function<void(T&&, const std::optional<Date>& voided_on)>& each) {
    const Changes until(db, r, when);
    each_row(db, r, AsOf{beginning, when.operation},
             [&](const Row& row) { each(to_struct<T>(r, row), until.voided_on(row.id)); });
}

std::int64_t number_in(std::string_view text) {
    std::int64_t n = 0;
    std::from_chars(text.data(), text.data() + text.size(), n);
    return n;
}

}  // namespace

Terms::Terms(db::Session& db, const Record& r, std::string_view field, const AsOf& when) {
    const auto undone = undone_operations(db, when.operation);
    db.each(
        "SELECT id, value, effective_on, operation FROM " + std::string(r.noun) +
            "_change WHERE field = $1 AND effective_on <= $2 AND operation <= $3 ORDER BY effective_on, operation",
        [&](db::Statement& s) {
            if (!undone.contains(s.integer(3)))
                changes_[s.integer(0)].push_back({s.is_null(1) ? 0 : number_in(s.text(1)), {s.day(2), last_day}});
        },
        field, when.day, when.operation);
}

std::vector<Term> Terms::of(std::int64_t id, std::int64_t entered) const {
    std::vector<Term> out{{entered, {}}};
    for (const Term& change : at_or_none(changes_, id)) {
        out.back().days.to = change.days.from + -1;
        if (out.back().days.none()) out.pop_back();
        out.push_back(change);
    }
    return out;
}

Days common(const Days& a, const Days& b) {
    return {std::max(a.from, b.from), std::min(a.to, b.to)};
}

Days days_of(const std::optional<Date>& from, const std::optional<Date>& to, const std::optional<Date>& voided_on) {
    return {from.value_or(beginning),
            voided_on ? std::min(to.value_or(last_day), *voided_on + -1) : to.value_or(last_day)};
}

std::vector<Days> joined(std::vector<Days> days) {
    std::erase_if(days, [](const Days& d) { return d.none(); });
    std::sort(days.begin(), days.end(), [](const Days& a, const Days& b) { return a.from < b.from; });
    std::vector<Days> out;
    for (const Days& d : days)
        if (out.empty() || d.from > out.back().to + 1)
            out.push_back(d);
        else
            out.back().to = std::max(out.back().to, d.to);
    return out;
}

std::vector<Days> without(const std::vector<Days>& days, const std::vector<Days>& gaps) {
    std::vector<Days> out;
    for (Days d : days) {
        for (const Days& gap : gaps) {
            if (gap.to < d.from || gap.from > d.to) continue;
            if (gap.from > d.from) out.push_back({d.from, gap.from + -1});
            d.from = gap.to + 1;
        }
        if (!d.none()) out.push_back(d);
    }
    return out;
}

std::vector<Days> Tally::any() const {
    std::vector<Days> out;
    std::int64_t n = 0;
    for (const auto& [day, more] : steps_) {
        if (n <= 0 && n + more > 0) out.push_back({day, last_day});
        if (n > 0 && n + more <= 0) out.back().to = day + -1;
        n += more;
    }
    return out;
}

void Tally::add(const Days& days, std::int64_t n) {
    if (days.none()) return;
    steps_[days.from] += n;
    steps_[days.to + 1] -= n;
}

std::optional<Date> since(Date day, std::initializer_list<const Tally*> counts,
                          const std::function<bool(std::span<const std::int64_t>)>& holds) {
    std::map<Date, std::vector<std::pair<std::size_t, std::int64_t>>> steps;
    std::size_t which = 0;
    for (const Tally* c : counts) {
        for (auto it = c->steps().begin(); it != c->steps().end() && it->first <= day; ++it)
            steps[it->first].emplace_back(which, it->second);
        ++which;
    }
    std::vector<std::int64_t> numbers(counts.size());
    std::optional<Date> first;
    if (holds(numbers)) first = beginning;
    for (const auto& [on, changes] : steps) {
        for (const auto& [i, n] : changes) numbers[i] += n;
        if (!holds(numbers))
            first.reset();
        else if (!first)
            first = on;
    }
    return first;
}

std::optional<Date> since(Date day, const Tally& count, const std::function<bool(std::int64_t)>& holds) {
    return since(day, {&count}, [&](std::span<const std::int64_t> n) { return holds(n[0]); });
}

History::History(Workspace& w, const AsOf& when) : day_(when.day) {
    auto& db = w.db();
    const Terms superiors(db, position::record(), "reports_to", when),
        departments(db, position::record(), "department", when), headcounts(db, position::record(), "headcount", when),
        shares(db, assignment::record(), "fte", when);
    each_entered<Position>(db, position::record(), when, [&](Position&& p, const auto& voided_on) {
        const auto id = p.id.value;
        const Days life = lives_[id] = days_of(p.valid_from, p.valid_to, voided_on);
        superiors_[id] = superiors.of(id, p.reports_to.value);
        for (const Term& t : superiors_[id])
            if (t.value) reports_[t.value].push_back({id, common(t.days, life)});
        departments_[id] = departments.of(id, p.department.value);
        headcounts_[id] = headcounts.of(id, p.headcount);
    });
    each_entered<Employee>(db, employee::record(), when, [&](Employee&& e, const auto& voided_on) {
        employed_[e.id.value] = days_of(e.hired_on, e.left_on, voided_on);
    });
    each_entered<Assignment>(db, assignment::record(), when, [&](Assignment&& a, const auto& voided_on) {
        Holding h{a.employee.value, a.position.value, a.kind};
        h.assignment = a.id.value;
        const Days days =
            common(days_of(a.starts_on, a.ends_on, voided_on), common(employed(h.employee), life(h.position)));
        for (const Term& t : shares.of(a.id.value, a.fte)) {
            h.fte = t.value;
            h.days = common(days, t.days);
            if (h.days.none()) continue;
            by_position_[h.position].push_back(h);
            by_employee_[h.employee].push_back(h);
        }
    });
}

Days History::life(std::int64_t position) const {
    const auto it = lives_.find(position);
    return it == lives_.end() ? Days{last_day, beginning} : it->second;
}
Days History::employed(std::int64_t employee) const {
    const auto it = employed_.find(employee);
    return it == employed_.end() ? Days{last_day, beginning} : it->second;
}
const std::vector<History::Holding>& History::held(std::int64_t position) const {
    return at_or_none(by_position_, position);
}
const std::vector<History::Holding>& History::work(std::int64_t employee) const {
    return at_or_none(by_employee_, employee);
}
const std::vector<Term>& History::reports(std::int64_t position) const {
    return at_or_none(reports_, position);
}
const std::vector<Term>& History::superiors(std::int64_t position) const {
    return at_or_none(superiors_, position);
}
const std::vector<Term>& History::headcount(std::int64_t position) const {
    return at_or_none(headcounts_, position);
}

const std::vector<Term>& History::departments(std::int64_t position) const {
    return at_or_none(departments_, position);
}

Tally History::heads(std::int64_t position) const {
    Tally n;
    for (const Holding& h : held(position))
        if (h.kind != Assignment::Kind::acting) n.add(h.days);
    return n;
}

Tally History::heads_below(std::int64_t position, std::int64_t through) const {
    std::map<std::int64_t, std::vector<Days>> below, own;
    for (const Term& t : reports(position))
        if (!through || t.value == through)
            for (const Holding& h : held(t.value))
                if (h.kind != Assignment::Kind::acting)
                    below[h.employee].push_back(common(h.days, common(t.days, life(position))));
    for (const Holding& h : held(position))
        if (h.kind != Assignment::Kind::acting) own[h.employee].push_back(h.days);
    Tally n;
    for (auto& [employee, days] : below) n.add(without(joined(std::move(days)), joined(std::move(own[employee]))));
    return n;
}

Tally History::people() const {
    Tally n;
    for (const auto& [employee, work] : by_employee_) {
        std::vector<Days> days;
        for (const Holding& h : work) days.push_back(h.days);
        n.add(joined(std::move(days)));
    }
    return n;
}

Tally History::managers() const {
    std::map<std::int64_t, std::vector<Days>> leading;
    for (const auto& [position, below] : reports_) {
        const auto led = heads_below(position).any();
        for (const Holding& h : held(position))
            for (const Days& d : led) leading[h.employee].push_back(common(h.days, d));
    }
    Tally n;
    for (auto& [employee, days] : leading) n.add(joined(std::move(days)));
    return n;
}

Tally History::in_departments(Workspace& w, const AsOf& when,
                              const std::function<bool(std::string_view code)>& which) const {
    const Terms parents(w.db(), department::record(), "parent", when);
    struct Unit {
        Days life;
        bool is = false;
        std::vector<Term> parents;
    };
    std::map<std::int64_t, Unit> units;
    each_entered<Department>(w.db(), department::record(), when, [&](Department&& d, const auto& voided_on) {
        units[d.id.value] = {days_of(d.valid_from, d.valid_to, voided_on), which(d.code),
                             parents.of(d.id.value, d.parent.value)};
    });
    // The days on which a department is one of them, or below one; a circle ends the way.
    std::map<std::int64_t, std::vector<Days>> inside;
    std::set<std::int64_t> open;
    const std::function<const std::vector<Days>&(std::int64_t)> inside_of =
        [&](std::int64_t id) -> const std::vector<Days>& {
        static const std::vector<Days> nowhere;
        if (const auto it = inside.find(id); it != inside.end()) return it->second;
        const auto unit = units.find(id);
        if (unit == units.end() || !open.insert(id).second) return nowhere;
        std::vector<Days> days;
        if (unit->second.is)
            days.push_back(unit->second.life);
        else
            for (const Term& t : unit->second.parents)
                for (const Days& d : inside_of(t.value)) days.push_back(common(d, common(t.days, unit->second.life)));
        open.erase(id);
        return inside[id] = joined(std::move(days));
    };
    Tally n;
    for (const auto& [employee, work] : by_employee_) {
        std::vector<Days> days;
        for (const Holding& h : work)
            if (h.kind == Assignment::Kind::primary)
                for (const Term& t : at_or_none(departments_, h.position))
                    for (const Days& d : inside_of(t.value)) days.push_back(common(h.days, common(t.days, d)));
        n.add(joined(std::move(days)));
    }
    return n;
}

std::map<std::int64_t, std::vector<RaciDays>> raci_days(Workspace& w, const History& history, const AsOf& when) {
    std::map<std::int64_t, std::vector<RaciDays>> out;
    const Terms leads(w.db(), raci::record(), "lead", when);
    each_entered<Raci>(w.db(), raci::record(), when, [&](Raci&& l, const auto& voided_on) {
        const Days days = common(history.life(l.position.value), days_of(l.valid_from, l.valid_to, voided_on));
        for (const Term& t : leads.of(l.id.value, l.lead))
            out[l.function.value].push_back({l.position.value, l.role, t.value != 0, common(days, t.days)});
    });
    return out;
}

std::optional<Date> heads_since(const History& history, std::int64_t position, bool more) {
    const Tally heads = history.heads(position);
    Tally headcount, there;
    for (const auto& t : history.headcount(position)) headcount.add(t.days, t.value);
    there.add(history.life(position));
    return since(history.day(), {&heads, &headcount, &there},
                 [&](auto n) { return n[2] > 0 && (more ? n[0] > n[1] : n[0] < n[1]); });
}

}  // namespace agency::org
