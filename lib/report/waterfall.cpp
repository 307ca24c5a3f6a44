#include "report/waterfall.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/translate.hpp"
#include "billing/project_billing.hpp"
#include "milestone/milestone.hpp"
#include "progress/earned_value.hpp"
#include "receivable/book.hpp"
#include "record/report_as_of.hpp"
#include "record/store.hpp"
#include "report/project_lines.hpp"

namespace agency {
namespace {

enum { contract_amount, earned, billed, unbilled, received, receivable_, overdue, unlocked, unlocked_unbilled, count };

/// Minor units; nothing: it cannot be said.
using Figures = std::array<std::optional<std::int64_t>, count>;

void add(std::optional<std::int64_t>& sum, std::int64_t amount) {
    sum = add_checked(sum.value_or(0), amount);
}

bool is_signed(const Contract& c, const Row& row, Date day) {
    using enum Contract::Status;
    return !row.voided(day) && c.status >= signed_ && c.status < cancelled && (!c.signed_on || *c.signed_on <= day);
}

/// By contract: payments that the project's milestones unlocked by the day.
std::map<std::int64_t, std::int64_t> unlocked_by_contract(db::Session& db, const Project& p, const AsOf& when) {
    std::map<std::int64_t, std::int64_t> out;
    each_row_of(db, milestone::record(), "project", p.id.value, when, [&](const Row& row) {
        const auto m = to_struct<Milestone>(milestone::record(), row);
        if (row.voided(when.day) || !m.unlocks || !m.reached_on || *m.reached_on > when.day) return;
        if (m.currency == p.currency) out[m.contract.value] = add_checked(out[m.contract.value], *m.unlocks);
    });
    return out;
}

/// What is open of a contract's fees, and what of it is past its day.
struct Open {
    std::int64_t all = 0, overdue = 0;
};
Open open_of(db::Session& db, std::int64_t contract, const Currency& currency, const AsOf& when) {
    Open sum;
    for (const auto& item : receivable::open_items_of(db, when, contract)) {
        const auto i = to_struct<Invoice>(invoice::record(), *find_row(db, invoice::record(), item.invoice, when));
        if (!(i.currency == currency) || !billing::is_of_fees(db, i)) continue;
        sum.all = add_checked(sum.all, item.open);
        if (item.due_on < when.day.days) sum.overdue = add_checked(sum.overdue, item.open);
    }
    return sum;
}

/// Codes of the projects that share the contract with this one, after those that are there.
void add_sharers(std::set<std::string>& codes, const billing::ContractBilling& of, std::int64_t project) {
    for (const auto& s : of.sharers)
        if (s.project != project) codes.insert(s.code);
}

struct Line {
    Project project;
    std::string contracts, shared_with;
    std::optional<std::int64_t> complete;  ///< ppm
    Figures figures;
};

using Bills = std::vector<const billing::ContractBilling*>;

std::optional<Line> line_of(Workspace& w, progress::Basis& basis, const Project& p, const Bills& bills) {
    auto& db = basis.db;
    const AsOf& when = basis.when;
    Line line{p, {}, {}, {}, {}};
    std::set<std::string> others;
    auto& f = line.figures;
    for (const auto k : {billed, received, receivable_, overdue, unlocked, unlocked_unbilled}) f[k] = 0;
    const auto reached = unlocked_by_contract(db, p, when);
    for (const auto* of : bills) {
        const auto id = of->contract;
        const auto row = find_row(db, contract::record(), id, when);
        const auto c = to_struct<Contract>(contract::record(), *row);
        if (!is_signed(c, *row, when.day)) continue;
        const auto part = [&](std::int64_t amount) { return of->part(p.id.value, amount); };
        line.contracts += (line.contracts.empty() ? "" : ";") + c.number;
        add_sharers(others, *of, p.id.value);
        if (c.amount && c.currency == p.currency) add(f[contract_amount], part(*c.amount));
        const auto bill = of->of(p.id.value);
        const auto open = open_of(db, id, p.currency, when);
        add(f[billed], bill.gross);
        add(f[received], bill.received_gross);
        // Parts are rounded, so what is open is what these leave; what the two ways of counting differ by stays seen.
        add(f[receivable_],
            bill.gross - bill.received_gross + part(open.all - (of->billed.gross - of->billed.received_gross)));
        add(f[overdue], part(open.overdue));
        if (const auto it = reached.find(id); it != reached.end()) {
            add(f[unlocked], it->second);
            add(f[unlocked_unbilled], std::max<std::int64_t>(0, it->second - std::max<std::int64_t>(0, bill.gross)));
        }
    }
    for (const auto& code : others) line.shared_with += (line.shared_with.empty() ? "" : ";") + code;
    if (line.contracts.empty()) return {};
    if (const auto value = progress::find_earned_value(w.rules(), basis, p.id.value)) {
        const auto& in = value->inputs;
        line.complete = mul_div_half_up(in.ev, 1'000'000, in.bac);
        if (f[contract_amount]) f[earned] = mul_div_half_up(*f[contract_amount], in.ev, in.bac);
    }
    if (f[earned]) f[unbilled] = *f[earned] - *f[billed];
    return line;
}

}  // namespace

std::vector<GridColumn> waterfall_columns() {
    auto columns = project_columns();
    columns.insert(columns.end(), {{"contract", CellType::text, "Contract", "合同编号"},
                                   {"currency", CellType::text, "Currency", "币种"},
                                   {"contract_amount", CellType::money, "Contract amount", "合同额"},
                                   {"complete", CellType::ratio, "Complete", "完成比例"},
                                   {"earned", CellType::money, "Earned", "已赚取"},
                                   {"billed", CellType::money, "Billed", "已开票"},
                                   {"unbilled", CellType::money, "Earned, not billed", "已赚未开票"},
                                   {"received", CellType::money, "Received", "已回款"},
                                   {"receivable", CellType::money, "Receivable", "应收余额"},
                                   {"overdue", CellType::money, "Overdue", "逾期金额"},
                                   {"unlocked", CellType::money, "Unlocked", "里程碑已解锁"},
                                   {"unlocked_unbilled", CellType::money, "Unlocked, not billed", "已解锁未开票"},
                                   {"shared_with", CellType::text, "Shared with", "共用合同的项目"}});
    return columns;
}

Report waterfall(Workspace& w, std::string_view code, const AsOf& when) {
    auto& db = w.db();
    Report report = report_as_of("project.waterfall", when);
    report.parameters = {{"project", std::string(code)}};
    report.narrow = {"project",  "contract_amount", "earned",  "billed",           "unbilled",
                     "received", "receivable",      "overdue", "unlocked_unbilled"};
    report.rows.columns = report.totals.columns = waterfall_columns();
    const auto by_contract = billing::billed_by_contract(db, when, beginning, when.day);
    std::map<std::int64_t, Bills> bills;  // by project
    for (const auto& of : by_contract)
        for (const auto& s : of.sharers) bills[s.project].push_back(&of);
    std::map<std::string, Figures> totals;
    std::string unequal;
    const auto put = [](Grid& g, const Figures& f, std::optional<std::int64_t> part, int digits) {
        for (int k = 0; k < count; ++k) {
            if (k == earned) part ? g.add_rate(*part) : g.add_null();
            f[k] ? g.add_money(*f[k], digits) : g.add_null();
        }
    };
    progress::Basis basis(db, when);
    for (const Project& p : projects_of(db, code, when)) {
        const auto line = line_of(w, basis, p, bills[p.id.value]);
        if (!line) continue;
        auto& g = report.rows;
        add_project(g, db, p, when);
        g.add_text(line->contracts);
        g.add_text(p.currency.code());
        put(g, line->figures, line->complete, p.currency.digits());
        line->shared_with.empty() ? g.add_null() : g.add_text(line->shared_with);
        auto& sum = totals[std::string(p.currency.code())];
        for (int k = 0; k < count; ++k)
            if (line->figures[k]) add(sum[k], *line->figures[k]);
        const auto& f = line->figures;
        if (*f[billed] - *f[received] != *f[receivable_]) unequal += (unequal.empty() ? "" : ", ") + p.code;
    }
    for (const auto& [currency, f] : totals) {
        for (int i = 0; i < 5; ++i) report.totals.add_null();
        report.totals.add_text(currency);
        put(report.totals, f, {}, Currency::parse(currency)->digits());
        report.totals.add_null();
    }
    report.checks.push_back({"billed_less_received_is_receivable", unequal.empty(), unequal});
    return report;
}

}  // namespace agency
