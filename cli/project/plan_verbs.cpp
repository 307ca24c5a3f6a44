#include "project/plan_verbs.hpp"

#include "app/invocation.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "project/jsonl_keys.hpp"
#include "project/mspdi.hpp"
#include "project/reports.hpp"
#include "project/task.hpp"
#include "record/import_verb.hpp"
#include "record/record_verbs.hpp"

namespace agency::cli {

extern const Noun task_noun;

namespace {

std::string code_of(Invocation& in) {
    return in.resolve(project::record(), in.argument(0));
}

std::string content_of(const std::string& path) {
    const auto source = open_source(path);
    std::string out;
    char block[65536];
    while (const auto n = source->read(block, sizeof block)) out.append(block, n);
    return out;
}

/// A format by the name of --output, where none was asked for.
bool wants(const Invocation& in, std::string_view format, std::string_view ending) {
    return in.has("format") ? in.globals.format == format : in.globals.output.ends_with(ending);
}

}  // namespace

/// The import of tasks with the project given once.
Outcome plan_import(Invocation& in) {
    const auto project = code_of(in);
    Invocation part = in;
    part.noun = &task_noun;
    part.arguments = {in.arguments.size() > 1 ? in.arguments[1] : std::string("-")};
    const auto& path = part.arguments[0];
    const bool mspdi = in.has("from") ? in.get("from") == "mspdi" : fold(path).ends_with(".xml");
    if (mspdi) part.values.erase("from");
    auto outcome = import_rows(part, [&](ImportOptions& o) {
        ColumnMap constant;
        constant.value = project;
        o.map.columns["project"] = constant;
        if (mspdi)
            o.content = project::rows_of_mspdi(content_of(path), path);
        else if (o.map.read.kind == FileKind::jsonl)
            o.content = project::with_all_keys(content_of(path));
    });
    in.error_after = std::move(part.error_after);
    return outcome;
}

Outcome plan_export(Invocation& in) {
    if (wants(in, "mspdi", ".xml")) return Outcome::raw(project::plan_mspdi(in.workspace(), code_of(in), in.as_of()));
    if (in.globals.format == "table" && !in.has("format")) in.globals.format = "csv";
    return plan_list(in);
}

Outcome plan_list(Invocation& in) {
    return Outcome::of(project::plan_rows(in.workspace(), code_of(in), in.as_of()));
}

Outcome schedule(Invocation& in) {
    return Outcome::of(project::schedule(in.workspace(), code_of(in), in.as_of(), in.has("baseline")));
}

Outcome pert(Invocation& in) {
    return Outcome::of(project::pert(in.workspace(), code_of(in), in.as_of(), in.integer("within")));
}

namespace {

/// What had to be left out is told beside the report, too.
Outcome with_warnings(Invocation& in, Report report) {
    for (const Check& c : report.checks)
        if (c.name == "plans_readable" && !c.ok) in.tell(say("warning: {text}", fmt::arg("text", c.message)));
    return Outcome::of(std::move(report));
}

}  // namespace

Outcome resource_load(Invocation& in) {
    const auto from = in.day("from").value_or(in.workspace().today());
    return with_warnings(in, project::load(in.workspace(), in.as_of(), from, in.day("to").value_or(from + 27)));
}

Outcome level(Invocation& in) {
    return with_warnings(in, project::levelled(in.workspace(), code_of(in), in.as_of()));
}

Outcome level_apply(Invocation& in) {
    const auto project = code_of(in);
    std::vector<std::string> left_out;
    const auto shifted = project::apply_levelled(in.workspace(), project, in.command_line, left_out);
    for (const auto& text : left_out) in.tell(say("warning: {text}", fmt::arg("text", text)));
    in.tell(say("{count} {count:task is|tasks are} shifted", fmt::arg("count", Count(shifted))));
    return done(in, "project", project, N_("levelled"), {}, shifted > 0);
}

}  // namespace agency::cli
