#include "docket/surcharge.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/money.hpp"
#include "base/translate.hpp"

namespace agency::docket {
namespace {

constexpr std::string_view kinds[] = {"annuity", "customs"};
constexpr const char* sources[] = {"专利法实施细则; 专利审查指南 第五部分第九章", "海关法 第24条"};
constexpr std::int64_t million = 1'000'000, month_rate = 50'000, day_rate = 500;
constexpr int grace_months = 6;
constexpr std::int64_t deposit_rate = 20'000, bond_rate = 100'000;

std::int64_t months_late(Date due, Date paid, const Calendar& calendar) {
    const auto last = end_of_term(calendar, due, {grace_months, TermUnit::month}, TermRoll::next).due;
    if (paid > last)
        throw Error(Exit::refused,
                    say("the grace of the annuity due on {due} ended on {last}", fmt::arg("due", to_string(due)),
                        fmt::arg("last", to_string(last))),
                    tr("the right has lapsed; it may be restored within two months of the notice: rule PAT-RESTORE"))
            .with_rule("DKT-004")
            .with_field("paid_on");
    std::int64_t months = 0;
    while (months < grace_months - 1 && paid > add_months(due, static_cast<std::int32_t>(months + 1))) ++months;
    return months;
}

}  // namespace

std::optional<Late> late_kind(std::string_view word) {
    for (std::size_t i = 0; i < std::size(kinds); ++i)
        if (kinds[i] == word) return static_cast<Late>(i);
    return {};
}

Surcharge surcharge(Late kind, std::int64_t base, Date due, Date paid, const Calendar& calendar) {
    if (base <= 0) throw Error(Exit::usage, tr("the amount is above zero"));
    Surcharge s;
    if (kind == Late::annuity) {
        s.late = months_late(due, paid, calendar);
        s.rate = s.late * month_rate;
    } else {
        s.late = std::max<std::int64_t>(0, paid - due);
        s.rate = s.late * day_rate;
    }
    s.amount = mul_div_half_up(base, s.rate, million);
    return s;
}

std::vector<GridColumn> surcharge_columns() {
    return {{"kind", CellType::text, "Kind", "类别"},
            {"base", CellType::money, "Base", "基数"},
            {"due_on", CellType::day, "Due", "期限届满日"},
            {"paid_on", CellType::day, "Paid", "缴纳日"},
            {"late", CellType::integer, "Late", "逾期"},
            {"rate", CellType::ratio, "Rate", "比例"},
            {"surcharge", CellType::money, "Surcharge", "滞纳金"},
            {"total", CellType::money, "Total", "合计"}};
}

Report surcharge_report(Late kind, std::int64_t base, Date due, Date paid, const Calendar& calendar) {
    const auto s = surcharge(kind, base, due, paid, calendar);
    const auto at = static_cast<std::size_t>(kind);
    Report report;
    report.shape = Report::Shape::report;
    report.name = "docket.surcharge";
    report.parameters = {{"currency", "CNY"},
                         {"unit", kind == Late::annuity ? "month" : "day"},
                         {"source", sources[at]},
                         {"mark", "unverified"}};
    auto& g = report.rows;
    g.columns = surcharge_columns();
    g.add_constant(kinds[at]);
    g.add_money(base, 2);
    g.add_day(due);
    g.add_day(paid);
    g.add_integer(s.late);
    g.add_rate(s.rate);
    g.add_money(s.amount, 2);
    g.add_money(kind == Late::annuity ? add_checked(base, s.amount) : s.amount, 2);
    return report;
}

std::vector<GridColumn> security_columns() {
    return {{"kind", CellType::text, "Kind", "类别"},
            {"base", CellType::money, "Base", "基数"},
            {"rate", CellType::ratio, "Rate", "比例"},
            {"most", CellType::money, "At most", "上限"},
            {"source", CellType::text, "Source", "依据"}};
}

Report security_report(std::int64_t estimate, std::optional<std::int64_t> contract) {
    Report report;
    report.shape = Report::Shape::report;
    report.name = "docket.security";
    report.parameters = {{"currency", "CNY"}};
    auto& g = report.rows;
    g.columns = security_columns();
    const auto add = [&](const char* kind, std::int64_t base, std::int64_t rate, const char* source) {
        if (base <= 0) throw Error(Exit::usage, tr("the amount is above zero"));
        g.add_constant(kind);
        g.add_money(base, 2);
        g.add_rate(rate);
        g.add_money(static_cast<std::int64_t>(static_cast<__int128>(base) * rate / million), 2);  // never above it
        g.add_constant(source);
    };
    add("bid_deposit", estimate, deposit_rate, "招标投标法实施条例 第26条");
    if (contract) add("performance_bond", *contract, bond_rate, "招标投标法实施条例 第58条");
    return report;
}

}  // namespace agency::docket
