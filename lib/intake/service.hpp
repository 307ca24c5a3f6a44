// What is done to an assessment; every function is one operation. Texts are read as a file's cells are.
#pragma once
#include "intake/authority.hpp"
#include "intake/evaluate.hpp"
#include "intake/meeting.hpp"

namespace agency::intake {

/// Opens an assessment of a lead (code, or empty) with further fields by key; answers its number. The lead becomes an
/// opportunity.
std::string open(Workspace& w, std::string_view lead, Texts texts, std::string_view command);
/// A new version of one that was decided, lost or withdrawn, with what was entered; the old one stays as it is.
std::string reopen(Workspace& w, std::string_view number, std::string_view reason, std::string_view command);
/// Fields of the record, hours that it would take (`E1=40`, see add_labour) and net cash by month (`2026-03=-5000`).
void estimate(Workspace& w, std::string_view number, const Texts& texts, const std::vector<std::string>& hours,
              const std::vector<std::string>& cash, std::string_view command);
/// Scores a sub-item; the first score begins the assessment [INT-003].
std::string score(Workspace& w, std::string_view number, std::string_view dimension, std::string_view item,
                  std::string_view value, std::string_view evidence, std::string_view assessor,
                  std::string_view command);
std::string add_risk(Workspace& w, std::string_view number, const Texts& texts, std::string_view command);
/// What is done about a risk, and what remains of it.
void mitigate(Workspace& w, std::string_view risk, const Texts& texts, std::string_view command);
std::string knock_out(Workspace& w, std::string_view number, std::string_view kind, std::string_view evidence,
                      std::string_view command);
std::string add_party(Workspace& w, std::string_view number, const Texts& texts, std::string_view command);
std::string add_condition(Workspace& w, std::string_view number, const Texts& texts, std::string_view command);
void satisfy(Workspace& w, std::string_view condition, std::optional<Date> day, std::string_view evidence,
             std::string_view command);
/// Checks conflicts of interest and keeps what was found [INT-020].
std::vector<Finding> check_conflicts(Workspace& w, std::string_view number, std::string_view by,
                                     std::string_view command);

/// A part of an assessment is out of force from now on; refused once it is decided.
void take_out(Workspace& w, std::string_view part, std::string_view reason, std::string_view command);

std::string convene(Workspace& w, std::string_view number, const Texts& texts, std::string_view command);
std::string recuse(Workspace& w, std::string_view number, std::string_view member, std::string_view reason,
                   std::string_view command);
/// INT-013 when the member is recused, INT-014 when it voted already.
std::string vote(Workspace& w, std::string_view number, std::string_view member, IntakeVote::Vote vote,
                 std::string_view reason, std::string_view command);

struct DecideOptions {
    std::optional<Decision> as;  ///< nothing: what rule and committee come to
    std::string by;              ///< who decides where no committee does; empty: the actor
    std::string superior;        ///< the shareholders' resolution, where too few unrelated members remain
    std::string discussion;      ///< for the minutes; in place of what was written when the meeting was convened
    std::string reason;
    bool explain = false;  ///< only says what would be decided, and writes nothing
};
struct Decided {
    Assessment assessment;
    Decision decision = Decision::no_go;
    std::optional<Decision> allowed;  ///< what rule and committee came to
    bool made = false;                ///< it was not refused, or would not be
    std::string by, reason;
    std::optional<Minutes> minutes;
    std::vector<AuthorityStep> authority;  ///< of a single decider; empty where none is kept
};
/// ORG-040, INT-003, INT-004, INT-005, INT-010 … INT-012, INT-020, INT-030, KYC-010.
/// `so_far` is filled also by one that is refused, as far as it came.
Decided decide(Workspace& w, std::string_view number, const DecideOptions& options, std::string_view command,
               Decided* so_far = nullptr);

/// The assessment of that number, for one that writes: Error(refused) when it is decided, lost or withdrawn.
Intake require_open(db::Session& db, std::string_view number);

}  // namespace agency::intake
