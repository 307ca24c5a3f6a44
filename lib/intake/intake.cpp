#include "intake/intake.hpp"

#include <map>
#include <set>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "client/reference.hpp"
#include "contract/facts.hpp"
#include "intake/facts.hpp"
#include "intake/labour.hpp"
#include "org/people.hpp"

namespace agency {

intake::Estimate Intake::estimate() const {
    const auto n = [](const Amount& a) { return a.value_or(0); };
    return {intake::without_tax(n(amount), tax_rate ? tax_rate->ppm : 0),
            n(pass_through),
            n(rebates),
            n(labour_cost),
            n(subcontract_cost),
            n(travel_cost),
            n(other_cost)};
}

namespace intake {
namespace {

constexpr std::string_view may_be_accepted[] = {"INT-009", "INT-017"};

class Rules final : public RowRules {
public:
    std::span<const std::string_view> acceptable() const override { return may_be_accepted; }
    bool makes_clients() const override { return true; }
    void begin(Workspace& w, const ImportOptions& options) override {
        db_ = &w.db();
        clients_.begin(w, options);
        people_ = std::make_unique<org::People>(w);
        today_ = w.today();
        busy_.reset();
        changed_on_ = options.effective.value_or(today_);
    }
    std::uint32_t resolve(const Field& f, std::string_view text) override {
        return f.target == client::record ? clients_.resolve(text) : RowRules::resolve(f, text);
    }
    Currency default_currency(const ImportRow& row) override {
        return clients_.currency(row.values[at("client")] ? row.values[at("client")] : client_of_lead(row));
    }
    void check(ImportRow& row) override {
        if (row.old) refuse_closed(row);
        const bool inherits = !row.values[at("owner")];
        fill(row);
        const Date day = row.old ? changed_on_ : Date{static_cast<std::int32_t>(row.values[at("opened_on")].n)};
        people_->check(row, record(), "owner", day, inherits);
        people_->check(row, record(), "assessor", day);
        for (const Field& f : record().fields) {
            const Value& v = row.values[at(f.key)];
            if (!v) continue;
            if (f.type == FieldType::money && v.n < 0) row.problem(f.key, "", tr("the amount is not negative"));
            if (f.type == FieldType::decimal && (v.n < 0 || v.n > 50))
                row.problem(f.key, "INT-003", tr("a score is from 0 to 5"));
        }
        if (!row.old && row.values[at("opened_on")].n > today_.days) row.problem("opened_on", "", tr("it lies ahead"));
        check_labour(row);
        if (!row.old && lead_) check_lead(row);
        if (row.values[at("tax_rate")] && row.values[at("tax_rate")].n < 0)
            row.problem("tax_rate", "", tr("a tax rate is not negative"));
        if (!row.bad) check_estimate(row);
    }
    void take(ImportRow& row) override {
        clients_.take(row.values[at("client")]);
        const bool open = row.values[at("status")].n <= static_cast<std::int64_t>(Intake::Status::deferred);
        if (busy_ && lead_ && !row.old && open) busy_->emplace(lead_->id, row.values[at("number")].s);
    }
    void before_insert(Operation& op) override { clients_.before_insert(op); }

private:
    /// INT-016: hours that were entered already come to the labour cost.
    void check_labour(ImportRow& row) {
        const Value& cost = row.values[at("labour_cost")];
        if (!row.old || !cost || cost == row.old->values[at("labour_cost")]) return;
        if (const auto lines = labour_of(*db_, row.old->id, {today_}); !lines.empty())
            row.problem("labour_cost", "INT-016",
                        say("it is reckoned of hours already; agency intake drop {part} takes such a line away",
                            fmt::arg("part", lines.front().number)));
    }
    /// What it would bring is an amount, too, or no report could show it.
    static void check_estimate(ImportRow& row) {
        Intake i;
        for (std::size_t k = 0; k < row.values.size(); ++k) record().fields[k].access.set(&i, row.values[k]);
        try {
            i.estimate().profit();
        } catch (const Error& e) {
            row.problem("labour_cost", "", e.what());
        }
    }
    /// INT-017: a lead is one piece of business, and is assessed again only when nothing came of it.
    void check_lead(ImportRow& row) {
        if (!busy_) busy_ = by_lead(*db_);
        if (const auto it = busy_->find(lead_->id); it != busy_->end())
            row.problem("lead", "INT-017",
                        say("intake {number} of that lead is open or taken on; other business is a lead of its own",
                            fmt::arg("number", it->second)));
    }
    static std::size_t at(std::string_view key) { return record().index(key); }
    Value client_of_lead(const ImportRow& row) {
        const auto lead = lead_of(row);
        return lead ? lead->values[lead::record().index("client")] : Value{};
    }
    std::optional<Row> lead_of(const ImportRow& row) {
        const Value& v = row.values[at("lead")];
        return v ? find_row(*db_, lead::record(), v.n, {today_}) : std::nullopt;
    }
    /// What the lead says holds where the row does not say it; a row with scores is being assessed already.
    void fill(ImportRow& row) {
        auto& v = row.values;
        if (lead_ = lead_of(row); lead_) {
            for (const auto& [own, leads] :
                 {std::pair{"client", "client"}, {"title", "title"}, {"owner", "owner"}, {"amount", "expected_amount"}})
                if (!v[at(own)] && !row.old) v[at(own)] = lead_->values[lead::record().index(leads)];
        }
        if (!v[at("currency")])
            v[at("currency")] = Value::of(std::string_view(currency_ = default_currency(row).code()));
        if (!v[at("trade")]) v[at("trade")] = Value::of(static_cast<std::int64_t>(Intake::Trade::other));
        if (!v[at("opened_on")]) v[at("opened_on")] = Value::of(std::int64_t{today_.days});
        if (!v[at("version")]) v[at("version")] = Value::of(std::int64_t{1});
        if (v[at("status")]) return;
        bool scored = false;
        for (const Field& f : record().fields) scored = scored || (f.type == FieldType::decimal && v[at(f.key)]);
        v[at("status")] =
            Value::of(static_cast<std::int64_t>(scored ? Intake::Status::assessing : Intake::Status::opportunity));
    }
    static void refuse_closed(ImportRow& row) {
        const auto status = static_cast<Intake::Status>(row.old->values[at("status")].n);
        if (status == Intake::Status::decided || status == Intake::Status::lost || status == Intake::Status::withdrawn)
            row.refuse("", say("it is {status} and is not changed any more; agency intake reopen makes a new version",
                               fmt::arg("status", to_string(status))));
    }

