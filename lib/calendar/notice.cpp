#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "base/error.hpp"
#include "base/translate.hpp"
#include "calendar/day.hpp"
#include "record/store.hpp"

namespace agency::calendar {
namespace {

struct Special {
    std::string name;
    bool off;
};
struct Notice {
    int year = 0;
    std::string source;
    std::map<Date, Special> days;
};

[[noreturn]] void no_notice(const std::string& path, const std::string& why) {
    throw Error(Exit::rejected, say("{path} is no holiday notice: {why}", fmt::arg("path", path), fmt::arg("why", why)),
                tr("it is JSON with year, papers and days, each day with name, date and isOffDay"));
}

Notice read_notice(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw Error(Exit::outside, say("{path} cannot be read", fmt::arg("path", path)), tr("is the name right?"));
    const auto json = nlohmann::json::parse(in, nullptr, false);
    if (json.is_discarded() || !json.is_object()) no_notice(path, tr("it is not a JSON object"));
    Notice n;
    if (!json.contains("year") || !json["year"].is_number_integer()) no_notice(path, tr("it names no year"));
    n.year = json["year"].get<int>();
    if (n.year < 1950 || n.year > 9998) no_notice(path, tr("it names no year"));
    if (!json.contains("days") || !json["days"].is_array() || json["days"].empty())
        no_notice(path, tr("it has no days, so nothing is announced"));
    if (json.contains("papers") && json["papers"].is_array())
        for (const auto& p : json["papers"])
            if (p.is_string()) n.source += (n.source.empty() ? "" : "; ") + p.get<std::string>();
    for (const auto& d : json["days"]) {
        if (!d.is_object() || !d.contains("date") || !d["date"].is_string() || !d.contains("isOffDay") ||
            !d["isOffDay"].is_boolean())
            no_notice(path, tr("a day has no date or does not say whether it is off"));
        const auto text = d["date"].get<std::string>();
        const auto day = parse_iso_date(text);
        if (!day) no_notice(path, say("\"{text}\" is not a day", fmt::arg("text", text)));
        if (day->year() != n.year) continue;  // its own year's notice says it
        n.days[*day] = {d.contains("name") && d["name"].is_string() ? d["name"].get<std::string>() : std::string(),
                        d["isOffDay"].get<bool>()};
    }
    return n;
}

bool weekend(Date d) {
    return ((d.days + 3) % 7 + 7) % 7 >= 5;  // 1970-01-01 was a Thursday, three days after a Monday
}

/// Holidays on days of the sun's calendar, 全国年节及纪念日放假办法 (2024) art. 2: the lunar ones must be named.
bool always_statutory(Date d) {
    const auto m = d.month(), day = d.day();
    return (m == 1 && day == 1) || (m == 5 && day <= 2) || (m == 10 && day <= 3);
}

}  // namespace

NoticeResult load_notice(Workspace& w, const std::string& path, const std::vector<Date>& statutory, bool replace,
                         std::string_view command) {
    const auto notice = read_notice(path);
    const std::set<Date> holidays(statutory.begin(), statutory.end());
    for (const Date d : holidays)
        if (const auto it = notice.days.find(d); it == notice.days.end() || !it->second.off)
            throw Error(Exit::usage, say("{day} is no day off by this notice", fmt::arg("day", to_string(d))))
                .with_field("statutory");
    Operation op(w, "calendar_day.notice", std::to_string(notice.year), command);
    const Record& r = record();
    NoticeResult done;
    done.year = notice.year;
    const auto number = r.index("number"), day = r.index("day"), kind = r.index("kind"), name = r.index("name"),
               source = r.index("source");
    std::map<Date, Row> stored;
    each_row(w.db(), r, {}, [&](Row&& row) {
        const Date d{static_cast<std::int32_t>(row.values[day].n)};
        if (d.year() == notice.year) stored.emplace(d, std::move(row));
    });
    const Date last = Date::from_ymd(notice.year, 12, 31);
    for (Date d = Date::from_ymd(notice.year, 1, 1); d <= last; d = d + 1) {
        const auto special = notice.days.find(d);
        const auto k = special == notice.days.end()               ? (weekend(d) ? DayKind::rest : DayKind::work)
                       : !special->second.off                     ? (weekend(d) ? DayKind::makeup_work : DayKind::work)
                       : always_statutory(d) || holidays.count(d) ? DayKind::statutory_holiday
                                                                  : DayKind::adjusted_rest;
        done.work_days += k == DayKind::work || k == DayKind::makeup_work;
        done.statutory += k == DayKind::statutory_holiday;
        const auto word = Value::of(static_cast<std::int64_t>(k));
        if (const auto it = stored.find(d); it != stored.end()) {
            const bool holiday = k == DayKind::adjusted_rest && special != notice.days.end() &&
                                 it->second.values[kind].n == static_cast<std::int64_t>(DayKind::statutory_holiday);
            if (!it->second.voided_on &&
                (holiday || it->second.values[kind] == word)) {  // a notice does not say which days are holidays by law
                done.statutory += holiday;
                ++done.unchanged;
                continue;
            }
            if (!replace)
                throw Error(Exit::conflict,
                            it->second.voided_on
                                ? say("{day} was voided", fmt::arg("day", to_string(d)))
                                : say("{day} is loaded already, with another kind", fmt::arg("day", to_string(d))),
                            tr("add --replace if the notice was changed"))
                    .with_ref(to_string(d));
            if (it->second.voided_on) write_change(op, r, it->second.id, "voided", std::nullopt, *it->second.voided_on);
            if (it->second.values[kind] != word) write_change(op, r, it->second.id, r.field("kind"), word, beginning);
            ++done.updated;
            continue;
        }
        std::vector<Value> values(r.fields.size());
        const auto text = to_string(d);
        values[number] = Value::of(std::string_view(text));
        values[day] = Value::of(std::int64_t{d.days});
        values[kind] = word;
        if (special != notice.days.end()) {
            if (!special->second.name.empty()) values[name] = Value::of(std::string_view(special->second.name));
            if (!notice.source.empty()) values[source] = Value::of(std::string_view(notice.source));
        }
        write_record(op, r, values);
        ++done.inserted;
    }
    op.audit(
        "notice", r.noun, 0, "",
        nlohmann::ordered_json{
            {"year", notice.year}, {"source", notice.source}, {"inserted", done.inserted}, {"updated", done.updated}}
            .dump());
    op.commit();
    return done;
}

}  // namespace agency::calendar
