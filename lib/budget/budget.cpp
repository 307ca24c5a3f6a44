#include "base/error.hpp"
#include "base/translate.hpp"
#include "budget/facts.hpp"
#include "change/change_request.hpp"
#include "cost/facts.hpp"
#include "progress/earned_value.hpp"
#include "record/store.hpp"

namespace agency::budget {
namespace {

/// Contracts with suppliers that count for the project, in its currency; what ended is owed no more.
std::map<std::int64_t, std::int64_t> commitments(db::Session& db, const Project& p, const AsOf& when) {
    std::map<std::int64_t, std::int64_t> out;
    std::vector<std::int64_t> ids;  // the direction of a contract never changes
    db.each("SELECT id FROM contract WHERE direction = 'expense' ORDER BY id",
            [&](db::Statement& st) { ids.push_back(st.integer(0)); });
    for (const auto id : ids) {
        const auto row = find_row(db, contract::record(), id, when);
        if (!row || row->voided(when.day)) continue;
        const auto c = to_struct<Contract>(contract::record(), *row);
        if (binds(c) && c.project == p.code && c.currency == p.currency) out.emplace(id, c.amount.value_or(0));
    }
    return out;
}

/// What is posted on a contract is committed no more.
void release(std::map<std::int64_t, std::int64_t>& committed, std::int64_t contract, std::int64_t amount) {
    if (const auto it = committed.find(contract); it != committed.end())
        it->second = std::max<std::int64_t>(0, it->second - amount);
}

}  // namespace

bool binds(const Contract& c) {
    using enum Contract::Status;
    return c.direction == Contract::Direction::expense && c.status != draft && c.status < terminated;
}

std::int64_t Standing::committed_sum() const {
    std::int64_t sum = 0;
    for (const auto& [contract, amount] : committed) sum = add_checked(sum, amount);
    return sum;
}

Standing standing(db::Session& db, std::int64_t project, const AsOf& when) {
    const auto row = find_row(db, project::record(), project, when);
    const auto p = to_struct<Project>(project::record(), *row);
    Standing s;
    s.currency = p.currency;
    s.budget = p.budget;
    s.changes = change::approved_cost(db, project, when);
    s.actual = progress::actual_cost(db, p, when);
    s.committed = commitments(db, p, when);
    std::map<std::int64_t, std::int64_t> posted;
    for (const auto& c : cost::postings(db, project, when))
        if (c.contract && c.day <= when.day) posted[c.contract] = add_checked(posted[c.contract], c.amount.minor);
    for (const auto& [contract, amount] : posted) release(s.committed, contract, amount);
    return s;
}

void require_kept(Operation& op, const std::set<std::int64_t>& projects) {
    auto& db = op.db();
    for (const auto id : projects) {
        const auto row = find_row(db, project::record(), id, {});
        if (!row || row->voided_on) continue;
        const auto now = standing(db, id, {});
        const auto left = now.whole() - now.used();
        if (!now.budget || left >= 0) continue;
        const auto before = standing(db, id, AsOf{last_day, op.id() - 1});
        if (before.budget && before.whole() - before.used() <= left) continue;  // it was so, the undo is not the reason
        std::string stand;
        for (const auto& [contract, amount] : now.committed)
            if (amount > 0) stand += (stand.empty() ? "" : ", ") + number_of(db, contract::record(), contract);
        const auto code = number_of(db, project::record(), id);
        throw Error(
            Exit::refused,
            stand.empty()
                ? say("project {code} would have {used} spent of its budget of {budget}", fmt::arg("code", code),
                      fmt::arg("used", to_string(Money{now.used(), now.currency})),
                      fmt::arg("budget", to_string(Money{now.whole(), now.currency})))
                : say("project {code} would have {used} committed and spent of its budget of {budget}; contracts stand "
                      "on it: {contracts}",
                      fmt::arg("code", code), fmt::arg("used", to_string(Money{now.used(), now.currency})),
                      fmt::arg("budget", to_string(Money{now.whole(), now.currency})), fmt::arg("contracts", stand)),
            say("take back first what binds or spends it, or raise the budget; see: agency project budget {code}",
                fmt::arg("code", code)))
            .with_rule("PRJ-040")
            .with_ref(code);
    }
}

void settle_contracts(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    auto& db = op.db();
    std::vector<std::int64_t> ids(touched.begin(), touched.end());
    db.each(
        "SELECT id FROM contract WHERE direction = 'expense' AND id BETWEEN $1 AND $2",
        [&](db::Statement& s) { ids.push_back(s.integer(0)); }, first, last);
    std::set<std::int64_t> projects;
    for (const auto id : ids) {
        const auto row = find_row(db, contract::record(), id, {});
        if (!row || row->voided_on) continue;
        const auto c = to_struct<Contract>(contract::record(), *row);
        if (!binds(c) || c.project.empty()) continue;
        if (const auto p = find_row(db, project::record(), c.project, {})) projects.insert(p->id);
    }
    require_kept(op, projects);
}

Standing& Guard::of(std::int64_t project) {
    auto it = known_.find(project);
    if (it == known_.end()) it = known_.emplace(project, standing(w_.db(), project, {})).first;
    return it->second;
}

std::int64_t Guard::bound(const Contract& c) {
    if (!binds(c) || c.project.empty() || !c.amount) return 0;
    const auto row = find_row(w_.db(), project::record(), c.project, {});
    return row && !row->voided_on && of(row->id).currency == c.currency ? row->id : 0;
}

std::string Guard::refusal(std::int64_t project, const Standing& s, std::int64_t more) const {
    const auto left = s.whole() - s.used();
    if (more <= 0 || more <= left) return {};
    return say(
        "project {code} has {left} left of its budget of {budget}, and this takes {more}; a change request that "
        "is approved raises it",
        fmt::arg("code", number_of(w_.db(), project::record(), project)),
        fmt::arg("left", to_string(Money{left, s.currency})),
        fmt::arg("budget", to_string(Money{s.whole(), s.currency})),
        fmt::arg("more", to_string(Money{more, s.currency})));
}

std::string Guard::spend(std::int64_t project, const Money& amount, std::int64_t contract) {
    const Standing& s = of(project);
    if (!s.budget || !(amount.currency == s.currency)) return {};
    const auto it = s.committed.find(contract);
    const auto covered = it == s.committed.end() ? 0 : std::min(it->second, amount.minor);
    return refusal(project, s, amount.minor - std::max<std::int64_t>(0, covered));
}

void Guard::spent(std::int64_t project, const Money& amount, std::int64_t contract) {
    Standing& s = of(project);
    if (!(amount.currency == s.currency)) return;
    s.actual = add_checked(s.actual, amount.minor);
    if (amount.minor > 0) release(s.committed, contract, amount.minor);
}

std::string Guard::commit(const Contract& c) {
    const auto id = bound(c);
    if (!id || !of(id).budget) return {};
    const Standing& s = of(id);
    std::int64_t posted = 0;
    if (c.id)
        for (const auto& cost : cost::postings(w_.db(), id, {}))
            if (cost.contract == c.id.value) posted = add_checked(posted, cost.amount.minor);
    const auto it = s.committed.find(c.id.value);
    const auto before = it == s.committed.end() ? 0 : it->second;
    return refusal(id, s, std::max<std::int64_t>(0, *c.amount - posted) - before);
}

void Guard::committed(const Contract& c) {
    if (const auto id = bound(c)) of(id).committed[c.id ? c.id.value : --new_] = *c.amount;
}

}  // namespace agency::budget
