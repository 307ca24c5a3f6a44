#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <pugixml.hpp>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "project/mspdi.hpp"

namespace agency::project {
namespace {

using schedule::LinkType;

constexpr std::array<LinkType, 4> types = {LinkType::finish_finish, LinkType::finish_start, LinkType::start_finish,
                                           LinkType::start_start};
/// As soon as possible, as late as possible, and the dated ones.
constexpr std::array<std::string_view, 8> constraints = {
    "", "", "must_start", "must_finish", "start_no_earlier", "start_no_later", "finish_no_earlier", "finish_no_later"};

constexpr std::int64_t most = 1'000'000'000'000'000;

std::int64_t number(const pugi::xml_node& node, const char* child, std::int64_t otherwise = 0) {
    const std::string_view text = node.child_value(child);
    std::int64_t n = 0;  // some writers give 4800.0: what follows the point is nothing
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    return error == std::errc() && n > -most && n < most ? n : otherwise;
}

/// Minutes of `PT40H30M0S`; 0 where there are none.
std::int64_t minutes(std::string_view text) {
    std::int64_t total = 0, value = 0;
    for (const char c : text.substr(std::min(text.size(), text.find('T')))) {
        if (c >= '0' && c <= '9' && value < 1'000'000'000) value = value * 10 + (c - '0');
        if (c == 'H') total += value * 60;
        if (c == 'M') total += value;
        if (c < '0' || c > '9') value = 0;
    }
    return total;
}

std::string hundredths(std::int64_t n) {
    const auto cents = std::to_string(100 + n % 100);
    return std::to_string(n / 100) + "." + cents.substr(1);
}

std::string cell(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

class Reader {
public:
    explicit Reader(const pugi::xml_node& project)
        : project_(project), day_(std::max<std::int64_t>(1, number(project, "MinutesPerDay", 480))) {
        for (const auto task : project.child("Tasks").children("Task")) {
            const std::string_view wbs = task.child_value("WBS"), outline = task.child_value("OutlineNumber");
            wbs_[task.child_value("UID")] = wbs.empty() ? outline : wbs;
        }
        std::map<std::string_view, std::string_view> people;
        for (const auto person : project.child("Resources").children("Resource")) {
            const std::string_view code = person.child_value("Code"), name = person.child_value("Name");
            people[person.child_value("UID")] = code.empty() ? name : code;
        }
        for (const auto a : project.child("Assignments").children("Assignment")) {
            const auto person = people.find(a.child_value("ResourceUID"));
            if (person == people.end() || person->second.empty()) continue;
            auto& all = assigned_[a.child_value("TaskUID")];
            all += (all.empty() ? "" : ";") + std::string(person->second);
        }
    }

    std::string rows() const {
        std::string out = "wbs,name,duration,effort,after,assigned,cost,milestone,constraint,constraint_on\n";
        for (const auto task : project_.child("Tasks").children("Task")) {
            if (number(task, "OutlineLevel", 1) == 0 || number(task, "IsNull") == 1) continue;
            out += row(task) + "\n";
        }
        return out;
    }

private:
    std::string row(const pugi::xml_node& task) const {
        const bool group = number(task, "Summary") == 1, milestone = number(task, "Milestone") == 1;
        const auto length = minutes(task.child_value("Duration")), work = minutes(task.child_value("Work"));
        const auto cost = number(task, "Cost");
        const auto uid = std::string(task.child_value("UID"));
        std::string after;
        for (const auto link : task.children("PredecessorLink")) {
            const auto from = wbs_.find(link.child_value("PredecessorUID"));
            if (from == wbs_.end()) continue;
            const auto type = static_cast<std::size_t>(std::clamp<std::int64_t>(number(link, "Type", 1), 0, 3));
            const auto lag = number(link, "LinkLag");  // in tenths of a minute
            const auto half = day_ * 5 * (lag < 0 ? -1 : 1);
            after += (after.empty() ? "" : ";") +
                     to_text({std::string(from->second), types[type], (lag + half) / (day_ * 10)});
        }
        const auto kind =
            constraints[static_cast<std::size_t>(std::clamp<std::int64_t>(number(task, "ConstraintType"), 0, 7))];
        const std::string_view on = task.child_value("ConstraintDate");
        const auto person = assigned_.find(uid);
        std::string out = cell(wbs_.at(uid)) + "," + cell(task.child_value("Name"));
        out += "," + (group ? "" : std::to_string((length + day_ - 1) / day_));
        out += "," + (group || work == 0 ? "" : hundredths((work * 100 + 30) / 60));
        out += "," + cell(after) + "," + cell(group || person == assigned_.end() ? "" : person->second);
        out += "," + (cost > 0 ? hundredths(cost) : "") + "," + (milestone && !group ? "yes" : "");
        return out + "," + std::string(kind) + "," + std::string(kind.empty() ? std::string_view() : on.substr(0, 10));
    }

    pugi::xml_node project_;
    std::int64_t day_;
    std::map<std::string, std::string_view> wbs_;  ///< by UID
    std::map<std::string, std::string> assigned_;  ///< by UID of the task
};

}  // namespace

std::string rows_of_mspdi(std::string_view xml, std::string_view name) {
    pugi::xml_document document;
    const auto read = document.load_buffer(xml.data(), xml.size());
    const auto project = document.child("Project");
    if (!read || !project.child("Tasks"))
        throw Error(Exit::rejected, say("{path} is no plan in Microsoft Project's XML", fmt::arg("path", name)),
                    tr("save the plan as XML, or give a CSV or JSONL file"));
    return Reader(project).rows();
}

}  // namespace agency::project
