// Functions without an owner, with two, without hands; duties that nobody may join in one person.
#include <algorithm>
#include <set>

#include "base/translate.hpp"
#include "org/away.hpp"
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
    Functions(Workspace& w, const Chart& chart, const History& history, const AsOf& when, std::vector<Finding>& found)
        : rules_(w.rules()),
          chart_(chart),
          history_(history),
          functions_(functions_of(w, chart, when)),
          ever_(raci_days(w, history, when)),
          away_(long_leaves(w, when)),
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
        if (answers.empty())
            add("ORG-001", Severity::error, f, say("nobody answers for {name}", name), none_since(f, Raci::Role::A));
        if (does.empty())
            add("ORG-003", Severity::error, f, say("nobody does {name}", name), none_since(f, Raci::Role::R));
        if (answers.size() > 1)
            add("ORG-002", Severity::error, f,
                say("{n} positions answer for {name}: {codes}", fmt::arg("n", answers.size()), name,
                    fmt::arg("codes", codes(answers))),
                more_since(f, 1, [](Raci::Role r) { return r == Raci::Role::A; }));
        if (!answers.empty() && all_empty(answers))
            add("ORG-001", severity, f,
                say("who answers for {name} is vacant: {codes}", name, fmt::arg("codes", codes(answers))),
                empty_since(f, Raci::Role::A));
        if (!does.empty() && all_empty(does))
            add("ORG-003", severity, f, say("who does {name} is vacant: {codes}", name, fmt::arg("codes", codes(does))),
                empty_since(f, Raci::Role::R));
        if (nobody_there(answers))
            add("ORG-001", severity, f,
                say("nobody is there to answer for {name}: {people}", name, fmt::arg("people", absent(answers))),
                empty_since(f, Raci::Role::A));
        if (nobody_there(does))
            add("ORG-003", severity, f,
                say("nobody is there to do {name}: {people}", name, fmt::arg("people", absent(does))),
                empty_since(f, Raci::Role::R));
        std::set<std::int64_t> departments;
        for (const Place* p : does) departments.insert(p->position.department.value);
        const bool led = std::any_of(f.lines.begin(), f.lines.end(),
                                     [](const RaciLine& l) { return l.role == Raci::Role::R && l.lead; });
        if (departments.size() > 1 && !led)
            add("ORG-106", Severity::warning, f,
                say("{n} departments do {name} and none leads: {codes}", fmt::arg("n", departments.size()), name,
                    fmt::arg("codes", codes(does))),
                unled_since(f));
        const auto listens = [](Raci::Role r) { return r == Raci::Role::C || r == Raci::Role::I; };
        const auto told = std::count_if(f.lines.begin(), f.lines.end(),
                                        [&](const RaciLine& l) { return listens(l.role) && chart_.find(l.position); });
        if (told > rules_.integer(density_most))
            add("ORG-110", Severity::warning, f,
                say("{n} {n:is|are} consulted or informed of {name}, above {limit}", fmt::arg("n", Count(told)), name,
                    fmt::arg("limit", rules_.integer(density_most))),
                more_since(f, rules_.integer(density_most), listens));
    }

    const std::vector<RaciDays>& ever(const FunctionLine& f) const {
        static const std::vector<RaciDays> none;
        const auto it = ever_.find(f.function.id.value);
        return it == ever_.end() ? none : it->second;
    }
    template <class Which>
    Tally lines(const FunctionLine& f, Which which) const {
        Tally n;
        for (const RaciDays& l : ever(f))
            if (which(l.role)) n.add(l.days);
        return n;
    }
    template <class Which>
    std::optional<Date> more_since(const FunctionLine& f, std::int64_t limit, Which which) const {
        return since(chart_.day(), lines(f, which), [&](std::int64_t n) { return n > limit; });
    }
    std::optional<Date> none_since(const FunctionLine& f, Raci::Role role) const {
        return since(chart_.day(), lines(f, [&](Raci::Role r) { return r == role; }),
                     [](std::int64_t n) { return n == 0; });
    }
    /// From when on the part is there, and nobody in it who is not on a long leave.
    std::optional<Date> empty_since(const FunctionLine& f, Raci::Role role) const {
        Tally there;
        for (const RaciDays& l : ever(f)) {
            if (l.role != role) continue;
            for (const auto& h : history_.held(l.position)) {
                const Days days = common(h.days, l.days);
                there.add(days);
                if (const auto it = away_.find(h.employee); it != away_.end())
                    there.add(common(days, {it->second.from, it->second.to}), -1);
            }
        }
        const Tally parts = lines(f, [&](Raci::Role r) { return r == role; });
        return since(chart_.day(), {&parts, &there}, [](auto n) { return n[0] > 0 && n[1] == 0; });
    }

    /// From when on several departments did it and none led.
    std::optional<Date> unled_since(const FunctionLine& f) const {
        std::map<std::int64_t, std::vector<Days>> by_department;
        Tally leads, departments;
        for (const RaciDays& l : ever(f)) {
            if (l.role != Raci::Role::R) continue;
            if (l.lead) leads.add(l.days);
            for (const Term& t : history_.departments(l.position))
                by_department[t.value].push_back(common(l.days, t.days));
        }
        for (auto& [department, days] : by_department) departments.add(joined(std::move(days)));
        return since(chart_.day(), {&departments, &leads}, [](auto n) { return n[0] > 1 && n[1] == 0; });
    }
    /// Whether everybody who holds one of them, or acts in it, is on a long leave; not where all are vacant.
    bool nobody_there(const std::vector<const Place*>& places) const {
        return !all_empty(places) && std::all_of(places.begin(), places.end(), [&](const Place* p) {
            return std::all_of(p->holders.begin(), p->holders.end(),
                               [&](const Holder& h) { return away_.contains(h.employee); });
        });
    }
    std::string absent(const std::vector<const Place*>& places) const {
        std::string out;
        for (const Place* p : places) {
            const auto code = fmt::arg("code", p->position.code);
            if (p->holders.empty()) out += (out.empty() ? "" : "; ") + say("{code} is vacant", code);
            for (const Holder& h : p->holders) {
                const auto& run = away_.at(h.employee);
                const auto from = to_string(run.from), to = to_string(run.to);
                out +=
                    (out.empty() ? "" : "; ") + say("{name} in {code} is on leave from {from} to {to}, {days} days",
                                                    code, fmt::arg("name", name_of(chart_, h)), fmt::arg("from", from),
                                                    fmt::arg("to", to), fmt::arg("days", run.days()));
            }
        }
        return out;
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
                              both_since(a, b, employee), superior_of(employee)});
        }
    }
    struct Part {
        bool does = false;        ///< as R, not only as A
        bool controlled = false;  ///< a compensating control is noted
    };
    std::optional<Date> both_since(const FunctionLine& a, const FunctionLine& b, std::int64_t employee) const {
        const auto parts = [&](const FunctionLine& f, Raci::Role role) {
            Tally n;
            for (const RaciDays& l : ever(f))
                for (const auto& h : history_.held(l.position))
                    if (l.role == role && h.employee == employee) n.add(common(h.days, l.days));
            return n;
        };
        const Tally does_a = parts(a, Raci::Role::R), answers_a = parts(a, Raci::Role::A),
                    does_b = parts(b, Raci::Role::R), answers_b = parts(b, Raci::Role::A);
        return since(chart_.day(), {&does_a, &answers_a, &does_b, &answers_b},
                     [](auto n) { return (n[0] && (n[2] || n[3])) || (n[1] && n[2]); });
    }
    /// Who does or answers for it.
    std::map<std::int64_t, Part> people_of(const FunctionLine& f) const {
        std::map<std::int64_t, Part> out;
        for (const RaciLine& l : f.lines) {
            const Place* p = l.role == Raci::Role::R || l.role == Raci::Role::A ? chart_.find(l.position) : nullptr;
            if (!p) continue;
            for (const Holder& h : p->holders) {
                const auto [it, fresh] = out.try_emplace(h.employee, Part{l.role == Raci::Role::R, l.noted});
                if (fresh) continue;
                it->second.does = it->second.does || l.role == Raci::Role::R;
                it->second.controlled = it->second.controlled || l.noted;
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

    const Rules& rules_;
    const Chart& chart_;
    const History& history_;
    std::vector<FunctionLine> functions_;
    std::map<std::int64_t, std::vector<RaciDays>> ever_;
    std::map<std::int64_t, Away> away_;
    std::vector<Finding>& found_;
};

}  // namespace

void check_functions(Workspace& w, const Chart& chart, const History& history, const AsOf& when,
                     std::vector<Finding>& found) {
    Functions(w, chart, history, when, found).run();
}

}  // namespace agency::org
