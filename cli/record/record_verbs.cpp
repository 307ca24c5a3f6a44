#include "record/record_verbs.hpp"

#include <algorithm>
#include <deque>
#include <map>

#include "app/adapter.hpp"
#include "app/invocation.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "record/edit_verb.hpp"
#include "record/form.hpp"
#include "record/import.hpp"
#include "record/import_verb.hpp"
#include "record/standing.hpp"
#include "record/store.hpp"
#include "record/voiding.hpp"
#include "record/workflow.hpp"

namespace agency::cli {
namespace {

constexpr Argument number_argument[] = {{"NUMBER", N_("Number of the record, or a prefix that only one has")}};
constexpr Option void_reason{"reason", "TEXT", N_("Why; kept with the record"), 0, true};
constexpr Option void_own_day[] = {void_reason,
                                   {"on", "DAY", N_("Until this day it counts; default its own day, so never")}};
constexpr Option void_signed[] = {
    void_reason, {"on", "DAY", N_("Until this day it counts; default its own day, so never; today where it has none")}};
constexpr Option void_today[] = {
    void_reason,
    {"on", "DAY", N_("Until this day it counts; default today. What was a mistake: its first day, so never")}};
constexpr Option as_of_options[] = {{"as_of", "DAY", N_("As it was on that day; default today")},
                                    {"known_at", "INSTANT", N_("As it was known then; default now")}};

constexpr std::string_view yes_or_no[] = {"yes", "no"};

/// Rows that a verb points to must outlive it.
struct Storage {
    std::vector<Option> add, import;
    std::deque<std::string> texts;
    std::vector<std::string_view> add_examples, list_examples, edit_examples, import_examples;
    std::vector<Argument> number;
};

Storage& storage_of(const Noun& noun) {
    static std::map<std::string_view, Storage> all;
    auto [it, fresh] = all.try_emplace(noun.name);
    Storage& s = it->second;
    if (!fresh) return s;
    const Record& r = noun.record();
    const std::string name(noun.name);
    for (const Field& f : r.fields) {
        if (!f.imported) continue;
        Option o{f.key,
                 f.type == FieldType::day         ? "DAY"
                 : f.type == FieldType::money     ? "AMOUNT"
                 : f.type == FieldType::rate      ? "RATE"
                 : f.type == FieldType::currency  ? "CODE"
                 : f.type == FieldType::reference ? "NUMBER"
                 : f.type == FieldType::choice    ? "WORD"
                 : f.type == FieldType::decimal   ? "N"
                 : f.type == FieldType::flag      ? "FLAG"
                                                  : "TEXT",
                 f.meaning, 0, f.never_null && !f.defaulted};
        if (f.target) o.completes = f.target().noun;
        if (f.type == FieldType::flag) o.choices = yes_or_no;
        s.add.push_back(o);
    }
    if (noun.rules) s.import = import_options(noun);
    s.add_examples = {s.texts.emplace_back("agency " + name + " fields")};
    s.list_examples = {s.texts.emplace_back("agency " + name + " list --limit 20"),
                       s.texts.emplace_back("agency " + name + " list --format csv --columns " + std::string(r.key))};
    const auto note = std::find_if(r.fields.begin(), r.fields.end(), [](const Field& f) { return f.key == "note"; });
    s.edit_examples = {s.texts.emplace_back("agency " + name + " edit NUMBER")};
    if (note != r.fields.end())
        s.edit_examples.push_back(s.texts.emplace_back("agency " + name + " edit NUMBER --set note='call first'"));
    s.import_examples = {s.texts.emplace_back("agency " + name + " import " + std::string(r.plural) + ".csv"),
                         s.texts.emplace_back("agency " + name + " import " + std::string(r.plural) +
                                              ".csv --on-error reject --rejects bad.csv"),
                         s.texts.emplace_back("agency " + name + " import - --from jsonl --dry-run")};
    s.number.assign(std::begin(number_argument), std::end(number_argument));
    s.number[0].completes = noun.name;
    return s;
}

/// A number, a name, or what a person may type for it: a prefix that only one number has.
std::string reference(Invocation& in, const Record& target, const std::string& text) {
    auto& db = in.workspace().db();
    if (text.empty() || key_exists(db, target, text) || keys_with_prefix(db, target, text, 1).empty()) return text;
    return in.resolve(target, text);
}

Outcome add(Invocation& in) {
    const Record& r = in.noun->record();
    std::vector<std::pair<std::string, std::string>> texts;
    for (const Field& f : r.fields) {
        if (!in.has(f.key)) continue;
        std::string text(in.get(f.key));
        if (f.type == FieldType::day && (text == "today" || text == "yesterday")) text = to_string(*in.day(f.key));
        if (f.target) text = reference(in, f.target(), text);
        texts.emplace_back(f.key, text);
    }
    ImportOptions options;
    options.command = in.command_line;
    options.path = std::string(in.get(r.key));
    const auto rules = in.noun->rules();
    std::int64_t id = 0;
    try {
        id = add_record(in.workspace(), r, *rules, texts, options,
                        [&](const Problem& p) { in.tell(say("warning: {text}", fmt::arg("text", p.message))); });
    } catch (const Error& e) {
        throw with_way_to_accept(in, e);
    }
    auto number = in.globals.dry_run ? std::string(in.get(r.key)) : number_of(in.workspace().db(), r, id);
    return done(in, r.noun, number, N_("added"));
}

/// As it was on a day that was asked for, what happened later is not there.
std::function<bool(const Row&)> happened(const Invocation& in, const Record& r, const AsOf& when) {
    if (r.counts_from.empty() || !in.has("as_of")) return [](const Row&) { return true; };
    return [from = r.index(r.counts_from), last = when.day.days](const Row& row) {
        return !row.values[from] || row.values[from].n <= last;
    };
}

Outcome list(Invocation& in) {
    const Record& r = in.noun->record();
    const auto when = in.as_of();
    return Outcome::of(list_records(in.workspace(), r, when, happened(in, r, when)));
}

Outcome show(Invocation& in) {
    const Record& r = in.noun->record();
    auto& db = in.workspace().db();
    const auto when = in.as_of();
    const auto row = in.row(r, in.argument(0), when);
    Report report;
    report.shape = Report::Shape::record;
    report.name = r.noun;
    report.rows.columns = list_columns(r);
    std::string number;
    add_row(report.rows, db, r, row,
            [&](std::size_t i) -> std::string_view { return number = display(db, r.fields[i], row.values[i], 0); });
    return Outcome::of(std::move(report));
}

/// What counted for some days only: void from a later day than its own, or a fact that takes another one back.
bool ended(const Record& r, const Row& row) {
    if (!r.voidable) return row.values[r.index("amount")].n < 0;
    const Value own = r.counts_from.empty() ? Value{} : row.values[r.index(r.counts_from)];
    return own && row.voided_on && row.voided_on->days > own.n;
}

/// A list that comes back in through import: the imported fields only; what is void or was taken back is left out, and
/// what others of the same noun refer to stands before them.
Outcome export_rows(Invocation& in) {
    const Record& r = in.noun->record();
    auto& db = in.workspace().db();
    const auto when = in.as_of();
    const auto standing = r.voidable ? std::set<std::int64_t>() : standing_facts(db, r, when);
    const auto there = happened(in, r, when);
    std::int64_t lost = 0;
    Report report = list_records(in.workspace(), r, when, [&](const Row& row) {
        if (!there(row)) return false;
        if (ended(r, row)) ++lost;
        return r.voidable ? !row.voided(when.day) : standing.contains(row.id);
    });
    if (lost > 0)
        in.tell(
            say("warning: {count} {count:row is void or takes|rows are void or take} something back from a later "
                "day than its first, which a file of rows cannot say: where it is imported, reports of the days "
                "between differ; a copy of the data file keeps them",
                fmt::arg("count", Count(lost))));
    const auto own = std::find_if(r.fields.begin(), r.fields.end(), [&](const Field& f) {
        return f.type == FieldType::reference && !f.circle && &f.target() == &r;
    });
    const auto refers = own == r.fields.end() ? -1 : report.rows.find(own->key);
    std::vector<std::size_t> first, later;
    for (std::size_t row = 0; row < report.rows.rows(); ++row)
        (refers < 0 || report.rows.cell(row, static_cast<std::size_t>(refers)).null ? first : later).push_back(row);
    first.insert(first.end(), later.begin(), later.end());
    report.rows.keep_rows(first);
    Shaping wish;
    for (const Field& f : r.fields)
        if (f.imported) wish.columns += (wish.columns.empty() ? "" : ",") + std::string(f.key);
    shape(report.rows, wish);
    if (in.globals.format == "table" && !in.has("format")) in.globals.format = "csv";
    return Outcome::of(std::move(report));
}

std::vector<GridColumn> fields_columns() {
    return {{"field", CellType::text, "Field", "字段"},     {"label", CellType::text, "Label", "中文名"},
            {"type", CellType::text, "Type", "类型"},       {"required", CellType::flag, "Required", "必填"},
            {"dated", CellType::flag, "Dated", "随日生效"}, {"values", CellType::text, "Values", "取值"},
            {"meaning", CellType::text, "Meaning", "含义"}, {"headers", CellType::text, "Headers", "可识别表头"}};
}

Outcome fields(Invocation& in) {
    const Record& r = in.noun->record();
    Report report;
    report.name = N_("fields");
    report.rows.columns = fields_columns();
    static constexpr const char* types[] = {"text", "number",  "choice",    "currency", "money", "rate",
                                            "day",  "integer", "reference", "decimal",  "flag"};
    for (const Field& f : r.fields) {
        std::string values, headers = std::string(f.en) + ", " + f.zh;
        for (const Word& word : f.words) values += (values.empty() ? "" : ", ") + std::string(word.word);
        if (f.target) values = f.target().noun;
        for (const auto a : f.aliases) headers += ", " + std::string(a);
        if (!f.imported) headers.clear();
        report.rows.add_text(f.key);
        report.rows.add_text(f.zh);
        report.rows.add_constant(types[static_cast<std::size_t>(f.type)]);
        report.rows.add_flag(f.never_null && !f.defaulted);
        report.rows.add_flag(f.change == Change::dated);
        report.rows.add_text(values);
        report.rows.add_text(tr(f.meaning));
        report.rows.add_text(headers);
    }
    return Outcome::of(std::move(report));
}

Outcome void_record(Invocation& in) {
    const Record& r = in.noun->record();
    const auto number = in.resolve(r, in.argument(0));
    if (in.noun->void_record)
        in.noun->void_record(in.workspace(), number, in.day("on"), in.get("reason"), in.command_line);
    else
        void_unreferenced(in.workspace(), r, in.noun->workflow, all_records(), number, in.day("on"), in.get("reason"),
                          in.command_line);
    return done(in, r.noun, number, N_("voided"));
}

Outcome take_step(Invocation& in) {
    const Record& r = in.noun->record();
    const auto number = in.resolve(r, in.argument(0));
    move(in.workspace(), *in.noun->workflow, number, in.verb->name, in.day("effective"), in.get("reason"),
         in.command_line);
    return done(in, r.noun, number, N_("changed"));
}

Outcome workflow(Invocation& in) {
    return Outcome::of(workflow_table(*in.noun->workflow));
}

constexpr Option step_options[] = {{"effective", "DAY", N_("From when it holds; default today")},
                                   {"reason", "TEXT", N_("Why; kept in the trail")}};

void add_workflow(const Noun& noun, const Storage& s, std::vector<Verb>& verbs) {
    for (const Transition& t : noun.workflow->transitions)
        verbs.push_back({t.verb, t.summary, take_step, s.number, step_options, {}, Needs::write});
    verbs.push_back({"workflow",
                     N_("The table of states: what leads from which to which, and what must hold"),
                     workflow,
                     {},
                     {},
                     {},
                     Needs::nothing,
                     true,
                     workflow_columns});
}

}  // namespace

Outcome done(const Invocation& in, std::string_view noun, std::string_view ref, const char* change, std::string_view to,
             bool wrote) {
    Report report;
    report.name = N_("changes");
    report.rows.columns = {{"noun", CellType::word, "Noun", "对象"},
                           {"ref", CellType::text, "Reference", "编号"},
                           {"change", CellType::word, "Change", "变更"},
                           {"to", CellType::text, "To", "对方"},
                           {"written", CellType::flag, "Written", "已写入"}};
    report.rows.add_text(noun);
    report.rows.add_text(ref);
    report.rows.add_text(change);
    report.rows.add_text(to);
    report.rows.add_flag(wrote && !in.globals.dry_run);
    if (to.empty()) report.rows.keep_columns({0, 1, 2, 4});
    return Outcome::of(std::move(report));
}

std::vector<Verb> record_verbs(const Noun& noun) {
    Storage& s = storage_of(noun);
    std::vector<Verb> verbs{
        {"add", N_("Enter one by hand"), add, {}, s.add, s.add_examples, Needs::write},
        {"list",
         N_("List all, filtered and sorted as asked"),
         list,
         {},
         as_of_options,
         s.list_examples,
         Needs::read,
         true},
        {"show", N_("Show one"), show, s.number, as_of_options, {}, Needs::read},
        {"import", N_("Import a file of rows: every row is checked, all problems are told"), import_rows,
         import_arguments(), s.import, s.import_examples, Needs::write},
        {"export", N_("Write all as a file that import reads again"), export_rows, {}, as_of_options, {}, Needs::read},
        {"fields",
         N_("The table of fields: keys, types, values, headers"),
         fields,
         {},
         {},
         {},
         Needs::nothing,
         true,
         fields_columns},
    };
    const auto& fields = noun.record().fields;
    if (!noun.rules)  // what only its own verbs write
        std::erase_if(verbs, [](const Verb& v) { return v.name == "add" || v.name == "import" || v.name == "export"; });
    else if (std::any_of(fields.begin(), fields.end(), stands_in_form))
        verbs.insert(verbs.begin() + 3, {"edit", N_("Change fields of one: in your editor, or by --set"), edit_record,
                                         s.number, edit_options(), s.edit_examples, Needs::write});
    if (noun.void_record || (noun.rules && noun.record().voidable))
        verbs.push_back({"void",
                         N_("Take one out of force; nothing is deleted"),
                         void_record,
                         s.number,
                         noun.void_record                    ? std::span<const Option>(void_signed)
                         : noun.record().counts_from.empty() ? std::span<const Option>(void_today)
                                                             : std::span<const Option>(void_own_day),
                         {},
                         Needs::write});
    if (noun.workflow) add_workflow(noun, s, verbs);
    return verbs;
}

}  // namespace agency::cli
