#include "org/approver.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "leave/facts.hpp"
#include "record/report_as_of.hpp"

namespace agency::org {
namespace {

/// The currency is said unless all is in CNY.
std::string money(const Request& request, std::int64_t minor, const Currency& currency) {
    auto text = to_plain(minor, currency.digits());
    const bool plain = currency == Currency{} && request.currency == Currency{};
    return plain ? text : text + " " + std::string(currency.code());
}

class Search {
public:
    Search(Workspace& w, const Chart& chart, const AsOf& when, const Request& request)
        : chart_(chart), request_(request), sheets_(written_sheets(w, chart, when)) {
        for (const auto& [id, d] : chart.departments())
            if (d.code == request.department) department_ = id;
        for (const auto& a : leave::absences(w.db(), when))
            if (!a.hours && a.from <= when.day && when.day <= a.to) {
                auto& until = away_.try_emplace(a.employee, a.to).first->second;
                until = std::max(until, a.to);
            }
    }

    Approver run() {
        found_.authorized = !by_limit().empty();
        const auto line = request_.requester ? line_of_requester() : std::vector<std::int64_t>();
        for (const auto position : request_.requester ? line : by_limit())
            if (look_at(position)) return std::move(found_);
        if (!request_.requester)
            for (const Place* p : chart_.by_code())
                if (!authority(p->position.id.value) && authority(p->position.id.value, false))
                    found_.steps.push_back({p->position.id.value, {}, {}, tr("its job description is a draft")});
        return std::move(found_);
    }

private:
    /// The requester's positions and all above them.
    std::vector<std::int64_t> line_of_requester() const {
        std::vector<std::int64_t> out;
        std::set<std::int64_t> seen;
        for (const Place* p : chart_.by_code())
            for (const Holder& h : p->holders)
                if (h.employee == request_.requester && h.kind == Assignment::Kind::primary)
                    for (const Place* up = p; up && seen.insert(up->position.id.value).second;
                         up = chart_.find(up->position.reports_to.value))
                        out.push_back(up->position.id.value);
        return out;
    }
    /// All positions that have the authority: the smallest sufficient limit first, then the lower layer, then by code.
    std::vector<std::int64_t> by_limit() const {
        std::vector<const Place*> places;
        for (const Place* p : chart_.by_code())
            if (authority(p->position.id.value)) places.push_back(p);
        const auto rank = [&](const Place* p) {
            const Job* line = authority(p->position.id.value);
            return std::pair(covers(*line) ? line->limit.value_or(INT64_MAX) : INT64_MAX, -p->layer);
        };
        std::stable_sort(places.begin(), places.end(),
                         [&](const Place* a, const Place* b) { return rank(a) < rank(b); });
        std::vector<std::int64_t> out;
        for (const Place* p : places) out.push_back(p->position.id.value);
        return out;
    }
    bool in_scope(const Job& line) const {
        if (line.scope.empty()) return true;
        for (const auto d : chart_.departments_up(department_))
            if (chart_.department_code(d) == line.scope) return true;
        return false;
    }
    /// Whether its limit is one of what is asked for; none at all is.
    bool covers(const Job& line) const { return !line.limit || !request_.amount || line.currency == request_.currency; }
    /// The widest row of the position for this action, rather one in the currency asked for, of a job description in
    /// force, or of a draft.
    const Job* authority(std::int64_t position, bool in_force = true) const {
        const auto it = sheets_.find(position);
        if (it == sheets_.end() || it->second.in_force != in_force) return nullptr;
        const Job* best = nullptr;
        for (const Job& line : it->second.lines) {
            if (line.kind != Job::Kind::authority || match_form(line.text) != match_form(request_.action)) continue;
            if (!in_scope(line) || (request_.function && line.function && line.function.value != request_.function))
                continue;
            const auto width = [&](const Job& l) { return std::pair(covers(l), l.limit.value_or(INT64_MAX)); };
            if (!best || width(line) > width(*best)) best = &line;
        }
        return best;
    }
    bool look_at(std::int64_t position) {
        const Job* line = authority(position);
        const Place* p = chart_.find(position);
        const auto verdict = [&](std::string sentence) {
            found_.steps.push_back(
                {position, line ? line->limit : std::nullopt, line ? line->currency : Currency{}, std::move(sentence)});
            return false;
        };
        if (!line && authority(position, false)) return verdict(tr("its job description is a draft"));
        if (!line) return verdict(say("has no authority to {action}", fmt::arg("action", request_.action)));
        const auto amount = request_.amount.value_or(0);
        if (!covers(*line))
            return verdict(say("the limit {limit} is in {currency}, not in {asked}",
                               fmt::arg("limit", to_plain(*line->limit, line->currency.digits())),
                               fmt::arg("currency", line->currency.code()),
                               fmt::arg("asked", request_.currency.code())));
        if (line->limit && *line->limit < amount)
            return verdict(say("the limit {limit} is below {amount}",
                               fmt::arg("limit", money(request_, *line->limit, line->currency)),
                               fmt::arg("amount", money(request_, amount, request_.currency))));
        if (p->holders.empty()) return verdict(tr("is vacant, and nobody acts for it"));
        std::string told;
        for (const Holder& h : p->holders) {
            const auto why = passed_over(h, amount);
            told += (told.empty() ? "" : "; ") +
                    (why.empty() ? say("{name} approves", fmt::arg("name", name_of(chart_, h))) : why);
            if (!why.empty()) continue;
            found_.position = position;
            found_.holder = h;
            verdict(told);
            return true;
        }
        return verdict(told);
    }
    /// Why this holder does not approve; empty when he does.
    std::string passed_over(const Holder& h, std::int64_t amount) const {
        const auto who = name_of(chart_, h);
        const auto name = fmt::arg("name", who);
        if (h.employee == request_.requester) return say("{name} asks and does not approve himself", name);
        if (std::find(request_.apart.begin(), request_.apart.end(), h.employee) != request_.apart.end())
            return say("{name} prepared it and does not approve it", name);
        if (const auto it = away_.find(h.employee); it != away_.end())
            return say("{name} is on leave until {day}", name, fmt::arg("day", to_string(it->second)));
        const bool same = !request_.amount || h.currency == request_.currency;
        if (h.kind == Assignment::Kind::acting && (same ? h.approves_to.value_or(0) : 0) < amount)
            return say("{name} may approve {limit} only", name,
                       fmt::arg("limit", money(request_, h.approves_to.value_or(0), h.currency)));
        return {};
    }

