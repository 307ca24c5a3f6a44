#include "period/period.hpp"

#include "app/invocation.hpp"
#include "base/error.hpp"
#include "base/translate.hpp"
#include "record/record_verbs.hpp"

namespace agency::cli {
namespace {

constexpr Argument month_argument[] = {{"MONTH", N_("A month, 2026-03")}};
constexpr std::string_view close_examples[] = {"agency period close 2026-03"};

Month month_of_argument(const Invocation& in) {
    if (const auto m = parse_month(in.argument(0))) return *m;
    throw Error(Exit::usage, say("\"{text}\" is not a month", fmt::arg("text", in.argument(0))), tr("write 2026-03"));
}

Outcome close(Invocation& in) {
    period::close(in.workspace(), month_of_argument(in), in.command_line);
    return done(in, N_("period"), in.argument(0), N_("closed"));
}

Outcome reopen(Invocation& in) {
    period::reopen(in.workspace(), month_of_argument(in), in.command_line);
    return done(in, N_("period"), in.argument(0), N_("reopened"));
}

Outcome list(Invocation& in) {
    return Outcome::of(period::list(in.workspace()));
}

constexpr Verb verbs[] = {
    {"list", N_("Every closing and reopening"), list, {}, {}, {}, Needs::read, true, period::list_columns},
    {"close",
     N_("Close everything up to a month; no fact may be dated there any more"),
     close,
     month_argument,
     {},
     close_examples,
     Needs::write},
    {"reopen", N_("Open a month and all later ones"), reopen, month_argument, {}, {}, Needs::write},
};

}  // namespace

extern const Noun period_noun{"period", N_("Accounting periods"), verbs};

}  // namespace agency::cli
