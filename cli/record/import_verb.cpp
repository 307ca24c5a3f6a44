#include "record/import_verb.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include "app/invocation.hpp"
#include "base/error.hpp"
#include "base/money.hpp"
#include "base/part_file.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/progress.hpp"
#include "record/import.hpp"
#include "record/learn.hpp"
#include "record/rejects.hpp"

namespace agency::cli {
namespace {

constexpr Argument file_argument[] = {{"FILE", N_("File of rows; - is standard input"), false, false, "file"}};
constexpr Option create_clients{"create_clients", "", N_("Make a client of every unknown client name")},
    again{"again", "", N_("The same rows may come a second time")},
    from{"from", "KIND",    N_("What the file is: csv, tsv, jsonl, xlsx; default by its name"), 0, false,
         false,  kind_names},
    on_conflict{"on_conflict",
                "WAY",
                N_("A number that exists: fail (default), skip, or update"),
                0,
                false,
                false,
                import_option::ways_on_conflict},
    accept{"accept", "RULE", N_("Let this rule warn only (KYC-001)"), 0, false, true};
constexpr Option common[] = {import_option::map,
                             import_option::learn,
                             from,
                             import_option::sheet,
                             import_option::encoding,
                             import_option::on_error,
                             import_option::rejects,
                             on_conflict,
                             import_option::effective,
                             import_option::batch,
                             accept};

FileKind kind_of(const Invocation& in, const std::string& path, const FileMap& map) {
    if (in.has("from")) return *kind_named(in.get("from"));
    if (in.has("map") && map.read.kind != FileKind::csv) return map.read.kind;
    const auto name = fold(path);
    return name.ends_with(".tsv")                                  ? FileKind::tsv
           : name.ends_with(".jsonl") || name.ends_with(".ndjson") ? FileKind::jsonl
           : name.ends_with(".xlsx") || name.ends_with(".xlsm")    ? FileKind::xlsx
                                                                   : FileKind::csv;
}

std::span<const std::string_view> acceptable_rules(const Invocation& in) {
    const auto rules = in.noun->rules ? in.noun->rules() : nullptr;
    return rules ? rules->acceptable() : std::span<const std::string_view>();  // a constant of the noun's
}

std::set<std::string> accepted_rules(const Invocation& in) {
    const auto acceptable = acceptable_rules(in);
    std::set<std::string> out;
    for (auto& rule : in.all("accept")) {
        if (std::find(acceptable.begin(), acceptable.end(), rule) == acceptable.end())
            throw Error(Exit::usage,
                        say("rule \"{rule}\" of {noun} is not one that may be accepted", fmt::arg("rule", rule),
                            fmt::arg("noun", tr(in.noun->name.data()))),
                        acceptable.empty() ? std::string()
                                           : say("these may: {rules}", fmt::arg("rules", fmt::join(acceptable, ", "))))
                .with_field("accept");
        out.insert(rule);
    }
    return out;
}

ImportOptions options_from(Invocation& in) {
    ImportOptions o;
    o.path = in.arguments.empty() ? "-" : in.arguments[0];
    if (in.has("map")) o.map = load_map(std::string(in.get("map")));
    o.map.read.kind = kind_of(in, o.path, o.map);
    if (in.has("encoding")) o.map.read.encoding = *encoding_named(in.get("encoding"));
    if (in.has("sheet")) {
        o.map.read.sheet = in.get("sheet");
        if (o.map.read.kind != FileKind::xlsx)
            throw Error(Exit::usage, say("{path} is no workbook, so it has no sheets", fmt::arg("path", o.path)),
                        tr("if it is one, add --from xlsx"))
                .with_field("sheet");
    }
    o.reject = in.get("on_error") == "reject";
    o.rejects_path = in.get("rejects");
    if (o.reject && o.rejects_path.empty())
        throw Error(Exit::usage, tr("--on-error reject needs --rejects FILE"), tr("so that no row is lost"))
            .with_field("rejects");
    if (!o.reject && !o.rejects_path.empty())
        throw Error(Exit::usage, tr("--rejects needs --on-error reject")).with_field("rejects");
    if (o.reject)
        check_rejects_path(o.rejects_path, o.map.read.kind,
                           {o.path, std::string(in.get("map")), in.globals.db, in.globals.db + ".lock",
                            in.globals.db + "-wal", in.globals.db + "-shm"});
    o.on_conflict = in.get("on_conflict") == "skip"     ? OnConflict::skip
                    : in.get("on_conflict") == "update" ? OnConflict::update
                                                        : OnConflict::fail;
    o.effective = in.day("effective");
    o.batch = in.get("batch");
    o.accept = accepted_rules(in);
    o.create_clients = in.has("create_clients");
    o.again = in.has("again");
    o.command = in.command_line;
    return o;
}

/// `file:row:column(name): message [RULE]`
void tell_problem(const std::string& path, const Problem& p) {
    std::string line = path + ":" + std::to_string(p.row);
    if (p.column) line += ":" + std::to_string(p.column);
    const auto& name = p.header.empty() ? p.field : p.header;
    if (!name.empty()) line += "(" + name + ")";
    line += ": " + std::string(p.warning ? say("warning: {text}", fmt::arg("text", p.message)) : p.message);
    if (!p.rule.empty()) line += " [" + p.rule + "]";
    std::fprintf(stderr, "%s\n", escape_controls(line).c_str());
}

void tell_hint(const std::string& hint) {
    std::fprintf(stderr, "%s %s\n", tr("hint:"), escape_controls(hint).c_str());
}

Report import_report(const ImportOptions& o, const ImportResult& r, std::string_view noun, double seconds) {
    Report report;
    report.shape = Report::Shape::record;
    report.name = N_("import");
    report.parts_beside = true;
    auto& g = report.rows;
    g.columns = {
        {"record", CellType::word, "Record", "对象"},        {"source", CellType::text, "Source", "来源"},
        {"encoding", CellType::text, "Encoding", "编码"},    {"batch", CellType::text, "Batch", "批次"},
        {"read", CellType::integer, "Read", "读入"},         {"inserted", CellType::integer, "Inserted", "新增"},
        {"updated", CellType::integer, "Updated", "更新"},   {"unchanged", CellType::integer, "Unchanged", "未变"},
        {"rejected", CellType::integer, "Rejected", "拒绝"}, {"skipped", CellType::integer, "Skipped", "略过"},
        {"written", CellType::flag, "Written", "已写入"},    {"seconds", CellType::decimal, "Seconds", "秒"}};
    g.add_text(noun);
    g.add_text(o.path);
    g.add_text(name_of(r.encoding));
    g.add_text(o.batch);
    for (const auto n : {r.read, r.inserted, r.updated, r.unchanged, r.rejected, r.skipped}) g.add_integer(n);
    g.add_flag(r.written);
    g.add_decimal(static_cast<std::int64_t>(seconds * 1000), 3);
    Grid problems;
    problems.columns = {{"row", CellType::integer, "Row", "行"},        {"column", CellType::integer, "Column", "列"},
                        {"header", CellType::text, "Header", "表头"},   {"field", CellType::text, "Field", "字段"},
                        {"rule", CellType::text, "Rule", "规则"},       {"warning", CellType::flag, "Warning", "警告"},
                        {"message", CellType::text, "Message", "说明"}, {"hint", CellType::text, "Hint", "提示"}};
    for (const Problem& p : r.problems) {
        problems.add_integer(p.row);
        p.column ? problems.add_integer(p.column) : problems.add_null();
        problems.add_text(p.header);
        problems.add_text(p.field);
        problems.add_text(p.rule);
        problems.add_flag(p.warning);
        problems.add_text(p.message);
        problems.add_text(p.hint);
    }
    report.parts.emplace_back(N_("problems"), std::move(problems));
    return report;
}

}  // namespace

Error with_way_to_accept(const Invocation& in, Error e) {
    const auto rules = acceptable_rules(in);
    if (e.code == Exit::usage && std::find(rules.begin(), rules.end(), e.rule) != rules.end())
        e.hint = say("if it is right all the same, agency {noun} import takes it with --accept {rule}",
                     fmt::arg("noun", in.noun->name), fmt::arg("rule", e.rule));
    return e;
}

std::span<const Argument> import_arguments() {
    return file_argument;
}

std::vector<Option> import_options(const Noun& noun) {
    std::vector<Option> options(std::begin(common), std::end(common));
    if (!noun.record().key_field().never_null) options.insert(options.begin(), again);
    if (noun.rules()->makes_clients()) options.insert(options.begin(), create_clients);
    return options;
}

Outcome import_rows(Invocation& in) {
    return import_rows(in, [](ImportOptions&) {});
}

Outcome import_rows(Invocation& in, const std::function<void(ImportOptions&)>& adjust) {
    if (in.has("learn")) return learn_map(in, in.noun->record());
    const auto start = std::chrono::steady_clock::now();
    auto options = options_from(in);
    adjust(options);
    output::Progress line(!in.globals.quiet);
    options.progress = [&](ImportStage stage, std::int64_t rows, std::int64_t of) {
        const auto path = fmt::arg("path", options.path);
        const auto done = to_grouped(rows, 0), all = to_grouped(of, 0);
        line.show(stage == ImportStage::checking ? say("checked {rows} rows of {path}", path, fmt::arg("rows", done))
                                                 : say("wrote {rows} of {all} rows of {path}", path,
                                                       fmt::arg("rows", done), fmt::arg("all", all)));
    };
    const auto rules = in.noun->rules();
    const auto result = import_file(in.workspace(), in.noun->record(), *rules, options);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    output::Progress::clear();
    return import_outcome(in, options, result, seconds);
}

Outcome learn_map(Invocation& in, const Record& record) {
    if (in.has("map"))
        throw Error(Exit::usage, tr("--learn drafts a map and takes none with --map"),
                    tr("draft the map first, then import with --map"))
            .with_field("map");
    const std::string path(in.get("learn"));
    if (std::filesystem::exists(std::filesystem::symlink_status(path)))
        throw Error(Exit::conflict, say("{path} exists already", fmt::arg("path", path)),
                    tr("name another with --learn FILE"))
            .with_field("learn");
    const auto options = options_from(in);
    const auto source = open_source(options.path);
    const auto draft = draft_map(record, *source, options.map.read);
    if (in.globals.dry_run) return Outcome::raw(draft.toml);
    PartFile file(path);
    file.write(draft.toml);
    file.finish();
    Report report;
    report.shape = Report::Shape::record;
    report.name = "learn";
    auto& g = report.rows;
    g.columns = {{"record", CellType::word, "Record", "对象"},
                 {"map", CellType::text, "Map", "映射"},
                 {"matched", CellType::integer, "Matched", "已对应"},
                 {"unmatched", CellType::text, "Unmatched", "未对应"},
                 {"missing", CellType::text, "Missing", "缺少"}};
    g.add_text(in.noun->name);
    g.add_text(path);
    g.add_integer(draft.matched);
    g.add_text(fmt::format("{}", fmt::join(draft.unmatched, "; ")));
    g.add_text(fmt::format("{}", fmt::join(draft.missing, "; ")));
    return Outcome::of(std::move(report));
}

ImportOptions import_options_of(Invocation& in) {
    return options_from(in);
}

Outcome import_outcome(Invocation& in, const ImportOptions& options, const ImportResult& result, double seconds) {
    auto outcome = Outcome::of(import_report(options, result, in.noun->name, seconds));
    const bool json = in.globals.format == "json" || in.globals.format == "jsonl";
    bool bad = false;
    std::string hint;  // once below all problems in a row that have it
    for (const Problem& p : result.problems) {
        bad = bad || !p.warning;
        if (json || (p.warning && in.globals.quiet)) continue;
        if (!hint.empty() && p.hint != hint) tell_hint(hint);
        hint = p.hint;
        tell_problem(options.path, p);
    }
    if (!hint.empty()) tell_hint(hint);
    if (!json) {  // the problems are told on stderr, the counts stand in one row
        outcome.report.parts.clear();
        outcome.report.shape = Report::Shape::list;
    }
    if (!bad) return outcome;
    outcome.exit = Exit::rejected;
    const auto& own = in.verb->options;
    const bool takes_rejects = std::any_of(own.begin(), own.end(), [](const Option& o) { return o.key == "rejects"; });
    const auto acceptable = acceptable_rules(in);
    const auto may_pass = std::find_if(result.problems.begin(), result.problems.end(), [&](const Problem& p) {
        return !p.warning && p.code == Exit::usage &&
               std::find(acceptable.begin(), acceptable.end(), p.rule) != acceptable.end();
    });
    const auto count = fmt::arg("count", result.rejected);
    const auto path = fmt::arg("path", options.path);
    in.error_after = Error(
        Exit::rejected,
        result.rejected == 0 ? say("{path} cannot be imported; no row was read", path)
                             : say("{count} of {read} {read:row|rows} of {path} rejected", count,
                                   fmt::arg("read", Count(result.read)), path),
        result.rejected == 0 ? std::string()
        : options.reject && in.globals.dry_run
            ? say("{path} was not written; without --dry-run it has these rows", fmt::arg("path", options.rejects_path))
        : options.reject ? say("mend {path} and import it", fmt::arg("path", options.rejects_path))
        : takes_rejects
            ? std::string(tr("nothing was written; mend these rows, or use --on-error reject --rejects FILE"))
            : std::string(tr("nothing was written; mend these rows")));
    if (may_pass != result.problems.end())
        in.error_after->hint +=
            tr("; ") + say("what is right all the same passes with --accept {rule}", fmt::arg("rule", may_pass->rule));
    return outcome;
}

}  // namespace agency::cli
