#include "report/aging.hpp"

#include <algorithm>
#include <charconv>
#include <compare>
#include <map>
#include <optional>
#include <unordered_map>

#include "base/error.hpp"
#include "base/memory.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "invoice/invoice.hpp"
#include "receivable/book.hpp"

namespace agency {
namespace {

using receivable::Book;
using receivable::Item;

/// Names of a noun's rows at the moment: number, and one more field. One block of text, found by id.
class Names {
public:
    Names() = default;
    Names(db::Session& db, const Record& r, std::string_view field, const AsOf& when) {
        const Changes changes(db, r, when);
        const auto at = r.index(field);
        db.each("SELECT id, " + std::string(r.key) + ", " + std::string(field) + " FROM " + std::string(r.noun) +
                    " ORDER BY id",
                [&](db::Statement& s) {
                    const auto* later = changes.empty() ? nullptr : changes.find(s.integer(0), at);
                    const auto name = !later ? s.text(2) : *later ? std::string_view(**later) : std::string_view();
                    const auto id = static_cast<std::size_t>(s.integer(0));
                    while (ends_.size() < 2 * id) ends_.push_back(text_.size());
                    ends_.push_back((text_ += s.text(1)).size());
                    ends_.push_back((text_ += name).size());
                });
    }
    std::string_view number(std::int64_t id) const { return part(2 * static_cast<std::size_t>(id)); }
    std::string_view name(std::int64_t id) const { return part(2 * static_cast<std::size_t>(id) + 1); }

private:
    std::string_view part(std::size_t n) const {
        const auto from = ends_.at(n - 1);
        return std::string_view(text_).substr(from, ends_.at(n) - from);
    }
    std::string text_;
    std::vector<std::size_t> ends_;  ///< of number and name, by twice the id; ids begin with 1
};

/// Owner of each item: its own, else its contract's on that day.
std::unordered_map<std::uint32_t, std::string> owners_of(db::Session& db, const Book& book, const AsOf& when) {
    const Changes changes(db, invoice::record(), when);
    const auto at = invoice::record().index("owner");
    const Names contracts(db, contract::record(), "owner", when);
    std::unordered_map<std::uint32_t, std::string> out;
    for (const Item& i : book.items) {
        const auto* later = changes.find(i.invoice, at);
        auto owner = later ? later->value_or("")
                           : db.text("SELECT owner FROM invoice WHERE id = $1", std::int64_t{i.invoice}).value_or("");
        if (owner.empty() && i.contract) owner = contracts.name(i.contract);
        out.emplace(i.invoice, std::move(owner));
    }
    return out;
}

/// Standing credit notes, the earliest first, lower the earliest-due items of their client and currency: by due day,
/// day of issue and number, as receipts are matched.
void net_oldest(db::Session& db, Book& book) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::size_t>> items, credits;
    for (std::size_t i = 0; i < book.items.size(); ++i)
        (book.items[i].open < 0 ? credits : items)[{book.items[i].client, std::uint32_t{book.items[i].currency}}]
            .push_back(i);
    std::unordered_map<std::uint32_t, std::string> numbers;  // of those that the days do not tell apart
    const auto number = [&](const Item& i) -> const std::string& {
        auto& known = numbers[i.invoice];
        if (known.empty()) known = number_of(db, invoice::record(), i.invoice);
        return known;
    };
    const auto earlier = [&](std::size_t a, std::size_t b) {
        const Item &x = book.items[a], &y = book.items[b];
        if (const auto order = std::tie(x.due_on, x.issued_on) <=> std::tie(y.due_on, y.issued_on); order != 0)
            return order < 0;
        return a != b && number(x) < number(y);
    };
    for (auto& [key, notes] : credits) {
        auto& targets = items[key];
        std::sort(notes.begin(), notes.end(), earlier);
        std::sort(targets.begin(), targets.end(), earlier);
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

/// The sums of a group stand in a row: one for each bucket, then these.
enum Sum : std::size_t { total, overdue, unapplied, disputed, sums };

/// The sums of many groups, one row of numbers each.
class Sums {
public:
    explicit Sums(std::size_t buckets) : buckets_(buckets) {}
    std::size_t add_group() {
        all_.resize(all_.size() + width());
        return all_.size() / width() - 1;
    }
    void take(std::size_t group, const Item& i, std::size_t bucket, bool late) {
        auto* row = at(group);
        add(row[bucket], i.open);
        add(row[buckets_ + total], i.open);
        if (late) add(row[buckets_ + overdue], i.open);
        add(row[buckets_ + disputed], i.disputed);
    }
    void take_unapplied(std::size_t group, std::int64_t amount) { add(at(group)[buckets_ + unapplied], amount); }
    void merge(std::size_t group, const std::int64_t* row) {
        for (std::size_t n = 0; n < width(); ++n) add(at(group)[n], row[n]);
    }
    const std::int64_t* of(std::size_t group) const { return &all_[group * width()]; }
    std::int64_t of(std::size_t group, Sum sum) const { return of(group)[buckets_ + sum]; }
    std::size_t buckets() const { return buckets_; }

private:
    std::size_t width() const { return buckets_ + sums; }
    std::int64_t* at(std::size_t group) { return &all_[group * width()]; }
    static void add(std::int64_t& sum, std::int64_t amount) { sum = add_checked(sum, amount); }

    std::size_t buckets_;
    std::vector<std::int64_t> all_;
};

/// Totals by currency.
struct SumsByCurrency {
    explicit SumsByCurrency(std::size_t buckets) : rows(buckets) {}
    std::size_t of(const std::string& currency) {
        const auto [it, fresh] = groups.try_emplace(currency, 0);
        if (fresh) it->second = rows.add_group();
        return it->second;
    }
    Sums rows;
    std::map<std::string, std::size_t> groups;
};

/// Of every row, for the report to check itself by, and of those that are asked for.
class Totals {
public:
    Totals(std::size_t buckets, const Grid& grid, std::string_view where) : all(buckets), grid_(grid), shown_(buckets) {
        if (!where.empty()) condition_.emplace(where, grid.columns);
    }
    SumsByCurrency all;
    const SumsByCurrency& shown() const { return condition_ ? shown_ : all; }

    /// Of the grid's last row.
    void add(const std::string& currency, const std::int64_t* sums) {
        all.rows.merge(all.of(currency), sums);
        if (condition_ && condition_->holds(grid_, grid_.rows() - 1)) shown_.rows.merge(shown_.of(currency), sums);
    }

private:
    const Grid& grid_;
    SumsByCurrency shown_;
    std::optional<Condition> condition_;
};

void add_sums(Grid& grid, const Sums& all, std::size_t group, int digits, bool with_unapplied) {
    for (std::size_t b = 0; b < all.buckets(); ++b) grid.add_money(all.of(group)[b], digits);
    for (const auto sum : {total, overdue, unapplied, disputed})
        if (sum != unapplied || with_unapplied) grid.add_money(all.of(group, sum), digits);
}

void add_sum_columns(std::vector<GridColumn>& columns, const Buckets& buckets, bool unapplied) {
    for (std::size_t b = 0; b < buckets.keys.size(); ++b)
        columns.push_back({buckets.keys[b], CellType::money, buckets.en[b], buckets.zh[b]});
    columns.push_back({"total", CellType::money, "Total", "合计"});
    columns.push_back({"overdue", CellType::money, "Overdue", "逾期"});
    if (unapplied) columns.push_back({"unapplied", CellType::money, "Unapplied", "未核销回款"});
    columns.push_back({"disputed", CellType::money, "Disputed", "争议"});
}

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

/// Groups by id and currency, found by arrays: there are many ids and few currencies.
class Groups {
public:
    struct Key {
        std::uint32_t id, currency;
    };
    std::vector<Key> keys;
    Sums rows;
    explicit Groups(std::size_t buckets) : rows(buckets) {}

    std::size_t of(std::uint32_t id, std::uint32_t currency) {
        auto& places = places_of(currency);
        if (id >= places.size()) places.resize(std::max<std::size_t>(id + 1, places.size() * 3 / 2));
        if (places[id] == 0) {
            keys.push_back({id, currency});
            places[id] = static_cast<std::uint32_t>(rows.add_group()) + 1;
        }
        return places[id] - 1;
    }

private:
    std::vector<std::uint32_t>& places_of(std::uint32_t currency) {
        for (auto& [code, places] : places_)
            if (code == currency) return places;
        return places_.emplace_back(currency, std::vector<std::uint32_t>()).second;
    }
    std::vector<std::pair<std::uint32_t, std::vector<std::uint32_t>>> places_;
};

/// Rows of groups, and the totals.
Totals group(Report& report, db::Session& db, const AgingOptions& o, const Book& book, const Buckets& buckets) {
    const bool by_client = o.by == "client", by_owner = o.by == "owner", titled = by_client || o.by == "contract";
    Names names;
    if (by_client) names = Names(db, client::record(), "name", o.when);
    if (o.by == "contract") names = Names(db, contract::record(), "title", o.when);
    if (o.by == "department" || o.by == "project") names = Names(db, contract::record(), o.by, o.when);
    std::unordered_map<std::uint32_t, std::string> owners;
    if (by_owner) owners = owners_of(db, book, o.when);

    std::vector<std::string> owner_names{""};
    std::unordered_map<std::string, std::uint32_t> owner_ids{{"", 0}};
    const auto id_of = [&](const Item& i) -> std::uint32_t {
        if (o.by == "currency") return 0;
        if (!by_owner) return by_client ? i.client : i.contract;
        const auto [it, fresh] =
            owner_ids.try_emplace(owners.at(i.invoice), static_cast<std::uint32_t>(owner_names.size()));
        if (fresh) owner_names.push_back(it->first);
        return it->second;
    };
    Groups groups(buckets.keys.size());
    const bool due = o.basis == "due";
    for (const Item& i : book.items)
        groups.rows.take(groups.of(id_of(i), i.currency), i, buckets.of(Date{due ? i.due_on : i.issued_on}, o.when.day),
                         i.due_on < o.when.day.days);
    for (const auto& u : book.unapplied)
        groups.rows.take_unapplied(groups.of(by_client ? u.client : 0, u.currency), u.amount);

    struct Row {
        std::string_view key, name;  ///< an empty key stands last
        std::uint32_t currency;      ///< packed, which has the order of the codes
        std::size_t group;
    };
    std::vector<Row> rows;
    rows.reserve(groups.keys.size());
    for (std::size_t n = 0; n < groups.keys.size(); ++n) {
        const auto& [id, currency] = groups.keys[n];
        Row row{{}, {}, currency, n};
        if (id != 0) row.key = by_owner ? owner_names[id] : titled ? names.number(id) : names.name(id);
        if (id != 0 && titled) row.name = names.name(id);
        rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        if (a.key.empty() != b.key.empty()) return b.key.empty();
        if (const int order = a.key.compare(b.key)) return order < 0;
        return a.currency < b.currency;
    });
    std::size_t kept = 0;  // contracts of one department or project are one group
    for (std::size_t n = 1; n < rows.size(); ++n)
        if (rows[n].key == rows[kept].key && rows[n].currency == rows[kept].currency)
            groups.rows.merge(rows[kept].group, groups.rows.of(rows[n].group));
        else if (++kept != n)
            rows[kept] = rows[n];
    if (!rows.empty()) rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(kept) + 1, rows.end());

