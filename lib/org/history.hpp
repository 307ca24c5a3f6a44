// The organization through time, as known at a moment: since when something holds without a break.
#pragma once
#include <functional>
#include <map>
#include <span>
#include <vector>

#include "org/org.hpp"

namespace agency::org {

/// A stretch of days, both counted; nothing where it ends before it begins.
struct Days {
    Date from = beginning, to = last_day;
    bool none() const { return to < from; }
};
Days common(const Days& a, const Days& b);
/// Open ends where there is no day; a void ends it the day before.
Days days_of(const std::optional<Date>& from, const std::optional<Date>& to, const std::optional<Date>& voided_on = {});
/// Stretches in order, those that meet or overlap as one.
std::vector<Days> joined(std::vector<Days> days);

/// Both in order: the days of the first that are none of the second.
std::vector<Days> without(const std::vector<Days>& days, const std::vector<Days>& gaps);

/// How many of something there are on each day.
class Tally {
public:
    void add(const Days& days, std::int64_t n = 1);
    void add(const std::vector<Days>& each) {
        for (const Days& d : each) add(d);
    }
    const std::map<Date, std::int64_t>& steps() const { return steps_; }
    /// The stretches on which there is any.
    std::vector<Days> any() const;

private:
    std::map<Date, std::int64_t> steps_;  ///< so many more from the day on
};
/// The first of the days up to `day` on all of which `holds` is true of the counts, in their order; `beginning` when
/// they were always so, nothing when they are not so on the day itself.
std::optional<Date> since(Date day, std::initializer_list<const Tally*> counts,
                          const std::function<bool(std::span<const std::int64_t>)>& holds);
/// The same of one count.
std::optional<Date> since(Date day, const Tally& count, const std::function<bool(std::int64_t)>& holds);

/// A value and the days on which it holds.
struct Term {
    std::int64_t value = 0;
    Days days;
};
/// The values of a dated number, flag or reference up to the day, by record; 0: none.
class Terms {
public:
    Terms(db::Session& db, const Record& r, std::string_view field, const AsOf& when);
    /// Of one record that had this value when it was entered; later ones of the same day hold.
    std::vector<Term> of(std::int64_t id, std::int64_t entered) const;

private:
    std::map<std::int64_t, std::vector<Term>> changes_;
};

class History {
public:
    /// Reads every position, employee and assignment; what takes effect after the day is not in it.
    History(Workspace& w, const AsOf& when);

    /// One for each share of working time that it had.
    struct Holding {
        std::int64_t employee = 0, position = 0;
        Assignment::Kind kind = Assignment::Kind::primary;
        std::int64_t fte = 0;  ///< hundredths
        std::int64_t assignment = 0;
        Days days;  ///< while the assignment, the employment and the position are there
    };

    Date day() const { return day_; }
    Days life(std::int64_t position) const;
    const std::map<std::int64_t, Days>& lives() const { return lives_; }  ///< of every position
    Days employed(std::int64_t employee) const;
    const std::vector<Holding>& held(std::int64_t position) const;    ///< who holds it
    const std::vector<Holding>& work(std::int64_t employee) const;    ///< what he holds
    const std::vector<Term>& reports(std::int64_t position) const;    ///< positions that report to it
    const std::vector<Term>& superiors(std::int64_t position) const;  ///< what it reports to; 0: nothing
    const std::vector<Term>& headcount(std::int64_t position) const;
    const std::vector<Term>& departments(std::int64_t position) const;
    /// People who hold it for themselves.
    Tally heads(std::int64_t position) const;
    /// People who report to it, as Chart::below() has them; `through`: by that position only.
    Tally heads_below(std::int64_t position, std::int64_t through = 0) const;
    /// People with any assignment, and of those the managers and who has his primary position in one of the departments
    /// (by code), or below.
    Tally people() const;
    Tally managers() const;
    Tally in_departments(Workspace& w, const AsOf& when, const std::function<bool(std::string_view code)>& which) const;

private:
    std::map<std::int64_t, Days> lives_, employed_;
    std::map<std::int64_t, std::vector<Holding>> by_position_, by_employee_;
    std::map<std::int64_t, std::vector<Term>> reports_, superiors_, headcounts_, departments_;
    Date day_;
};

/// A line of the matrix on any day, while it and its position are there: one for each value of `lead`.
struct RaciDays {
    std::int64_t position = 0;
    Raci::Role role = Raci::Role::R;
    bool lead = false;
    Days days;
};
/// By function.
std::map<std::int64_t, std::vector<RaciDays>> raci_days(Workspace& w, const History& history, const AsOf& when);

/// Since when more people than the headcount hold it, or fewer.
std::optional<Date> heads_since(const History& history, std::int64_t position, bool more);

}  // namespace agency::org
