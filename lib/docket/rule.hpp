// 期限规则: rules of statutory deadlines as dated data, by packs.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "docket/deadline.hpp"
#include "record/import.hpp"

namespace agency {

struct DeadlineRule {
    enum class Pack { bidding, procurement, patent, trademark, bookkeeping, customs, house };
    enum class Bound { latest, earliest };  ///< to be done by that day, or not before it
    enum class Mark { verified, unverified, house };

    Id<DeadlineRule> id;
    std::string number, code;
    Date valid_from;  ///< of triggers
    std::optional<Date> valid_to;
    Pack pack = Pack::house;
    std::string title, title_en, trigger, term;
    Bound bound = Bound::latest;
    TermRoll roll = TermRoll::next;
    std::int64_t posted_days = 0;
    std::string source;
    Mark mark = Mark::house;
    std::string note;
};

namespace docket {

const Record& rule_record();
std::unique_ptr<RowRules> rule_rules();

/// Throws Error(data_file) when the stored term cannot be read.
RuleTerm term_of(const DeadlineRule& rule);

/// All rules known at a moment.
class RuleBook {
public:
    explicit RuleBook(db::Session& db, const AsOf& when = {});
    bool has(std::string_view code) const { return by_code_.contains(code); }
    /// In force for a trigger on that day; nullptr when there is none.
    const DeadlineRule* find(std::string_view code, Date trigger) const;
    const DeadlineRule* find(Id<DeadlineRule> id) const;
    std::vector<std::string_view> codes() const;

private:
    std::map<std::string, std::vector<DeadlineRule>, std::less<>> by_code_;  ///< the later in force first
};

/// The rules in force on a day, of one pack or all: code, pack, title, trigger, term, bound, roll, source, mark, valid.
Report rules(Workspace& w, const AsOf& when, std::string_view pack);
std::vector<GridColumn> rules_columns();

}  // namespace docket
}  // namespace agency
