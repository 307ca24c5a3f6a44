// The verbs of plans: import, export, schedule, PERT.
#pragma once
#include "app/command.hpp"
#include "base/translate.hpp"
#include "output/output.hpp"
#include "record/import_verb.hpp"

namespace agency::cli {

Outcome plan_import(Invocation& in);
Outcome plan_export(Invocation& in);
Outcome plan_list(Invocation& in);
Outcome schedule(Invocation& in);
Outcome pert(Invocation& in);
Outcome resource_load(Invocation& in);
Outcome level(Invocation& in);
Outcome level_apply(Invocation& in);

inline constexpr Argument plan_project{"CODE", N_("Code of the project, or a prefix that only one has"), true, false,
                                       "project"};
inline constexpr Argument plan_code[] = {plan_project};
inline constexpr Argument plan_import_arguments[] = {
    plan_project, {"FILE", N_("File of rows; - is standard input"), false, false, "file"}};
inline constexpr Option plan_as_of{"as_of", "DAY", N_("As it was on that day; default today")},
    plan_known_at{"known_at", "INSTANT", N_("As it was known then; default now")};
inline constexpr Option plan_as_of_options[] = {plan_as_of, plan_known_at};

inline constexpr std::string_view plan_kinds[] = {"csv", "tsv", "jsonl", "xlsx", "mspdi"};
inline constexpr Option plan_import_options[] = {
    {"from", "KIND", N_("What the file is: csv, tsv, jsonl, xlsx, mspdi; default by its name, .xml is mspdi"), 0, false,
     false, plan_kinds},
    import_option::map,
    import_option::sheet,
    import_option::encoding,
    import_option::on_error,
    import_option::rejects,
    {"on_conflict", "WAY", N_("A task that exists: fail (default), skip, or update"), 0, false, false,
     import_option::ways_on_conflict},
    {"effective", "DAY", N_("From when what is changed by update holds; default today")},
    import_option::batch};
inline constexpr std::string_view plan_import_examples[] = {
    "agency project plan import P-2026-01 plan.csv",
    "agency project plan import P-2026-01 plan.xml --on-conflict update"};

inline constexpr std::string_view plan_formats[] = {"table", "csv",   "tsv",   "json", "jsonl", "md",   "html",
                                                    "xlsx",  "chart", "gantt", "svg",  "ics",   "mspdi"};
inline constexpr Option plan_export_options[] = {
    {"format", "FORMAT", N_("csv (default), jsonl or another, or mspdi: XML for Microsoft Project"), 'f', false, false,
     plan_formats},
    plan_as_of,
    plan_known_at};
inline constexpr std::string_view plan_export_examples[] = {
    "agency project plan export P-2026-01 --output plan.csv",
    "agency project plan export P-2026-01 --format mspdi --output plan.xml"};

inline constexpr Option schedule_options[] = {
    {"baseline", "", N_("Of the baseline in force instead of the present plan")}, plan_as_of, plan_known_at};
inline constexpr std::string_view schedule_examples[] = {
    "agency project schedule P-2026-01 --format gantt", "agency project schedule P-2026-01 --output plan.svg",
    "agency project schedule P-2026-01 --where 'critical = true' --format csv"};

inline constexpr Option pert_options[] = {
    {"within", "DAYS", N_("How probable is it that so many days are enough?")}, plan_as_of, plan_known_at};
inline constexpr std::string_view pert_examples[] = {"agency project pert P-2026-01 --within 60"};

inline constexpr Option load_options[] = {{"from", "DAY", N_("First day; default today")},
                                          {"to", "DAY", N_("Last day; default four weeks later")},
                                          plan_as_of,
                                          plan_known_at};
inline constexpr std::string_view load_examples[] = {
    "agency project load --from 2026-03-02 --to 2026-04-30 --where 'overload = true'"};
inline constexpr std::string_view level_examples[] = {"agency project level P-2026-01 --format gantt"};

}  // namespace agency::cli
