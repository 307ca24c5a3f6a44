// 项目成本: what was spent for a project beside the hours of its people: subcontracts, travel, official fees.
#pragma once
#include <memory>

#include "project/project.hpp"

namespace agency {

struct Cost {
    enum class Kind { subcontract, travel, official_fee, material, other };

    Id<Cost> id;
    std::string number;
    Id<Project> project;
    Date posted_on;
    Kind kind = Kind::other;
    std::int64_t amount = 0;  ///< minor units, never 0; below zero: given back
    Currency currency;
    std::string supplier;
    Id<Contract> contract;  ///< with the supplier; 0: none
    std::string wbs, note;
};

namespace cost {

const Record& record();
/// PRJ-040: no more is posted than the budget leaves; PRJ-002: nor than a pre-start allows.
std::unique_ptr<RowRules> row_rules();

}  // namespace cost
}  // namespace agency