    report.rows.columns = key_columns(o.by);
    report.rows.columns.push_back({"currency", CellType::text, "Currency", "币种"});
    add_sum_columns(report.rows.columns, buckets, true);
    Totals totals(buckets.keys.size(), report.rows, o.where);
    expect_memory(rows.size() * report.rows.columns.size() * sizeof(Cell));
    report.rows.reserve(rows.size());
    for (const Row& row : rows) {
        const auto currency = unpacked_code(row.currency);
        const int digits = Currency::parse(currency).value_or(Currency{}).digits();
        if (o.by != "currency") report.rows.add_text(row.key);
        if (titled) report.rows.add_text(row.name);
        report.rows.add_text(currency);
        add_sums(report.rows, groups.rows, row.group, digits, true);
        totals.add(currency, groups.rows.of(row.group));
    }
    return totals;
}

/// One row an item, by due day and number.
Totals list_items(Report& report, db::Session& db, const AgingOptions& o, Book& book, const Buckets& buckets) {
    const Names clients(db, client::record(), "name", o.when), contracts(db, contract::record(), "title", o.when);
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
    Totals totals(buckets.keys.size(), g, o.where);
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
        g.add_text(i.contract ? contracts.number(i.contract) : std::string_view());
        g.add_text(clients.number(i.client));
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
        Sums own(buckets.keys.size());
        own.take(own.add_group(), i, bucket, i.due_on < o.when.day.days);
        totals.add(code, own.of(0));
    }
    return totals;
}

