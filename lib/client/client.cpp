#include "client/client.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"

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
          N_("Unified social credit code, 18 characters (GB 32100-2015); unique among clients that are not voided")}
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
};

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

class Rules final : public RowRules {
public:
    void begin(Workspace& w, const ImportOptions&) override {
        const Changes changes(w.db(), record(), {});
        names_.clear();
        codes_.clear();
        w.db().each("SELECT id, name, uscc FROM client", [&](db::Statement& s) {
            if (changes.voided_on(s.integer(0))) return;
            names_.emplace(match_form(s.text(1)), s.string(1));
            if (!s.is_null(2)) codes_.emplace(s.string(2), 0);
        });
    }
    std::uint32_t resolve(const Field&, std::string_view) override { return 0; }
    void check(ImportRow& row) override {
        Value& uscc = row.values[2];
        if (uscc) {
            switch (judge_uscc(uscc.s, normal_)) {
                case Uscc::alphabet:
                    row.problem(
                        "uscc", "KYC-003",
                        say("\"{text}\" is no unified social credit code: it has 18 characters, without I O S V Z",
                            fmt::arg("text", uscc.s)));
                    break;
                case Uscc::check:
                    row.problem("uscc", "KYC-001",
                                say("the check character of \"{text}\" does not fit", fmt::arg("text", uscc.s)));
                    break;
                case Uscc::valid:
                    break;
            }
            uscc = Value::of(std::string_view(normal_));
            if (const auto [it, fresh] = codes_.emplace(normal_, row.number); !fresh)
                row.problem("uscc", "KYC-002",
                            it->second ? say("row {row} has the same code", fmt::arg("row", it->second))
                                       : say("another client has the code {code}", fmt::arg("code", normal_)));
        }
        if (!row.values[9]) row.values[9] = Value::of(std::string_view("CNY"));
        if (const Value& name = row.values[1]) {
            const auto [it, fresh] = names_.emplace(match_form(name.s), std::string(name.s));
            if (!fresh && it->second != name.s)
                row.warning("name", "",
                            say("\"{name}\" differs from \"{other}\" only in width or brackets",
                                fmt::arg("name", name.s), fmt::arg("other", it->second)));
        }
    }

private:
    std::unordered_map<std::string, std::string> names_;
    std::unordered_map<std::string, std::int64_t> codes_;  ///< to the row of this file; 0: in the book
    std::string normal_;
};

}  // namespace

const Record& record() {
    static const Record r{N_("client"), "clients", "Client", "客户", fields, "code", "name"};
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

Directory::Directory(db::Session& db) {
    const Changes changes(db, record(), {});
    db.each("SELECT id, code, name, currency FROM client", [&](db::Statement& s) {
        const auto id = static_cast<std::uint32_t>(s.integer(0));
        if (changes.voided_on(id)) return;
        const auto* name = changes.find(id, 1);
        add(s.text(1), name && *name ? std::string_view(**name) : s.text(2), id);
        if (s.text(3) != "CNY") currencies_[id] = Currency::parse(s.text(3)).value_or(Currency{});
    });
}

void Directory::add(std::string_view code, std::string_view name, std::uint32_t id) {
    codes_.emplace(code, id);
    const auto [it, fresh] = names_.emplace(match_form(name), id);
    if (!fresh) it->second = ambiguous;
}

std::uint32_t Directory::find(std::string_view text) const {
    if (const auto it = codes_.find(std::string(text)); it != codes_.end()) return it->second;
    const auto it = names_.find(match_form(text));
    return it == names_.end() ? 0 : it->second;
}

Maker::Maker(db::Session& db, std::uint32_t first_id) : first_id_(first_id), next_number_(1) {
    const auto last =
        db.text("SELECT MAX(code) FROM client WHERE code >= 'C-000000' AND code <= 'C-999999' AND length(code) = 8")
            .value_or("C-000000");
    next_number_ = static_cast<std::uint32_t>(std::atoi(last.c_str() + 2)) + 1;
}

std::uint32_t Maker::make(std::string_view name) {
    names_.emplace_back(name);
    return first_id_ + static_cast<std::uint32_t>(names_.size()) - 1;
}

void Maker::insert(Operation& op) const {
    auto number = next_number_;
    for (const auto& name : names_) {
        std::vector<Value> values(std::size(fields));
        const auto code = fmt::format("C-{:06}", number++);
        values[0] = Value::of(std::string_view(code));
        values[1] = Value::of(std::string_view(name));
        values[9] = Value::of(std::string_view("CNY"));
        agency::insert(op, record(), values);
    }
}

void void_client(Workspace& w, std::string_view code, std::optional<Date> day, std::string_view reason,
                 std::string_view command) {
    Operation op(w, "client.void", code, command);
    const auto row = get_row(w.db(), record(), code, {w.today()});
    if (row.voided_on)
        throw Error(Exit::refused, say("client {code} is voided already", fmt::arg("code", code))).with_ref(code);
    for (const char* noun : {"contract", "invoice", "receipt"}) {
        const auto number = w.db().text(
            std::string("SELECT number FROM ") + noun + " AS r WHERE client = $1 AND NOT EXISTS (SELECT 1 FROM " +
                noun + "_change AS c WHERE c.id = r.id AND c.field = 'voided') ORDER BY number LIMIT 1",
            row.id);
        if (number)
            throw Error(Exit::refused,
                        say("client {code} stands on {noun} {number}", fmt::arg("code", code),
                            fmt::arg("noun", tr(noun)), fmt::arg("number", *number)),
                        tr("void that first"))
                .with_ref(code);
    }
    add_void(op, record(), row.id, day.value_or(w.today()), reason);
    op.commit();
}

}  // namespace agency::client
