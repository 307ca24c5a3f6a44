#include "kyc/report.hpp"

#include "base/translate.hpp"
#include "client/group.hpp"
#include "kyc/facts.hpp"
#include "kyc/kyc.hpp"
#include "record/report_as_of.hpp"

namespace agency::kyc {
namespace {

std::vector<GridColumn> figure_columns() {
    return {{"rating", CellType::word, "Rating", "信用评级"},
            {"limit", CellType::money, "Limit", "信用额度"},
            {"overridden", CellType::flag, "Overridden", "临时额度"},
            {"exposure", CellType::money, "Exposure", "信用敞口"},
            {"headroom", CellType::money, "Headroom", "剩余额度"},
            {"overdue", CellType::money, "Overdue", "逾期金额"},
            {"currency", CellType::text, "Currency", "币种"},
            {"refreshed_on", CellType::day, "Last KYC", "上次尽调"},
            {"due_on", CellType::day, "Next due", "下次尽调"},
            {"due", CellType::flag, "Due", "尽调到期"},
            {"hold", CellType::flag, "Hold", "冻结"},
            {"term_days", CellType::integer, "Days to pay", "账期天数"},
            {"prepaid", CellType::ratio, "Prepaid", "预付比例"}};
}

void add_figures(Grid& g, const Credit& c, const Currency& currency, Date day) {
    const int digits = currency.digits();
    const auto add = [&](const std::optional<std::int64_t>& n) { n ? g.add_money(*n, digits) : g.add_null(); };
    c.rating ? g.add_constant(to_string(*c.rating)) : g.add_null();
    add(c.limit);
    g.add_flag(c.overridden);
    add(c.exposure.sum());
    add(c.headroom());
    add(c.exposure.overdue);
    g.add_text(currency.code());
    for (const auto& d : {c.refreshed_on, c.due_on}) d ? g.add_day(*d) : g.add_null();
    g.add_flag(!c.due_on || *c.due_on < day);  // who was never looked at is due
    g.add_flag(c.limit && c.exposure.sum() > *c.limit);
    c.term_days ? g.add_integer(*c.term_days) : g.add_null();
    c.prepaid ? g.add_rate(*c.prepaid) : g.add_null();
}

Grid exposure_grid(const Exposure& e, int digits) {
    Grid g;
    g.columns = {{"part", CellType::word, "Part", "构成"}, {"amount", CellType::money, "Amount", "金额"}};
    const std::pair<const char*, std::int64_t> parts[] = {{N_("overdue"), e.overdue},   {N_("not_due"), e.not_due},
                                                          {N_("unbilled"), e.unbilled}, {N_("advances"), e.advances},
                                                          {N_("prepaid"), -e.prepaid},  {N_("deposits"), -e.deposits}};
    for (const auto& [part, amount] : parts) {
        g.add_constant(part);
        g.add_money(amount, digits);
    }
    return g;
}

/// The clients that belong to the same head, each with its own limit.
Grid group_grid(Workspace& w, std::int64_t client, const AsOf& when) {
    auto& db = w.db();
    Grid g;
    g.columns = credit_columns();
    std::vector<Client> all;
    for (const auto id : client::Groups(db, when).others_of(client))
        if (const auto row = find_row(db, client::record(), id, when))
            all.push_back(to_struct<Client>(client::record(), *row));
    const auto credits = all.empty() ? std::vector<Credit>() : credits_of(w, all, when);
    for (std::size_t i = 0; i < all.size(); ++i) {
        g.add_text(all[i].code);
        g.add_text(all[i].name);
        add_figures(g, credits[i], all[i].currency, when.day);
    }
    return g;
}

/// Rows of a record that are a client's.
Grid rows_of(db::Session& db, const Record& r, std::int64_t client, std::string_view code, const AsOf& when) {
    Grid g;
    g.columns = list_columns(r);
    const auto at = r.index("client");
    each_row(db, r, when, [&](const Row& row) {
        if (row.values[at].n == client) add_row(g, db, r, row, [&](std::size_t) { return code; });
    });
    return g;
}

}  // namespace

std::vector<GridColumn> credit_columns() {
    std::vector<GridColumn> columns{{"client", CellType::text, "Client", "客户"},
                                    {"client_name", CellType::text, "Client name", "客户名称"}};
    const auto figures = figure_columns();
    columns.insert(columns.end(), figures.begin(), figures.end());
    return columns;
}

Report credit_report(Workspace& w, const AsOf& when) {
    Report report = report_as_of("client.credit", when);
    report.narrow = {"client_name", "rating", "limit", "exposure", "headroom", "hold"};
    auto& g = report.rows;
    g.columns = credit_columns();
    std::vector<Client> all;
    each_row(w.db(), client::record(), when, [&](const Row& row) {
        if (!row.voided(when.day)) all.push_back(to_struct<Client>(client::record(), row));
    });
    const auto credits = credits_of(w, all, when);
    for (std::size_t i = 0; i < all.size(); ++i) {
        g.add_text(all[i].code);
        g.add_text(all[i].name);
        add_figures(g, credits[i], all[i].currency, when.day);
    }
    return report;
}

Report client_sheet(Workspace& w, std::string_view code, const AsOf& when) {
    auto& db = w.db();
    const auto row = get_row(db, client::record(), code, when);
    const auto c = to_struct<Client>(client::record(), row);
    const auto credit = credit_of(w, row.id, when);
    Report report;
    report.shape = Report::Shape::record;
    report.name = N_("client");
    auto& g = report.rows;
    g.columns = credit_columns();
    g.columns.insert(g.columns.begin() + 2, {{"uscc", CellType::text, "USCC", "统一社会信用代码"},
                                             {"code_fits", CellType::flag, "Code fits", "代码有效"},
                                             {"holder", CellType::word, "Holder", "登记主体"},
                                             {"inner_check_fits", CellType::flag, "Inner check fits", "主体码校验"}});
    g.add_text(c.code);
    g.add_text(c.name);
    g.add_text(c.uscc);
    c.uscc.empty() ? g.add_null() : g.add_flag(client::code_fits(c));
    const auto holder = client::holder_of(c.uscc);
    holder.empty() ? g.add_null() : g.add_constant(holder);
    holder.empty() ? g.add_null() : g.add_flag(inner_check_fits(c.uscc));
    add_figures(g, credit, c.currency, when.day);
    report.parts = {{N_("exposure_parts"), exposure_grid(credit.exposure, c.currency.digits())},
                    {N_("kyc_checks"), rows_of(db, record(), row.id, code, when)},
                    {N_("group"), group_grid(w, row.id, when)},
                    {N_("credit_overrides"), rows_of(db, override_record(), row.id, code, when)}};
    return report;
}

}  // namespace agency::kyc
