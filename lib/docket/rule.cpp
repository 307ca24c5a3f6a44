#include "docket/rule.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "record/report_as_of.hpp"
#include "record/store.hpp"

namespace agency::docket {
namespace {

constexpr std::string_view code_aliases[] = {"代码", "rule"}, from_aliases[] = {"生效日", "from"},
                           to_aliases[] = {"失效日", "to"}, title_aliases[] = {"期限名称"},
                           term_aliases[] = {"期间", "period"};
constexpr Word packs[] = {{"bidding", "招标代理"}, {"procurement", "政府采购"}, {"patent", "专利"},
                          {"trademark", "商标"},   {"bookkeeping", "代理记账"}, {"customs", "报关"},
                          {"house", "本所"}};
constexpr Word bounds[] = {{"latest", "最迟"}, {"earliest", "最早"}};
constexpr Word rolls[] = {{"none", "不顺延"}, {"next", "顺延"}, {"previous", "提前"}};
constexpr Word marks[] = {{"verified", "已核实"}, {"unverified", "未核实"}, {"house", "本所规定"}};
constexpr std::string_view key_parts[] = {"code", "valid_from"};

constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&DeadlineRule::number>, "Number", "编号",
          N_("Code and first day, by which the row is named")}
        .filled()
        .fixed(),
    Field{"code", FieldType::text, member<&DeadlineRule::code>, "Code", "规则代码",
          N_("Short name of the rule, TM-OPPOSITION; its versions share it")}
        .required()
        .fixed()
        .also(code_aliases),
    Field{"valid_from", FieldType::day, member<&DeadlineRule::valid_from>, "Valid from", "适用自",
          N_("First trigger day to which this version applies")}
        .required()
        .fixed()
        .also(from_aliases),
    Field{"valid_to", FieldType::day, member<&DeadlineRule::valid_to>, "Valid to", "适用至",
          N_("Last trigger day to which it applies")}
        .also(to_aliases),
    Field{"pack", FieldType::choice, member<&DeadlineRule::pack>, "Pack", "规则包", N_("Line of business")}
        .required()
        .one_of(packs),
    Field{"title", FieldType::text, member<&DeadlineRule::title>, "Title", "名称", N_("What is to be done by then")}
        .required()
        .also(title_aliases),
    Field{"title_en", FieldType::text, member<&DeadlineRule::title_en>, "English title", "英文名称",
          N_("The same in English")},
    Field{"trigger", FieldType::text, member<&DeadlineRule::trigger>, "Trigger", "起算事件",
          N_("The event whose day starts the period; that day is not counted")}
        .required(),
    Field{"term", FieldType::text, member<&DeadlineRule::term>, "Term", "期限",
          N_("30d, 10w (work days), 3m or 1y; -15d: so long before the trigger")}
        .required()
        .fixed()
        .also(term_aliases),
    Field{"bound", FieldType::choice, member<&DeadlineRule::bound>, "Bound", "性质",
          N_("latest: to be done by that day; earliest: not before it; default latest")}
        .filled()
        .one_of(bounds),
    Field{"roll", FieldType::choice, member<&DeadlineRule::roll>, "Roll", "遇休假日",
          N_("A last day that is off: none (stays), next or previous working day; default next")}
        .filled()
        .fixed()
        .one_of(rolls),
    Field{"posted_days", FieldType::integer, member<&DeadlineRule::posted_days>, "Posted days", "邮寄加算天数",
          N_("Days after posting when a posted paper counts as received; default 0")}
        .filled()
        .fixed(),
    Field{"source", FieldType::text, member<&DeadlineRule::source>, "Source", "依据", N_("Law and article")}.required(),
    Field{"mark", FieldType::choice, member<&DeadlineRule::mark>, "Mark", "核实状态",
          N_("Whether the text of the law was checked; default house")}
        .filled()
        .one_of(marks),
    Field{"note", FieldType::text, member<&DeadlineRule::note>, "Note", "备注", N_("Anything else")},
};

class Rules final : public RowRules {
public:
    void check(ImportRow& row) override {
        auto& v = row.values;
        const Record& r = rule_record();
        const auto at = [&](std::string_view key) -> Value& { return v[r.index(key)]; };
        if (!at("bound")) at("bound") = Value::of(std::int64_t{0});
        if (!at("roll")) at("roll") = Value::of(static_cast<std::int64_t>(TermRoll::next));
        if (!at("posted_days")) at("posted_days") = Value::of(std::int64_t{0});
        if (!at("mark")) at("mark") = Value::of(static_cast<std::int64_t>(DeadlineRule::Mark::house));
        if (at("posted_days").n < 0) row.problem("posted_days", "", tr("days are not negative"));
        if (at("term") && !parse_term(at("term").s))
            row.problem(
                "term", "",
                say("\"{text}\" is no period; write 30d, 10w for work days, 3m or 1y", fmt::arg("text", at("term").s)));
        if (at("valid_to") && at("valid_from") && at("valid_to").n < at("valid_from").n)
            row.problem("valid_to", "", tr("the rule ends before it begins"));
    }
};

}  // namespace

