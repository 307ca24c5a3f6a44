#include "org/chart.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"

namespace agency::org {
namespace {

/// Calls `each` for every row that counts on the day.
template <class T>
void each_in_force(db::Session& db, const Record& r, const AsOf& when, const std::function<void(T&&)>& each) {
    each_row(db, r, when, [&](const Row& row) {
        if (!row.voided(when.day)) each(to_struct<T>(r, row));
    });
}

}  // namespace

std::int64_t Place::heads() const {
    return std::count_if(holders.begin(), holders.end(),
                         [](const Holder& h) { return h.kind != Assignment::Kind::acting; });
}

Chart::Chart(Workspace& w, const AsOf& when) : day_(when.day) {
    read(w, when);
    for (auto& [id, place] : places_) {
        const auto up = place.position.reports_to.value;
        if (const auto it = places_.find(up); it != places_.end()) it->second.reports.push_back(id);
    }
    const auto by_code = [&](std::int64_t a, std::int64_t b) { return code(a) < code(b); };
    std::set<std::int64_t> working;
    for (auto& [id, place] : places_) {
        std::sort(place.reports.begin(), place.reports.end(), by_code);
        std::sort(place.holders.begin(), place.holders.end(), [&](const Holder& a, const Holder& b) {
            return std::pair(a.kind, people_.at(a.employee).number) < std::pair(b.kind, people_.at(b.employee).number);
        });
        for (const Holder& h : place.holders) working.insert(h.employee);
    }
    people_with_work_ = working.size();
    set_layers();
}

void Chart::read(Workspace& w, const AsOf& when) {
    auto& db = w.db();
    each_in_force<Department>(db, department::record(), when, [&](Department&& d) {
        if (counts_on(d.valid_from, d.valid_to, day_)) departments_.emplace(d.id.value, std::move(d));
    });
    each_in_force<Position>(db, position::record(), when, [&](Position&& p) {
        if (!counts_on(p.valid_from, p.valid_to, day_)) return;
        const auto id = p.id.value;
        places_[id].position = std::move(p);
    });
    each_in_force<Employee>(db, employee::record(), when, [&](Employee&& e) {
        if (counts_on(e.hired_on, e.left_on, day_)) people_.emplace(e.id.value, std::move(e));
    });
    each_in_force<Assignment>(db, assignment::record(), when, [&](Assignment&& a) {
        if (!counts_on(a.starts_on, a.ends_on, day_) || !people_.contains(a.employee.value)) return;
        if (const auto it = places_.find(a.position.value); it != places_.end())
            it->second.holders.push_back(
                {a.employee.value, a.kind, a.fte, a.approves_to, a.job_read, a.currency, a.starts_on, a.ends_on});
    });
}

std::optional<Date> changed_on(db::Session& db, const Record& r, std::int64_t id, std::string_view field,
                               const AsOf& when) {
    const auto undone = undone_operations(db, when.operation);
    std::optional<Date> day;
    db.each(
        "SELECT effective_on, operation FROM " + std::string(r.noun) +
            "_change WHERE id = $1 AND field = $2 AND effective_on <= $3 AND operation <= $4 ORDER BY effective_on, "
            "operation",
        [&](db::Statement& s) {
            if (!undone.contains(s.integer(1))) day = parse_iso_date(s.text(0));
        },
        id, field, when.day, when.operation);
    return day;
}

void Chart::set_layers() {
    std::vector<std::pair<std::int64_t, int>> open;
    for (const auto top : tops()) open.emplace_back(top, 1);
    while (!open.empty()) {
        const auto [id, layer] = open.back();
        open.pop_back();
        Place& place = places_.at(id);
        place.layer = layer;
        for (const auto below : place.reports) open.emplace_back(below, layer + 1);
    }
}

std::vector<std::int64_t> Chart::tops() const {
    std::vector<std::int64_t> out;
    for (const Place* p : by_code())
        if (!places_.contains(p->position.reports_to.value)) out.push_back(p->position.id.value);
    return out;
}

std::vector<const Place*> Chart::by_code() const {
    std::vector<const Place*> out;
    for (const auto& [id, place] : places_) out.push_back(&place);
    std::sort(out.begin(), out.end(),
              [](const Place* a, const Place* b) { return a->position.code < b->position.code; });
    return out;
}

std::set<std::int64_t> Chart::below(const Place& place) const {
    std::set<std::int64_t> out;
    const auto each_head = [](const Place& p, const auto& f) {
        for (const Holder& h : p.holders)
            if (h.kind != Assignment::Kind::acting) f(h.employee);
    };
    for (const auto id : place.reports) each_head(places_.at(id), [&](auto employee) { out.insert(employee); });
    each_head(place, [&](auto employee) { out.erase(employee); });
    return out;
}

const Place* Chart::find(std::int64_t position) const {
    const auto it = places_.find(position);
    return it == places_.end() ? nullptr : &it->second;
}

const std::string& Chart::department_code(std::int64_t id) const {
    static const std::string none;
    const auto it = departments_.find(id);
    return it == departments_.end() ? none : it->second.code;
}

const std::string& Chart::code(std::int64_t position) const {
    static const std::string none;
    const auto* p = find(position);
    return p ? p->position.code : none;
}

std::vector<std::int64_t> Chart::departments_up(std::int64_t id) const {
    std::vector<std::int64_t> out;
    for (auto it = departments_.find(id); it != departments_.end(); it = departments_.find(it->second.parent.value)) {
        if (std::find(out.begin(), out.end(), it->first) != out.end()) break;
        out.push_back(it->first);
    }
    return out;
}

}  // namespace agency::org
