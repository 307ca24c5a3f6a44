#include "refund/refund.hpp"

#include <algorithm>

#include "base/translate.hpp"

namespace agency::refund {
namespace {

constexpr std::string_view number_aliases[] = {"退款单号", "refund number", "refund no"};
constexpr std::string_view receipt_aliases[] = {"收款编号", "receipt number", "receipt no"};
constexpr std::string_view amount_aliases[] = {"退款金额", "refund amount"};
constexpr std::string_view day_aliases[] = {"退款时间", "refund date", "date"};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&Refund::number>, "Number", "退款编号",
          N_("Number of the refund; optional")}
        .fixed()
        .also(number_aliases),
    Field{"receipt", FieldType::reference, member<&Refund::receipt>, "Receipt", "回款编号",
          N_("Receipt that is paid back")}
        .required()
        .fixed()
        .also(receipt_aliases)
        .refers_to(receipt::record),
    Field{"amount", FieldType::money, member<&Refund::amount>, "Amount", "金额", N_("Amount, above zero")}
        .required()
        .fixed()
        .also(amount_aliases),
    Field{"refunded_on", FieldType::day, member<&Refund::refunded_on>, "Refunded", "退款日期",
          N_("Day from which it counts; default today, or the day of the receipt when that is later")}
        .filled()
        .fixed()
        .also(day_aliases),
    Field{"note", FieldType::text, member<&Refund::note>, "Note", "备注", N_("Anything else")}.fixed(),
};
enum { k_number, k_receipt, k_amount, k_refunded_on, k_note };

/// AR-001, AR-005 and PER-001 for refunds: on every day, what is spent of a receipt is at most its amount.
class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions&) override {
        db_ = &w.db();
        today_ = w.today();
        taken_.clear();
    }
    std::uint32_t resolve(const Field&, std::string_view text) override {
        const auto row = find_row(*db_, receipt::record(), text, {});
        return row ? static_cast<std::uint32_t>(row->id) : 0;
    }
    Currency default_currency(const ImportRow& row) override {
        return row.values[k_receipt] ? receipt_of(row).currency : Currency{};
    }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (row.old || !v[k_receipt]) return;
        const auto stored = find_row(*db_, receipt::record(), v[k_receipt].n, {});
        const auto r = to_struct<Receipt>(receipt::record(), *stored);
        if (stored->voided_on) row.refuse("receipt", tr("the receipt is voided"));
        if (!v[k_refunded_on]) v[k_refunded_on] = Value::of(std::int64_t{std::max(today_, r.received_on).days});
        const Date day{static_cast<std::int32_t>(v[k_refunded_on].n)};
        if (day < r.received_on)
            row.problem("refunded_on", "AR-005",
                        say("it is before {day}, when the receipt came in", fmt::arg("day", to_string(r.received_on))));
        if (!v[k_amount]) return;
        if (v[k_amount].n <= 0) return row.problem("amount", "", tr("the amount is above zero"));
        auto spent = receipt::movements(*db_, v[k_receipt].n);
        const auto& earlier = taken_[v[k_receipt].n];
        spent.insert(spent.end(), earlier.begin(), earlier.end());
        spent.push_back({day, v[k_amount].n});
        if (const auto over = invoice::first_overrun(std::move(spent), r.amount))
            row.problem("amount", "AR-001",
                        say("on {day} more than receipt {number} has would be spent", fmt::arg("day", to_string(*over)),
                            fmt::arg("number", r.number)));
    }
    void take(ImportRow& row) override {
        const auto& v = row.values;
        if (!row.old)
            taken_[v[k_receipt].n].push_back({Date{static_cast<std::int32_t>(v[k_refunded_on].n)}, v[k_amount].n});
    }
    void after_insert(Operation& op, std::uint32_t) override {
        for (const auto& [id, movements] : taken_)
            receipt::keep_unapplied(op.db(), id, receipt::unapplied_of(op.db(), id));
    }

private:
    Receipt receipt_of(const ImportRow& row) {
        return to_struct<Receipt>(receipt::record(), *find_row(*db_, receipt::record(), row.values[k_receipt].n, {}));
    }

    db::Session* db_ = nullptr;
    Date today_;
    std::map<std::int64_t, std::vector<invoice::Movement>> taken_;  ///< of this file, by receipt
};

void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t>) {
    std::vector<std::int64_t> receipts;
    op.db().each(
        "SELECT DISTINCT receipt FROM refund WHERE id BETWEEN $1 AND $2",
        [&](db::Statement& s) { receipts.push_back(s.integer(0)); }, first, last);
    receipt::settle(op, 0, 0, receipts);
}

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("refund"),
                          .plural = N_("refunds"),
                          .en = "Refund",
                          .zh = "退款",
                          .fields = fields,
                          .voidable = false,
                          .currency_from = "receipt",
                          .counts_from = "refunded_on",
                          .settle = settle};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

}  // namespace agency::refund
