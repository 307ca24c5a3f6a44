#include "report/aging.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "invoice/invoice.hpp"
#include "receivable/book.hpp"

namespace agency {
namespace {

using receivable::Book;
using receivable::Item;

/// Names of a noun's rows at the moment: number, and one more field.
struct Name {
    std::string number, name;
};

std::unordered_map<std::int64_t, Name> names_of(db::Session& db, const Record& r, std::string_view field,
                                                const AsOf& when) {
    std::unordered_map<std::int64_t, Name> out;
    const Changes changes(db, r, when);
    const auto at = r.index(field);
    db.each("SELECT id, " + std::string(r.key) + ", " + std::string(field) + " FROM " + std::string(r.noun),
            [&](db::Statement& s) {
                const auto* later = changes.find(s.integer(0), at);
                out.emplace(s.integer(0), Name{s.string(1), later ? later->value_or("") : s.string(2)});
            });
    return out;
}

/// Owner of each item: its own, else its contract's on that day.
std::unordered_map<std::uint32_t, std::string> owners_of(db::Session& db, const Book& book, const AsOf& when) {
    const Changes changes(db, invoice::record(), when);
    const auto at = invoice::record().index("owner");
    const auto contracts = names_of(db, contract::record(), "owner", when);
    std::unordered_map<std::uint32_t, std::string> out;
    for (const Item& i : book.items) {
        const auto* later = changes.find(i.invoice, at);
        auto owner = later ? later->value_or("")
                           : db.text("SELECT owner FROM invoice WHERE id = $1", std::int64_t{i.invoice}).value_or("");
        if (owner.empty() && i.contract) owner = contracts.at(i.contract).name;
        out.emplace(i.invoice, std::move(owner));
    }
    return out;
}

/// Standing credit notes lower the earliest-due items of their client and currency, then the next.
void net_oldest(Book& book) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::size_t>> items, credits;
    for (std::size_t i = 0; i < book.items.size(); ++i)
        (book.items[i].open < 0 ? credits : items)[{book.items[i].client, book.items[i].currency}].push_back(i);
    for (auto& [key, notes] : credits) {
        auto& targets = items[key];
        std::stable_sort(targets.begin(), targets.end(),
                         [&](auto a, auto b) { return book.items[a].due_on < book.items[b].due_on; });
        for (const auto n : notes)
            for (const auto t : targets) {
                const auto used = std::min(-book.items[n].open, book.items[t].open);
                book.items[n].open += used;
                book.items[t].open -= used;
            }
    }
    std::erase_if(book.items, [](const Item& i) { return i.open == 0; });
    for (Item& i : book.items) i.disputed = std::min(i.disputed, std::max<std::int64_t>(i.open, 0));
}

void add(std::int64_t& sum, std::int64_t amount) {
    sum = add_checked(sum, amount);
}

struct Sums {
    std::vector<std::int64_t> buckets;
    std::int64_t total = 0, overdue = 0, unapplied = 0, disputed = 0;
    explicit Sums(std::size_t n) : buckets(n) {}
    void merge(const Sums& s) {
        for (std::size_t b = 0; b < s.buckets.size(); ++b) buckets[b] = add_checked(buckets[b], s.buckets[b]);
        add(total, s.total);
        add(overdue, s.overdue);
        add(unapplied, s.unapplied);
        add(disputed, s.disputed);
    }
    void take_unapplied(std::int64_t amount) { unapplied = add_checked(unapplied, amount); }
    void take(const Item& i, std::size_t bucket, bool late) {
        buckets[bucket] = add_checked(buckets[bucket], i.open);
        total = add_checked(total, i.open);
        if (late) add(overdue, i.open);
        add(disputed, i.disputed);
    }
};

void add_sums(Grid& grid, const Sums& s, int digits, bool unapplied) {
    for (const auto b : s.buckets) grid.add_money(b, digits);
    grid.add_money(s.total, digits);
    grid.add_money(s.overdue, digits);
    if (unapplied) grid.add_money(s.unapplied, digits);
    grid.add_money(s.disputed, digits);
}

void add_sum_columns(std::vector<GridColumn>& columns, const Buckets& buckets, bool unapplied) {
    for (std::size_t b = 0; b < buckets.keys.size(); ++b)
        columns.push_back({buckets.keys[b], CellType::money, buckets.en[b], buckets.zh[b]});
    columns.push_back({"total", CellType::money, "Total", "合计"});
    columns.push_back({"overdue", CellType::money, "Overdue", "逾期"});
    if (unapplied) columns.push_back({"unapplied", CellType::money, "Unapplied", "未核销回款"});
    columns.push_back({"disputed", CellType::money, "Disputed", "争议"});
}

struct GroupKey {
    std::string key, name, currency;
    auto operator<=>(const GroupKey&) const = default;
};
/// Empty keys last.
struct ByKey {
    bool operator()(const GroupKey& a, const GroupKey& b) const {
        return std::tuple(a.key.empty(), a.key, a.currency) < std::tuple(b.key.empty(), b.key, b.currency);
    }
};

std::vector<GridColumn> key_columns(const std::string& by) {
    if (by == "client")
        return {{"client", CellType::text, "Client", "客户编号"}, {"client_name", CellType::text, "Name", "客户名称"}};
    if (by == "contract")
        return {{"contract", CellType::text, "Contract", "合同编号"}, {"title", CellType::text, "Title", "合同名称"}};
    if (by == "owner") return {{"owner", CellType::text, "Owner", "责任人"}};
    if (by == "department") return {{"department", CellType::text, "Department", "部门"}};
    if (by == "project") return {{"project", CellType::text, "Project", "项目"}};
    return {};
}

/// Rows of groups, and the totals.
void group(Report& report, db::Session& db, const AgingOptions& o, const Book& book, const Buckets& buckets,
           std::map<std::string, Sums>& totals) {
    const bool by_client = o.by == "client", named = by_client || o.by == "contract";
    std::unordered_map<std::int64_t, Name> clients, contracts;
    std::unordered_map<std::uint32_t, std::string> owners;
    if (by_client) clients = names_of(db, client::record(), "name", o.when);
    if (o.by == "contract") contracts = names_of(db, contract::record(), "title", o.when);
    if (o.by == "department" || o.by == "project") contracts = names_of(db, contract::record(), o.by, o.when);
    if (o.by == "owner") owners = owners_of(db, book, o.when);

    // Sums by id first: a hash of numbers is cheaper than one of names, and only a few ids share a name.
    std::vector<std::string> owner_names{""};
    std::unordered_map<std::string, std::uint64_t> owner_ids{{"", 0}};
    const auto id_of = [&](const Item& i) -> std::uint64_t {
        if (o.by == "currency") return 0;
        if (o.by != "owner") return by_client ? i.client : i.contract;
        const auto [it, fresh] = owner_ids.try_emplace(owners.at(i.invoice), owner_names.size());
        if (fresh) owner_names.push_back(it->first);
        return it->second;
    };
    std::unordered_map<std::uint64_t, Sums> by_id;
    const auto sums_of = [&](std::uint64_t id, std::uint32_t currency) -> Sums& {
        return by_id.try_emplace(id << 24 | currency, buckets.keys.size()).first->second;
    };
    for (const Item& i : book.items)
        sums_of(id_of(i), i.currency)
            .take(i, buckets.of(Date{o.basis == "due" ? i.due_on : i.issued_on}, o.when.day),
                  i.due_on < o.when.day.days);
    for (const auto& [key, amount] : book.unapplied)
        sums_of(by_client ? key.first : 0, key.second).take_unapplied(amount);

    std::vector<std::pair<GroupKey, Sums>> groups;
    groups.reserve(by_id.size());
    for (auto& [id, sums] : by_id) {
        GroupKey k{"", "", unpacked_code(id & 0xFFFFFF)};
        if (const auto n = static_cast<std::int64_t>(id >> 24); n != 0 && o.by == "owner") {
            k.key = owner_names[static_cast<std::size_t>(n)];
        } else if (n != 0) {
            const Name& name = (by_client ? clients : contracts).at(n);
            k.key = named ? name.number : name.name;
            if (named) k.name = name.name;
        }
        groups.emplace_back(std::move(k), std::move(sums));
    }
    std::sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) { return ByKey{}(a.first, b.first); });
    std::size_t kept = 0;
    for (std::size_t n = 1; n < groups.size(); ++n) {
        if (groups[n].first == groups[kept].first)
            groups[kept].second.merge(groups[n].second);
        else if (++kept != n)
            groups[kept] = std::move(groups[n]);
    }
    if (!groups.empty()) groups.resize(kept + 1, {GroupKey{}, Sums(0)});

    report.rows.columns = key_columns(o.by);
    report.rows.columns.push_back({"currency", CellType::text, "Currency", "币种"});
    add_sum_columns(report.rows.columns, buckets, true);
    report.rows.reserve(groups.size());
    for (const auto& [key, sums] : groups) {
        const int digits = Currency::parse(key.currency).value_or(Currency{}).digits();
        if (o.by != "currency") report.rows.add_text(key.key);
        if (named) report.rows.add_text(key.name);
        report.rows.add_text(key.currency);
        add_sums(report.rows, sums, digits, true);
        totals.try_emplace(key.currency, buckets.keys.size()).first->second.merge(sums);
    }
}

