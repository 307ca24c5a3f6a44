#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/translate.hpp"
#include "contract/facts.hpp"
#include "intake/history.hpp"
#include "intake/report.hpp"
#include "record/report_as_of.hpp"
#include "workspace/lists.hpp"

namespace agency::intake {
namespace {

/// Stages in the order of the funnel; those behind `contract` lead out of it.
enum Stage : std::size_t {
    s_lead,
    s_opportunity,
    s_assessing,
    s_deferred,
    s_decided,
    s_contract,
    s_no_go,
    s_lost,
    s_withdrawn,
    stages
};
constexpr std::string_view stage_words[stages] = {N_("lead"),     N_("opportunity"), N_("assessing"),
                                                  N_("deferred"), N_("go"),          N_("contract"),
                                                  N_("no_go"),    N_("lost"),        N_("withdrawn")};

/// How far a stage is; outside the funnel nothing.
std::optional<int> rank(std::size_t stage) {
    static constexpr int ranks[] = {0, 1, 2, 2, 3, 4};
    return stage < std::size(ranks) ? std::optional(ranks[stage]) : std::nullopt;
}

struct Item {
    std::string currency;
    std::int64_t amount = 0;
    std::size_t stage = s_lead;                      ///< now
    std::map<std::size_t, std::int64_t> days_spent;  ///< in each stage that it came through, all stays together
    int furthest = 0;
};

struct Figures {
    std::int64_t count = 0, amount = 0, weighted = 0, days = 0, stays = 0, reached = 0, went_on = 0;
};

class Funnel {
public:
    Funnel(Workspace& w, const AsOf& when) : w_(w), db_(w.db()), when_(when) {}

    std::vector<Item> items() {
        load_assessments();
        load_leads();
        return std::move(items_);
    }

private:
    static std::size_t stage_of(std::int64_t status, const std::optional<Decision>& decision) {
        switch (static_cast<Intake::Status>(status)) {
            case Intake::Status::opportunity:
                return s_opportunity;
            case Intake::Status::assessing:
                return s_assessing;
            case Intake::Status::deferred:
                return s_deferred;
            case Intake::Status::decided:
                return decision == Decision::no_go ? s_no_go : s_decided;
            case Intake::Status::lost:
                return s_lost;
            case Intake::Status::withdrawn:
                return s_withdrawn;
        }
        return s_opportunity;
    }
    /// Until `end`: what the next record of the same business says comes after.
    static void walk(Item& item, const std::vector<Stay>& stays, Date end, const auto& stage_of_state) {
        for (const Stay& s : stays) {
            if (s.from > end) break;
            const std::size_t stage = stage_of_state(s.state);
            item.stage = stage;
            item.days_spent[stage] += std::min(s.until.value_or(end), end) - s.from;
            item.furthest = std::max(item.furthest, rank(stage).value_or(0));
        }
    }
    void load_assessments() {
        const auto contracts = contract::by_intake(db_, when_);
        std::set<std::int64_t> reopened;
        std::map<std::int64_t, std::int64_t> before;  ///< by version
        std::vector<Intake> all;
        std::map<std::int64_t, std::int64_t> first;  ///< status as entered
        each_row(db_, record(), when_, [&](const Row& row) {
            auto i = to_struct<Intake>(record(), row);
            if (row.voided(when_.day) || i.opened_on > when_.day) return;
            if (i.lead) assessed_.insert(i.lead.value);
            if (i.reopens) reopened.insert(before[row.id] = i.reopens.value);
            all.push_back(std::move(i));
        });
        std::erase_if(all, [&](const Intake& i) { return reopened.contains(i.id.value); });
        db_.each("SELECT id, status FROM intake",
                 [&](db::Statement& s) { first[s.integer(0)] = find_word(record().field("status"), s.text(1)); });
        for (const Intake& i : all) {
            Item item{std::string(i.currency.code()), i.amount.value_or(0)};
            walk_lead(item, i);
            walk(item, history(db_, record(), "status", i.id.value, i.opened_on, first[i.id.value], when_), when_.day,
                 [&](std::int64_t state) { return stage_of(state, i.decision); });
            bool signed_ = false;  // a contract may name an earlier version
            for (auto v = i.id.value; v; v = before.contains(v) ? before[v] : 0)
                signed_ = signed_ || contracts.contains(v);
            if (item.stage == s_decided && signed_) {
                item.stage = s_contract;
                item.furthest = *rank(s_contract);
            }
            add(std::move(item), i.lead.value);
        }
    }
    /// A lead counts once: as what came farthest of its assessments, the later of two.
    void add(Item item, std::int64_t lead) {
        const auto [it, fresh] = of_lead_.emplace(lead, items_.size());
        if (!lead || fresh) return items_.push_back(std::move(item));
        Item& other = items_[it->second];
        item.furthest = other.furthest = std::max(item.furthest, other.furthest);
        if (rank(item.stage) >= rank(other.stage)) other = std::move(item);
    }
    void load_leads() {
        std::vector<Lead> all;
        each_row(db_, lead::record(), when_, [&](const Row& row) {
            auto l = to_struct<Lead>(lead::record(), row);
            if (!row.voided(when_.day) && l.received_on <= when_.day && !assessed_.contains(row.id))
                all.push_back(std::move(l));
        });
        for (const Lead& l : all) {
            Item item{std::string(l.currency.code()), l.expected_amount.value_or(0)};
            walk(item, stays_of(l), when_.day, stage_of_lead);
            items_.push_back(std::move(item));
        }
    }
    static std::size_t stage_of_lead(std::int64_t status) {
        static constexpr std::size_t of[] = {s_lead, s_opportunity, s_lost, s_withdrawn};
        return of[static_cast<std::size_t>(status)];
    }
    std::vector<Stay> stays_of(const Lead& l) {
        const auto entered = db_.text("SELECT status FROM lead WHERE id = $1", l.id.value).value_or("lead");
        return history(db_, lead::record(), "status", l.id.value, l.received_on,
                       find_word(lead::record().field("status"), entered), when_);
    }
    /// The days before the assessment was opened belong to the same business.
    void walk_lead(Item& item, const Intake& i) {
        const auto row = i.lead ? find_row(db_, lead::record(), i.lead.value, when_) : std::nullopt;
        if (row) walk(item, stays_of(to_struct<Lead>(lead::record(), *row)), i.opened_on, stage_of_lead);
    }

