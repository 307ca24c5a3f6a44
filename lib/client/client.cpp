#include "client/client.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "client/codes.hpp"
#include "client/group.hpp"

namespace agency::client {
namespace {

constexpr std::string_view code_aliases[] = {"客户代码", "单位编号",      "client code",
                                             "customer", "customer code", "client"};
constexpr std::string_view name_aliases[] = {"客户",     "单位名称",    "公司名称",      "对方名称",
                                             "对方单位", "client name", "customer name", "vendor_name"};
constexpr std::string_view uscc_aliases[] = {"信用代码", "税号", "纳税人识别号", "tax number"};
constexpr std::string_view contact_aliases[] = {"联系人姓名", "对方联系人"};
constexpr std::string_view phone_aliases[] = {"联系电话", "手机"};
constexpr std::string_view email_aliases[] = {"邮箱", "电子邮箱", "mail"};
constexpr std::string_view parent_aliases[] = {"上级客户", "上级单位", "总公司", "集团", "parent client", "group"};
constexpr std::string_view limit_aliases[] = {"信用额度", "授信额度"};
constexpr std::string_view enterprise_aliases[] = {"公司", "company"}, government_aliases[] = {"政府", "政府机关"},
                           individual_aliases[] = {"自然人", "person"};
constexpr std::string_view large_aliases[] = {"大"}, medium_aliases[] = {"中"}, small_aliases[] = {"小"},
                           micro_aliases[] = {"微"};
constexpr Word kinds[] = {{"enterprise", "企业", enterprise_aliases},
                          {"government", "机关", government_aliases},
                          {"institution", "事业单位"},
                          {"individual", "个人", individual_aliases}};
constexpr Word sizes[] = {{"large", "大型", large_aliases},
                          {"medium", "中型", medium_aliases},
                          {"small", "小型", small_aliases},
                          {"micro", "微型", micro_aliases}};

constexpr Field fields[] = {
    Field{"code", FieldType::number, member<&Client::code>, "Code", "客户编号",
          N_("Short code by which people and files name the client")}
        .required()
        .fixed()
        .also(code_aliases),
    Field{"name", FieldType::text, member<&Client::name>, "Name", "客户名称",
          N_("Legal name; a later name takes effect on its day")}
        .required()
        .dated()
        .also(name_aliases),
    Field{"uscc", FieldType::text, member<&Client::uscc>, "USCC", "统一社会信用代码",
          N_("Unified social credit code, 18 characters (GB 32100-2015); unique among clients that are not voided, but "
             "for a branch and its parent")}
        .also(uscc_aliases),
    Field{"kind", FieldType::choice, member<&Client::kind>, "Kind", "客户类型",
          N_("What the client is; payment terms by law depend on it")}
        .fixed()
        .one_of(kinds),
    Field{"size", FieldType::choice, member<&Client::size>, "Size", "企业规模",
          N_("Size of an enterprise; small and medium ones are protected as creditors")}
        .one_of(sizes),
    Field{"contact", FieldType::text, member<&Client::contact>, "Contact", "联系人", N_("Person to talk to")}.also(
        contact_aliases),
    Field{"phone", FieldType::text, member<&Client::phone>, "Phone", "电话", N_("Telephone number as dialled")}.also(
        phone_aliases),
    Field{"email", FieldType::text, member<&Client::email>, "Email", "电子邮件", N_("Mail address")}.also(
        email_aliases),
    Field{"credit_limit", FieldType::money, member<&Client::credit_limit>, "Credit limit", "信用额度",
          N_("Most that the client may owe, in its currency")}
        .also(limit_aliases),
    Field{"currency", FieldType::currency, member<&Client::currency>, "Currency", "币种",
          N_("Currency of its receipts unless they say otherwise; default CNY")}
        .fixed(),
    Field{"note", FieldType::text, member<&Client::note>, "Note", "备注", N_("Anything else")},
    Field{"parent", FieldType::reference, member<&Client::parent>, "Parent", "上级客户编号",
          N_("Client that it belongs to, by code: the head office of a branch, the head of a group; empty: none")}
        .dated()
        .also(parent_aliases)
        .refers_to(record)
        .tree("KYC-004"),
};

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

enum {
    k_code,
    k_name,
    k_uscc,
    k_kind,
    k_size,
    k_contact,
    k_phone,
    k_email,
    k_credit_limit,
    k_currency,
    k_note,
    k_parent
};
constexpr std::string_view may_be_accepted[] = {"KYC-001"};

class Rules final : public RowRules {
public:
    std::span<const std::string_view> acceptable() const override { return may_be_accepted; }
    void begin(Workspace& w, const ImportOptions&) override {
        db_ = &w.db();
        const Changes changes(w.db(), record(), AsOf{w.today()});
        names_ = similar_ = {};
        codes_ = {};
        undecided_.clear();
        rows_.clear();
        w.db().each("SELECT id, name, uscc, parent FROM client", [&](db::Statement& s) {
            const auto id = s.integer(0);
            if (changes.voided_on(id)) return;
            const auto in_force = [&](std::size_t field, std::string_view entered) {
                const auto* later = changes.find(id, field);
                return !later ? entered : *later ? std::string_view(**later) : std::string_view();
            };
            remember(in_force(k_name, s.text(1)), static_cast<std::uint32_t>(id));
            if (const auto uscc = in_force(k_uscc, s.text(2)); !uscc.empty())
                codes_.add(uscc, static_cast<std::uint32_t>(id));
            if (const auto* later = changes.find(id, k_parent))
                codes_.belongs(static_cast<std::uint32_t>(id), *later ? std::stoll(**later) : 0);
            else if (!s.is_null(3))
                codes_.belongs(static_cast<std::uint32_t>(id), s.integer(3));
        });
    }
    std::uint32_t resolve(const Field&, std::string_view) override { return 0; }
    void check(ImportRow& row) override {
        auto& v = row.values;
        if (!v[k_currency]) v[k_currency] = Value::of(std::string_view("CNY"));
        if (v[k_credit_limit] && v[k_credit_limit].n < 0)
            row.problem("credit_limit", "", tr("a credit limit is not negative"));
        pairs_.clear();
        if (v[k_uscc] && !(row.old && row.old->values[k_uscc] == v[k_uscc]))
            check_uscc(row);
        else if (v[k_uscc] && row.old && row.old->values[k_parent] != v[k_parent])
            check_unique(row);
        if (v[k_name] && !(row.old && row.old->values[k_name] == v[k_name])) check_name(row);
    }
    void take(ImportRow& row) override {
        remember(row.values[k_name].s, row.id);
        if (!row.old) {
            if (rows_.empty()) first_ = row.id;
            rows_.push_back(static_cast<std::uint32_t>(row.number));
        }
        if (row.values[k_uscc]) codes_.add(row.values[k_uscc].s, row.id);
        codes_.belongs(row.id, row.values[k_parent].n);
        undecided_.insert(undecided_.end(), pairs_.begin(), pairs_.end());
    }
    /// Codes of which it only now is known who belongs to whom.
    void finish(const Late& late, const IdOf& id_of) override {
        const auto parent = [&](std::uint32_t id) { return id_of(codes_.parent_of(id)); };
        for (const Pair& p : undecided_)
            if (!share_code(p.id, parent(p.id), p.other, parent(p.other)))
                late({.row = p.row,
                      .field = "uscc",
                      .rule = "KYC-002",
                      .message = code_is_taken(p.other, p.code),
                      .code = Exit::conflict});
    }

private:
    void check_uscc(ImportRow& row) {
        Value& uscc = row.values[k_uscc];
        const auto judged = judge_uscc(uscc.s, normal_);
        const bool person =
            row.values[k_kind] && row.values[k_kind].n == static_cast<std::int64_t>(Client::Kind::individual);
        const auto id = person ? judge_person_id(normal_) : PersonId::form;
        if (judged == Uscc::valid || id == PersonId::valid)
            ;
        else if (is_legacy_tax_number(normal_))
            row.problem("uscc", "KYC-001",
                        say("\"{text}\" is a tax number of before 2015, no unified social credit code",
                            fmt::arg("text", uscc.s)));
        else if (judged == Uscc::check || id == PersonId::check)
            row.problem("uscc", "KYC-001",
                        say("the check character of \"{text}\" does not fit", fmt::arg("text", uscc.s)));
        else
            return row.problem(
                "uscc", "KYC-003",
                say("\"{text}\" is no unified social credit code: it has 18 characters, without I O S V Z",
                    fmt::arg("text", uscc.s)));
        uscc = Value::of(std::string_view(normal_));
        check_unique(row);
    }
    void check_unique(ImportRow& row) {
        const auto code = row.values[k_uscc].s;
        const auto parent = row.values[k_parent].n;
        for (const auto other : codes_.others(code, row.id)) {
            const auto others_parent = codes_.parent_of(other);
            if (share_code(row.id, parent, other, others_parent)) continue;
            if (parent < 0 || others_parent < 0)
                pairs_.push_back({row.number, row.id, other, std::string(code)});
            else
                row.report({.field = "uscc",
                            .rule = "KYC-002",
                            .message = code_is_taken(other, code),
                            .code = Exit::conflict});
        }
    }
    std::string code_is_taken(std::uint32_t other, std::string_view code) {
        const auto number = number_of(*db_, record(), other);
        return number.empty() ? say("an earlier row has the code {code}; a branch of it names it as its parent",
                                    fmt::arg("code", code))
                              : say("client {number} has the code {code}; a branch of it has --parent {number}",
                                    fmt::arg("number", number), fmt::arg("code", code));
    }
    void check_name(ImportRow& row) {
        const auto name = row.values[k_name].s;
        const auto same = names_.find(name), id = same ? same : similar_.find(match_form(name));
        if (!id || id == row.id) return;
        if (const auto other = find_row(*db_, record(), std::int64_t{id}, {}))
            row.warning("name", "",
                        same ? say("client {number} has this name too; files name both by their codes",
                                   fmt::arg("number", other->values[k_code].s))
                             : say("client {number}, \"{other}\", differs from \"{name}\" only in width or brackets",
                                   fmt::arg("number", other->values[k_code].s),
                                   fmt::arg("other", other->values[k_name].s), fmt::arg("name", name)));
        else
            row.warning("name", "",
                        same ? say("the client of row {row} has this name too; files name both by their codes",
                                   fmt::arg("row", rows_[id - first_]))
                             : say("the client of row {row} differs from \"{name}\" only in width or brackets",
                                   fmt::arg("row", rows_[id - first_]), fmt::arg("name", name)));
    }
    void remember(std::string_view name, std::uint32_t id) {
        names_.add(name, id);
        similar_.add(match_form(name), id);
    }

