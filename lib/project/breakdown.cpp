#include "project/breakdown.hpp"

#include "base/error.hpp"
#include "base/money.hpp"
#include "base/translate.hpp"

namespace agency::project {
namespace {

constexpr std::int64_t whole = 10'000;  ///< a weight of 100

/// The first row of the file among these, else the first of all.
const Part& speaker(const Part& a, const Part& b) {
    return a.row == 0 && b.row != 0 ? b : a;
}

void check_links(const Breakdown& all, const PlanNetwork& network, const Refused& refused, const Finding& finding) {
    std::size_t i = 0;
    std::map<std::string_view, std::size_t> index;
    for (const auto& [wbs, part] : all) index.emplace(wbs, i++);
    for (const auto& [wbs, part] : all) {
        const auto links = links_of(part.task, all, [&](const std::string& text) {
            if (parse_predecessor(text, [&](std::string_view other) { return refused.contains(other); })) return;
            finding(part, "after", "", Exit::not_found,
                    say("there is no task \"{text}\" in this plan", fmt::arg("text", text)));
        });
        for (const Predecessor& p : links)
            if (p.type != schedule::LinkType::finish_start &&
                (network.group[index.at(wbs)] || network.group[index.at(p.wbs)]))
                finding(part, "after", "PRJ-003", Exit::refused,
                        say("{link}: a group is linked from finish to start only", fmt::arg("link", to_text(p))));
    }
}

void check_group(const Part& group, const Part& child, const Finding& finding) {
    const Task& t = group.task;
    const bool works =
        t.duration || t.effort || t.optimistic || !t.assigned.empty() || t.milestone || t.constraint_type;
    if (!works) return;
    finding(speaker(group, child), "wbs", "PRJ-003", Exit::refused,
            say("{group} has work of its own, and {child} stands below it: only leaves carry work",
                fmt::arg("group", t.wbs), fmt::arg("child", child.task.wbs)));
}

/// The sum of what stands directly below a group, and whether all of it says something.
struct Sum {
    std::int64_t of = 0;
    bool any = false, all = true;
    void add(const std::optional<std::int64_t>& n) {
        any = any || n;
        all = all && n;
        if (n) of = add_checked(of, *n);
    }
};

void check_sum(const Part& group, const std::optional<std::int64_t>& own, const Sum& below, const char* field,
               int digits, const Finding& finding) {
    if (!own || !below.any || *own == below.of) return;
    finding(group, field, "PRJ-003", Exit::refused,
            say("{wbs} is {own}, what stands below it {sum}: a group is the sum of its parts",
                fmt::arg("wbs", group.task.wbs), fmt::arg("own", to_plain(*own, digits)),
                fmt::arg("sum", to_plain(below.of, digits))));
}

/// The 100 % rule for one figure of the tasks, from the leaves up: a group that says nothing has what its parts make.
/// Answers the sum at the top.
Sum check_sums(const Breakdown& all, std::optional<std::int64_t> Task::*figure, const char* field, int digits,
               const Finding& finding) {
    std::map<std::string_view, Sum> below;
    Sum top;
    for (auto it = all.rbegin(); it != all.rend(); ++it) {
        const auto& [wbs, part] = *it;
        auto value = part.task.*figure;
        if (const auto mine = below.find(wbs); mine != below.end()) {
            check_sum(part, value, mine->second, field, digits, finding);
            if (!value && mine->second.any) value = mine->second.of;
        }
        const Part* parent = above(all, wbs);
        (parent ? below[parent->task.wbs] : top).add(value);
    }
    return top;
}

void check_parents(const Breakdown& all, const Refused& refused, const Finding& finding) {
    for (const auto& [wbs, part] : all) {
        const auto parent = wbs_parent(wbs);
        if (!parent.empty() && all.find(parent) == all.end() && !refused.contains(parent))
            finding(part, "wbs", "PRJ-003", Exit::refused,
                    say("{wbs} stands below {parent}, and there is no task {parent}", fmt::arg("wbs", wbs),
                        fmt::arg("parent", parent)));
    }
}

/// While a plan is entered task by task some weights are still to come; what is agreed makes 100.
void check_whole(const Breakdown& all, const Sum& top, Entered entered, const Finding& finding) {
    if (!top.any || top.of == whole || (top.of < whole && !top.all && entered == Entered::partly)) return;
    const Part* last = nullptr;
    for (const auto& [wbs, part] : all)
        if (!above(all, wbs)) last = &part;
    finding(*last, "weight", "PRJ-003", Exit::refused,
            say("the weights at the top make {sum}, not 100", fmt::arg("sum", to_plain(top.of, 2))));
}

}  // namespace

std::vector<Predecessor> links_of(const Task& t, const Breakdown& all,
                                  const std::function<void(const std::string&)>& unknown) {
    std::vector<Predecessor> out;
    for (const auto& text : split_list(t.after)) {
        auto p = parse_predecessor(text, [&](std::string_view wbs) { return all.find(wbs) != all.end(); });
        if (p)
            out.push_back(std::move(*p));
        else if (unknown)
            unknown(text);
    }
    return out;
}

std::vector<TaskShape> shapes_of(const Breakdown& all) {
    std::vector<TaskShape> out;
    out.reserve(all.size());
    for (const auto& [wbs, part] : all) out.push_back({wbs, part.task.duration.value_or(0), links_of(part.task, all)});
    return out;
}

const Part* above(const Breakdown& all, std::string_view wbs) {
    for (auto up = wbs_parent(wbs); !up.empty(); up = wbs_parent(up))
        if (const auto it = all.find(up); it != all.end()) return &it->second;
    return nullptr;
}

void examine(const Breakdown& all, int digits, const Finding& finding, Entered entered, const Refused& refused) {
    const auto shapes = shapes_of(all);
    const PlanNetwork network(shapes);
    check_parents(all, refused, finding);
    check_links(all, network, refused, finding);
    std::size_t i = 0;
    for (const auto& [wbs, part] : all) {
        if (const Part* parent = above(all, wbs)) check_group(*parent, part, finding);
        if (!network.group[i++] && !part.task.duration)
            finding(part, "duration", "", Exit::usage,
                    tr("the duration is missing; give days, an effort or estimates"));
    }
    if (refused.empty()) {
        check_sums(all, &Task::cost, "cost", digits, finding);
        check_whole(all, check_sums(all, &Task::weight, "weight", 2, finding), entered, finding);
    }
    if (const auto circle = network.circle(); !circle.empty()) {
        const Part* who = nullptr;
        for (const auto a : network.order.circle) {
            const Part& part = all.find(shapes[network.task(a)].wbs)->second;
            who = who ? &speaker(*who, part) : &part;
        }
        finding(*who, "after", "PRJ-004", Exit::refused,
                say("tasks wait for each other: {circle}", fmt::arg("circle", circle)));
    }
}

}  // namespace agency::project
