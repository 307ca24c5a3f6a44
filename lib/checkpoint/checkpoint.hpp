// 质量控制点: points at which a project is judged; a hold point lets it not leave its stage before it is passed.
#pragma once
#include <memory>

#include "project/project.hpp"
#include "record/workflow.hpp"

namespace agency {

struct Checkpoint {
    enum class Stage { proposed, initiated, planned, in_progress, closing };
    enum class Kind { hold, witness, record };
    enum class Status { open, passed, failed };

    Id<Checkpoint> id;
    std::string number;  ///< project/stage/name
    Id<Project> project;
    Stage stage = Stage::in_progress;
    std::string name;
    Kind kind = Kind::hold;
    std::string criterion;
    Status status = Status::open;
    std::string evidence, judged_by, note;
    std::optional<Date> held_on;     ///< of the meeting, where the point is one (a kickoff)
    std::string attendees, minutes;  ///< who was there, and what was said and decided
};

namespace checkpoint {

const Record& record();
std::unique_ptr<RowRules> row_rules();
extern const Workflow workflow;

}  // namespace checkpoint
}  // namespace agency