    db::Session* db_ = nullptr;
    KeyTable names_, similar_;  ///< similar_: by the form in which names are compared
    Codes codes_;
    std::vector<std::uint32_t> rows_;  ///< of the file, by new client
    std::uint32_t first_ = 0;          ///< the first of those
    std::string normal_;
    /// Two clients of one code, of which one belongs to a row that is still to come.
    struct Pair {
        std::int64_t row;
        std::uint32_t id, other;
        std::string code;
    };
    std::vector<Pair> pairs_, undecided_;  ///< of the row at hand, and of all
};

/// KYC-002 of a client after an undo.
void require_unique(db::Session& db, const Row& row) {
    const Value& uscc = row.values[k_uscc];
    if (row.voided_on || !uscc) return;
    std::vector<std::int64_t> others;
    const auto add = [&](db::Statement& s) { others.push_back(s.integer(0)); };
    db.each("SELECT id FROM client WHERE uscc = $1 AND id <> $2", add, uscc.s, row.id);
    db.each("SELECT id FROM client_change WHERE field = 'uscc' AND value = $1 AND id <> $2", add, uscc.s, row.id);
    for (const auto other : others)
        if (const auto o = find_row(db, record(), other, {});
            !o->voided_on && o->values[k_uscc] == uscc &&
            !share_code(row.id, row.values[k_parent].n, other, o->values[k_parent].n))
            throw Error(Exit::refused, say("client {number} has the code {code}",
                                           fmt::arg("number", o->values[k_code].s), fmt::arg("code", uscc.s)))
                .with_rule("KYC-002")
                .with_ref(row.values[k_code].s);
}

void settle(Operation& op, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) {
    auto& db = op.db();
    std::vector<std::int64_t> ids(touched.begin(), touched.end());
    db.each(
        "SELECT id FROM client WHERE id BETWEEN $1 AND $2 AND undone = 0",
        [&](db::Statement& s) { ids.push_back(s.integer(0)); }, first, last);
    for (const auto id : ids) {
        const auto row = find_row(db, record(), id, {});
        require_unique(db, *row);
    }
}

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("client"),
                          .plural = N_("clients"),
                          .en = "Client",
                          .zh = "客户",
                          .fields = fields,
                          .key = "code",
                          .name = "name",
                          .booked = true,
                          .settle = settle};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

Uscc judge_uscc(std::string_view text, std::string& normal) {
    normal.clear();
    for (const char c : match_form(text)) normal += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    if (normal.size() != 18) return Uscc::alphabet;
    int sum = 0, weight = 1;
    for (std::size_t i = 0; i < 18; ++i) {
        const auto value = alphabet.find(normal[i]);
        if (value == alphabet.npos) return Uscc::alphabet;
        if (i < 17) sum += static_cast<int>(value) * weight;
        weight = weight * 3 % 31;
    }
    return alphabet[static_cast<std::size_t>((31 - sum % 31) % 31)] == normal[17] ? Uscc::valid : Uscc::check;
}

bool is_legacy_tax_number(std::string_view normal) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return normal.size() == 15 && std::all_of(normal.begin(), normal.begin() + 6, digit) &&
           std::all_of(normal.begin() + 6, normal.end(), [&](char c) { return digit(c) || (c >= 'A' && c <= 'Z'); });
}