void keep_client(Book& book, std::uint32_t client) {
    std::erase_if(book.items, [&](const Item& i) { return i.client != client; });
    std::erase_if(book.unapplied, [&](const auto& u) { return u.client != client; });
}

/// Σ buckets = total, and Σ totals = Σ open items, per currency.
void check(Report& report, const Book& book, const SumsByCurrency& totals) {
    Check buckets{"buckets_equal_total", true, {}}, items{"total_equals_open_items", true, {}};
    std::map<std::string, std::int64_t> open;
    std::map<std::uint32_t, std::int64_t> packed;
    for (const Item& i : book.items) packed[i.currency] += i.open;
    for (const auto& [code, sum] : packed) open[unpacked_code(code)] = sum;
    for (const auto& [code, group] : totals.groups) {
        const int digits = Currency::parse(code).value_or(Currency{}).digits();
        std::int64_t sum = 0;
        for (std::size_t b = 0; b < totals.rows.buckets(); ++b) sum = add_checked(sum, totals.rows.of(group)[b]);
        const auto differ = [&](Check& c, std::int64_t difference) {
            if (difference == 0) return;
            c.ok = false;
            c.message = say("{currency} differs by {amount}", fmt::arg("currency", code),
                            fmt::arg("amount", to_plain(difference, digits)));
        };
        differ(buckets, sum - totals.rows.of(group, total));
        differ(items, totals.rows.of(group, total) - open[code]);
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
    if (o.credits == "net-oldest") net_oldest(db, book);

    Report report;
    report.shape = Report::Shape::report;
    report.name = "receivable.aging";
    report.narrow = {"total", "overdue", "currency", "client_name", "invoice", "client", "due_on", "open", "bucket"};
    report.as_of = o.when.day;
    report.known_at = o.when.known_at;
    report.parameters = {{"by", o.by}, {"basis", o.basis}, {"buckets", o.buckets}, {"credits", o.credits}};
    if (!o.client.empty()) report.parameters.emplace_back("client", o.client);
    if (!o.where.empty()) report.parameters.emplace_back("where", o.where);
    if (!o.fail_if.empty()) report.parameters.emplace_back("fail_if", o.fail_if);

    const bool items = o.by == "invoice";
    const auto totals = items ? list_items(report, db, o, book, buckets) : group(report, db, o, book, buckets);
    report.totals.columns = report.rows.columns;
    if (items) {
        report.totals.columns.clear();
        report.totals.columns.push_back({"currency", CellType::text, "Currency", "币种"});
        add_sum_columns(report.totals.columns, buckets, false);
    }
    for (const auto& [code, group] : totals.shown().groups) {
        const int digits = Currency::parse(code).value_or(Currency{}).digits();
        const auto at = report.totals.find("currency");
        for (int c = 0; c < at; ++c) report.totals.add_null();
        report.totals.add_text(code);
        add_sums(report.totals, totals.shown().rows, group, digits, !items);
    }
    check(report, book, totals.all);
    return report;
}

}  // namespace agency
