// Arguments and options that several verbs of an assessment have.
#pragma once
#include "app/invocation.hpp"
#include "base/translate.hpp"
#include "intake/capability.hpp"
#include "intake/report.hpp"

namespace agency::cli {

constexpr Argument intake_argument{"NUMBER", N_("Number of the assessment, or a prefix that only one has"), true, false,
                                   "intake"};
constexpr Option moment_options[] = {{"as_of", "DAY", N_("As it was on that day; default today")},
                                     {"known_at", "INSTANT", N_("As it was known then; default now")}};

/// Its number, as the first argument names it.
inline std::string intake_number(Invocation& in) {
    return in.resolve(intake::record(), in.argument(0));
}
/// The options of these keys that were given, as fields of a record.
inline intake::Texts texts_of(Invocation& in, std::span<const Option> options) {
    intake::Texts out;
    for (const Option& o : options)
        if (in.has(o.key)) out.emplace_back(o.key, *o.value ? std::string(in.get(o.key)) : std::string("yes"));
    return out;
}

/// What the law asks of the house for this trade, and the books do not show.
inline void warn_of_capability(Invocation& in, std::string_view number) {
    const auto row = find_row(in.workspace().db(), intake::record(), number, {in.workspace().today()});
    if (!row) return;
    for (const auto& text : intake::capability_warnings(in.workspace(), to_struct<Intake>(intake::record(), *row),
                                                        {in.workspace().today()}))
        in.tell(say("warning: {text}", fmt::arg("text", text)));
}

extern const std::span<const Verb> assess_verbs, decide_verbs, report_verbs;

}  // namespace agency::cli