/// One row an item, by due day and number.
void list_items(Report& report, db::Session& db, const AgingOptions& o, Book& book, const Buckets& buckets,
                std::map<std::string, Sums>& totals) {
    const auto clients = names_of(db, client::record(), "name", o.when);
    const auto contracts = names_of(db, contract::record(), "title", o.when);
    const auto owners = owners_of(db, book, o.when);
    auto& g = report.rows;
    g.columns = {{"invoice", CellType::text, "Invoice", "发票号码"},
                 {"contract", CellType::text, "Contract", "合同编号"},
                 {"client", CellType::text, "Client", "客户编号"},
                 {"owner", CellType::text, "Owner", "责任人"},
                 {"kind", CellType::text, "Kind", "款项性质"},
                 {"issued_on", CellType::day, "Issued", "开票日期"},
                 {"due_on", CellType::day, "Due", "到期日"},
                 {"days_overdue", CellType::integer, "Days overdue", "逾期天数"},
                 {"currency", CellType::text, "Currency", "币种"},
                 {"amount", CellType::money, "Amount", "金额"},
                 {"settled", CellType::money, "Settled", "已核销"},
                 {"open", CellType::money, "Open", "未收"},
                 {"bucket", CellType::text, "Bucket", "账龄"}};
    std::vector<std::pair<std::string, std::size_t>> order;
    struct Fact {
        std::string kind;
        std::int64_t amount;
    };
    std::vector<Fact> facts;
    for (std::size_t n = 0; n < book.items.size(); ++n)
        db.each(
            "SELECT number, kind, amount FROM invoice WHERE id = $1",
            [&](db::Statement& s) {
                order.emplace_back(s.string(0), n);
                facts.push_back({s.string(1), s.integer(2)});
            },
            std::int64_t{book.items[n].invoice});
    std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
        return std::tie(book.items[a.second].due_on, a.first) < std::tie(book.items[b.second].due_on, b.first);
    });
    for (const auto& [number, n] : order) {
        const Item& i = book.items[n];
        const auto code = unpacked_code(i.currency);
        const int digits = Currency::parse(code).value_or(Currency{}).digits();
        const auto bucket = buckets.of(Date{o.basis == "due" ? i.due_on : i.issued_on}, o.when.day);
        const auto amount = i.credit_note ? -facts[n].amount : facts[n].amount;
        g.add_text(number);
        g.add_text(i.contract ? contracts.at(i.contract).number : "");
        g.add_text(clients.at(i.client).number);
        g.add_text(owners.at(i.invoice));
        g.add_text(facts[n].kind);
        g.add_day(Date{i.issued_on});
        g.add_day(Date{i.due_on});
        g.add_integer(std::max(0, o.when.day.days - i.due_on));
        g.add_text(code);
        g.add_money(amount, digits);
        g.add_money(amount - i.open, digits);
        g.add_money(i.open, digits);
        g.add_text(buckets.keys[bucket]);
        totals.try_emplace(code, buckets.keys.size()).first->second.take(i, bucket, i.due_on < o.when.day.days);
    }
}

