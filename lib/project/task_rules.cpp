#include <algorithm>
#include <unordered_map>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "project/breakdown.hpp"
#include "project/later_links.hpp"
#include "project/plan.hpp"
#include "project/settings.hpp"
#include "project/task.hpp"
#include "record/references.hpp"

namespace agency::task {
namespace {

using project::Breakdown;
using project::Part;

/// One project that rows of the file belong to.
struct Target {
    Project project;
    bool known = false, over = false;
    Breakdown tasks;
    project::Refused refused;  ///< rows that were looked at and not taken
};

constexpr std::int64_t longest = 36'500;  ///< days of one task

class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions& options) override {
        w_ = &w;
        day_ = options.effective.value_or(w.today());
        people_ = std::make_unique<References>(w.db(), day_);
        targets_.clear();
        partly_ = options.reject;
        texts_.clear();
    }
    Currency default_currency(const ImportRow& row) override {
        const Value& p = row.values[index("project")];
        return p ? target(p.n).project.currency : Currency{};
    }
    void check(ImportRow& row) override {
        texts_.clear();
        if (const Value& p = at(row, "project"); p && target(p.n).over)
            row.problem("project", "", say("project {code} is over", fmt::arg("code", target(p.n).project.code)));
        if (const Value& wbs = at(row, "wbs")) {
            if (auto why = project::wbs_fault(wbs.s); !why.empty())
                row.problem("wbs", "", std::move(why));
            else if (const Value& p = at(row, "project"))
                target(p.n).refused.emplace(wbs.s);
        }
        for (const char* key : {"duration", "effort", "cost", "weight", "optimistic", "likely", "pessimistic"})
            if (const Value& v = at(row, key); v && v.n < 0) row.problem(key, "", tr("it is not negative"));
        for (const char* key : {"duration", "optimistic", "likely", "pessimistic"})
            if (const Value& v = at(row, key); v && v.n > longest)
                row.problem(key, "", say("it is longer than {days} days", fmt::arg("days", longest)));
        check_estimates(row);
        fill_duration(row);
        check_people(row);
        if (bool(at(row, "constraint_type")) != bool(at(row, "constraint_on")))
            row.problem(at(row, "constraint_type") ? "constraint_on" : "constraint_type", "",
                        tr("a constraint has a type and a day"));
        const Value& effort = at(row, "effort");
        const auto least = w_->rules().integer(project::package_min), most = w_->rules().integer(project::package_max);
        if (effort && (effort.n < least * 100 || effort.n > most * 100))
            row.warning("effort", "",
                        say("{wbs}: a work package has {least} to {most} hours", fmt::arg("wbs", at(row, "wbs").s),
                            fmt::arg("least", least), fmt::arg("most", most)));
    }
    void take(ImportRow& row) override {
        Part part{{}, row.number};
        for (std::size_t i = 0; i < row.values.size(); ++i) record().fields[i].access.set(&part.task, row.values[i]);
        part.task.id.value = row.id;
        auto wbs = part.task.wbs;
        target(part.task.project.value).refused.erase(wbs);
        target(part.task.project.value).tasks.insert_or_assign(std::move(wbs), std::move(part));
    }
    void finish(const Late& late, const IdOf&) override {
        for (auto& [id, t] : targets_) {
            const auto tell = [&](const Part& part, std::string_view field, std::string_view rule, Exit code,
                                  std::string message) {
                Problem p{.row = part.row,
                          .field = std::string(field),
                          .rule = std::string(rule),
                          .message = std::move(message),
                          .code = code};
                if (part.row != 0) return late(std::move(p));
                p.message = part.task.wbs + ": " + p.message;
                for (const auto& [wbs, other] : t.tasks)  // what is stored became wrong by a row of the file
                    if (p.row = other.row; other.row != 0) return late(std::move(p));
            };
            // Where good rows are written alone, they must hold without the bad ones.
            project::examine(t.tasks, t.project.currency.digits(), tell, project::Entered::partly,
                             partly_ ? project::Refused() : t.refused);
            project::examine_later(w_->db(), id, t.tasks, day_, tell);
        }
    }

private:
    static std::size_t index(std::string_view key) { return record().index(key); }
    static Value& at(ImportRow& row, std::string_view key) { return row.values[index(key)]; }

