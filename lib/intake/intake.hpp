// 承接评估: whether business is taken on. One record a version; reopening makes the next one.
#pragma once
#include <memory>

#include "client/client.hpp"
#include "intake/assessment.hpp"
#include "lead/lead.hpp"

namespace agency {

struct Intake {
    enum class Trade { bidding, patent, trademark, customs, advertising, bookkeeping, other };
    enum class Status { opportunity, assessing, deferred, decided, lost, withdrawn };
    using Amount = std::optional<std::int64_t>;  ///< minor units
    using Score = std::optional<std::int64_t>;   ///< tenths

    Id<Intake> id;
    std::string number;
    Id<Lead> lead;  ///< 0: none
    Id<Client> client;
    std::string title;
    Trade trade = Trade::other;
    Amount amount;  ///< tax included
    Currency currency;
    std::optional<Rate> tax_rate;
    Amount pass_through, rebates, labour_cost, subcontract_cost, travel_cost, other_cost, advance;
    Score qualification_score, feasibility_score, capability_score, return_score, risk_score;
    std::string evidence;  ///< of the scores above
    std::optional<bool> new_business_line, public_project, related_party, unlimited_liability, cross_department;
    std::string owner, assessor;
    Date opened_on;
    std::int64_t version = 1;
    Id<Intake> reopens;  ///< the version before; 0: none
    Status status = Status::opportunity;
    std::optional<intake::Decision> decision;
    std::string decided_by, reason, note;

    /// Scores by column, in the order of Dimension.
    std::array<Score, intake::dimensions> scores() const {
        return {qualification_score, feasibility_score, capability_score, return_score, risk_score};
    }
    intake::Estimate estimate() const;
};

namespace intake {

const Record& record();
std::unique_ptr<RowRules> row_rules();

std::string_view to_string(Decision d);
std::string_view to_string(Intake::Status s);

/// The next free number `IN-YYYY-NNN` of a year, under the lock.
std::string next_number(db::Session& db, int year);

/// Record::settle: the figures of an assessment that is decided, lost or withdrawn do not change by an undo; the undo
/// of what closed it may, as long as no contract was taken on by it.
void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched);
/// Error(refused) when the assessment is closed and the undo at hand does not turn what closed it.
void refuse_closed(Operation& op, std::int64_t intake);
/// Error(refused, INT-001) when a contract left draft by the assessment, or an older version, since that operation;
/// `begun`: when work began on one.
void refuse_taken_on(Operation& op, std::int64_t intake, std::int64_t since, bool begun);
/// The last operation that gave the field a value which the undo at hand turns; nothing: it turns none.
std::optional<std::int64_t> turned(Operation& op, const Record& r, std::int64_t id, std::string_view field);

/// The latest version: of a number that was reopened, what came of it.
std::int64_t latest_version(db::Session& db, std::int64_t id, const AsOf& when);

}  // namespace intake
}  // namespace agency