PersonId judge_person_id(std::string_view normal) {
    if (normal.size() != 18) return PersonId::form;
    int sum = 0, weight = 1;  // 2^(18 − i) mod 11 from the right
    for (std::size_t i = 18; i-- > 0; weight = weight * 2 % 11) {
        const char c = normal[i];
        const bool tenth = i == 17 && c == 'X';
        if (!tenth && (c < '0' || c > '9')) return PersonId::form;
        sum += weight * (tenth ? 10 : c - '0');
    }
    return sum % 11 == 1 ? PersonId::valid : PersonId::check;
}

bool code_fits(const Client& c) {
    std::string normal;
    if (c.uscc.empty() || judge_uscc(c.uscc, normal) == Uscc::valid || is_legacy_tax_number(normal)) return true;
    return c.kind == Client::Kind::individual && judge_person_id(normal) == PersonId::valid;
}

std::string_view holder_of(std::string_view uscc) {
    static constexpr std::pair<std::string_view, std::string_view> holders[] = {
        {"91", N_("company")},     {"92", N_("sole_proprietor")},     {"93", N_("cooperative")},
        {"11", N_("government")},  {"12", N_("institution")},         {"13", N_("mass_organization")},
        {"51", N_("association")}, {"52", N_("private_institution")}, {"53", N_("foundation")}};
    std::string normal;
    if (judge_uscc(uscc, normal) == Uscc::valid)
        for (const auto& [begin, holder] : holders)
            if (uscc.starts_with(begin)) return holder;
    return {};
}

