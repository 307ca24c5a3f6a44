// 员工: what becomes of people, and what their assignments must keep.
#pragma once
#include <map>
#include <unordered_map>
#include <vector>

#include "org/history.hpp"
#include "org/org.hpp"
#include "record/import.hpp"

namespace agency {
namespace org {

/// An assignment as its rules see it.
struct Span {
    std::int64_t employee = 0, position = 0;
    Date from = beginning, to = last_day;
    Assignment::Kind kind = Assignment::Kind::primary;
    std::int64_t id = 0;  ///< 0: of a row that is no assignment yet
};

/// ORG-021, ORG-023 and ORG-050 over all assignments, stored and of the file at hand.
class Assignments {
public:
    static constexpr std::string_view may_be_accepted[] = {"ORG-021"};
    std::span<const std::string_view> acceptable() const { return may_be_accepted; }
    void begin(Workspace& w);
    /// Reports on `field` of the row.
    void check(ImportRow& row, std::string_view field, const Span& s);
    void take(const Span& s);
    /// What one breaks; nothing when it may be.
    std::optional<Problem> fault(const Span& s);
    /// ORG-021 as a sentence: from that day on, until the headcount changes again, more people hold the position than
    /// that; empty when they do not.
    std::string above(std::int64_t position, Date from, std::int64_t headcount);

private:
    void load();
    std::optional<Problem> overlapping(const Span& s);
    std::optional<Problem> overfull(const Span& s);
    /// The first of the days on which more than `most` hold the position for themselves, `more` beside whoever is not
    /// `left_out`, and how many.
    std::optional<std::pair<Date, std::int64_t>> first_above(std::int64_t position, const Days& days,
                                                             std::int64_t left_out, std::int64_t more,
                                                             std::int64_t most);

    Workspace* w_ = nullptr;
    std::optional<Terms> headcounts_;
    bool loaded_ = false;
    std::unordered_map<std::int64_t, std::vector<Span>> by_employee_, by_position_;
};

}  // namespace org

namespace employee {

/// Ends employment and every assignment on that day. Answers with a warning that names the projects which need another
/// manager, or nothing. Error(refused) when it has ended already.
std::string leave(Workspace& w, std::string_view number, Date last, std::string_view reason, std::string_view command);
/// From that day on the position is the employee's primary one; the one before ends the day before.
void transfer(Workspace& w, std::string_view number, std::string_view to, Date from, std::string_view command);

}  // namespace employee
}  // namespace agency
