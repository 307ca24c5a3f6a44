// `agency NOUN import`.
#pragma once
#include <functional>
#include <span>

#include "app/command.hpp"
#include "base/translate.hpp"
#include "record/import.hpp"
#include "record/source.hpp"

namespace agency::cli {

/// Options that several imports have in common.
namespace import_option {
inline constexpr std::string_view ways_on_error[] = {"abort", "reject"},
                                  ways_on_conflict[] = {"fail", "skip", "update"};
inline constexpr Option map{
    "map", "FILE", N_("TOML map from the file's columns to fields, see agency-import(1)"), 0, false, false, {}, "file"},
    sheet{"sheet", "NAME", N_("Sheet of a workbook; default the first that is not hidden")},
    encoding{"encoding", "NAME", N_("utf-8, gb18030 or utf-16; default detected"), 0, false, false, encoding_names},
    on_error{"on_error",
             "WAY",
             N_("abort (default): any bad row, and nothing is written; reject: bad rows go to --rejects"),
             0,
             false,
             false,
             ways_on_error},
    rejects{"rejects", "FILE", N_("Where bad rows go, with _row, _column, _rule, _message"), 0, false, false,
            {},        "file"},
    effective{"effective", "DAY", N_("From when dated fields changed by update hold; default today")},
    batch{"batch", "NAME", N_("Name of the batch, kept with the import")},
    learn{"learn", "FILE", N_("Draft a map from the header and the first rows into FILE; no record is written"),
          0,       false,  false,
          {},      "file"};
}  // namespace import_option

std::span<const Argument> import_arguments();
/// Also --again for records without a number, --create-clients where the rules make clients.
std::vector<Option> import_options(const Noun& noun);
Outcome import_rows(Invocation& in);
/// An error by a rule that an import may accept says so, of what was typed wrong and not of what is refused.
Error with_way_to_accept(const Invocation& in, Error e);
/// For imports that are not of one record: what the options say, and what is told in the end.
ImportOptions import_options_of(Invocation& in);
/// --learn: a map for files of that record is drafted; with --dry-run it is printed instead.
Outcome learn_map(Invocation& in, const Record& record);
Outcome import_outcome(Invocation& in, const ImportOptions& options, const ImportResult& result, double seconds);
/// The same with more said of the file than the options say.
Outcome import_rows(Invocation& in, const std::function<void(ImportOptions&)>& adjust);

}  // namespace agency::cli