    Target& target(std::int64_t id) {
        Target& t = targets_[id];
        if (t.known) return t;
        t.known = true;
        const auto row = find_row(w_->db(), project::record(), id, AsOf{day_});
        if (!row) return t;
        t.project = to_struct<Project>(project::record(), *row);
        t.over = row->voided_on || !t.project.open();
        t.tasks = project::breakdown_of(w_->db(), id, AsOf{day_});
        return t;
    }

    void check_estimates(ImportRow& row) {
        const Value &a = at(row, "optimistic"), &m = at(row, "likely"), &b = at(row, "pessimistic");
        const int given = int(bool(a)) + int(bool(m)) + int(bool(b));
        if (given != 0 && given != 3)
            row.problem(a ? m ? "pessimistic" : "likely" : "optimistic", "",
                        tr("PERT has three estimates: optimistic, likely, pessimistic"));
        else if (given == 3 && (a.n > m.n || m.n > b.n))
            row.problem("likely", "", tr("optimistic is at most likely, likely at most pessimistic"));
    }
    void fill_duration(ImportRow& row) {
        Value &duration = at(row, "duration"), &milestone = at(row, "milestone");
        if (!milestone) milestone = Value::of(std::int64_t{0});
        if (milestone.n != 0 && duration && duration.n != 0)
            row.problem("duration", "", tr("a milestone is a moment: its duration is 0"));
        if (duration) return;
        const Value &a = at(row, "optimistic"), &m = at(row, "likely"), &b = at(row, "pessimistic");
        const auto day = std::max<std::int64_t>(1, w_->rules().integer(project::day_hours)) * 100;
        if (milestone.n != 0)
            duration = Value::of(std::int64_t{0});
        else if (a && m && b)
            duration = Value::of((a.n + 4 * m.n + b.n + 3) / 6);  // half up
        else if (const Value& effort = at(row, "effort"))
            duration = Value::of((effort.n + day - 1) / day);
    }
    /// Numbers stand for people from here on.
    void check_people(ImportRow& row) {
        Value& assigned = at(row, "assigned");
        if (!assigned) return;
        std::string numbers;
        for (const auto& name : project::split_list(assigned.s)) {
            const auto id = people_->find(employee::record(), name);
            if (id == 0 || id == ambiguous) {
                row.report({.field = "assigned",
                            .message = id == 0 ? say("there is no employee \"{text}\"", fmt::arg("text", name))
                                               : say("several employees are called \"{text}\"; give the number",
                                                     fmt::arg("text", name)),
                            .code = id == 0 ? Exit::not_found : Exit::usage});
                continue;
            }
            const auto found = find_row(w_->db(), employee::record(), std::int64_t{id}, AsOf{day_});
            const auto e = to_struct<Employee>(employee::record(), *found);
            if (e.left_on && *e.left_on < day_)
                row.problem(
                    "assigned", "",
                    say("{name} left on {day}", fmt::arg("name", e.name), fmt::arg("day", to_string(*e.left_on))));
            numbers += (numbers.empty() ? "" : ";") + e.number;
        }
        assigned = Value::of(std::string_view(texts_.emplace_back(std::move(numbers))));
    }

    Workspace* w_ = nullptr;
    Date day_;
    bool partly_ = false;  ///< --on-error reject
    std::unique_ptr<References> people_;
    std::map<std::int64_t, Target> targets_;
    std::deque<std::string> texts_;  ///< of the row at hand
};

}  // namespace

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

}  // namespace agency::task