    Workspace& w_;
    db::Session& db_;
    AsOf when_;
    std::set<std::int64_t> assessed_;              ///< leads
    std::map<std::int64_t, std::size_t> of_lead_;  ///< item by lead
    std::vector<Item> items_;
};

}  // namespace

std::vector<GridColumn> pipeline_columns() {
    return {{"stage", CellType::word, "Stage", "阶段", {std::begin(stage_words), std::end(stage_words)}},
            {"currency", CellType::text, "Currency", "币种"},
            {"count", CellType::integer, "Count", "笔数"},
            {"amount", CellType::money, "Amount", "金额"},
            {"probability", CellType::ratio, "Probability", "成功率"},
            {"weighted_amount", CellType::money, "Weighted amount", "加权金额"},
            {"average_days", CellType::decimal, "Average days", "平均停留天数"},
            {"conversion", CellType::ratio, "Conversion", "转化率"}};
}

Report pipeline(Workspace& w, const AsOf& when) {
    const auto probability = stage_probabilities(w.rules());
    std::map<std::string, std::array<Figures, stages>> by_currency;
    for (const Item& item : Funnel(w, when).items()) {
        auto& all = by_currency[item.currency];
        auto& here = all[item.stage];
        ++here.count;
        here.amount = add_checked(here.amount, item.amount);
        for (const auto& [stage, days] : item.days_spent) {
            all[stage].days += days;
            ++all[stage].stays;
        }
        for (std::size_t s = 0; s < stages; ++s)
            if (const auto r = rank(s); r && (s != s_deferred || item.days_spent.contains(s))) {
                all[s].reached += item.furthest >= *r;
                all[s].went_on += item.furthest > *r;
            }
    }
    Report report = report_as_of("intake.pipeline", when);
    auto& g = report.rows;
    g.columns = pipeline_columns();
    report.totals.columns = g.columns;
    for (auto& [currency, all] : by_currency) {
        const int digits = Currency::parse(currency)->digits();
        Figures total;
        for (std::size_t s = 0; s < stages; ++s) {
            auto& f = all[s];
            if (f.count == 0 && f.reached == 0) continue;
            const auto p = s < probability.size() ? probability[s] : 0;
            f.weighted = mul_div_half_up(f.amount, p, 1'000'000);
            total.count += f.count;
            total.amount = add_checked(total.amount, f.amount);
            total.weighted = add_checked(total.weighted, f.weighted);
            g.add_constant(stage_words[s]);
            g.add_text(currency);
            g.add_integer(f.count);
            g.add_money(f.amount, digits);
            g.add_rate(p);
            g.add_money(f.weighted, digits);
            f.stays ? g.add_decimal(mul_div_half_up(f.days, 10, f.stays), 1) : g.add_null();
            rank(s) && f.reached ? g.add_rate(mul_div_half_up(f.went_on, 1'000'000, f.reached)) : g.add_null();
        }
        report.totals.add_null();
        report.totals.add_text(currency);
        report.totals.add_integer(total.count);
        report.totals.add_money(total.amount, digits);
        report.totals.add_null();
        report.totals.add_money(total.weighted, digits);
        report.totals.add_null();
        report.totals.add_null();
    }
    return report;
}

}  // namespace agency::intake
