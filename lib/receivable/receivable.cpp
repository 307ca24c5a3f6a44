#include "receivable/receivable.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "base/translate.hpp"
#include "period/period.hpp"
#include "receipt/receipt.hpp"

namespace agency::receivable {
namespace {

struct Candidate {
    Invoice invoice;
    std::int64_t open;
    std::string contract;  ///< its number
};

/// Open invoices of a client that money may be matched to.
std::vector<Candidate> candidates(Workspace& w, std::int64_t client) {
    std::vector<Candidate> out;
    std::vector<std::pair<std::int64_t, std::int64_t>> open;
    w.db().each(
        "SELECT id, open FROM open_invoice WHERE client = $1 AND open > 0 ORDER BY id",
        [&](db::Statement& s) { open.emplace_back(s.integer(0), s.integer(1)); }, client);
    for (const auto& [id, amount] : open) {
        const auto row = find_row(w.db(), invoice::record(), id, {w.today()});
        const auto i = to_struct<Invoice>(invoice::record(), *row);
        if (i.kind == Invoice::Kind::retention && i.due_on > w.today()) continue;
        if (i.issued_on > w.today()) continue;
        out.push_back(
            {i, amount, i.contract ? number_of(w.db(), contract::record(), i.contract.value) : std::string()});
    }
    return out;
}

/// The place of an invoice among what the payer named; -1 when it was not named.
int designated(const Receipt& r, const Candidate& c) {
    constexpr std::string_view wide = "；";
    std::string list = r.designates;
    for (std::size_t at; (at = list.find(wide)) != list.npos;) list.replace(at, wide.size(), ";");
    std::string_view rest = list;
    for (int place = 0;; ++place) {
        const auto end = rest.find(';');
        const auto name = trim(rest.substr(0, end));
        if (!name.empty() && (name == c.invoice.number || name == c.contract)) return place;
        if (end == rest.npos) return -1;
        rest.remove_prefix(end + 1);
    }
}

std::vector<Candidate*> in_order(std::vector<Candidate>& all, const Receipt& r, Date today) {
    std::vector<std::pair<std::tuple<int, int, Date, Date, std::string>, Candidate*>> ranked;
    for (Candidate& c : all) {
        if (c.open <= 0 || !(c.invoice.currency == r.currency)) continue;
        const int place = designated(r, c);
        const int rank = place >= 0 ? 0 : c.invoice.due_on <= today ? 1 : 2;
        ranked.push_back({{rank, std::max(place, 0), c.invoice.due_on, c.invoice.issued_on, c.invoice.number}, &c});
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<Candidate*> out;
    for (auto& [key, c] : ranked) out.push_back(c);
    return out;
}

/// The first day up to today on which neither the invoice nor the receipt would be spent twice: an earlier allocation
/// may have been taken back since.
std::optional<Date> first_fit(Workspace& w, const Receipt& r, const Invoice& i, std::int64_t amount, Date earliest) {
    const auto settled = invoice::movements(w.db(), i.id.value), spent = receipt::movements(w.db(), r.id.value);
    std::set<Date> days{earliest};
    for (const auto* side : {&settled, &spent})
        for (const auto& m : *side)
            if (m.day > earliest && m.day <= w.today()) days.insert(m.day);
    const auto fits = [&](std::vector<invoice::Movement> all, Date day, std::int64_t whole) {
        all.push_back({day, amount});
        return !invoice::first_overrun(std::move(all), whole);
    };
    for (const Date day : days)
        if (fits(settled, day, i.amount) && fits(spent, day, r.amount)) return day;
    return std::nullopt;
}

std::string reason(const Receipt& r, const Candidate& c, Date today) {
    if (designated(r, c) >= 0) return say("designated by the payer: {text}", fmt::arg("text", r.designates));
    if (c.invoice.due_on <= today && !r.designates.empty())  // receipts go by day: an earlier one may have taken it
        return say("{text} has nothing open; due since {day}, the earliest", fmt::arg("text", r.designates),
                   fmt::arg("day", to_string(c.invoice.due_on)));
    if (c.invoice.due_on <= today)
        return say("due since {day}, the earliest", fmt::arg("day", to_string(c.invoice.due_on)));
    if (!r.designates.empty())
        return say("{text} has nothing open and nothing due is left; due on {day}", fmt::arg("text", r.designates),
                   fmt::arg("day", to_string(c.invoice.due_on)));
    return say("nothing due is left; due on {day}", fmt::arg("day", to_string(c.invoice.due_on)));
}

}  // namespace

std::vector<GridColumn> match_columns() {
    return {
        {"receipt", CellType::text, "Receipt", "回款编号"}, {"invoice", CellType::text, "Invoice", "发票号码"},
        {"client", CellType::text, "Client", "客户编号"},   {"amount", CellType::money, "Amount", "金额"},
        {"currency", CellType::text, "Currency", "币种"},   {"allocated_on", CellType::day, "Allocated", "核销日期"},
        {"reason", CellType::text, "Reason", "理由"}};
}

Report match(Workspace& w, std::string_view client, std::string_view command) {
    Operation op(w, "receivable.match", client, command);
    const auto wanted = client.empty() ? 0 : get_row(w.db(), client::record(), client, {w.today()}).id;
    const auto first_open = period::first_open_day(w.db());
    Report report;
    report.name = N_("allocations");
    report.rows.columns = match_columns();
    std::vector<Receipt> receipts;
    std::vector<std::int64_t> ids;
    w.db().each("SELECT o.id FROM open_receipt AS o JOIN receipt AS r ON r.id = o.id ORDER BY r.received_on, r.number",
                [&](db::Statement& s) { ids.push_back(s.integer(0)); });
    std::map<std::int64_t, std::vector<Candidate>> open;
    for (const auto id : ids) {
        const auto r = to_struct<Receipt>(receipt::record(), *find_row(w.db(), receipt::record(), id, {w.today()}));
        if (!r.client || (wanted && r.client.value != wanted) || r.received_on > w.today()) continue;
        auto [it, fresh] = open.try_emplace(r.client.value);
        if (fresh) it->second = candidates(w, r.client.value);
        auto left = receipt::unapplied_of(w.db(), id);
        for (Candidate* c : in_order(it->second, r, w.today())) {
            if (left == 0) break;
            const auto amount = std::min(left, c->open);
            const auto earliest = std::max(receipt::allocation_day(r, c->invoice), first_open.value_or(Date{}));
            const auto found = first_fit(w, r, c->invoice, amount, earliest);
            if (!found) continue;
            const Date day = *found;
            receipt::allocate(op, r, c->invoice, amount, day);
            report.rows.add_text(r.number);
            report.rows.add_text(c->invoice.number);
            report.rows.add_text(number_of(w.db(), client::record(), r.client.value));
            report.rows.add_money(amount, r.currency.digits());
            report.rows.add_text(r.currency.code());
            report.rows.add_day(day);
            report.rows.add_text(reason(r, *c, w.today()));
            c->open -= amount;
            left -= amount;
        }
    }
    if (report.rows.rows() > 0) op.commit();
    return report;
}

}  // namespace agency::receivable
