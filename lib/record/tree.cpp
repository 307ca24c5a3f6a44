#include "record/tree.hpp"

#include <algorithm>
#include <deque>
#include <unordered_set>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "record/called.hpp"

namespace agency {

Tree::Tree(const Record& r) : r_(r) {
    for (std::size_t k = 0; k < r.fields.size(); ++k)
        if (r.fields[k].circle) fields_.push_back(k);
}

Value Tree::later(std::size_t field, std::string_view key, std::int64_t row) {
    called_.push_back({field, std::string(key), row});
    return Value::of(-static_cast<std::int64_t>(called_.size()));
}

void Tree::add(std::uint32_t id, std::int64_t row, const std::vector<Value>& values, bool stored) {
    // A new row that stands under nothing is in no circle; of large batches most are.
    if (!stored && std::none_of(fields_.begin(), fields_.end(), [&](auto k) { return static_cast<bool>(values[k]); }))
        return;
    if (fields_.empty()) return;
    Known known{row, std::string(values[r_.index(r_.key)].s), {}};
    for (const auto k : fields_) known.parents.push_back(values[k]);
    rows_.insert_or_assign(id, std::move(known));
}

void Tree::finish(db::Session& db, const AsOf& when, const std::function<std::uint32_t(std::string_view)>& holder,
                  const Report& report) {
    if (!used()) return;
    std::unordered_set<std::int64_t> good;
    for (const auto& [id, known] : rows_) good.insert(known.row);
    for (const Called& c : called_) {
        ids_.push_back(holder(c.key));
        if (ids_.back() != 0 || !good.contains(c.row)) continue;  // what is wrong with other rows was told
        auto message = say("there is no {noun} \"{text}\"", fmt::arg("noun", called(r_)), fmt::arg("text", c.key));
        if (const auto near = nearby_keys(db, r_, c.key, 1); !near.empty())
            message = say("there is no {noun} \"{text}\"; did you mean {near}?", fmt::arg("noun", called(r_)),
                          fmt::arg("text", c.key), fmt::arg("near", near[0]));
        report({.row = c.row,
                .field = std::string(r_.fields[c.field].key),
                .message = std::move(message),
                .code = Exit::not_found});
    }
    const auto key = r_.index(r_.key);
    each_row(db, r_, when, [&](const Row& row) {
        if (row.voided(when.day) || rows_.contains(row.id)) return;
        Known known{0, std::string(row.values[key].s), {}};
        for (const auto k : fields_) known.parents.push_back(row.values[k]);
        rows_.emplace(row.id, std::move(known));
    });
    const auto later = changes_after(db, when.day);
    for (std::size_t which = 0; which < fields_.size(); ++which) {
        find_circles(rows_, which, {}, report);
        if (later.empty()) continue;
        auto rows = rows_;
        for (auto it = later.begin(); it != later.end();) {
            const Date day = it->day;
            bool moved = false;
            for (; it != later.end() && it->day == day; ++it) moved = apply(rows, which, *it) || moved;
            if (moved) find_circles(rows, which, day, report);
        }
    }
}

/// What is stored of later days, in their order: who stands under whom from then on, and who is void.
std::vector<Tree::Later> Tree::changes_after(db::Session& db, Date day) const {
    std::vector<Later> out;
    if (!r_.has_changes()) return out;
    const auto undone = undone_operations(db, INT64_MAX);
    std::deque<std::string> texts;
    db.each(
        "SELECT id, field, value, effective_on, operation FROM " + std::string(r_.noun) +
            "_change WHERE effective_on > $1 ORDER BY effective_on, operation",
        [&](db::Statement& s) {
            if (undone.contains(s.integer(4))) return;
            const bool voids = s.text(1) == "voided";
            const auto at = voids ? fields_.end() : std::find(fields_.begin(), fields_.end(), r_.index(s.text(1)));
            if (!voids && at == fields_.end()) return;
            Later l{s.day(3), s.integer(0), voids ? none : static_cast<std::size_t>(at - fields_.begin()), {}};
            if (!voids && !s.is_null(2)) l.parent = from_stored_text(r_.fields[*at], s.text(2), texts);
            if (!voids || !s.is_null(2)) out.push_back(l);
        },
        day);
    return out;
}

/// Answers whether somebody stands under another from that day on.
bool Tree::apply(Rows& rows, std::size_t which, const Later& l) const {
    const auto it = rows.find(l.id);
    if (it == rows.end() || (l.field != which && l.field != none)) return false;
    if (l.field == none) {
        rows.erase(it);
        return false;
    }
    it->second.parents[which] = l.parent;
    it->second.row = 0;  // from then on it is not the file that says so
    return true;
}

/// Follows each row upward; who meets the way it came by is in a circle, which is told on each of its rows.
void Tree::find_circles(const Rows& rows, std::size_t which, std::optional<Date> from, const Report& report) {
    std::unordered_map<std::int64_t, std::int64_t> seen;  // by whose walk
    std::vector<std::int64_t> order;
    for (const auto& [id, known] : rows) order.push_back(id);
    std::sort(order.begin(), order.end());
    const Field& f = r_.fields[fields_[which]];
    for (const auto start : order) {
        std::vector<std::int64_t> way;
        auto at = start;
        while (at != 0 && rows.contains(at) && seen.emplace(at, start).second) {
            way.push_back(at);
            const Value& parent = rows.at(at).parents[which];
            at = parent ? resolve(parent) : 0;
        }
        if (at == 0 || !rows.contains(at) || seen.at(at) != start) continue;
        way.erase(way.begin(), std::find(way.begin(), way.end(), at));
        std::string circle;
        for (const auto id : way) circle += rows.at(id).key + " → ";
        circle += rows.at(at).key;
        for (const auto id : way)
            if (const auto row = rows.at(id).row; row && told_.emplace(row, which).second)
                report({.row = row,
                        .field = std::string(f.key),
                        .rule = f.circle,
                        .message = from ? say("a circle of {field} from {day} on: {circle}", fmt::arg("field", f.key),
                                              fmt::arg("day", to_string(*from)), fmt::arg("circle", circle))
                                        : say("a circle of {field}: {circle}", fmt::arg("field", f.key),
                                              fmt::arg("circle", circle)),
                        .code = Exit::refused});
    }
}

namespace {

/// The way up from the record on the day, when it comes back: `A → B → A`; else empty.
std::string circle_on(db::Session& db, const Record& r, std::size_t parent, std::int64_t id, Date day) {
    const auto key = r.index(r.key);
    std::string circle;
    std::unordered_set<std::int64_t> seen;
    for (auto at = id; at != 0 && seen.insert(at).second;) {
        const auto row = find_row(db, r, at, AsOf{day});
        if (!row || row->voided(day)) return {};
        circle += std::string(row->values[key].s) + " → ";
        at = row->values[parent].n;
        if (at == id) return circle + std::string(find_row(db, r, id, AsOf{day})->values[key].s);
    }
    return {};
}

}  // namespace

void require_no_circle(db::Session& db, const Record& r, std::int64_t first, std::int64_t last,
                       std::span<const std::int64_t> touched) {
    for (std::size_t k = 0; k < r.fields.size(); ++k) {
        const Field& f = r.fields[k];
        if (!f.circle) continue;
        const std::string noun(r.noun), key(f.key);
        std::vector<Date> days{beginning};
        db.each(
            "SELECT DISTINCT effective_on FROM " + noun + "_change WHERE field = $1 ORDER BY effective_on",
            [&](db::Statement& s) { days.push_back(s.day(0)); }, f.key);
        std::vector<std::int64_t> ids(touched.begin(), touched.end());
        db.each(
            "SELECT id FROM " + noun + " WHERE id BETWEEN $1 AND $2 AND undone = 0 AND " + key + " IS NOT NULL",
            [&](db::Statement& s) { ids.push_back(s.integer(0)); }, first, last);
        for (const auto id : ids)
            for (const Date day : days)
                if (const auto circle = circle_on(db, r, k, id, day); !circle.empty())
                    throw Error(
                        Exit::refused,
                        day == beginning
                            ? say("a circle of {field}: {circle}", fmt::arg("field", f.key), fmt::arg("circle", circle))
                            : say("a circle of {field} from {day} on: {circle}", fmt::arg("field", f.key),
                                  fmt::arg("day", to_string(day)), fmt::arg("circle", circle)),
                        tr("take back first what came between; agency op list shows the operations"))
                        .with_rule(f.circle)
                        .with_ref(number_of(db, r, id));
    }
}

}  // namespace agency
