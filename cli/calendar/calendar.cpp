#include "app/invocation.hpp"
#include "base/error.hpp"
#include "base/translate.hpp"
#include "calendar/day.hpp"
#include "calendar/term.hpp"
#include "record/record_verbs.hpp"

namespace agency::cli {
namespace {

constexpr Argument file_argument[] = {{"FILE", N_("The notice as JSON: year, papers, days"), true, false, "file"}};
constexpr Option notice_options[] = {
    {"statutory", "DAY", N_("A lunar holiday by law (Spring Festival, Qingming and so on); may be given again"), 0,
     false, true},
    {"replace", "", N_("Days that are loaded with another kind take the notice's")},
};
constexpr std::string_view notice_examples[] = {"agency calendar notice 2027.json --statutory 2027-02-05"};
constexpr Option range_options[] = {{"from", "DAY", N_("First day, counted; default the first of this year")},
                                    {"to", "DAY", N_("Last day, counted; default the last of that year")}};
constexpr std::string_view range_examples[] = {"agency calendar workdays --from 2026-01-01 --to 2026-12-31"};
constexpr Argument add_arguments[] = {{"DAY", N_("The day from which is counted; it is not counted itself")},
                                      {"N", N_("How many work days")}};
constexpr Option back_option[] = {{"back", "", N_("Count into the past")}};
constexpr std::string_view add_examples[] = {"agency calendar add-days 2026-02-13 5",
                                             "agency calendar add-days 2026-10-08 3 --back"};
constexpr Argument term_arguments[] = {{"DAY", N_("The day that starts the period; it is not counted")},
                                       {"TERM", N_("30d, 10w (work days), 3m or 1y")}};
constexpr std::string_view term_examples[] = {"agency calendar term 2026-01-15 1m"};

Outcome notice(Invocation& in) {
    std::vector<Date> statutory;
    for (const auto& text : in.all("statutory")) {
        const auto day = parse_date(text);
        if (!day)
            throw Error(Exit::usage, say("\"{text}\" is not a day", fmt::arg("text", text))).with_field("statutory");
        statutory.push_back(*day);
    }
    const auto done = calendar::load_notice(in.workspace(), std::string(in.argument(0)), statutory, in.has("replace"),
                                            in.command_line);
    if (done.statutory < 13)
        in.tell(
            say("warning: only {count} of 13 holidays by law are known; the others stand as days off by the "
                "notice, name them with --statutory",
                fmt::arg("count", done.statutory)));
    Report report;
    report.shape = Report::Shape::record;
    report.name = N_("notice");
    auto& g = report.rows;
    g.columns = {{"year", CellType::integer, "Year", "年度"},
                 {"inserted", CellType::integer, "Inserted", "新增"},
                 {"updated", CellType::integer, "Updated", "更新"},
                 {"unchanged", CellType::integer, "Unchanged", "未变"},
                 {"work_days", CellType::integer, "Work days", "工作日"},
                 {"statutory_holidays", CellType::integer, "Holidays by law", "法定节假日"},
                 {"written", CellType::flag, "Written", "已写入"}};
    for (const std::int64_t n :
         {std::int64_t{done.year}, done.inserted, done.updated, done.unchanged, done.work_days, done.statutory})
        g.add_integer(n);
    g.add_flag(!in.globals.dry_run);
    return Outcome::of(std::move(report));
}

Outcome workdays(Invocation& in) {
    const Date from = in.day("from").value_or(Date::from_ymd(in.workspace().today().year(), 1, 1));
    return Outcome::of(
        calendar::work_days(in.workspace(), from, in.day("to").value_or(Date::from_ymd(from.year(), 12, 31))));
}

std::int64_t count_argument(const Invocation& in) {
    const auto text = in.argument(1);
    const auto term = text.empty() || text[0] == '-' ? std::nullopt : parse_term(std::string(text) + "w");
    if (!term)
        throw Error(Exit::usage, say("\"{text}\" is no number of days", fmt::arg("text", text)),
                    tr("write a whole number; --back counts into the past"));
    return term->count;
}

/// One row: the day, what was added, the day that comes of it.
Outcome answer(Date from, std::string_view term, const TermEnd& end) {
    Report report;
    report.shape = Report::Shape::record;
    report.name = N_("term");
    auto& g = report.rows;
    g.columns = {{"day", CellType::day, "Day", "起算日"},
                 {"term", CellType::text, "Period", "期间"},
                 {"nominal", CellType::day, "By the count", "计算届满日"},
                 {"due", CellType::day, "Due", "届满日"},
                 {"loaded", CellType::flag, "Calendar loaded", "日历已载入"}};
    g.add_day(from);
    g.add_text(term);
    g.add_day(end.nominal);
    g.add_day(end.due);
    g.add_flag(end.loaded);
    return Outcome::of(std::move(report));
}

Outcome add_days(Invocation& in) {
    const Date from = in.day_argument(0);
    const Term term{static_cast<std::int32_t>(in.has("back") ? -count_argument(in) : count_argument(in)),
                    TermUnit::work_day};
    return answer(from, to_string(term), end_of_term(Calendar::load(in.workspace().db()), from, term, TermRoll::none));
}

Outcome term(Invocation& in) {
    const Date from = in.day_argument(0);
    const auto term = parse_term(in.argument(1));
    if (!term)
        throw Error(Exit::usage, say("\"{text}\" is no period", fmt::arg("text", in.argument(1))),
                    tr("write 30d, 10w for work days, 3m or 1y"));
    const auto end = end_of_term(Calendar::load(in.workspace().db()), from, *term, TermRoll::next);
    if (!end.loaded)
        in.tell(say("warning: the working calendar of {year} is not loaded; the day is the one by the count",
                    fmt::arg("year", end.nominal.year())));
    return answer(from, in.argument(1), end);
}

constexpr Verb verbs[] = {
    {"notice", N_("Load a whole year from the State Council's notice"), notice, file_argument, notice_options,
     notice_examples, Needs::write},
    {"workdays",
     N_("Work days between two days, month by month"),
     workdays,
     {},
     range_options,
     range_examples,
     Needs::read,
     true,
     calendar::work_days_columns},
    {"add-days", N_("The day so many work days later"), add_days, add_arguments, back_option, add_examples,
     Needs::read},
    {"term",
     N_("The last day of a period by Civil Code art. 200 to 204"),
     term,
     term_arguments,
     {},
     term_examples,
     Needs::read},
};

}  // namespace

extern const Noun calendar_noun{.name = "calendar",
                                .summary = N_("The working calendar: which days are worked"),
                                .verbs = verbs,
                                .record = calendar::record,
                                .rules = calendar::row_rules,
                                .seed = "calendar_"};

}  // namespace agency::cli
