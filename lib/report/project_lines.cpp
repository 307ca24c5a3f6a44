#include "report/project_lines.hpp"

#include "record/store.hpp"

namespace agency {

std::vector<Project> projects_of(db::Session& db, std::string_view code, const AsOf& when) {
    const std::int64_t only = code.empty() ? 0 : get_row(db, project::record(), code, when).id;
    std::vector<Project> out;
    each_row(db, project::record(), when, [&](const Row& row) {
        if (!row.voided(when.day) && (!only || row.id == only))
            out.push_back(to_struct<Project>(project::record(), row));
    });
    return out;
}

std::vector<GridColumn> project_columns() {
    return {{"project", CellType::text, "Project", "项目代码"},
            {"name", CellType::text, "Name", "项目名称"},
            {"client", CellType::text, "Client", "客户"},
            {"client_name", CellType::text, "Client name", "客户名称"}};
}

void add_project(Grid& grid, db::Session& db, const Project& p, const AsOf& when) {
    const auto client = find_row(db, client::record(), p.client.value, when);
    const auto c = client ? to_struct<Client>(client::record(), *client) : Client{};
    for (const auto* text : {&p.code, &p.name, &c.code, &c.name}) grid.add_text(*text);
}

}  // namespace agency
