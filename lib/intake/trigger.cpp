#include "intake/trigger.hpp"

namespace agency::intake {
namespace {

bool reaches_share(std::int64_t amount, std::int64_t revenue, std::int64_t ppm) {
    return revenue > 0 && static_cast<__int128>(amount) * 1'000'000 >= static_cast<__int128>(revenue) * ppm;
}

bool reaches(std::int64_t amount, const std::optional<std::int64_t>& limit) {
    return limit ? amount >= *limit : amount > 0;
}

}  // namespace

std::vector<Trigger> triggers(const TriggerFacts& f, const TriggerLimits& l) {
    std::vector<Trigger> met;
    const auto add = [&](bool holds, Trigger t) {
        if (holds) met.push_back(t);
    };
    add(reaches(f.amount, l.amount), Trigger::amount);
    add(f.last_year_revenue && reaches_share(f.amount, *f.last_year_revenue, l.share_of_revenue),
        Trigger::share_of_revenue);
    add(f.profit < 0, Trigger::expected_loss);
    add(f.score && *f.score >= l.score_from && *f.score <= l.score_to, Trigger::borderline_score);
    add(f.residual_risk >= l.residual_risk, Trigger::residual_risk);
    add(reaches(f.advance, l.advance), Trigger::advance);
    add(f.low_rating, Trigger::low_rating);
    add(f.new_business_line, Trigger::new_business_line);
    add(f.public_project, Trigger::public_project);
    add(f.related_party, Trigger::related_party);
    add(f.unlimited_liability, Trigger::unlimited_liability);
    add(f.cross_department, Trigger::cross_department);
    return met;
}

}  // namespace agency::intake
