// Reports with one line a project: which projects, and how a line begins.
#pragma once
#include <string_view>
#include <vector>

#include "project/project.hpp"
#include "record/grid.hpp"

namespace agency {

/// The project of that code, or (empty) all that are not void on the day, in order of code. Error(not_found).
std::vector<Project> projects_of(db::Session& db, std::string_view code, const AsOf& when);

/// project, name, client, client_name: as they were called then.
std::vector<GridColumn> project_columns();
void add_project(Grid& grid, db::Session& db, const Project& p, const AsOf& when);

}  // namespace agency