Directory::Directory(Workspace& w) : db_(w.db()), today_(w.today()) {
    const auto voids = Changes(db_, record(), AsOf{today_}).voids();
    db_.each("SELECT id, code, currency FROM client", [&](db::Statement& s) {
        const auto id = static_cast<std::uint32_t>(s.integer(0));
        if (voids.contains(id)) return;
        codes_.add(s.text(1), id);
        if (s.text(2) != "CNY") currencies_[id] = Currency::parse(s.text(2)).value_or(Currency{});
    });
}

void Directory::add_name(std::string_view name, std::uint32_t id) {
    const auto [it, fresh] = names_.emplace(match_form(name), id);
    if (!fresh) it->second = ambiguous;
}

void Directory::load_names() {
    const Changes changes(db_, record(), AsOf{today_});
    db_.each("SELECT id, name FROM client", [&](db::Statement& s) {
        const auto id = s.integer(0);
        if (changes.voided_on(id)) return;
        const auto* later = changes.find(id, 1);
        add_name(later && *later ? std::string_view(**later) : s.text(1), static_cast<std::uint32_t>(id));
    });
    for (const auto& [name, id] : added_) add_name(name, id);
    names_loaded_ = true;
}

void Directory::add(std::string_view code, std::string_view name, std::uint32_t id) {
    codes_.add(code, id);
    if (names_loaded_)
        add_name(name, id);
    else
        added_.emplace_back(name, id);
}

