#include "timesheet/rate.hpp"

#include "base/translate.hpp"
#include "record/store.hpp"
#include "timesheet/facts.hpp"
#include "timesheet/time_entry.hpp"

namespace agency::timesheet {
namespace {

constexpr std::string_view employee_aliases[] = {"员工", "员工编号", "staff"}, from_aliases[] = {"生效日期", "from"},
                           amount_aliases[] = {"小时费率", "hourly rate", "rate"};
constexpr std::string_view cost_words[] = {"成本费率"}, standard_words[] = {"标准收费", "billing"};
constexpr Word kinds[] = {{"cost", "成本", cost_words}, {"standard", "标准", standard_words}};
constexpr std::string_view key_parts[] = {"employee", "kind", "valid_from"};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&HourlyRate::number>, "Number", "编号",
          N_("Employee, kind and first day, by which the row is named")}
        .filled()
        .fixed(),
    Field{"employee", FieldType::reference, member<&HourlyRate::employee>, "Employee", "员工编号", N_("Whose hour")}
        .required()
        .fixed()
        .also(employee_aliases)
        .refers_to(employee::record),
    Field{"kind", FieldType::choice, member<&HourlyRate::kind>, "Kind", "费率类别",
          N_("cost: what it costs the house; standard: what it is charged at")}
        .required()
        .fixed()
        .one_of(kinds),
    Field{"valid_from", FieldType::day, member<&HourlyRate::valid_from>, "Valid from", "生效日",
          N_("First day worked for which it holds")}
        .required()
        .fixed()
        .also(from_aliases),
    Field{"amount", FieldType::money, member<&HourlyRate::amount>, "Amount", "金额", N_("Amount an hour, tax excluded")}
        .required()
        .also(amount_aliases),
    Field{"currency", FieldType::currency, member<&HourlyRate::currency>, "Currency", "币种",
          N_("ISO 4217; default CNY")}
        .filled()
        .fixed(),
    Field{"note", FieldType::text, member<&HourlyRate::note>, "Note", "备注", N_("Anything else")},
};

class Rules final : public RowRules {
public:
    Currency default_currency(const ImportRow&) override { return {}; }
    void check(ImportRow& row) override {
        const Record& r = rate_record();
        auto &currency = row.values[r.index("currency")], &amount = row.values[r.index("amount")];
        if (!currency) currency = Value::of(std::string_view("CNY"));
        if (amount && amount.n < 0) row.problem("amount", "", tr("the amount is not negative"));
    }
};

}  // namespace

const Record& rate_record() {
    static const Record r{.noun = N_("hourly_rate"),
                          .plural = N_("hourly_rates"),
                          .en = "Hourly rate",
                          .zh = "工时费率",
                          .fields = fields,
                          .counts_from = "valid_from",
                          .key_parts = key_parts};
    return r;
}

std::unique_ptr<RowRules> rate_rules() {
    return std::make_unique<Rules>();
}

const HourlyRate* Rates::find(Id<Employee> employee, HourlyRate::Kind kind, Date day) {
    const auto [it, fresh] = all_.try_emplace(employee.value);
    if (fresh)
        each_row_of(db_, rate_record(), "employee", employee.value, when_, [&](const Row& row) {
            if (row.voided_on) return;
            auto rate = to_struct<HourlyRate>(rate_record(), row);
            it->second[rate.kind].insert_or_assign(rate.valid_from, std::move(rate));
        });
    const auto& by_day = it->second[kind];
    const auto after = by_day.upper_bound(day);
    return after == by_day.begin() ? nullptr : &std::prev(after)->second;
}

std::int64_t worth(Worth sum) {
    const __int128 magnitude = ((sum < 0 ? -sum : sum) + 50) / 100;
    if (magnitude > INT64_MAX) amount_overflow();
    return static_cast<std::int64_t>(sum < 0 ? -magnitude : magnitude);
}

Date rated_on(db::Session& db, const TimeEntry& e) {
    const auto row = e.reversal_of ? find_row(db, record(), e.reversal_of.value, {}) : std::nullopt;
    return row ? to_struct<TimeEntry>(record(), *row).worked_on : e.worked_on;
}

std::optional<Money> cost_rate(db::Session& db, std::int64_t employee, Date day, const AsOf& when) {
    Rates rates(db, when);
    const auto* rate = rates.find({employee}, HourlyRate::Kind::cost, day);
    return rate ? std::optional(Money{rate->amount, rate->currency}) : std::nullopt;
}

}  // namespace agency::timesheet
