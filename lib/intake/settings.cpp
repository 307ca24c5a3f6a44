#include "intake/settings.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "workspace/home_currency.hpp"
#include "workspace/lists.hpp"

namespace agency::intake {
namespace {

const SettingRow& row(std::string_view key) {
    return *std::find_if(std::begin(settings), std::end(settings), [&](const SettingRow& r) { return r.key == key; });
}

std::optional<std::int64_t> parse_ppm(std::string_view text) {
    const auto rate = parse_rate(text);
    return rate ? std::optional(rate->ppm) : std::nullopt;
}

std::int64_t tenths(const Rules& rules, std::string_view key) {
    return setting_list<1>(rules, row(key), [](std::string_view t) { return parse_tenths(t); })[0];
}

}  // namespace

Policy policy(const Rules& rules, const Currency& currency) {
    const auto amount = [&](std::string_view key) { return limit_in(rules, rules.amount(row(key)), currency); };
    Policy p;
    p.weights = setting_list<dimensions>(rules, row("intake.weights"), parse_whole);
    p.thresholds = {tenths(rules, "intake.go_score"),        tenths(rules, "intake.conditional_score"),
                    rules.rate(row("intake.go_margin")).ppm, rules.rate(row("intake.conditional_margin")).ppm,
                    rules.integer(row("intake.go_risk")),    rules.integer(row("intake.conditional_risk"))};
    p.margin_floor = rules.rate(row("intake.margin_floor")).ppm;
    const auto band = setting_list<2>(rules, row("intake.collective_score"), parse_tenths);
    p.limits = {amount("intake.collective_amount"),
                amount("intake.collective_advance"),
                rules.rate(row("intake.collective_share")).ppm,
                band[0],
                band[1],
                rules.integer(row("intake.collective_risk"))};
    p.likelihood = setting_list<5>(rules, row("intake.likelihood"), parse_ppm);
    p.valid_days = rules.integer(row("intake.valid_days"));
    p.amount_slack = rules.rate(row("intake.amount_slack")).ppm;
    p.conflict_years = rules.integer(row("intake.conflict_years"));
    p.last_year_revenue = amount("intake.last_year_revenue").value_or(0);
    if (!p.limits.amount) p.no_rate = no_rate_of(rules, currency);
    const auto special = setting_list<2>(rules, row("intake.special_share"), parse_whole);
    if (special[0] < 1 || special[0] > special[1])
        throw Error(Exit::usage, tr("the setting intake.special_share is no share of all votes"))
            .with_field("intake.special_share");
    p.special = {special[0], special[1]};
    p.authority = rules.text(row("intake.authority"));
    p.business_department = rules.text(row("intake.business_department"));
    p.legal_veto = rules.flag(row("intake.legal_veto"));
    const auto required = rules.text(row("intake.required"));
    p.required = required == "off" ? Required::off : required == "on" ? Required::on : Required::sign;
    return p;
}

std::array<std::int64_t, 6> stage_probabilities(const Rules& rules) {
    return setting_list<6>(rules, row("intake.stage_probability"), parse_ppm);
}

}  // namespace agency::intake
