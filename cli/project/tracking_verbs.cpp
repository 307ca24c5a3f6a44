#include "project/tracking_verbs.hpp"

#include "app/invocation.hpp"
#include "base/error.hpp"
#include "progress/earned_value.hpp"
#include "progress/progress.hpp"
#include "record/fail_if.hpp"
#include "record/record_verbs.hpp"
#include "report/project_margin.hpp"
#include "report/waterfall.hpp"
#include "status/status.hpp"

namespace agency::cli {

namespace {

/// What a report says against itself.
Outcome with_warnings(const Invocation& in, Report report) {
    for (const Check& c : report.checks)
        if (!c.ok) in.tell(say("warning: {text}", fmt::arg("text", c.message)));
    return Outcome::of(std::move(report));
}

}  // namespace

Outcome measure(Invocation& in) {
    const auto p = in.resolve(project::record(), in.argument(0));
    const auto ref = progress::measure(
        in.workspace(), p, in.argument(1), in.argument(2), in.day("on"), in.get("evidence"), in.command_line,
        [&](const Problem& problem) { in.tell(say("warning: {text}", fmt::arg("text", problem.message))); });
    return done(in, progress::record().noun, in.globals.dry_run ? p : ref, N_("measured"));
}

Outcome evm(Invocation& in) {
    auto& w = in.workspace();
    const auto p = in.resolve(project::record(), in.argument(0));
    const auto when = in.as_of();
    if (in.has("tasks")) return Outcome::of(progress::evm_tasks(w, p, when));
    std::optional<std::int64_t> new_etc;
    if (in.has("new_etc")) {
        const auto row = get_row(w.db(), project::record(), p, {});
        const auto amount = parse_amount(in.get("new_etc"), digits_of(w.db(), project::record(), row.values));
        if (amount.fault != AmountFault::none || amount.value < 0)
            throw Error(Exit::usage, say("\"{text}\" is not an amount", fmt::arg("text", in.get("new_etc"))))
                .with_field("new_etc");
        new_etc = amount.value;
    }
    return with_warnings(in, progress::evm_report(w, p, when, new_etc));
}

Outcome curve(Invocation& in) {
    const auto p = in.resolve(project::record(), in.argument(0));
    return Outcome::of(progress::curve(in.workspace(), p, in.as_of(), in.get("step") == "month"));
}

Outcome status_report(Invocation& in) {
    const auto p = in.resolve(project::record(), in.argument(0));
    const auto when = in.as_of();
    const Date from = in.day("from").value_or(when.day + -6);
    if (from > when.day)
        throw Error(Exit::usage, tr("the last day lies before the first"), tr("exchange --from and --as-of"))
            .with_field("from");
    const auto audience =
        in.get("audience") == "client" ? StatusReport::Audience::client : StatusReport::Audience::internal;
    return Outcome::of(status::report(in.workspace(), p, audience, from, when));
}

Outcome charter(Invocation& in) {
    const auto p = in.resolve(project::record(), in.argument(0));
    return Outcome::of(status::charter(in.workspace(), p, in.as_of()));
}

Outcome budget(Invocation& in) {
    const auto p = in.arguments.empty() ? std::string() : in.resolve(project::record(), in.argument(0));
    auto outcome = with_warnings(in, status::budget(in.workspace(), p, in.as_of()));
    fail_if_row(in, outcome);
    return outcome;
}

Outcome margin(Invocation& in) {
    const auto p = in.arguments.empty() ? std::string() : in.resolve(project::record(), in.argument(0));
    auto outcome = with_warnings(in, project_margin(in.workspace(), p, in.as_of()));
    fail_if_row(in, outcome);
    return outcome;
}

Outcome revenue_waterfall(Invocation& in) {
    const auto p = in.arguments.empty() ? std::string() : in.resolve(project::record(), in.argument(0));
    auto outcome = Outcome::of(waterfall(in.workspace(), p, in.as_of()));
    fail_if_row(in, outcome);
    return outcome;
}

}  // namespace agency::cli
