// The organization as it was on a day: what every report of it reads.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "org/org.hpp"

namespace agency::org {

/// Whether a span of days has this one; no first or last day: open there.
inline bool counts_on(const std::optional<Date>& from, const std::optional<Date>& to, Date day) {
    return (!from || *from <= day) && (!to || *to >= day);
}

/// Somebody in a position.
struct Holder {
    std::int64_t employee = 0;
    Assignment::Kind kind = Assignment::Kind::primary;
    std::int64_t fte = 0;  ///< hundredths
    std::optional<std::int64_t> approves_to, job_read;
    Currency currency;  ///< of approves_to
    Date since;
    std::optional<Date> until;  ///< last day, where it is known
};

struct Place {
    Position position;
    std::vector<Holder> holders;        ///< primary first, then concurrent, then acting; by employee number
    std::vector<std::int64_t> reports;  ///< positions that report to it, by code
    int layer = 0;                      ///< 1: the top; 0: in a circle, or under one
    bool leads() const { return !reports.empty(); }
    /// People who hold it for themselves.
    std::int64_t heads() const;
};

/// All of it as of a day, by ids; what is closed, left or void then is not in it.
class Chart {
public:
    Chart(Workspace& w, const AsOf& when);

    Date day() const { return day_; }
    const std::map<std::int64_t, Department>& departments() const { return departments_; }
    const std::map<std::int64_t, Place>& places() const { return places_; }
    const std::map<std::int64_t, Employee>& people() const { return people_; }
    const Place* find(std::int64_t position) const;
    const std::string& department_code(std::int64_t id) const;
    const std::string& code(std::int64_t position) const;
    /// People who hold a position that reports to it, each once; not who holds it himself. For themselves, all of them.
    std::set<std::int64_t> below(const Place& place) const;
    /// The department and all above it, nearest first.
    std::vector<std::int64_t> departments_up(std::int64_t id) const;
    /// Positions without a superior, by code.
    std::vector<std::int64_t> tops() const;
    /// People with any assignment, each once.
    std::int64_t heads() const { return static_cast<std::int64_t>(people_with_work_); }
    /// In order of code, so that lists have one order.
    std::vector<const Place*> by_code() const;

private:
    void read(Workspace& w, const AsOf& when);
    void set_layers();

    Date day_;
    std::map<std::int64_t, Department> departments_;
    std::map<std::int64_t, Place> places_;
    std::map<std::int64_t, Employee> people_;
    std::size_t people_with_work_ = 0;
};

/// What a holder is called: `E17 张三`, with `(acting)` for who only stands in.
std::string name_of(const Chart& chart, const Holder& h);

/// 组织架构表: one row a position in the order of the tree, with layer, manager, holders, heads planned, actual and
/// vacant, span; can be drawn as a tree.
Report chart_report(const Chart& chart, const AsOf& when);
std::vector<GridColumn> chart_columns();
/// 编制与到岗: one row a position: planned, holding, concurrent, acting, vacant, days vacant.
Report headcount_report(Workspace& w, const Chart& chart, const AsOf& when);
std::vector<GridColumn> headcount_columns();

struct RaciLine {
    std::int64_t position = 0;
    Raci::Role role = Raci::Role::R;
    bool lead = false;
    bool noted = false;  ///< a note stands on it: a compensating control
};
struct FunctionLine {
    Function function;
    std::vector<RaciLine> lines;  ///< by role, then code of the position
};
/// The day from which a field of a position or department has the value in force on that day: nothing when as entered.
std::optional<Date> changed_on(db::Session& db, const Record& r, std::int64_t id, std::string_view field,
                               const AsOf& when);

/// The functions that count on the chart's day with their lines, by code.
std::vector<FunctionLine> functions_of(Workspace& w, const Chart& chart, const AsOf& when);

/// RACI matrix: one row a function, the positions by their part, and the codes of what is wrong with it.
Report raci_report(Workspace& w, const Chart& chart, const AsOf& when);
std::vector<GridColumn> raci_columns();

/// 证书到期: licences that expire within so many days or have expired, of people who are there.
Report licences_report(Workspace& w, const Chart& chart, const AsOf& when, std::int64_t days);
std::vector<GridColumn> licences_columns();

}  // namespace agency::org
