// How reports of a day begin.
#pragma once
#include <string>

#include "record/grid.hpp"
#include "workspace/workspace.hpp"

namespace agency {

/// A report of that name, which says of which day it is and by what was known.
inline Report report_as_of(std::string name, const AsOf& when) {
    Report report;
    report.shape = Report::Shape::report;
    report.name = std::move(name);
    report.as_of = when.day;
    report.known_at = when.known_at;
    return report;
}

}  // namespace agency
