// What a position or department that is closed from a day on would leave behind (handbook 1.5, ORG-020).
#pragma once
#include <map>
#include <set>

#include "org/chart.hpp"
#include "org/history.hpp"
#include "record/import.hpp"

namespace agency::org {

/// For one import: what closes earlier in the same file leaves nothing behind.
class Closing {
public:
    explicit Closing(Workspace& w) : w_(w) {}
    /// ORG-020: who holds the position after its last day, or reports to it then; nothing when nobody does.
    std::optional<Problem> position(std::int64_t id, Date last);
    /// The same of who holds it before its first day.
    std::optional<Problem> opened(std::int64_t id, Date first);
    /// The same of a department: its positions and departments.
    std::optional<Problem> department(std::int64_t id, Date last);
    /// A good row closes it, on that day at the latest.
    void closed(std::int64_t id, Date last) { closed_[id] = last; }

private:
    const Chart& after(Date last);
    const History& history();
    std::string name(std::int64_t employee) const;
    bool gone(std::int64_t id, Date last) const;

    Workspace& w_;
    std::map<Date, Chart> charts_;
    std::optional<History> history_;
    std::map<std::int64_t, Date> closed_;
};

/// ORG-050 and ORG-020, of records that others stand on.
class ClosingRules : public RowRules {
public:
    explicit ClosingRules(const Record& r) : r_(r) {}
    void begin(Workspace& w, const ImportOptions& options) override {
        closing_.emplace(w);
        w_ = &w;
        effective_ = options.effective.value_or(w.today());
    }
    void check(ImportRow& row) override;
    void take(ImportRow& row) override;

protected:
    virtual std::optional<Problem> left_behind(Closing& closing, std::int64_t id, Date last) = 0;
    virtual std::optional<Problem> before_it(Closing&, std::int64_t /*id*/, Date /*first*/) { return {}; }
    /// ORG-020 the other way round: what the field refers to is there as long as the row.
    void require_open(ImportRow& row, std::string_view field);

private:
    const Record& r_;
    std::optional<Closing> closing_;
    Workspace* w_ = nullptr;
    Date effective_;
};

}  // namespace agency::org
