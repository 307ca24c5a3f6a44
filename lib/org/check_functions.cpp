// Functions without an owner, with two, without hands; duties that nobody may join in one person.
#include <algorithm>
#include <set>

#include "base/translate.hpp"
#include "org/check.hpp"
#include "org/settings.hpp"

namespace agency::org {
namespace {

/// Codes of the positions of a part.
std::vector<const Place*> places_of(const Chart& chart, const FunctionLine& f, Raci::Role role) {
    std::vector<const Place*> out;
    for (const RaciLine& line : f.lines)
        if (const Place* p = line.role == role ? chart.find(line.position) : nullptr) out.push_back(p);
    return out;
}

std::string codes(const std::vector<const Place*>& places) {
    std::string out;
    for (const Place* p : places) out += (out.empty() ? "" : ", ") + p->position.code;
    return out;
}

bool all_empty(const std::vector<const Place*>& places) {
    return std::all_of(places.begin(), places.end(), [](const Place* p) { return p->holders.empty(); });
}

class Functions {
public:
    Functions(Workspace& w, const Chart& chart, const AsOf& when, std::vector<Finding>& found)
        : w_(w),
          when_(when),
          rules_(w.rules()),
          chart_(chart),
          functions_(functions_of(w, chart, when)),
          found_(found) {}
    void run() {
        for (const FunctionLine& f : functions_) one(f);
        incompatible_duties();
    }

private:
    /// Nothing for `since`: since the function is there.
    void add(const char* rule, Severity severity, const FunctionLine& f, std::string evidence,
             std::optional<Date> since = {}) {
        std::int64_t owner = 0;
        for (const auto d : chart_.departments_up(f.function.department.value))
            if (const auto p = chart_.departments().at(d).manager_position.value; !owner && chart_.find(p)) owner = p;
        if (!owner)
            if (const auto tops = chart_.tops(); !tops.empty()) owner = tops.front();
        found_.push_back({rule, severity, f.function.code, std::move(evidence), std::max(since, f.function.valid_from),
                          owner_of(chart_, owner)});
    }

    void one(const FunctionLine& f) {
        const auto answers = places_of(chart_, f, Raci::Role::A), does = places_of(chart_, f, Raci::Role::R);
        const auto severity = f.function.mandatory ? Severity::error : Severity::warning;
        const auto name = fmt::arg("name", f.function.name);
        if (answers.empty()) add("ORG-001", Severity::error, f, say("nobody answers for {name}", name));
        if (does.empty()) add("ORG-003", Severity::error, f, say("nobody does {name}", name));
        if (answers.size() > 1)
            add("ORG-002", Severity::error, f,
                say("{n} positions answer for {name}: {codes}", fmt::arg("n", answers.size()), name,
                    fmt::arg("codes", codes(answers))),
                nth_line(f, 1, [](const RaciLine& l) { return l.role == Raci::Role::A; }));
        if (!answers.empty() && all_empty(answers))
            add("ORG-001", severity, f,
                say("who answers for {name} is vacant: {codes}", name, fmt::arg("codes", codes(answers))),
                empty_since(answers));
        if (!does.empty() && all_empty(does))
            add("ORG-003", severity, f, say("who does {name} is vacant: {codes}", name, fmt::arg("codes", codes(does))),
                empty_since(does));
        std::set<std::int64_t> departments;
        for (const Place* p : does) departments.insert(p->position.department.value);
        const bool led = std::any_of(f.lines.begin(), f.lines.end(),
                                     [](const RaciLine& l) { return l.role == Raci::Role::R && l.lead; });
        if (departments.size() > 1 && !led)
            add("ORG-106", Severity::warning, f,
                say("{n} departments do {name} and none leads: {codes}", fmt::arg("n", departments.size()), name,
                    fmt::arg("codes", codes(does))),
                nth_line(f, 1, [](const RaciLine& l) { return l.role == Raci::Role::R; }));
        const auto listens = [](const RaciLine& l) { return l.role == Raci::Role::C || l.role == Raci::Role::I; };
        const auto told = std::count_if(f.lines.begin(), f.lines.end(), listens);
        if (told > rules_.integer(density_most))
            add("ORG-110", Severity::warning, f,
                say("{n} {n:is|are} consulted or informed of {name}, above {limit}", fmt::arg("n", Count(told)), name,
                    fmt::arg("limit", rules_.integer(density_most))),
                nth_line(f, rules_.integer(density_most), listens));
    }

