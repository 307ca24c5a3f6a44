// Layers, span, ratios, chains, circles.
#include <algorithm>
#include <functional>
#include <set>

#include "base/translate.hpp"
#include "org/check.hpp"
#include "org/settings.hpp"

namespace agency::org {
namespace {

std::int64_t heads_below(const Chart& chart, const Place& p) {
    return static_cast<std::int64_t>(chart.below(p).size());
}

/// `9/30` as parts per million.
std::int64_t part(std::int64_t n, std::int64_t of) {
    return of ? n * 1'000'000 / of : 0;
}

/// The circle that the way up from `start` comes back by; empty when it ends at a top, or in a circle above. `up`
/// answers who stands above, 0: nobody.
std::vector<std::int64_t> circle_of(std::int64_t start, const std::function<std::int64_t(std::int64_t)>& up) {
    std::vector<std::int64_t> way;
    auto at = start;
    while (at && std::find(way.begin(), way.end(), at) == way.end()) {
        way.push_back(at);
        at = up(at);
    }
    return at == start ? way : std::vector<std::int64_t>();
}

class Structure {
public:
    Structure(Workspace& w, const Chart& chart, const History& history, const AsOf& when, std::vector<Finding>& found)
        : w_(w), when_(when), rules_(w.rules()), chart_(chart), history_(history), found_(found), tops_(chart.tops()) {}

    void run() {
        lines();
        departments();
        layers();
        ratios();
        for (const Place* p : chart_.by_code())
            if (heads_below(chart_, *p) > 0) manager(*p);
    }

private:
    void add(const char* rule, Severity severity, const std::string& subject, std::string evidence,
             std::int64_t owner_position, std::optional<Date> since = {}) {
        found_.push_back({rule, severity, subject, std::move(evidence), since, owner_of(chart_, owner_position)});
    }
    std::int64_t top() const { return tops_.empty() ? 0 : tops_.front(); }

    /// ORG-010 circles, ORG-011 who stands under nobody.
    void lines() {
        std::set<std::int64_t> told;
        for (const Place* p : chart_.by_code()) {
            if (p->layer != 0 || told.contains(p->position.id.value)) continue;
            const auto circle = circle_of(p->position.id.value, [&](std::int64_t id) {
                const Place* up = chart_.find(chart_.find(id)->position.reports_to.value);
                return up ? up->position.id.value : 0;
            });
            told.insert(circle.begin(), circle.end());
            if (circle.empty()) continue;
            std::string path;
            for (const auto id : circle) path += chart_.code(id) + " → ";
            add("ORG-010", Severity::error, p->position.code,
                say("reports to itself: {circle}", fmt::arg("circle", path + p->position.code)), top(),
                joined_on(circle));
        }
        if (tops_.size() < 2) return;
        // The largest tree is the agency; whoever else has no superior is an orphan.
        std::int64_t root = 0;
        std::size_t most = 0;
        for (const auto t : tops_)
            if (const auto n = size_of(t); n > most) {
                most = n;
                root = t;
            }
        for (const auto t : tops_)
            if (t != root)
                add("ORG-011", Severity::error, chart_.code(t),
                    say("reports to no position; {root} is the top", fmt::arg("root", chart_.code(root))), root,
                    alone_since(t));
    }
    /// ORG-010 of departments, ORG-020 who stays in one that is closed.
    void departments() {
        std::map<std::string, const Department*> by_code;
        for (const auto& [id, d] : chart_.departments()) by_code.emplace(d.code, &d);
        std::set<std::int64_t> told;
        for (const auto& [code, d] : by_code) {
            if (told.contains(d->id.value)) continue;
            const auto circle = circle_of(d->id.value, [&](std::int64_t id) {
                const auto it = chart_.departments().find(chart_.departments().at(id).parent.value);
                return it == chart_.departments().end() ? 0 : it->first;
            });
            told.insert(circle.begin(), circle.end());
            if (circle.empty()) continue;
            std::string path;
            std::optional<Date> last;
            for (const auto id : circle) {
                path += chart_.department_code(id) + " → ";
                last = std::max({last, chart_.departments().at(id).valid_from,
                                 changed_on(w_.db(), department::record(), id, "parent", when_)});
            }
            add("ORG-010", Severity::error, code, say("belongs to itself: {circle}", fmt::arg("circle", path + code)),
                top(), last);
        }
        for (const Place* p : chart_.by_code()) {
            if (chart_.departments().contains(p->position.department.value)) continue;
            const auto row = find_row(w_.db(), department::record(), p->position.department.value, when_);
            const auto d = to_struct<Department>(department::record(), *row);
            if (!d.valid_to || *d.valid_to >= when_.day) continue;
            add("ORG-020", Severity::error, p->position.code,
                say("department {code} ended on {day}", fmt::arg("code", d.code),
                    fmt::arg("day", to_string(*d.valid_to))),
                p->position.id.value,
                std::max({std::optional(*d.valid_to + 1), p->position.valid_from,
                          changed_on(w_.db(), position::record(), p->position.id.value, "department", when_)}));
        }
    }
    /// From when on it stood under no position that was there.
    std::optional<Date> alone_since(std::int64_t position) const {
        Tally above, there;
        for (const auto& t : history_.superiors(position)) above.add(common(t.days, history_.life(t.value)));
        there.add(history_.life(position));
        return since(when_.day, {&above, &there}, [](auto n) { return n[0] == 0 && n[1] > 0; });
    }
    std::size_t size_of(std::int64_t id) const {
        std::size_t n = 0;
        std::vector<std::int64_t> open{id};
        while (!open.empty()) {
            const Place* p = chart_.find(open.back());
            open.pop_back();
            ++n;
            open.insert(open.end(), p->reports.begin(), p->reports.end());
        }
        return n;
    }