    const Chart& chart_;
    const Request& request_;
    std::map<std::int64_t, JobSheet> sheets_;
    std::int64_t department_ = 0;
    std::map<std::int64_t, Date> away_;  ///< on leave for the whole day: until when
    Approver found_;
};

}  // namespace

Approver find_approver(Workspace& w, const Chart& chart, const AsOf& when, const Request& request) {
    return Search(w, chart, when, request).run();
}

Error nobody_found(const Chart& chart, const Request& request, const Approver& found) {
    std::string why;
    for (const Step& s : found.steps) why += (why.empty() ? "" : "; ") + chart.code(s.position) + ": " + s.verdict;
    return Error(Exit::refused,
                 request.amount ? say("nobody may {action} {amount} on {day}", fmt::arg("action", request.action),
                                      fmt::arg("amount", money(request, *request.amount, request.currency)),
                                      fmt::arg("day", to_string(chart.day())))
                                : say("nobody may {action} on {day}", fmt::arg("action", request.action),
                                      fmt::arg("day", to_string(chart.day()))),
                 why.empty() ? std::string(tr("no job description in force has such an authority")) : why)
        .with_rule("ORG-040");
}

Approver get_approver(Workspace& w, const Chart& chart, const AsOf& when, const Request& request) {
    auto found = find_approver(w, chart, when, request);
    if (!found.position) throw nobody_found(chart, request, found);
    return found;
}

std::optional<Approver> required_approver(Workspace& w, const Chart& chart, const AsOf& when, const Request& request) {
    auto anybody = request;
    anybody.requester = 0;
    if (request.requester) anybody.apart.push_back(request.requester);
    if (!find_approver(w, chart, when, anybody).authorized) return std::nullopt;
    const bool has_line = request.requester && !find_approver(w, chart, when, request).steps.empty();
    return get_approver(w, chart, when, has_line ? request : anybody);
}

std::vector<GridColumn> approver_columns() {
    return {{"position", CellType::text, "Position", "岗位"}, {"title", CellType::text, "Title", "岗位名称"},
            {"limit", CellType::money, "Limit", "限额"},      {"currency", CellType::text, "Currency", "币种"},
            {"employee", CellType::text, "Employee", "员工"}, {"name", CellType::text, "Name", "姓名"},
            {"kind", CellType::word, "Kind", "任职方式"},     {"explanation", CellType::text, "Explanation", "说明"}};
}

Report approver_report(const Chart& chart, const AsOf& when, const Request& request, const Approver& found,
                       bool explain) {
    Report r = report_as_of("org.approver", when);
    r.parameters = {{"action", request.action},
                    {"amount", request.amount ? to_plain(*request.amount, request.currency.digits()) : std::string()},
                    {"currency", request.amount ? std::string(request.currency.code()) : std::string()}};
    r.rows.columns = approver_columns();
    const Field& kind = assignment::record().field("kind");
    for (const Step& s : found.steps) {
        const bool is = s.position == found.position;
        if (!explain && !is) continue;
        Grid& g = r.rows;
        g.add_text(chart.code(s.position));
        g.add_text(chart.find(s.position)->position.title);
        s.limit ? g.add_money(*s.limit, s.currency.digits()) : g.add_null();
        s.limit ? g.add_text(s.currency.code()) : g.add_null();
        g.add_text(is ? chart.people().at(found.holder.employee).number : "");
        g.add_text(is ? chart.people().at(found.holder.employee).name : "");
        g.add_constant(is ? kind.words[static_cast<std::size_t>(found.holder.kind)].word : "");
        g.add_text(s.verdict);
    }
    return r;
}

}  // namespace agency::org
