#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <pugixml.hpp>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "project/mspdi.hpp"
#include "project/mspdi_values.hpp"

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

std::string hundredths(std::int64_t n) {
    const auto cents = std::to_string(100 + n % 100);
    return std::to_string(n / 100) + "." + cents.substr(1);
}

std::string cell(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

struct Constraint {
    std::string_view kind, on;  ///< kind: empty where there is none
};

struct Line {
    pugi::xml_node task;
    std::string uid, code;
    std::int64_t level = 1;
    bool group = false;
    Constraint constraint;
};

/// Whether every code is one, stands once, and has the code above it.
bool sound(const std::vector<Line>& lines) {
    std::set<std::string_view> codes;
    for (const Line& l : lines)
        if (l.code.empty() || !wbs_fault(l.code).empty() || !codes.insert(l.code).second) return false;
    return std::all_of(lines.begin(), lines.end(), [&](const Line& l) {
        const auto up = wbs_parent(l.code);
        return up.empty() || codes.contains(up);
    });
}

/// 1, 1.1, 1.2, 2 by the levels alone.
void count_codes(std::vector<Line>& lines) {
    std::vector<std::int64_t> at;
    for (Line& l : lines) {
        const auto level = static_cast<std::size_t>(std::clamp<std::int64_t>(l.level, 1, std::ssize(at) + 1));
        at.resize(level);
        ++at.back();
        l.code.clear();
        for (const auto n : at) l.code += (l.code.empty() ? "" : ".") + std::to_string(n);
    }
}

class Reader {
public:
    Reader(const pugi::xml_node& project, std::string_view name) {
        days_.minutes_per_day = std::clamp<std::int64_t>(number(project, "MinutesPerDay", 480), 1, 1440);
        days_.minutes_per_week =
            std::clamp<std::int64_t>(number(project, "MinutesPerWeek", 5 * days_.minutes_per_day), 1, 10'080);
        read_tasks(project, name);
        set_codes();
        set_constraints();
        read_people(project);
    }

    std::string rows() const {
        std::string out = "wbs,name,duration,effort,after,assigned,cost,milestone,constraint,constraint_on\n";
        for (const Line& l : lines_) out += row(l) + "\n";
        return out;
    }

private:
    /// Without the row of the whole project, blank rows, and tasks that are switched off.
    void read_tasks(const pugi::xml_node& project, std::string_view name) {
        for (const auto task : project.child("Tasks").children("Task")) {
            Line l{task, task.child_value("UID"), {}, number(task, "OutlineLevel", 1), false, {}};
            if (!l.uid.empty() && (at_.contains(l.uid) || left_out_.contains(l.uid)))
                throw Error(Exit::rejected, say("{path}: two tasks have the UID {uid}", fmt::arg("path", name),
                                                fmt::arg("uid", l.uid)));
            if (l.level == 0 || number(task, "IsNull") == 1 || number(task, "Active", 1) == 0) {
                left_out_.insert(l.uid);
                continue;
            }
            if (!l.uid.empty()) at_.emplace(l.uid, lines_.size());
            lines_.push_back(std::move(l));
        }
    }
    /// The file's own codes where they make a tree, else its outline numbers, else the levels.
    void set_codes() {
        for (const bool own : {true, false}) {
            for (Line& l : lines_) {
                const std::string_view wbs = l.task.child_value("WBS");
                l.code = own && !wbs.empty() ? wbs : l.task.child_value("OutlineNumber");
            }
            if (sound(lines_)) break;
            if (!own) count_codes(lines_);
        }
        std::set<std::string_view> groups;
        for (const Line& l : lines_) groups.insert(wbs_parent(l.code));
        for (Line& l : lines_) l.group = groups.contains(l.code);
    }
    /// What binds a group binds all that stands below it. A task entered by hand starts no earlier than its day.
    void set_constraints() {
        for (Line& l : lines_) {
            const auto code = std::clamp<std::int64_t>(number(l.task, "ConstraintType"), 0, 7);
            l.constraint = {constraints[static_cast<std::size_t>(code)],
                            std::string_view(l.task.child_value("ConstraintDate")).substr(0, 10)};
            if (l.constraint.kind.empty()) l.constraint.on = {};
            const std::string_view start = l.task.child_value("Start");
            if (!l.group && l.constraint.kind.empty() && number(l.task, "Manual") == 1 && !start.empty())
                l.constraint = {"start_no_earlier", start.substr(0, 10)};
        }
        for (Line& group : lines_) {
            if (!group.group || group.constraint.kind.empty()) continue;
            std::vector<Line*> below;
            for (Line& l : lines_)
                if (!l.group && l.code.starts_with(group.code + ".")) below.push_back(&l);
            const bool free =
                std::all_of(below.begin(), below.end(), [](Line* l) { return l->constraint.kind.empty(); });
            if (!free) continue;  // then the group keeps it, and the import says why it cannot
            for (Line* l : below) l->constraint = group.constraint;
            group.constraint = {};
        }
    }
    /// Of resources the people; neither material nor cost.
    void read_people(const pugi::xml_node& project) {
        std::map<std::string_view, std::string_view> people;
        for (const auto person : project.child("Resources").children("Resource")) {
            const std::string_view code = person.child_value("Code"), name = person.child_value("Name");
            if (number(person, "Type", 1) == 1) people[person.child_value("UID")] = code.empty() ? name : code;
        }
        for (const auto a : project.child("Assignments").children("Assignment")) {
            const auto person = people.find(a.child_value("ResourceUID"));
            if (person == people.end() || person->second.empty()) continue;
            auto& all = assigned_[a.child_value("TaskUID")];
            if (std::find(all.begin(), all.end(), person->second) == all.end()) all.push_back(person->second);
        }
    }

    std::int64_t seconds(const Line& l) const { return seconds_of(l.task.child_value("Duration")).value_or(0); }

    std::string duration(const Line& l) const {
        const std::string_view text = l.task.child_value("Duration");
        if (!seconds_of(text)) return cell(text);  // the import says that it is no number
        return std::to_string(days_.days_up(seconds(l), elapsed_format(number(l.task, "DurationFormat"))));
    }
    /// In days; LinkLag counts tenths of a minute, or percent of the predecessor.
    std::int64_t lag(const pugi::xml_node& link, const Line& from) const {
        const auto n = number(link, "LinkLag"), format = number(link, "LagFormat");
        if (!percent_format(format)) return days_.days_near(n, elapsed_format(format));
        const auto part = static_cast<__int128>(seconds(from)) * n / 600;
        return days_.days_near(static_cast<std::int64_t>(part), elapsed_format(number(from.task, "DurationFormat")));
    }
    std::string after(const Line& l) const {
        std::string out;
        for (const auto link : l.task.children("PredecessorLink")) {
            const std::string uid = link.child_value("PredecessorUID");
            if (left_out_.contains(uid)) continue;
            const auto from = at_.find(uid);
            const auto type = static_cast<std::size_t>(std::clamp<std::int64_t>(number(link, "Type", 1), 0, 3));
            out += (out.empty() ? "" : ";") +
                   (from == at_.end()
                        ? "UID " + uid  // there is none, as the import says
                        : to_text({lines_[from->second].code, types[type], lag(link, lines_[from->second])}));
        }
        return out;
    }
    std::string row(const Line& l) const {
        const auto work = seconds_of(l.task.child_value("Work")).value_or(0);
        const auto cost = number(l.task, "Cost");
        const bool milestone = !l.group && number(l.task, "Milestone") == 1 && seconds(l) == 0;
        // A group's cost is the sum of its parts, but for what it costs by itself.
        const bool costs = cost > 0 && (!l.group || number(l.task, "FixedCost") > 0);
        std::string people;
        if (const auto it = assigned_.find(l.uid); it != assigned_.end() && !l.group)
            for (const auto person : it->second) people += (people.empty() ? "" : ";") + std::string(person);
        std::string out = cell(l.code) + "," + cell(l.task.child_value("Name"));
        out += "," + (l.group ? "" : duration(l));
        out += "," + (l.group || work == 0 ? "" : hundredths((work * 100 + 1800) / 3600));
        out += "," + cell(after(l)) + "," + cell(people);
        out += "," + (costs ? hundredths(cost) : "") + "," + (milestone ? "yes" : "");
        return out + "," + std::string(l.constraint.kind) + "," + cell(l.constraint.on);
    }

    MspdiDays days_;
    std::vector<Line> lines_;
    std::map<std::string, std::size_t> at_;                          ///< lines by UID
    std::set<std::string> left_out_;                                 ///< UIDs
    std::map<std::string, std::vector<std::string_view>> assigned_;  ///< by UID of the task
};

}  // namespace

std::string rows_of_mspdi(std::string_view xml, std::string_view name) {
    pugi::xml_document document;
    const auto read = document.load_buffer(xml.data(), xml.size());
    const auto project = document.child("Project");
    if (!read || !project.child("Tasks"))
        throw Error(Exit::rejected, say("{path} is no plan in Microsoft Project's XML", fmt::arg("path", name)),
                    tr("save the plan as XML, or give a CSV or JSONL file"));
    return Reader(project, name).rows();
}

}  // namespace agency::project
