// Who leads a project, and by what right it runs: PRJ-001 and PRJ-002.
#include "base/error.hpp"
#include "base/translate.hpp"
#include "progress/facts.hpp"
#include "project/facts.hpp"
#include "project/project.hpp"

namespace agency::project {
namespace {

/// The project as of a day, for a change from that day on.
Row open_row(Workspace& w, std::string_view code, Date day) {
    auto row = get_row(w.db(), record(), code, AsOf{day});
    const auto p = to_struct<Project>(record(), row);
    if (row.voided_on || !p.open()) {
        const auto word = record().field("status").words[static_cast<std::size_t>(p.status)].word;
        throw Error(Exit::refused, say("project {code} is {state}", fmt::arg("code", code),
                                       fmt::arg("state", tr(row.voided_on ? N_("voided") : word.data()))))
            .with_ref(code);
    }
    return row;
}

Error fault(std::string_view rule, std::string message, const char* hint, const Project& p) {
    return Error(Exit::refused, std::move(message), tr(hint)).with_rule(rule).with_ref(p.code);
}

}  // namespace

bool employed(const Employee& e, Date day) {
    return (!e.hired_on || *e.hired_on <= day) && (!e.left_on || *e.left_on >= day);
}

std::string manager_fault(db::Session& db, const Project& p, const AsOf& when) {
    const auto code = fmt::arg("code", p.code);
    if (!p.manager) return say("project {code} has no manager", code);
    const auto row = find_row(db, employee::record(), p.manager.value, when);
    const auto e = row ? to_struct<Employee>(employee::record(), *row) : Employee{};
    if (row && !row->voided(when.day) && employed(e, when.day)) return {};
    return say("{name}, the manager of project {code}, is not employed on {day}", code, fmt::arg("name", e.name),
               fmt::arg("day", to_string(when.day)));
}

namespace {

std::string prestart_is_over(const Project& p) {
    return say("the pre-start of project {code} was approved until {until} only", fmt::arg("code", p.code),
               fmt::arg("until", to_string(*p.prestart_until)));
}

/// An approved pre-start lasts until its day, and as far as its cap; nothing when there is none.
std::optional<std::string> prestart_fault(db::Session& db, const Project& p, const AsOf& when) {
    const auto code = fmt::arg("code", p.code);
    if (!p.prestart_until) return std::nullopt;
    if (*p.prestart_until < when.day) return prestart_is_over(p);
    const auto spent = progress::spent_on_project(db, p.id.value, when);
    if (!p.prestart_cap || spent <= *p.prestart_cap) return std::string();
    const int digits = p.currency.digits();
    return say("the pre-start of project {code} allows {cap}, and {spent} is spent", code,
               fmt::arg("cap", to_plain(*p.prestart_cap, digits)), fmt::arg("spent", to_plain(spent, digits)));
}

/// Its contract, unless void then.
std::optional<Row> standing_contract(db::Session& db, const Project& p, const AsOf& when) {
    auto row = p.contract ? find_row(db, contract::record(), p.contract.value, when) : std::nullopt;
    return row && !row->voided(when.day) ? std::move(row) : std::nullopt;
}

Contract::Status status_of(const std::optional<Row>& row) {
    return row ? to_struct<Contract>(contract::record(), *row).status : Contract::Status::draft;
}

bool is_mandate(Contract::Status s) {
    return s == Contract::Status::effective || s == Contract::Status::performing;
}

}  // namespace

std::optional<std::int64_t> prestart_left(db::Session& db, const Project& p, const AsOf& when) {
    if (!p.prestart_until || !p.prestart_cap || p.status == Project::Status::closing) return {};
    if (status_of(standing_contract(db, p, when)) >= Contract::Status::effective) return {};
    return *p.prestart_cap - progress::spent_on_project(db, p.id.value, when);
}

std::string after_prestart(db::Session& db, const Project& p, Date day, const AsOf& when) {
    if (!p.prestart_until || day <= *p.prestart_until || p.status == Project::Status::closing) return {};
    if (status_of(standing_contract(db, p, when)) >= Contract::Status::effective) return {};
    return prestart_is_over(p);
}

std::string still_leads(db::Session& db, std::int64_t employee, Date last) {
    std::string codes;
    each_row(db, record(), AsOf{last + 1}, [&](const Row& row) {
        const auto p = to_struct<Project>(record(), row);
        if (p.manager.value == employee && p.open() && !row.voided(last + 1))
            codes += (codes.empty() ? "" : ", ") + p.code;
    });
    if (codes.empty()) return {};
    return say(
        "{employee} leads open projects after {day}, which need another manager (agency project assign-manager): "
        "{projects}",
        fmt::arg("employee", number_of(db, employee::record(), employee)), fmt::arg("day", to_string(last)),
        fmt::arg("projects", codes));
}

std::string mandate_fault(db::Session& db, const Project& p, const AsOf& when) {
    const auto on = to_string(when.day);
    const auto code = fmt::arg("code", p.code), day = fmt::arg("day", on);
    const auto row = standing_contract(db, p, when);
    const bool stands = row.has_value();
    const auto status = status_of(row);
    if (is_mandate(status)) return {};
    const auto prestart = prestart_fault(db, p, when);
    if (prestart && (prestart->empty() || !stands || *p.prestart_until >= when.day)) return *prestart;
    if (!stands) return say("project {code} has no contract that is effective on {day}", code, day);
    const auto& word = contract::record().field("status").words[static_cast<std::size_t>(status)];
    return say("contract {number} of project {code} is {state} on {day}", code, day,
               fmt::arg("number", row->values[0].s),
               fmt::arg("state", language() == "zh_CN" ? word.zh : std::string(word.word)));
}

void require_manager(db::Session& db, const Project& p, const AsOf& when) {
    if (auto why = manager_fault(db, p, when); !why.empty())
        throw fault("PRJ-001", std::move(why), N_("name one: agency project assign-manager CODE EMPLOYEE"), p);
}

void require_mandate(db::Session& db, const Project& p, const AsOf& when) {
    if (auto why = mandate_fault(db, p, when); !why.empty())
        throw fault("PRJ-002", std::move(why),
                    N_("or approve a pre-start: agency project approve-prestart CODE --cap AMOUNT --until DAY"), p);
}

void assign_manager(Workspace& w, std::string_view code, std::string_view number, std::optional<Date> day,
                    std::string_view command) {
    Operation op(w, "project.assign-manager", code, command);
    const Date from = day.value_or(w.today());
    const auto row = open_row(w, code, from);
    const auto person = get_row(w.db(), employee::record(), number, AsOf{from});
    auto p = to_struct<Project>(record(), row);
    p.manager.value = person.id;
    require_manager(w.db(), p, AsOf{from});
    if (p.sponsor == p.manager)
        throw fault("PRJ-001", tr("the manager does not answer for the project above himself"),
                    N_("name another sponsor first: agency project edit CODE --set sponsor=EMPLOYEE"), p);
    add_change(op, record(), row.id, record().field("manager"), Value::of(person.id), from);
    op.commit();
}

void approve_prestart(Workspace& w, std::string_view code, std::string_view cap, Date until, std::string_view reason,
                      std::string_view command) {
    Operation op(w, "project.approve-prestart", code, command);
    const auto row = open_row(w, code, w.today());
    const auto p = to_struct<Project>(record(), row);
    const auto amount = parse_amount(cap, p.currency.digits());
    if (amount.fault != AmountFault::none || amount.value <= 0)
        throw Error(Exit::usage, say("\"{text}\" is no amount above zero", fmt::arg("text", cap))).with_field("cap");
    if (until < w.today())
        throw Error(Exit::usage, say("{day} is over", fmt::arg("day", to_string(until)))).with_field("until");
    add_change(op, record(), row.id, record().field("prestart_cap"), Value::of(amount.value), w.today());
    add_change(op, record(), row.id, record().field("prestart_until"), Value::of(std::int64_t{until.days}), w.today());
    op.audit("approve-prestart", record().noun, row.id, "", json_of("reason", std::string(reason)));
    op.commit();
}

}  // namespace agency::project