std::uint32_t Directory::find(std::string_view text) {
    if (const auto id = codes_.find(text)) return id;
    if (!names_loaded_) load_names();
    const auto it = names_.find(match_form(text));
    return it == names_.end() ? 0 : it->second;
}

void Maker::insert(Operation& op) const {
    auto number =
        op.db().integer("SELECT COUNT(*) FROM client WHERE code >= 'C-000000' AND code <= 'C-999999'").value_or(0);
    for (const auto& name : names_) {
        std::string code;
        do code = fmt::format("C-{:06}", ++number);
        while (key_exists(op.db(), record(), code));
        std::vector<Value> values(std::size(fields));
        values[k_code] = Value::of(std::string_view(code));
        values[k_name] = Value::of(std::string_view(name));
        values[k_currency] = Value::of(std::string_view("CNY"));
        write_record(op, record(), values);
    }
}

void void_client(Workspace& w, std::string_view code, std::optional<Date> day, std::string_view reason,
                 std::string_view command) {
    Operation op(w, "client.void", code, command);
    const auto row = get_row(w.db(), record(), code, {});
    if (row.voided_on)
        throw Error(Exit::refused, say("client {code} is voided already", fmt::arg("code", code))).with_ref(code);
    const auto from = day.value_or(w.today());
    for (const auto& [noun, key] : {std::pair{"contract", "number"},
                                    {"invoice", "number"},
                                    {"receipt", "number"},
                                    {"lead", "code"},
                                    {"intake", "number"}}) {
        const auto number =
            w.db().text(std::string("SELECT ") + key + " FROM " + noun + " AS r WHERE client = $1 AND NOT " +
                            is_void(noun, "r.id") + " ORDER BY " + key + " LIMIT 1",
                        row.id);
        if (number)
            throw Error(Exit::refused,
                        say("{noun} {number} stands on client {code}", fmt::arg("code", code),
                            fmt::arg("noun", tr(noun)), fmt::arg("number", *number)),
                        say("void {noun} {number} first", fmt::arg("noun", tr(noun)), fmt::arg("number", *number)))
                .with_ref(code);
    }
    if (const auto branches = Groups(w.db(), AsOf{from}).branches_of(row.id); !branches.empty())
        throw Error(Exit::refused,
                    say("client {number} belongs to client {code}",
                        fmt::arg("number", number_of(w.db(), record(), branches.front())), fmt::arg("code", code)),
                    tr("void that first, or take its parent away"))
            .with_ref(code);
    add_void(op, record(), row.id, from, reason);
    op.commit();
}

}  // namespace agency::client
