#include "record/tree.hpp"

#include <algorithm>
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
        report(c.row, r_.fields[c.field].key, "", Exit::not_found, std::move(message));
    }
    const auto key = r_.index(r_.key);
    each_row(db, r_, when, [&](const Row& row) {
        if (row.voided(when.day) || rows_.contains(row.id)) return;
        Known known{0, std::string(row.values[key].s), {}};
        for (const auto k : fields_) known.parents.push_back(row.values[k]);
        rows_.emplace(row.id, std::move(known));
    });
    for (std::size_t which = 0; which < fields_.size(); ++which) find_circles(which, report);
}

/// Follows each row upward; who meets the way it came by is in a circle, which is told on each of its rows.
void Tree::find_circles(std::size_t which, const Report& report) {
    std::unordered_map<std::int64_t, std::int64_t> seen;  // by whose walk
    std::vector<std::int64_t> order;
    for (const auto& [id, known] : rows_) order.push_back(id);
    std::sort(order.begin(), order.end());
    const Field& f = r_.fields[fields_[which]];
    for (const auto start : order) {
        std::vector<std::int64_t> way;
        auto at = start;
        while (at != 0 && rows_.contains(at) && seen.emplace(at, start).second) {
            way.push_back(at);
            const Value& parent = rows_.at(at).parents[which];
            at = parent ? resolve(parent) : 0;
        }
        if (at == 0 || !rows_.contains(at) || seen.at(at) != start) continue;
        way.erase(way.begin(), std::find(way.begin(), way.end(), at));
        std::string circle;
        for (const auto id : way) circle += rows_.at(id).key + " → ";
        circle += rows_.at(at).key;
        for (const auto id : way)
            if (const auto row = rows_.at(id).row)
                report(row, f.key, f.circle, Exit::refused,
                       say("a circle of {field}: {circle}", fmt::arg("field", f.key), fmt::arg("circle", circle)));
    }
}

}  // namespace agency