void keep_client(Book& book, std::uint32_t client) {
    std::erase_if(book.items, [&](const Item& i) { return i.client != client; });
    std::erase_if(book.unapplied, [&](const auto& e) { return e.first.first != client; });
}

/// Σ buckets = total, and Σ totals = Σ open items, per currency.
void check(Report& report, const Book& book, const std::map<std::string, Sums>& totals) {
    Check buckets{"buckets_equal_total", true, {}}, items{"total_equals_open_items", true, {}};
    std::map<std::string, std::int64_t> open;
    for (const Item& i : book.items) open[unpacked_code(i.currency)] += i.open;
    for (const auto& [code, s] : totals) {
        const int digits = Currency::parse(code).value_or(Currency{}).digits();
        std::int64_t sum = 0;
        for (const auto b : s.buckets) sum = add_checked(sum, b);
        const auto differ = [&](Check& c, std::int64_t difference) {
            if (difference == 0) return;
            c.ok = false;
            c.message = say("{currency} differs by {amount}", fmt::arg("currency", code),
                            fmt::arg("amount", to_plain(difference, digits)));
        };
        differ(buckets, sum - s.total);
        differ(items, s.total - open[code]);
    }
    report.checks = {buckets, items};
}

}  // namespace

Buckets::Buckets(const std::string& text) {
    std::string_view s = text;
    while (true) {
        auto item = trim(s.substr(0, s.find(',')));
        const bool year = item.ends_with('y');
        if (year) item.remove_suffix(1);
        int n = 0;
        const auto [p, ec] = std::from_chars(item.data(), item.data() + item.size(), n);
        const bool good = ec == std::errc{} && p == item.data() + item.size() && !item.empty() &&
                          n > (bounds_.empty() ? 0 : bounds_.back()) && n < (year ? 1000 : 100'000);
        if (!good || (!bounds_.empty() && year != years_))
            throw Error(Exit::usage, say("\"{text}\" is no list of buckets", fmt::arg("text", text)),
                        tr("write ascending days, 30,60,90, or years, 1y,2y,3y"))
                .with_field("buckets");
        years_ = year;
        bounds_.push_back(n);
        if (s.find(',') == s.npos) break;
        s.remove_prefix(s.find(',') + 1);
    }
    if (!years_) {
        keys.push_back("not_due");
        en.push_back("Not due");
        zh.push_back("未到期");
    }
    int from = years_ ? 0 : 1;
    for (const int to : bounds_) {
        keys.push_back(fmt::format("{}{}_{}", years_ ? 'y' : 'd', from, to));
        en.push_back(fmt::format("{}-{}{}", from, to, years_ ? " y" : ""));
        zh.push_back(years_ ? fmt::format("{}-{}年", from, to) : fmt::format("{}-{}天", from, to));
        from = years_ ? to : to + 1;
    }
    keys.push_back(fmt::format("{}{}_plus", years_ ? 'y' : 'd', from));
    en.push_back(fmt::format("{}+{}", from, years_ ? " y" : ""));
    zh.push_back(years_ ? fmt::format("{}年以上", from) : fmt::format("{}天以上", from));
}

std::size_t Buckets::of(Date base, Date day) const {
    if (years_) {
        for (std::size_t b = 0; b < bounds_.size(); ++b)
            if (day <= add_years(base, bounds_[b])) return b;
        return bounds_.size();
    }
    const int age = day - base;
    if (age <= 0) return 0;
    return static_cast<std::size_t>(std::lower_bound(bounds_.begin(), bounds_.end(), age) - bounds_.begin()) + 1;
}

std::vector<GridColumn> aging_columns() {
    auto columns = key_columns("client");
    columns.push_back({"currency", CellType::text, "Currency", "币种"});
    add_sum_columns(columns, Buckets(Rules{}.aging_buckets), true);
    return columns;
}

Report aging(Workspace& w, const AgingOptions& o) {
    auto& db = w.db();
    const Buckets buckets(o.buckets);
    Book book = receivable::open_book(db, o.when);
    if (!o.client.empty())
        keep_client(book, static_cast<std::uint32_t>(get_row(db, client::record(), o.client, o.when).id));
    if (o.credits == "net-oldest") net_oldest(book);

    Report report;
    report.shape = Report::Shape::report;
    report.name = "receivable.aging";
    report.narrow = {"total",  "overdue", "currency", "client_name", "invoice",
                     "client", "due_on",  "open",     "bucket",      "not_due"};
    report.as_of = o.when.day;
    report.known_at = o.when.known_at;
    report.parameters = {{"by", o.by}, {"basis", o.basis}, {"buckets", o.buckets}, {"credits", o.credits}};
    if (!o.client.empty()) report.parameters.emplace_back("client", o.client);
    if (!o.fail_if.empty()) report.parameters.emplace_back("fail_if", o.fail_if);

    std::map<std::string, Sums> totals;
    if (o.by == "invoice")
        list_items(report, db, o, book, buckets, totals);
    else
        group(report, db, o, book, buckets, totals);

    const bool items = o.by == "invoice";
    report.totals.columns = report.rows.columns;
    if (items) {
        report.totals.columns.clear();
        report.totals.columns.push_back({"currency", CellType::text, "Currency", "币种"});
        add_sum_columns(report.totals.columns, buckets, false);
    }
    for (const auto& [code, sums] : totals) {
        const int digits = Currency::parse(code).value_or(Currency{}).digits();
        const auto at = report.totals.find("currency");
        for (int c = 0; c < at; ++c) report.totals.add_null();
        report.totals.add_text(code);
        add_sums(report.totals, sums, digits, !items);
    }
    check(report, book, totals);
    return report;
}

}  // namespace agency