    db::Session* db_ = nullptr;
    client::Reference clients_;
    std::unique_ptr<org::People> people_;
    std::optional<Row> lead_;
    std::optional<std::map<std::int64_t, std::string>> busy_;  ///< number of the assessment, by lead
    Date today_, changed_on_;
    std::string currency_;
};

}  // namespace

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

void refuse_closed(Operation& op, std::int64_t intake) {
    auto& db = op.db();
    const auto row = find_row(db, record(), intake, {});
    if (!row || row->voided_on) return;
    const auto i = to_struct<Intake>(record(), *row);
    if (i.status != Intake::Status::decided && i.status != Intake::Status::lost &&
        i.status != Intake::Status::withdrawn)
        return;
    if (db.integer(
            "SELECT 1 FROM operation_undo AS u JOIN intake_change AS c ON c.operation = u.root WHERE u.operation = "
            "$1 AND c.id = $2 AND c.field = 'status' AND c.value IN ('decided', 'lost', 'withdrawn') LIMIT 1",
            op.id(), intake))
        return;
    throw Error(Exit::refused,
                say("intake {number} is {status} and is not changed any more", fmt::arg("number", i.number),
                    fmt::arg("status", to_string(i.status))),
                say("agency intake reopen {number} --reason TEXT makes a new version", fmt::arg("number", i.number)))
        .with_ref(i.number);
}

std::optional<std::int64_t> turned(Operation& op, const Record& r, std::int64_t id, std::string_view field) {
    return op.db().integer("SELECT MAX(c.operation) FROM " + std::string(r.noun) +
                               "_change AS c JOIN operation_undo AS u ON u.root = c.operation WHERE u.operation = $1 "
                               "AND c.id = $2 AND c.field = $3",
                           op.id(), id, field);
}

void refuse_taken_on(Operation& op, std::int64_t intake, std::int64_t since, bool begun) {
    auto& db = op.db();
    std::vector<std::int64_t> versions;
    for (auto at = intake; at;) {
        versions.push_back(at);
        at = find_row(db, record(), at, {})->values[record().index("reopens")].n;
    }
    const auto contract = contract::taken_on_since(db, versions, since, begun);
    if (contract.empty()) return;
    const auto number = number_of(db, record(), intake);
    throw Error(Exit::refused,
                say("contract {contract} rests on assessment {number}", fmt::arg("contract", contract),
                    fmt::arg("number", number)),
                say("agency intake reopen {number} --reason TEXT makes a new version", fmt::arg("number", number)))
        .with_rule("INT-001")
        .with_ref(number);
}

void settle(Operation& op, std::int64_t, std::int64_t, std::span<const std::int64_t> touched) {
    for (const auto id : touched) {
        refuse_closed(op, id);
        const auto since = turned(op, record(), id, "decision");
        const auto i = to_struct<Intake>(record(), *find_row(op.db(), record(), id, {}));
        if (since && (!i.decision || *i.decision == Decision::no_go)) refuse_taken_on(op, id, *since, false);
    }
}

std::string next_number(db::Session& db, int year) {
    const auto prefix = fmt::format("IN-{:04}-", year);
    auto n = db.integer("SELECT COUNT(*) FROM intake WHERE number >= $1 AND number < $2 AND version = 1", prefix,
                        fmt::format("IN-{:04}.", year))
                 .value_or(0);
    std::string number;
    do number = fmt::format("{}{:03}", prefix, ++n);
    while (key_exists(db, record(), number));
    return number;
}

std::int64_t latest_version(db::Session& db, std::int64_t id, const AsOf& when) {
    while (const auto next = db.integer("SELECT id FROM intake AS r WHERE reopens = $1 AND operation <= $2 AND " +
                                            listed(record(), "r", "$2") + " LIMIT 1",
                                        id, when.operation))
        id = *next;
    return id;
}

}  // namespace intake
}  // namespace agency