const Record& rule_record() {
    static const Record r{.noun = N_("deadline_rule"),
                          .plural = N_("deadline_rules"),
                          .en = "Deadline rule",
                          .zh = "期限规则",
                          .fields = fields,
                          .key_parts = key_parts};
    return r;
}

std::unique_ptr<RowRules> rule_rules() {
    return std::make_unique<Rules>();
}

RuleTerm term_of(const DeadlineRule& rule) {
    const auto term = parse_term(rule.term);
    if (!term)
        throw Error(Exit::data_file, say("rule {code} has no period that can be read: {text}",
                                         fmt::arg("code", rule.number), fmt::arg("text", rule.term)));
    return {rule.number, *term, rule.roll, static_cast<std::int32_t>(rule.posted_days)};
}

RuleBook::RuleBook(db::Session& db, const AsOf& when) {
    each_row(db, rule_record(), when, [&](const Row& row) {
        if (row.voided_on) return;
        auto rule = to_struct<DeadlineRule>(rule_record(), row);
        by_code_[rule.code].push_back(std::move(rule));
    });
    for (auto& [code, versions] : by_code_)
        std::sort(versions.begin(), versions.end(),
                  [](const auto& a, const auto& b) { return a.valid_from > b.valid_from; });
}

const DeadlineRule* RuleBook::find(std::string_view code, Date trigger) const {
    const auto it = by_code_.find(code);
    if (it == by_code_.end()) return nullptr;
    for (const auto& v : it->second)
        if (v.valid_from <= trigger) return v.valid_to && *v.valid_to < trigger ? nullptr : &v;
    return nullptr;
}

const DeadlineRule* RuleBook::find(Id<DeadlineRule> id) const {
    for (const auto& [code, versions] : by_code_)
        for (const auto& v : versions)
            if (v.id.value == id.value) return &v;
    return nullptr;
}

std::vector<std::string_view> RuleBook::codes() const {
    std::vector<std::string_view> out;
    for (const auto& [code, versions] : by_code_) out.push_back(code);
    return out;
}

std::vector<GridColumn> rules_columns() {
    return {{"code", CellType::text, "Code", "规则代码"},
            {"pack", CellType::text, "Pack", "规则包"},
            {"title", CellType::text, "Title", "名称"},
            {"title_en", CellType::text, "English title", "英文名称"},
            {"trigger", CellType::text, "Trigger", "起算事件"},
            {"term", CellType::text, "Term", "期限"},
            {"bound", CellType::text, "Bound", "性质"},
            {"roll", CellType::text, "Roll", "遇休假日"},
            {"posted_days", CellType::integer, "Posted days", "邮寄加算天数"},
            {"source", CellType::text, "Source", "依据"},
            {"mark", CellType::text, "Mark", "核实状态"},
            {"valid_from", CellType::day, "Valid from", "适用自"},
            {"valid_to", CellType::day, "Valid to", "适用至"},
            {"note", CellType::text, "Note", "备注"}};
}

Report rules(Workspace& w, const AsOf& when, std::string_view pack) {
    Report report = report_as_of("docket.rules", when);
    report.parameters = {{"pack", std::string(pack)}};
    report.rows.columns = rules_columns();
    report.hidden = {"title_en", "posted_days", "note"};
    report.narrow = {"code", "title", "trigger", "term", "bound"};
    const Record& r = rule_record();
    const RuleBook book(w.db(), when);
    for (const auto code : book.codes()) {
        const auto* rule = book.find(code, when.day);
        const auto word = [&](std::string_view field, auto value) {
            return r.field(field).words[static_cast<std::size_t>(value)].word;
        };
        if (!rule || (!pack.empty() && word("pack", rule->pack) != pack)) continue;
        auto& g = report.rows;
        g.add_text(rule->code);
        g.add_constant(word("pack", rule->pack));
        g.add_text(rule->title);
        g.add_text(rule->title_en);
        g.add_text(rule->trigger);
        g.add_text(rule->term);
        g.add_constant(word("bound", rule->bound));
        g.add_constant(word("roll", rule->roll));
        g.add_integer(rule->posted_days);
        g.add_text(rule->source);
        g.add_constant(word("mark", rule->mark));
        g.add_day(rule->valid_from);
        rule->valid_to ? g.add_day(*rule->valid_to) : g.add_null();
        g.add_text(rule->note);
    }
    return report;
}

}  // namespace agency::docket