    /// The first day of the line with that many such lines before it.
    template <class Which>
    static std::optional<Date> nth_line(const FunctionLine& f, std::int64_t before, Which which) {
        std::vector<std::optional<Date>> days;
        for (const RaciLine& l : f.lines)
            if (which(l)) days.push_back(l.since);
        std::sort(days.begin(), days.end());
        const auto at = static_cast<std::size_t>(before);
        return at < days.size() ? days[at] : std::nullopt;
    }
    /// The day on which the last of the positions became vacant.
    std::optional<Date> empty_since(const std::vector<const Place*>& places) const {
        std::optional<Date> since;
        for (const Place* p : places) since = std::max(since, vacant_since(w_, *p, when_));
        return since;
    }

    /// ORG-111: one person does one of a pair and does or answers for the other. To answer for both is a manager's
    /// part. A note on a line is a compensating control.
    void incompatible_duties() {
        std::map<std::string, const FunctionLine*> by_code;
        for (const FunctionLine& f : functions_) by_code[f.function.code] = &f;
        std::string_view pairs = rules_.text(incompatible);
        while (!pairs.empty()) {
            const auto comma = pairs.find(',');
            const auto pair = pairs.substr(0, comma);
            pairs = comma == pairs.npos ? std::string_view() : pairs.substr(comma + 1);
            const auto slash = pair.find('/');
            if (slash == pair.npos) continue;
            const auto a = by_code.find(std::string(pair.substr(0, slash))),
                       b = by_code.find(std::string(pair.substr(slash + 1)));
            if (a != by_code.end() && b != by_code.end()) both(*a->second, *b->second);
        }
    }
    void both(const FunctionLine& a, const FunctionLine& b) {
        const auto first = people_of(a), second = people_of(b);
        for (const auto& [employee, part] : first) {
            const auto it = second.find(employee);
            if (it == second.end() || !(part.does || it->second.does)) continue;
            const Employee& e = chart_.people().at(employee);
            found_.push_back({"ORG-111", part.controlled || it->second.controlled ? Severity::warning : Severity::error,
                              e.number,
                              say("{name} has incompatible duties: {a} and {b}", fmt::arg("name", e.name),
                                  fmt::arg("a", a.function.name), fmt::arg("b", b.function.name)),
                              std::max(part.since, it->second.since), superior_of(employee)});
        }
    }
    struct Part {
        bool does = false;          ///< as R, not only as A
        bool controlled = false;    ///< a compensating control is noted
        std::optional<Date> since;  ///< from when on both the line and who holds the position are there
    };
    /// Who does or answers for it.
    std::map<std::int64_t, Part> people_of(const FunctionLine& f) const {
        std::map<std::int64_t, Part> out;
        for (const RaciLine& l : f.lines) {
            const Place* p = l.role == Raci::Role::R || l.role == Raci::Role::A ? chart_.find(l.position) : nullptr;
            if (!p) continue;
            for (const Holder& h : p->holders) {
                const auto since = std::max(l.since, std::optional(h.since));
                const auto [it, fresh] = out.try_emplace(h.employee, Part{l.role == Raci::Role::R, l.noted, since});
                if (fresh) continue;
                it->second.does = it->second.does || l.role == Raci::Role::R;
                it->second.controlled = it->second.controlled || l.noted;
                it->second.since = std::min(it->second.since, since);
            }
        }
        return out;
    }
    std::string superior_of(std::int64_t employee) const {
        for (const auto& [id, p] : chart_.places())
            for (const Holder& h : p.holders)
                if (h.employee == employee && h.kind == Assignment::Kind::primary) {
                    const auto above = p.position.reports_to ? p.position.reports_to.value : id;
                    const auto owner = owner_of(chart_, above, employee);
                    return owner.empty() ? owner_of(chart_, id) : owner;  // the top mends it himself
                }
        return {};
    }

    Workspace& w_;
    const AsOf& when_;
    const Rules& rules_;
    const Chart& chart_;
    std::vector<FunctionLine> functions_;
    std::vector<Finding>& found_;
};

}  // namespace

void check_functions(Workspace& w, const Chart& chart, const AsOf& when, std::vector<Finding>& found) {
    Functions(w, chart, when, found).run();
}

}  // namespace agency::org
