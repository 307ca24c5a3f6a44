#include "intake/evaluate.hpp"

#include <algorithm>
#include <map>

#include "base/translate.hpp"
#include "intake/verdict.hpp"
#include "invoice/facts.hpp"
#include "kyc/facts.hpp"
#include "workspace/home_currency.hpp"

namespace agency::intake {
namespace {

void take_scores(db::Session& db, const AsOf& when, Assessment& a) {
    std::map<std::pair<Dimension, std::string>, IntakeScore> last;
    for (auto& s : parts_of<IntakeScore>(db, score_record(), "intake", a.intake.id.value, when)) {
        const auto key = std::pair(s.dimension, s.item);
        last[key] = std::move(s);
    }
    for (auto& [key, s] : last) {
        auto& d = a.dimension[static_cast<std::size_t>(key.first)];
        d.sum += s.score;
        ++d.count;
        a.evidenced[static_cast<std::size_t>(key.first)] = true;
        a.scores.push_back(std::move(s));
    }
    const auto whole = a.intake.scores();
    for (std::size_t i = 0; i < dimensions; ++i) {
        if (a.dimension[i].count > 0 || !whole[i]) continue;
        a.dimension[i] = {*whole[i], 1};
        a.evidenced[i] = !a.intake.evidence.empty();
    }
    a.weighted = weighted(a.dimension, a.policy.weights);
    a.judged_score = weighted(a.dimension, a.policy.weights, Rounding::down);
}

void take_risks(db::Session& db, const AsOf& when, Assessment& a) {
    a.risks = parts_of<IntakeRisk>(db, risk_record(), "intake", a.intake.id.value, when);
    std::vector<Risk> figures;
    const auto usual = [&](std::int64_t probability) {
        return a.policy.likelihood[static_cast<std::size_t>(probability - 1)];
    };
    for (const auto& r : a.risks) {
        a.top_risk = std::max(a.top_risk, r.score());
        a.residual_risk = std::max(a.residual_risk, r.residual_score());
        const auto likelihood = r.likelihood ? r.likelihood->ppm : usual(r.probability);
        const auto remains = r.residual_likelihood    ? r.residual_likelihood->ppm
                             : r.residual_probability ? usual(*r.residual_probability)
                                                      : likelihood;
        figures.push_back({likelihood, remains, r.loss.value_or(0), r.residual_loss.value_or(r.loss.value_or(0))});
    }
    a.exposure = exposure(figures);
    a.residual_exposure = residual_exposure(figures);
}

void take_cash(db::Session& db, const AsOf& when, Assessment& a) {
    std::map<std::string, IntakeCash> last;
    for (auto& c : parts_of<IntakeCash>(db, cash_record(), "intake", a.intake.id.value, when)) {
        const auto month = c.month;
        last[month] = std::move(c);
    }
    std::vector<std::int64_t> net;
    for (auto& [month, c] : last) {
        net.push_back(c.net);
        a.cash.push_back(std::move(c));
    }
    a.peak_cash_need = peak_cash_need(net);
}

void take_knockouts(Workspace& w, const AsOf& when, Assessment& a) {
    using Kind = IntakeKnockout::Kind;
    auto& db = w.db();
    for (const auto& k : parts_of<IntakeKnockout>(db, knockout_record(), "intake", a.intake.id.value, when))
        a.knockouts.push_back({k.kind, k.evidence, false});
    const auto derive = [&](Kind kind, std::string evidence) {
        if (!a.knocked_out_by(kind)) a.knockouts.push_back({kind, std::move(evidence), true});
    };
    const auto background = kyc::background_of(w, a.intake.client.value, when);
    if (background.gone) derive(Kind::deregistered, tr("by the last KYC check"));
    if (background.blacklisted) derive(Kind::blacklisted, tr("by the last KYC check"));
    if (const auto row = find_row(db, client::record(), a.intake.client.value, when)) {
        const auto c = to_struct<Client>(client::record(), *row);
        if (!client::code_fits(c)) derive(Kind::invalid_code, c.uscc);
    }
    if (a.check.last && a.check.last->result == IntakeCheck::Result::statutory)
        derive(Kind::statutory_conflict, a.check.last->findings);
    if (a.intake.amount && a.costed && (!a.judged_margin || *a.judged_margin < a.policy.margin_floor))
        derive(Kind::margin_below_floor, say("the risk-adjusted margin is below the floor of {floor}",
                                             fmt::arg("floor", to_string(Rate{a.policy.margin_floor}))));
    for (const auto& r : a.risks) {
        if (r.residual_score() >= 20) derive(Kind::extreme_risk, r.title);
        if (r.kind == IntakeRisk::Kind::compliance && r.mitigation.empty())
            derive(Kind::unmitigated_compliance_risk, r.title);
    }
}

/// What was invoiced in the year before, in its currency; what has no rate is left out, which makes the share larger.
std::optional<std::int64_t> invoiced_before(Workspace& w, const Intake& i, const AsOf& when) {
    const auto year = i.opened_on.year() - 1;
    std::optional<std::int64_t> sum;
    for (const auto& [of, net] :
         invoice::net_billings(w.db(), Date::from_ymd(year, 1, 1), Date::from_ymd(year, 12, 31), when)) {
        const auto currency = *Currency::parse(unpacked_code(of.second));
        if (const auto in_its = convert(w.rules(), {net, currency}, i.currency))
            sum = add_checked(sum.value_or(0), *in_its);
    }
    return sum;
}

void take_triggers(Workspace& w, const AsOf& when, Assessment& a) {
    const Intake& i = a.intake;
    TriggerFacts f;
    f.amount = i.amount.value_or(0);
    f.advance = a.advance();
    f.profit = a.estimate.profit();
    f.last_year_revenue = a.policy.last_year_revenue > 0 ? a.policy.last_year_revenue : invoiced_before(w, i, when);
    f.score = a.judged_score;
    f.residual_risk = a.residual_risk;
    if (const auto rating = kyc::rating_of(w, i.client.value, when)) f.low_rating = *rating >= kyc::Rating::c;
    f.new_business_line = i.new_business_line.value_or(false);
    f.public_project = i.public_project.value_or(false);
    f.related_party = i.related_party.value_or(false);
    f.unlimited_liability = i.unlimited_liability.value_or(false);
    f.cross_department = i.cross_department.value_or(false);
    a.triggers = triggers(f, a.policy.limits);
}

}  // namespace

bool Assessment::knocked_out_by(IntakeKnockout::Kind kind) const {
    return std::any_of(knockouts.begin(), knockouts.end(), [&](const Knockout& k) { return k.kind == kind; });
}

std::optional<std::int64_t> Assessment::mean(Dimension d) const {
    const Scores& s = dimension[static_cast<std::size_t>(d)];
    if (s.count == 0) return std::nullopt;
    return mul_div_half_up(s.sum, 10, s.count);
}

const IntakeRisk* Assessment::worst_risk() const {
    const IntakeRisk* worst = nullptr;
    for (const auto& r : risks)
        if (!worst || r.residual_score() > worst->residual_score()) worst = &r;
    return worst;
}

std::int64_t Assessment::advance() const {
    return std::max(intake.advance.value_or(0), peak_cash_need);
}

Assessment assess(Workspace& w, const Intake& i, const AsOf& when, Depth depth) {
    Assessment a;
    a.intake = i;
    const auto kept = kept_verdict(w.db(), i, when);
    a.policy = policy(kept ? rules_of(*kept, w.rules()) : w.rules(), i.currency);
    take_scores(w.db(), when, a);
    a.labour = labour_of(w.db(), i.id.value, when);
    a.estimate = i.estimate();
    if (!a.labour.empty()) a.estimate.labour = cost_of(a.labour);
    take_risks(w.db(), when, a);
    a.costed = !a.labour.empty() || i.labour_cost || i.subcontract_cost || i.travel_cost || i.other_cost;
    if (a.costed) {
        a.gross_margin = gross_margin(a.estimate);
        a.risk_adjusted_margin = risk_adjusted_margin(a.estimate, a.residual_exposure);
        a.judged_margin = risk_adjusted_margin(a.estimate, a.residual_exposure, Rounding::down);
    }
    take_cash(w.db(), when, a);
    a.check = check_state(w.db(), i.id.value, when);
    take_knockouts(w, when, a);
    if (depth == Depth::whole) take_triggers(w, when, a);
    if (a.weighted && i.amount && a.costed)
        a.verdict = judge(*a.judged_score, a.judged_margin, a.residual_risk,
                          static_cast<std::int64_t>(a.knockouts.size()), a.policy.thresholds);
    if (kept) restore(*kept, a);
    return a;
}

std::string_view to_string(Dimension d) {
    return score_record().field("dimension").words[static_cast<std::size_t>(d)].word;
}
std::string_view to_string(IntakeKnockout::Kind k) {
    return knockout_record().field("kind").words[static_cast<std::size_t>(k)].word;
}
std::string_view to_string(Level l) {
    static constexpr std::string_view words[] = {N_("low"), N_("medium"), N_("high"), N_("extreme")};
    return words[static_cast<std::size_t>(l)];
}

std::string_view to_string(Trigger t) {
    static constexpr std::string_view words[] = {"amount",           "share_of_revenue",    "expected_loss",
                                                 "borderline_score", "residual_risk",       "advance",
                                                 "low_rating",       "new_business_line",   "public_project",
                                                 "related_party",    "unlimited_liability", "cross_department"};
    return words[static_cast<std::size_t>(t)];
}

std::string explain(Trigger t, const Policy& policy) {
    static constexpr const char* sentences[] = {N_("the contract amount reaches the limit"),
                                                N_("the contract amount reaches a share of last year's revenue"),
                                                N_("a loss is expected"),
                                                N_("the weighted score is on the border"),
                                                N_("a high risk remains"),
                                                N_("much would be laid out for the client"),
                                                N_("the client is rated C or D"),
                                                N_("it is a new line of business"),
                                                N_("it touches state secrets or is a major public project"),
                                                N_("the client is related to us"),
                                                N_("liability would be unlimited, or a guarantee is given"),
                                                N_("several departments or foreign law are needed")};
    if (t == Trigger::amount && !policy.no_rate.empty())
        return say("the contract amount cannot be compared with the limit: {why}", fmt::arg("why", policy.no_rate));
    if (t == Trigger::advance && !policy.no_rate.empty())
        return say("what would be laid out cannot be compared with the limit: {why}", fmt::arg("why", policy.no_rate));
    return tr(sentences[static_cast<std::size_t>(t)]);
}

}  // namespace agency::intake
