#include <map>
#include <pugixml.hpp>

#include "project/mspdi.hpp"

namespace agency::project {
namespace {

using schedule::Constraint;
using schedule::LinkType;

constexpr std::int64_t minutes_per_day = 480;

void add(pugi::xml_node node, const char* name, const std::string& value) {
    node.append_child(name).text().set(value.c_str());
}
void add(pugi::xml_node node, const char* name, std::int64_t value) {
    add(node, name, std::to_string(value));
}

std::string span(std::int64_t seconds) {
    return "PT" + std::to_string(seconds / 3600) + "H" + std::to_string(seconds / 60 % 60) + "M" +
           std::to_string(seconds % 60) + "S";
}
std::string morning(Date d) {
    return to_string(d) + "T09:00:00";
}
std::string evening(Date d) {
    return to_string(d) + "T18:00:00";
}

int type_code(LinkType type) {
    return type == LinkType::finish_finish  ? 0
           : type == LinkType::finish_start ? 1
           : type == LinkType::start_finish ? 2
                                            : 3;
}
int constraint_code(Constraint c) {
    switch (c) {
        case Constraint::must_start:
            return 2;
        case Constraint::must_finish:
            return 3;
        case Constraint::start_no_earlier:
            return 4;
        case Constraint::start_no_later:
            return 5;
        case Constraint::finish_no_earlier:
            return 6;
        case Constraint::finish_no_later:
            return 7;
        case Constraint::none:
            break;
    }
    return 0;
}

void add_task(pugi::xml_node tasks, const MspdiTask& t, std::int64_t uid,
              const std::map<std::string, std::int64_t>& uids) {
    auto node = tasks.append_child("Task");
    add(node, "UID", uid);
    add(node, "ID", uid);
    add(node, "Name", t.name);
    add(node, "WBS", t.wbs);
    add(node, "OutlineNumber", t.wbs);
    add(node, "OutlineLevel", wbs_level(t.wbs) + 1);
    add(node, "Start", t.duration == 0 ? evening(t.ends_on) : morning(t.starts_on));
    add(node, "Finish", evening(t.ends_on));
    add(node, "Duration", span(t.duration * minutes_per_day * 60));
    add(node, "DurationFormat", 7);  // days
    add(node, "Work", span(t.effort * 36));
    add(node, "Milestone", t.milestone ? 1 : 0);
    add(node, "Summary", t.group ? 1 : 0);
    add(node, "Cost", t.cost);
    add(node, "ConstraintType", constraint_code(t.constraint));
    const bool finish = t.constraint == Constraint::must_finish || t.constraint == Constraint::finish_no_earlier ||
                        t.constraint == Constraint::finish_no_later;
    if (t.constraint_on) add(node, "ConstraintDate", finish ? evening(*t.constraint_on) : morning(*t.constraint_on));
    for (const Predecessor& p : t.after) {
        auto link = node.append_child("PredecessorLink");
        add(link, "PredecessorUID", uids.at(p.wbs));
        add(link, "Type", type_code(p.type));
        add(link, "LinkLag", p.lag * minutes_per_day * 10);
        add(link, "LagFormat", 7);
    }
}

struct Text final : pugi::xml_writer {
    std::string text;
    void write(const void* data, std::size_t size) override { text.append(static_cast<const char*>(data), size); }
};

}  // namespace

/// Elements stand in the order of the schema, which wants it.
std::string to_mspdi(const MspdiPlan& plan) {
    pugi::xml_document document;
    auto declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    auto project = document.append_child("Project");
    project.append_attribute("xmlns") = "http://schemas.microsoft.com/project";
    add(project, "Title", plan.title);
    add(project, "StartDate", morning(plan.starts_on));
    add(project, "FinishDate", evening(plan.ends_on));
    add(project, "CurrencyCode", plan.currency);
    add(project, "MinutesPerDay", minutes_per_day);
    add(project, "MinutesPerWeek", 5 * minutes_per_day);
    std::map<std::string, std::int64_t> uids, people;
    for (const auto& t : plan.tasks) uids.emplace(t.wbs, static_cast<std::int64_t>(uids.size()) + 1);
    auto tasks = project.append_child("Tasks");
    for (const auto& t : plan.tasks) add_task(tasks, t, uids.at(t.wbs), uids);
    auto resources = project.append_child("Resources");
    for (const auto& [number, name] : plan.people) {
        const auto uid = static_cast<std::int64_t>(people.size()) + 1;
        people.emplace(number, uid);
        auto node = resources.append_child("Resource");
        add(node, "UID", uid);
        add(node, "ID", uid);
        add(node, "Name", name);
        add(node, "Type", 1);
        add(node, "Code", number);
    }
    auto assignments = project.append_child("Assignments");
    std::int64_t uid = 0;
    for (const auto& t : plan.tasks)
        for (const auto& number : t.assigned) {
            auto node = assignments.append_child("Assignment");
            add(node, "UID", ++uid);
            add(node, "TaskUID", uids.at(t.wbs));
            add(node, "ResourceUID", people.at(number));
            add(node, "Units", 1);
        }
    Text out;
    document.save(out, "  ");
    return out.text;
}

}  // namespace agency::project