    void layers() {
        const auto heads = chart_.heads();
        const auto limit = rules_.integer(heads <= rules_.integer(heads_small)    ? layers_small
                                          : heads <= rules_.integer(heads_medium) ? layers_medium
                                                                                  : layers_large);
        const Place* deepest = nullptr;
        for (const Place* p : chart_.by_code())
            if (!deepest || p->layer > deepest->layer) deepest = p;
        if (!deepest || deepest->layer <= limit) return;
        std::string path = deepest->position.code;
        std::vector<std::int64_t> way{deepest->position.id.value};
        for (const Place* p = chart_.find(deepest->position.reports_to.value); p;
             p = chart_.find(p->position.reports_to.value)) {
            path = p->position.code + " → " + path;
            way.push_back(p->position.id.value);
        }
        add("ORG-101", Severity::warning, deepest->position.code,
            say("{n} {n:layer|layers}, at most {limit} with {heads} {heads:person|people}: {path}",
                fmt::arg("n", Count(deepest->layer)), fmt::arg("limit", limit), fmt::arg("heads", Count(heads)),
                fmt::arg("path", path)),
            top(), joined_on(way));
    }
    /// The day on which the last of these positions came to report as it does; nothing: they always did.
    std::optional<Date> joined_on(const std::vector<std::int64_t>& positions) const {
        std::optional<Date> last;
        for (const auto id : positions)
            last = std::max({last, chart_.find(id)->position.valid_from,
                             changed_on(w_.db(), position::record(), id, "reports_to", when_)});
        return last;
    }

    void ratios() {
        std::set<std::int64_t> support;
        const auto supporting = "," + std::string(rules_.text(support_departments)) + ",";
        for (const auto& [id, p] : chart_.places())
            for (const Holder& h : p.holders) {
                if (h.kind != Assignment::Kind::primary) continue;
                for (const auto d : chart_.departments_up(p.position.department.value))
                    if (supporting.find("," + chart_.department_code(d) + ",") != supporting.npos)
                        support.insert(h.employee);
            }
        const auto tell = [&](const char* rule, std::size_t n, const SettingRow& setting, const Tally& among,
                              const char* text) {
            const auto most = rules_.rate(setting);
            const auto is = part(static_cast<std::int64_t>(n), chart_.heads());
            if (is <= most.ppm) return;
            add(rule, Severity::warning, "",
                say(text, fmt::arg("n", Count(n)), fmt::arg("heads", Count(chart_.heads())),
                    fmt::arg("part", fmt::format("{}.{}%", (is + 500) / 10'000, (is + 500) / 1'000 % 10)),
                    fmt::arg("limit", rules_.text(setting))),
                top(), since(when_.day, {&among, &people_}, [&](auto of) { return part(of[0], of[1]) > most.ppm; }));
        };
        people_ = history_.people();
        tell("ORG-103", managers(chart_).size(), managers_most, history_.managers(),
             N_("{n} of {heads} {heads:person|people} {n:is a manager|are managers}: {part}, above {limit}"));
        tell(
            "ORG-104", support.size(), support_most,
            history_.in_departments(w_, when_,
                                    [&](std::string_view code) {
                                        return supporting.find("," + std::string(code) + ",") != supporting.npos;
                                    }),
            N_("{n} of {heads} {heads:person|people} {n:works|work} in supporting departments: {part}, above {limit}"));
    }

