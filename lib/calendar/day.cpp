#include "calendar/day.hpp"

#include "base/translate.hpp"
#include "record/store.hpp"

namespace agency::calendar {
namespace {

constexpr std::string_view number_aliases[] = {"日历编号"}, day_aliases[] = {"日", "date"},
                           kind_aliases[] = {"类型", "day kind"}, name_aliases[] = {"节日", "holiday"},
                           source_aliases[] = {"依据", "notice"};
constexpr std::string_view work_words[] = {"班", "workday"}, rest_words[] = {"周末", "weekend"},
                           holiday_words[] = {"法定假日", "holiday"}, adjusted_words[] = {"休", "调休"},
                           makeup_words[] = {"补班", "调班"};
constexpr Word kinds[] = {{"work", "工作日", work_words},
                          {"rest", "休息日", rest_words},
                          {"statutory_holiday", "法定节假日", holiday_words},
                          {"adjusted_rest", "调休放假", adjusted_words},
                          {"makeup_work", "调休上班", makeup_words}};

constexpr std::string_view key_parts[] = {"day"};
constexpr Field fields[] = {
    Field{"number", FieldType::number, member<&CalendarDay::number>, "Number", "编号",
          N_("The day itself, by which the row is named")}
        .filled()
        .fixed()
        .also(number_aliases),
    Field{"day", FieldType::day, member<&CalendarDay::day>, "Day", "日期", N_("The civil day")}.required().fixed().also(
        day_aliases),
    Field{"kind", FieldType::choice, member<&CalendarDay::kind>, "Kind", "类别",
          N_("Whether it is worked: a plain or make-up work day, a day of rest, a holiday by law, off by the notice")}
        .required()
        .also(kind_aliases)
        .one_of(kinds),
    Field{"name", FieldType::text, member<&CalendarDay::name>, "Name", "名称", N_("Name of the holiday")}.also(
        name_aliases),
    Field{"source", FieldType::text, member<&CalendarDay::source>, "Source", "来源",
          N_("The notice that says so; empty for a plain day")}
        .also(source_aliases),
};

class Rules final : public RowRules {};

}  // namespace

const Record& record() {
    static const Record r{.noun = N_("calendar_day"),
                          .plural = N_("calendar_days"),
                          .en = "Calendar day",
                          .zh = "日历日",
                          .fields = fields,
                          .key_parts = key_parts};
    return r;
}

std::unique_ptr<RowRules> row_rules() {
    return std::make_unique<Rules>();
}

std::vector<GridColumn> work_days_columns() {
    return {{"month", CellType::text, "Month", "月份"},
            {"from", CellType::day, "From", "自"},
            {"to", CellType::day, "To", "至"},
            {"days", CellType::integer, "Days", "日历天数"},
            {"work_days", CellType::integer, "Work days", "工作日"},
            {"statutory_holidays", CellType::integer, "Holidays by law", "法定节假日"}};
}

Report work_days(Workspace& w, Date from, Date to) {
    const auto calendar = Calendar::load(w.db());
    Report report;
    report.shape = Report::Shape::report;
    report.name = "calendar.workdays";
    report.parameters = {{"from", to_string(from)}, {"to", to_string(to)}};
    report.rows.columns = report.totals.columns = work_days_columns();
    std::int64_t sum[3] = {};
    const auto add = [](Grid& g, std::string_view month, Date a, Date b, const std::int64_t(&n)[3]) {
        g.add_text(month);
        g.add_day(a);
        g.add_day(b);
        for (const auto x : n) g.add_integer(x);
    };
    for (Date first = from; first <= to;) {
        const Date last = std::min(first.last_of_month(), to);
        std::int64_t n[3] = {last - first + 1, calendar.work_days(first, last), 0};
        for (Date d = first; d <= last; d = d + 1) n[2] += calendar.kind(d) == DayKind::statutory_holiday;
        for (int i = 0; i < 3; ++i) sum[i] += n[i];
        add(report.rows, to_string(month_of(first)), first, last, n);
        first = last + 1;
    }
    if (report.rows.rows() > 0) add(report.totals, "", from, to, sum);
    return report;
}

}  // namespace agency::calendar

namespace agency {

Calendar Calendar::load(db::Session& db, const AsOf& when) {
    std::vector<Day> days;
    each_row(db, calendar::record(), when, [&](const Row& row) {
        if (row.voided_on) return;
        const auto d = to_struct<CalendarDay>(calendar::record(), row);
        days.push_back({d.day, d.kind});
    });
    return Calendar(days);
}

}  // namespace agency
