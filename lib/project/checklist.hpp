// 收尾清单: what must be done before a project is closed (handbook §3.5, PRJ-030). An item is answered by the books
// where they know, else by a tick with evidence.
#pragma once
#include "project/project.hpp"

namespace agency {

/// One item as done.
struct Closeout {
    /// In the order of the checklist.
    enum class Item {
        deliverables_accepted,
        report_delivered,
        property_returned,
        originals_returned,
        final_invoice_issued,
        accounts_settled,
        subcontracts_settled,
        timesheets_closed,
        raid_closed,
        survey_sent,
        lessons_recorded,
        files_archived,
        access_revoked,
        team_released,
        profitability_reported,
        deadlines_docketed,
    };

    Id<Closeout> id;
    std::string number;  ///< project/item
    Id<Project> project;
    Item item = Item::deliverables_accepted;
    std::string evidence;
    Date done_on;
    Id<Employee> approved_by;  ///< who let be what the books find open; 0: nobody had to
    std::string lesson;        ///< of lessons_recorded: what was learned
};

namespace closeout {
const Record& record();
std::unique_ptr<RowRules> row_rules();
}  // namespace closeout

namespace project {

/// What the books say of an item.
struct Answer {
    bool done = false;
    std::string finding;  ///< one sentence, translated: what is open, or what shows that nothing is
    bool applies = true;  ///< false: the books know nothing of it, so a tick is asked for
};

/// An item that the books answer. A noun of a higher room offers the function in its facts.hpp and gets one line in the
/// table of checklist.cpp.
struct Question {
    Closeout::Item item;
    Answer (*ask)(db::Session& db, const Project& p, const AsOf& when);
    /// What is open may be let be with an approval of another than the manager (to hand it to collection).
    bool waivable = false;
};

/// What the books find open of an item: a sentence, and whether it may be let be with an approval. Nothing where they
/// find it done or know nothing of it.
struct Objection {
    std::string finding;
    bool waivable = false;
};
std::optional<Objection> objection(db::Session& db, const Project& p, Closeout::Item item, const AsOf& when);

/// item, name, state (complete, incomplete), by (books, evidence), evidence or finding, done_on.
Report checklist(Workspace& w, std::string_view code, const AsOf& when);
std::vector<GridColumn> checklist_columns();

/// Error(refused, PRJ-030) unless that item is done.
void require_item(Workspace& w, std::int64_t project, Closeout::Item item, const AsOf& when);
/// Error(refused, PRJ-030) naming what keeps a project from being given up: what is open of money, suppliers and hours,
/// and of work that has begun what is not invoiced, unless an approval lets it be.
void require_settlement(Workspace& w, std::int64_t project, const AsOf& when);
/// Error(refused, PRJ-030) naming what is open.
void require_checklist(Workspace& w, std::int64_t project, const AsOf& when);

}  // namespace project
}  // namespace agency