    void manager(const Place& p) {
        const auto below = heads_below(chart_, p), own = std::max<std::int64_t>(1, p.heads());
        const auto span = (below + own - 1) / own;
        const auto low = rules_.integer(span_low), high = rules_.integer(span_high), most = rules_.integer(span_most);
        if (span < low || span > high)
            add("ORG-102", span > most ? Severity::error : Severity::warning, p.position.code,
                say("{n} {n:person reports|people report} to {code}; {low} to {high} are usual",
                    fmt::arg("n", Count(span)), fmt::arg("code", p.position.code), fmt::arg("low", low),
                    fmt::arg("high", high)),
                p.position.reports_to ? p.position.reports_to.value : p.position.id.value,
                span_since(p.position.id.value, span > high, low, high));
        if (below != 1) return;
        const auto only_head = *chart_.below(p).begin();
        for (const auto id : p.reports)
            if (const Place* only = chart_.find(id);
                only->heads() == 1 && heads_below(chart_, *only) > 0 && only->holders.front().employee == only_head)
                add("ORG-105", Severity::warning, p.position.code,
                    say("only {code} reports to it, who is a manager: one layer too many",
                        fmt::arg("code", only->position.code)),
                    p.position.reports_to ? p.position.reports_to.value : p.position.id.value,
                    chain_since(p.position.id.value, id));
    }
    /// From when on there were too many, or too few, without a break.
    std::optional<Date> span_since(std::int64_t position, bool many, std::int64_t low, std::int64_t high) const {
        const Tally below = history_.heads_below(position), own = history_.heads(position);
        return since(when_.day, {&below, &own}, [&](auto n) {
            const auto holders = std::max<std::int64_t>(1, n[1]), span = (n[0] + holders - 1) / holders;
            return many ? span > high : span > 0 && span < low;
        });
    }
    /// From when on only that manager reported, alone in his position.
    std::optional<Date> chain_since(std::int64_t position, std::int64_t only) const {
        const Tally below = history_.heads_below(position), through = history_.heads_below(position, only),
                    own = history_.heads(only), led = history_.heads_below(only);
        Tally line;
        for (const auto& t : history_.superiors(only))
            if (t.value == position) line.add(t.days);
        return since(when_.day, {&below, &own, &led, &line, &through},
                     [](auto n) { return n[0] == 1 && n[1] == 1 && n[2] > 0 && n[3] > 0 && n[4] == 1; });
    }

    Workspace& w_;
    const AsOf& when_;
    const Rules& rules_;
    const Chart& chart_;
    const History& history_;
    std::vector<Finding>& found_;
    std::vector<std::int64_t> tops_;
    Tally people_;
};

}  // namespace

std::string owner_of(const Chart& chart, std::int64_t position, std::int64_t leave_out) {
    std::set<std::int64_t> seen;
    for (const Place* p = chart.find(position); p && seen.insert(p->position.id.value).second;
         p = chart.find(p->position.reports_to.value))
        for (const Holder& h : p->holders)
            if (h.employee != leave_out) return name_of(chart, h);
    return {};
}

std::set<std::int64_t> managers(const Chart& chart) {
    std::set<std::int64_t> out;
    for (const auto& [id, p] : chart.places())
        if (heads_below(chart, p) > 0)
            for (const Holder& h : p.holders) out.insert(h.employee);
    return out;
}

void check_structure(Workspace& w, const Chart& chart, const History& history, const AsOf& when,
                     std::vector<Finding>& found) {
    Structure(w, chart, history, when, found).run();
}

}  // namespace agency::org
