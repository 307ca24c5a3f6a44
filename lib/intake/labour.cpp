#include "intake/labour.hpp"

#include <map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "intake/part_fields.hpp"
#include "org/chart.hpp"
#include "record/references.hpp"
#include "timesheet/facts.hpp"

namespace agency::intake {
namespace {

constexpr Field fields[] = {
    part_number(member<&IntakeLabour::number>),
    part_of("intake", member<&IntakeLabour::intake>, "Intake", "评估编号", N_("Assessment that it belongs to"), record),
    Field{"who", FieldType::text, member<&IntakeLabour::who>, "Who", "人员或岗位",
          N_("An employee's number, a position's code, or a grade in words")}
        .required()
        .fixed(),
    Field{"hours", FieldType::decimal, member<&IntakeLabour::hours>, "Hours", "工时", N_("Hours that it would take")}
        .required()
        .fixed()
        .scaled(2),
    Field{"rate", FieldType::money, member<&IntakeLabour::rate>, "Cost rate", "成本费率", N_("What an hour costs")}
        .required()
        .fixed(),
    part_entered(member<&IntakeLabour::entered_on>),
};

[[noreturn]] void wrong(std::string message, std::string hint) {
    throw Error(Exit::usage, "hours: " + message, std::move(hint)).with_field("hours");
}
[[noreturn]] void unknown(std::string message, std::string hint) {
    throw Error(Exit::not_found, "hours: " + message, std::move(hint)).with_field("hours");
}

std::string own_rate(std::string_view who) {
    return say("give a rate of its own: --hours \"{who}=40@300\"", fmt::arg("who", who));
}

/// What an hour of an employee costs in the assessment's currency on its day; nothing when no such rate is kept.
std::optional<std::int64_t> rate_of(Workspace& w, const Intake& i, std::int64_t employee) {
    const auto rate = timesheet::cost_rate(w.db(), employee, i.opened_on, {w.today()});
    return rate && rate->currency == i.currency ? std::optional(rate->minor) : std::nullopt;
}

/// The mean of those who hold the position; nothing when none of them has a rate.
std::optional<std::int64_t> rate_of_position(Workspace& w, const Intake& i, std::int64_t position) {
    const org::Chart chart(w, AsOf{i.opened_on});
    const auto* place = chart.find(position);
    std::int64_t sum = 0, count = 0;
    for (const auto& holder : place ? place->holders : std::vector<org::Holder>())
        if (const auto rate = rate_of(w, i, holder.employee)) {
            sum = add_checked(sum, *rate);
            ++count;
        }
    return count ? std::optional(mul_div_half_up(sum, 1, count)) : std::nullopt;
}

/// Numbers and names of employees, codes of positions.
std::vector<std::string> names_of(db::Session& db, Date day) {
    std::vector<std::string> out;
    const auto add = [&](const Record& r, std::initializer_list<std::string_view> keys) {
        each_row(db, r, AsOf{day}, [&](const Row& row) {
            for (const auto key : keys)
                if (!row.voided_on) out.emplace_back(row.values[r.index(key)].s);
        });
    };
    add(employee::record(), {"number", "name"});
    add(position::record(), {"code"});
    return out;
}

/// Sets who is meant, and the cost rate.
void price(Workspace& w, const Intake& i, IntakeLabour& line) {
    auto& db = w.db();
    References references(db, w.today());
    const auto employee = references.find(employee::record(), line.who);
    if (employee == RowRules::ambiguous)
        unknown(say("several employees are called {name}; write the number", fmt::arg("name", line.who)), {});
    const auto position = employee ? 0 : references.find(position::record(), line.who);
    if (!employee && (!position || position == RowRules::ambiguous)) {
        const auto names = names_of(db, w.today());
        const auto near = nearest(line.who, std::vector<std::string_view>(names.begin(), names.end()));
        unknown(say("{who} is neither an employee nor a position", fmt::arg("who", line.who)),
                near.empty() ? own_rate(line.who) : say("did you mean {near}?", fmt::arg("near", near)));
    }
    const auto rate = employee ? rate_of(w, i, employee) : rate_of_position(w, i, position);
    if (!rate)
        unknown(say("no cost rate of {who} on {day} is kept in {currency}", fmt::arg("who", line.who),
                    fmt::arg("day", to_string(i.opened_on)), fmt::arg("currency", i.currency.code())),
                say("agency rate add --kind cost, or {own}", fmt::arg("own", own_rate(line.who))));
    line.who = employee ? number_of(db, employee::record(), employee) : number_of(db, position::record(), position);
    line.rate = *rate;
}

}  // namespace

const Record& labour_record() {
    static const Record r{.noun = N_("intake_labour"),
                          .plural = "intake_labour",
                          .en = "Intake labour",
                          .zh = "评估人工",
                          .fields = fields,
                          .currency_from = "intake",
                          .part_of = "intake",
                          .settle = settle_part<labour_record>};
    return r;
}

std::vector<IntakeLabour> labour_of(db::Session& db, std::int64_t intake, const AsOf& when) {
    std::map<std::string, IntakeLabour> last;
    for (auto& line : parts_of<IntakeLabour>(db, labour_record(), "intake", intake, when)) {
        const auto who = line.who;
        last[who] = std::move(line);
    }
    std::vector<IntakeLabour> out;
    for (auto& [who, line] : last) out.push_back(std::move(line));
    return out;
}

std::int64_t cost_of(std::span<const IntakeLabour> lines) {
    __int128 hundredths = 0;
    for (const auto& line : lines) hundredths += static_cast<__int128>(line.hours) * line.rate;
    return static_cast<std::int64_t>((hundredths + 50) / 100);
}

Estimate estimate_of(db::Session& db, const Intake& i, const AsOf& when) {
    auto e = i.estimate();
    if (const auto lines = labour_of(db, i.id.value, when); !lines.empty()) e.labour = cost_of(lines);
    return e;
}

std::string add_labour(Operation& op, const Intake& i, std::string_view text) {
    auto& w = op.workspace();
    if (i.labour_cost)
        throw Error(Exit::refused,
                    say("the labour cost of intake {number} was typed; it is not reckoned of hours too",
                        fmt::arg("number", i.number)),
                    say("agency intake edit {number} --set labour_cost= takes it away", fmt::arg("number", i.number)))
            .with_rule("INT-016")
            .with_ref(i.number)
            .with_field("labour_cost");
    const auto equals = text.rfind('='), at = text.find('@', equals == text.npos ? text.size() : equals);
    const auto hours = equals == text.npos
                           ? AmountResult{0, AmountFault::empty}
                           : parse_amount(text.substr(equals + 1, at == text.npos ? at : at - equals - 1), 2);
    IntakeLabour line{.intake = i.id, .who = std::string(trim(text.substr(0, equals))), .entered_on = w.today()};
    if (equals == text.npos || line.who.empty() || hours.fault != AmountFault::none || hours.value <= 0)
        wrong(say("\"{text}\" is nobody with hours; write E1=40", fmt::arg("text", text)), {});
    line.hours = hours.value;
    if (at == text.npos) {
        price(w, i, line);
    } else {
        const auto rate = parse_amount(text.substr(at + 1), i.currency.digits(), false, 0, i.currency.code());
        if (rate.fault != AmountFault::none || rate.value < 0)
            wrong(say("\"{text}\" is no amount an hour", fmt::arg("text", text.substr(at + 1))), {});
        line.rate = rate.value;
    }
    return add_part(op, labour_record(), line, i.number, 'H');
}

}  // namespace agency::intake
